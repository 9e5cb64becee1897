"""RSS 2.0, through feedgen. What feedgen leaves out or gets wrong is mended in `rss_elements`."""

from collections.abc import Iterator
from typing import Any

from site_gen.formats.common.text import as_html_text, without_indents
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.feeds.entries import Entry, Head, contents
from site_gen.formats.feeds.pages import feed_units
from site_gen.formats.feeds.rss_elements import ChannelElements, ItemElements
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

LIBRARIES = ("feedgen.feed", "lxml.etree")
"""Imported before workers are forked: see `formats.import_libraries`."""

IMAGES = (".png", ".jpg", ".jpeg", ".gif")
"""Endings of what RSS 2.0 allows as a channel's image."""


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """The feeds of articles, editions, each topic, provider and author."""
    return feed_units("rss", catalog, settings, digests)


def render(page: Page, theme: object) -> bytes:
    """The document in UTF-8; it depends on the page's views alone."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    _channel(feed, page.views["feed"].value)
    for entry, html in contents(page):
        _item(feed.add_entry(order="append"), entry, html)
    document: bytes = feed.rss_str(pretty=True)
    return without_indents(document)


def _channel(feed: Any, head: Head) -> None:
    feed.register_extension("ours", ChannelElements, ItemElements, atom=False)
    feed.ours.hub = head.hub
    feed.title(as_html_text(head.title))
    feed.description(as_html_text(head.description))
    feed.link(href=head.address, rel="self", type="application/rss+xml")
    feed.link(href=head.home, rel="alternate")  # last: it becomes the channel's <link>
    feed.language(head.language)
    feed.generator(head.generator)
    feed.lastBuildDate(head.updated)  # else feedgen asks the clock
    if head.logo.lower().endswith(IMAGES):
        feed.image(url=head.logo, title=as_html_text(head.title), link=head.home)


def _item(item: Any, entry: Entry, html: str) -> None:
    item.ours.entry = entry
    item.title(as_html_text(entry.title))
    item.link(href=entry.link, rel="alternate")
    item.guid(entry.id, permalink=False)
    item.pubDate(entry.published)
    item.description(as_html_text(entry.summary))
    if html:
        item.content(html)
    for name in entry.categories:
        item.category(term=name)
    if entry.source:
        item.source(url=entry.source.url, title=entry.source.name)
