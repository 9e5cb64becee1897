"""JSON Feed 1.1 (jsonfeed.org)."""

from collections.abc import Iterator
from typing import Any

from site_gen.basics.dates import iso
from site_gen.formats.common.text import encode_json
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.feeds.entries import Entry, FeedHead, entries_with_html
from site_gen.formats.feeds.pages import feed_units
from site_gen.model import Catalog, Link, Page
from site_gen.settings import Settings

VERSION = "https://jsonfeed.org/version/1.1"


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """The feeds of articles, editions, each topic, provider and author."""
    return feed_units("json_feed", catalog, settings, digests)


def render(page: Page, theme: object) -> bytes:
    """The JSON document in UTF-8."""
    feed = _feed(page.views["feed"].value)
    feed["items"] = [_item(entry, html) for entry, html in entries_with_html(page)]
    return encode_json(feed, "items")


def _feed(head: FeedHead) -> dict[str, Any]:
    hubs = [{"type": "WebSub", "url": head.hub}] if head.hub else []
    return _without_empty(
        version=VERSION,
        title=head.title,
        home_page_url=head.home,
        feed_url=head.address,
        description=head.description,
        icon=head.logo,
        language=head.language,
        authors=[{"name": head.author}],
        hubs=hubs,
    )


def _item(entry: Entry, html: str) -> dict[str, Any]:
    content = {"content_html": html} if html else {"content_text": entry.summary}
    return _without_empty(
        id=entry.id,
        url=entry.link,
        external_url=entry.original,
        title=entry.title,
        **content,
        summary=entry.summary,
        image=entry.image.url if entry.image else "",
        date_published=iso(entry.published),
        date_modified=iso(entry.updated),
        authors=[_author(person) for person in entry.creators],
        tags=list(entry.categories),
        language=entry.language,
    )


def _author(person: Link) -> dict[str, str]:
    return _without_empty(name=person.name, url=person.url)


def _without_empty(**values: Any) -> dict[str, Any]:
    """`values` without empty ones: feed readers handle a missing key better than an empty one."""
    return {key: value for key, value in values.items() if value}
