"""Finds drafts of one story from several sources, by the addresses in drafts and content."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from site_gen.convert import similarity, tracking

MIN_SIMILARITY = 0.5
"""Similarity of titles with the same address. Many stories link to one page of short news."""
FULLER_RATIO = 1.5
"""How many times as many words make a version the better one."""

_URL = re.compile(
    rb"""^(?:webUrl|originalUrl):[ \t]*["']?(https?://[^\s"']{1,2000})""", re.MULTILINE
)
_TITLE = re.compile(rb"""^title:[ \t]*(.{1,400}?)[ \t]*$""", re.MULTILINE)


class Story(NamedTuple):
    """A content file that tells a story: path, words of the title, number of words."""

    path: str
    title: tuple[str, ...]
    words: int


class Addresses:
    """Stories by the addresses in their front matter."""

    def __init__(self) -> None:
        self._stories: dict[str, list[Story]] = {}

    def add(self, path: str, head: bytes, block: bytes) -> None:
        """Add a content file: its first bytes, and the block of its front matter."""
        found = _TITLE.search(block)
        title = found[1].decode("utf-8", "replace") if found else ""
        body = head[len(block) :].decode("utf-8", "replace")
        story = Story(path, tuple(similarity.words(title)), len(body.split()))
        for url in _URL.findall(block):
            stories = self._stories.setdefault(address_key(url.decode("utf-8", "replace")), [])
            stories[:] = [s for s in stories if s.path != path] + [story]

    def same(self, matter: Mapping[str, Any]) -> Story | None:
        """The story that a draft repeats, or None."""
        title = similarity.words(str(matter.get("title", "")))
        for url in _addresses(matter):
            for story in self._stories.get(address_key(url), ()):
                if similarity.similarity(title, story.title) >= MIN_SIMILARITY:
                    return story
        return None


def _addresses(matter: Mapping[str, Any]) -> Iterator[str]:
    for name in ("webUrl", "originalUrl"):
        if isinstance(url := matter.get(name), str) and url:
            yield url


def address_key(url: str) -> str:
    """An address without scheme, `www.`, tracking, fragment and trailing slash."""
    try:
        parts = urlsplit(tracking.remove_tracking(url))
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
