"""Finds topics by the keywords in the settings, for drafts without topics."""

import re
from collections.abc import Iterable
from functools import lru_cache

from site_gen.settings import TopicSettings

MIN_MENTIONS = 3
"""How often the body must contain a keyword that is in neither title nor tags."""


def find_topics(
    title: str, tags: Iterable[str], body: str, known: Iterable[TopicSettings]
) -> list[str]:
    """Names of the topics whose keywords are in title or tags, or several times in the body."""
    head = " | ".join([title, *tags])
    return [topic.name for topic in known if _matches(topic, head, body)]


def _matches(topic: TopicSettings, head: str, body: str) -> bool:
    keywords = topic.keywords
    if not keywords:
        return False
    pattern = _pattern(keywords)
    return bool(pattern.search(head)) or len(pattern.findall(body)) >= MIN_MENTIONS


@lru_cache(maxsize=256)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str]:
    parts = "|".join(re.escape(word.strip()) for word in keywords if word.strip())
    return re.compile(rf"(?<!\w)(?:{parts or '(?!)'})(?!\w)", re.IGNORECASE)


def known_name(text: str, known: Iterable[TopicSettings]) -> str:
    """A topic in the spelling of the settings, or unchanged if they do not have it."""
    wanted = text.strip().casefold()
    for topic in known:
        if wanted in {
            topic.name.casefold(),
            topic.slug.casefold(),
            *map(str.casefold, topic.aliases),
        }:
            return topic.name
    return text.strip()
