"""The entries of a feed, as RSS, Atom and JSON Feed share them."""

from collections.abc import Iterator
from datetime import UTC, datetime

from site_gen.formats.common.links import absolute_html
from site_gen.formats.common.text import legal_xml
from site_gen.model import Link, Page, Picture, Record

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""The date of an empty feed: feeds never read the clock."""


class FeedHead(Record, frozen=True, kw_only=True):
    """The data of a feed beside its entries. Every URL is absolute; `address` is the feed's own,
    `home` that of the page it belongs to. `updated` is the newest change of an entry."""

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


class Entry(Record, frozen=True, kw_only=True):
    """An entry. Every URL is absolute, and no text has characters that XML forbids.

    html       its content, unless `has_body`; then the content is the next of the page's bodies
    lead       HTML before that body: corrections, picture, why it matters
    original   URL of the article at its publisher
    source     title and URL of the provider's own feed, if known
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


def entries_with_html(page: Page) -> Contents:
    """The entries of a feed's page with their HTML, "" if settings or rights forbid any.

    The last result is cached: the feeds of a channel have the same entries and are rendered in a
    row.
    """
    global _last
    base = page.views["feed"].value.base
    key = (base, page.views["entries"].digest, page.views["bodies"].digest)
    if _last is None or _last[0] != key:
        _last = (key, tuple(_combine(page, base)))
    return _last[1]


def _combine(page: Page, base: str) -> Iterator[tuple[Entry, str]]:
    bodies = iter(page.views["bodies"].value)
    for entry in page.views["entries"].value:
        html = entry.html
        if entry.has_body:
            html = entry.lead + absolute_html(next(bodies), base, entry.link)
        yield entry, legal_xml(html)
