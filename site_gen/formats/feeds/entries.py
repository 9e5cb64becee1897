"""What one entry of a feed is, whatever the feed's format: shared by RSS, Atom and JSON Feed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from site_gen.formats.common.links import absolute_html
from site_gen.formats.common.text import legal
from site_gen.model import Link, Noun, Page, Picture

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""What an empty feed says of its age: feeds never ask the clock."""


class Head(Noun, frozen=True, kw_only=True):
    """A feed as a whole; every URL is absolute. `updated` is the newest change of an entry."""

    id: str
    title: str
    description: str
    home: str
    address: str
    base: str
    language: str
    generator: str
    author: str
    updated: datetime
    logo: str = ""
    hub: str = ""


class Entry(Noun, frozen=True, kw_only=True):
    """One entry; every URL is absolute, every text free of characters that XML forbids.

    html       its content, unless `has_body`: then the next of the page's bodies
    lead       what stands before that body: its picture
    source     title and address of the provider's own feed, where known
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    summary: str
    html: str = ""
    lead: str = ""
    has_body: bool = False
    original: str = ""
    source: Link | None = None
    creators: tuple[Link, ...] = ()
    categories: tuple[str, ...] = ()
    image: Picture | None = None
    language: str = ""


Contents = tuple[tuple[Entry, str], ...]

_last: tuple[tuple[str, ...], Contents] | None = None


def contents(page: Page) -> Contents:
    """Each entry with its HTML, "" where settings or rights leave none.

    The last answer is kept: the feeds of a channel, which hold the same, are rendered in a row.
    """
    global _last
    base = page.views["feed"].value.base
    key = (base, page.views["entries"].digest, page.views["bodies"].digest)
    if _last is None or _last[0] != key:
        _last = (key, tuple(_contents(page, base)))
    return _last[1]


def _contents(page: Page, base: str) -> Iterator[tuple[Entry, str]]:
    bodies = iter(page.views["bodies"].value)
    for entry in page.views["entries"].value:
        html = entry.html
        if entry.has_body:
            html = entry.lead + absolute_html(next(bodies), base, entry.link)
        yield entry, legal(html)
