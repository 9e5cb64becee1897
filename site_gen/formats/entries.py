"""What one entry of a feed is, whatever the feed's format: shared by RSS, Atom and JSON Feed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from site_gen.formats.links import absolute_html
from site_gen.formats.text import legal
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


def contents(page: Page) -> Iterator[tuple[Entry, str]]:
    """Each entry with its HTML, "" where settings or rights leave none."""
    head: Head = page.views["feed"].value
    bodies = iter(page.views["bodies"].value)
    for entry in page.views["entries"].value:
        html = entry.html
        if entry.has_body:
            html = entry.lead + absolute_html(next(bodies), head.base, entry.link)
        yield entry, legal(html)
