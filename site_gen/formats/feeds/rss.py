"""RSS 2.0, written with feedgen. `rss_elements` adds what feedgen lacks or gets wrong."""

from collections.abc import Iterator
from typing import Any

from site_gen.formats.common.text import as_html_text, without_indents
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.feeds.entries import Entry, FeedHead, entries_with_html
from site_gen.formats.feeds.pages import feed_units
from site_gen.formats.feeds.rss_elements import ChannelElements, ItemElements
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

LIBRARIES = ("feedgen.feed", "lxml.etree")
"""Imported before workers are forked: see `formats.import_libraries`."""

IMAGE_EXTENSIONS = (".png", ".jpg", ".jpeg", ".gif")
"""The image formats that RSS 2.0 allows for a channel."""


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """The feeds of articles, editions, each topic, provider and author."""
    return feed_units("rss", catalog, settings, digests)


def render(page: Page, theme: object) -> bytes:
    """The XML document in UTF-8."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    _fill_channel(feed, page.views["feed"].value)
    for entry, html in entries_with_html(page):
        _fill_item(feed.add_entry(order="append"), entry, html)
    document: bytes = feed.rss_str(pretty=True)
    return without_indents(document)


def _fill_channel(feed: Any, head: FeedHead) -> None:
    feed.register_extension("ours", ChannelElements, ItemElements, atom=False)
    feed.ours.hub = head.hub
    feed.title(as_html_text(head.title))
    feed.description(as_html_text(head.description))
    feed.link(href=head.address, rel="self", type="application/rss+xml")
    feed.link(href=head.home, rel="alternate")  # last: it becomes the channel's <link>
    feed.language(head.language)
    feed.generator(head.generator)
    feed.lastBuildDate(head.updated)  # otherwise feedgen reads the clock
    if head.logo.lower().endswith(IMAGE_EXTENSIONS):
        feed.image(url=head.logo, title=as_html_text(head.title), link=head.home)


def _fill_item(item: Any, entry: Entry, html: str) -> None:
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
