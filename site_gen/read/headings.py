"""Headings of a body: their ids, and their levels below the title of the page."""

import re
from typing import NamedTuple

from site_gen.basics import slugs
from site_gen.basics.safehtml import PREFIX
from site_gen.read.plain_inline import text_of

HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])

# A heading may not take the id of a footnote.
_FOOTNOTE = re.compile(r"fn(ref)?\d")


_UNHEARD = re.compile(r"[^\w\- ]")


class Ids:
    """The ids of one body, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}
        self._headings: dict[str, str] = {}
        self._repeats: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def take(self, name: str) -> str:
        """Reserve an id written by the author; with our prefix, "" if taken."""
        if _FOOTNOTE.match(name) or PREFIX + name in self._given:
            return ""
        self._given.add(PREFIX + name)
        return PREFIX + name

    def give(self, text: str) -> str:
        """An id for the next heading, whose plain text is `text`."""
        plain = slugs.slugify(text) or "section"
        slug = name = PREFIX + ("section-" * bool(_FOOTNOTE.match(plain))) + plain
        while name in self._given:
            self._counts[slug] = self._counts.get(slug, 1) + 1
            name = f"{slug}-{self._counts[slug]}"
        self._given.add(name)
        self._remember(text, name)
        return name

    def anchors(self) -> tuple[tuple[str, str], ...]:
        """(name, id) of each heading under each of its names, neither with the prefix."""
        own = {name.removeprefix(PREFIX): name.removeprefix(PREFIX) for name in self._given}
        return tuple(sorted({**self._headings, **own}.items()))

    def _remember(self, text: str, name: str) -> None:
        """Under the name that GitHub and many editors give the heading: -1 for the second."""
        plain = _UNHEARD.sub("", text.strip().lower()).replace(" ", "-")
        number = self._repeats.get(plain, 0)
        each = f"{plain}-{number}" if number else plain
        while each in self._headings:
            number += 1
            each = f"{plain}-{number}"
        self._repeats[plain] = number
        self._headings[each] = name.removeprefix(PREFIX)


def shown(level: int, highest: int) -> int:
    """The page's title is the h1: the `highest` heading of a body becomes an h2."""
    return min(6, level + 2 - highest)


class Heading(NamedTuple):
    """A heading of plain text: its level as it was written, and what stands in it as HTML."""

    level: int
    html: str

    def written(self, highest: int, ids: Ids) -> str:
        """The heading as HTML, with the next free id."""
        name = f"h{shown(self.level, highest)}"
        return f'<{name} id="{ids.give(text_of(self.html))}">{self.html}</{name}>\n'
