"""One story under several sources: found by the addresses that a draft and the content name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from site_gen.convert import similarity, tracking

ALIKE = 0.5
"""How alike titles of one address must be: a page of short news is linked to by many stories."""
FULLER = 1.5
"""How many times as many words make a version the better one."""

_URL = re.compile(
    rb"""^(?:webUrl|originalUrl):[ \t]*["']?(https?://[^\s"']{1,2000})""", re.MULTILINE
)
_TITLE = re.compile(rb"""^title:[ \t]*(.{1,400}?)[ \t]*$""", re.MULTILINE)


class Story(NamedTuple):
    """A content file that tells a story: its path, its title's words, how many words it has."""

    path: str
    title: tuple[str, ...]
    words: int


class Addresses:
    """Stories by the addresses that their front matter names."""

    def __init__(self) -> None:
        self._stories: dict[str, list[Story]] = {}

    def add(self, path: str, head: bytes, block: bytes) -> None:
        """A content file: its first bytes, and the block of its front matter."""
        found = _TITLE.search(block)
        title = found[1].decode("utf-8", "replace") if found else ""
        body = head[len(block) :].decode("utf-8", "replace")
        story = Story(path, tuple(similarity.words(title)), len(body.split()))
        for url in _URL.findall(block):
            stories = self._stories.setdefault(key(url.decode("utf-8", "replace")), [])
            stories[:] = [s for s in stories if s.path != path] + [story]

    def same(self, matter: Mapping[str, Any]) -> Story | None:
        """The story that a draft tells again, if there is one."""
        title = similarity.words(str(matter.get("title", "")))
        for url in _addresses(matter):
            for story in self._stories.get(key(url), ()):
                if similarity.similarity(title, story.title) >= ALIKE:
                    return story
        return None


def _addresses(matter: Mapping[str, Any]) -> Iterator[str]:
    for name in ("webUrl", "originalUrl"):
        if isinstance(url := matter.get(name), str) and url:
            yield url


def key(url: str) -> str:
    """What http and https, `www.`, tracking, fragment and a last slash leave the same."""
    try:
        parts = urlsplit(tracking.without(url))
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
