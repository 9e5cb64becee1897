"""Topics by the keyword table of the settings: for drafts that came without any."""

import re
from collections.abc import Iterable
from functools import lru_cache

from site_gen.settings import TopicSettings

OFTEN = 3
"""How often the body must say a keyword that neither title nor tags say."""


def suited(title: str, tags: Iterable[str], body: str, known: Iterable[TopicSettings]) -> list[str]:
    """Names of the topics whose keywords stand in title or tags, or several times in the body."""
    head = " | ".join([title, *tags])
    return [topic.name for topic in known if _suits(topic, head, body)]


def _suits(topic: TopicSettings, head: str, body: str) -> bool:
    keywords = topic.keywords
    if not keywords:
        return False
    pattern = _pattern(keywords)
    return bool(pattern.search(head)) or len(pattern.findall(body)) >= OFTEN


@lru_cache(maxsize=256)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str]:
    parts = "|".join(re.escape(word.strip()) for word in keywords if word.strip())
    return re.compile(rf"(?<!\w)(?:{parts or '(?!)'})(?!\w)", re.IGNORECASE)


def named(text: str, known: Iterable[TopicSettings]) -> str:
    """The settings' spelling of a topic the editor named, else the name as it is."""
    wanted = text.strip().casefold()
    for topic in known:
        if wanted in {
            topic.name.casefold(),
            topic.slug.casefold(),
            *map(str.casefold, topic.aliases),
        }:
            return topic.name
    return text.strip()
