"""The pages of a feed format: one for each channel, whatever the format writes into it."""

from collections.abc import Iterator
from typing import NamedTuple

from site_gen.basics import digest
from site_gen.formats.common.links import absolute, tag
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal
from site_gen.formats.common.views import bodies_view, view
from site_gen.formats.feeds import channels
from site_gen.formats.feeds.article_entries import article_entry, gather, newest
from site_gen.formats.feeds.correction_entries import correction_entries
from site_gen.formats.feeds.edition_entries import edition_entries
from site_gen.formats.feeds.entries import EARLIEST, Entry, Head
from site_gen.model import Card, Catalog, Page, View
from site_gen.settings import Settings


class Prepared(NamedTuple):
    """What a channel holds, whatever the format: its entries and their views."""

    channel: channels.Channel
    entries: tuple[Entry, ...]
    views: dict[str, View]


_last: tuple[Catalog, Settings, tuple[Prepared, ...]] | None = None


def feed_pages(name: str, catalog: Catalog, settings: Settings) -> Iterator[Page]:
    """One page for each channel, in the feed format `name`."""
    file = channels.file_of(name, settings)
    for channel, entries, views in _prepared(catalog, settings):
        if name not in channels.formats_of(channel.group, settings):
            continue
        yield Page(
            path=(channel.folder + file).lstrip("/"),
            format=name,
            kind="feed",
            views={"feed": view(_head(channel, file, entries, settings)), **views},
            lastmod=max((e.updated for e in entries), default=None),
            origin=f"the feed {channel.title}",
        )


def _prepared(catalog: Catalog, settings: Settings) -> tuple[Prepared, ...]:
    """The channels of one catalog. The last answer is kept: three formats ask in turn."""
    global _last
    if _last is None or _last[0] is not catalog or _last[1] is not settings:
        _last = (catalog, settings, tuple(_prepare(catalog, settings)))
    return _last[2]


def _prepare(catalog: Catalog, settings: Settings) -> Iterator[Prepared]:
    material = gather(catalog, settings)
    made: dict[tuple[str, str], View] = {}

    def entry(card: Card, content: str) -> View:
        if (card.id, content) not in made:
            made[card.id, content] = view(article_entry(card, material, content))
        return made[card.id, content]

    for channel in channels.channels(catalog, settings):
        if channel.group == "editions":
            chosen: tuple[Card, ...] = ()
            views = [view(entry) for entry in edition_entries(catalog, material)]
        elif channel.group == "corrections":
            chosen = ()
            views = [view(entry) for entry in correction_entries(catalog, settings)]
        else:
            content = channels.content_of(channel.group, settings)
            count = channels.count_of(channel.group, settings)
            chosen = newest(channel.cards, material, count)
            views = [entry(card, content) for card in chosen]
        entries = tuple(v.value for v in views)
        with_body = (card for card, e in zip(chosen, entries, strict=False) if e.has_body)
        bodies = bodies_view(material.refs[card.id] for card in with_body)
        # An entry stands in several channels: its digest is made once.
        seal = digest.of_parts(*(v.digest for v in views))
        listed = View(digest=seal, value=entries)
        yield Prepared(channel, entries, {"entries": listed, "bodies": bodies})


def _head(
    channel: channels.Channel, file: str, entries: tuple[Entry, ...], settings: Settings
) -> Head:
    site = site_view(settings)
    return Head(
        id=tag(f"feeds{channel.folder}".rstrip("/"), settings),
        title=legal(channel.title),
        description=legal(channel.description),
        home=absolute(site.base_url, channel.home if "html" in settings.formats else "/"),
        address=absolute(site.base_url, channel.folder + file),
        base=site.base_url,
        language=site.language,
        generator=site.generator,
        author=legal(site.publisher),
        updated=max((entry.updated for entry in entries), default=EARLIEST),
        logo=absolute(site.base_url, site.publisher_logo),
        hub=settings.feeds.hub,
    )
