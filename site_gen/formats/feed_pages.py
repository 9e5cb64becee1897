"""The pages of a feed format: one for each channel, whatever the format writes into it."""

from collections.abc import Iterator

from site_gen.formats import feeds
from site_gen.formats.article_entries import article_entry, gather, newest
from site_gen.formats.edition_entries import edition_entries
from site_gen.formats.entries import EARLIEST, Entry, Head
from site_gen.formats.links import absolute, tag
from site_gen.formats.site import site_view
from site_gen.formats.text import legal
from site_gen.formats.views import bodies_view, view
from site_gen.model import Card, Catalog, Page
from site_gen.settings import Settings


def feed_pages(name: str, file: str, catalog: Catalog, settings: Settings) -> Iterator[Page]:
    """One page for each channel, in the feed format `name`."""
    material = gather(catalog, settings)
    for channel in feeds.channels(catalog, settings):
        if channel.group == "editions":
            chosen: tuple[Card, ...] = ()
            entries = edition_entries(catalog, material)
        else:
            chosen = newest(channel.cards, material)
            entries = tuple(article_entry(card, material) for card in chosen)
        with_body = (card for card, e in zip(chosen, entries, strict=False) if e.has_body)
        yield Page(
            path=(channel.folder + file).lstrip("/"),
            format=name,
            kind="feed",
            views={
                "feed": view(_head(channel, file, entries, settings)),
                "entries": view(entries),
                "bodies": bodies_view(tuple(material.refs[card.id] for card in with_body)),
            },
            lastmod=max((e.updated for e in entries), default=None),
            origin=f"the feed {channel.title}",
        )


def _head(
    channel: feeds.Channel, file: str, entries: tuple[Entry, ...], settings: Settings
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
