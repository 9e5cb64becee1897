"""Plans the pages of all feed formats: one for each channel."""

from collections.abc import Iterator
from functools import cached_property, partial

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.formats.common.links import absolute, tag_uri
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal_xml
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import bodies_view, view
from site_gen.formats.feeds import channels
from site_gen.formats.feeds.article_entries import article_entry, entry_context, newest_cards
from site_gen.formats.feeds.correction_entries import correction_entries
from site_gen.formats.feeds.edition_entries import edition_entries
from site_gen.formats.feeds.entries import EARLIEST, Entry, FeedHead
from site_gen.model import Card, Catalog, Page, View
from site_gen.settings import Settings


class Feeds:
    """The feeds of one catalog. The entries of each channel are made once for all formats."""

    def __init__(self, catalog: Catalog, settings: Settings, digests: Digests) -> None:
        self._catalog = catalog
        self._settings = settings
        self._digests = digests
        self._context = entry_context(catalog, settings, digests.refs)
        self._channels = tuple(channels.channels(catalog, settings))
        self._entries: dict[tuple[str, str], View] = {}
        self._entry_views: dict[str, dict[str, View]] = {}

    def units(self, name: str) -> Iterator[Unit]:
        """A unit for each channel in the feed format `name`."""
        file = channels.file_name(name, self._settings)
        for channel in self._channels:
            if name in channels.group_formats(channel.group, self._settings):
                own_digest = partial(self._digest, channel)
                yield Unit(channel.folder, own_digest, partial(self._pages, name, file, channel))

    def _digest(self, channel: channels.Channel) -> str:
        if channel.group == "editions":
            parts = [self._digests.edition(edition) for edition in self._catalog.editions]
            return digest.of_parts(self._context_digest, digest.of_value(channel), *parts)
        if channel.group == "corrections":
            return digest.of_value((channel, self._catalog.corrections))
        of = self._digests
        shown = self._newest_cards(channel)
        held = of.articles(shown) if self._content(channel) == "full" else of.cards(shown)
        return digest.of_parts(
            self._context_digest, digest.of_value(replace(channel, cards=())), held
        )

    @cached_property
    def _context_digest(self) -> str:
        """A digest of what entries use beside articles: cut-offs, feeds of providers."""
        return digest.of_value((self._context.cutoffs, self._context.feeds))

    def _content(self, channel: channels.Channel) -> str:
        return channels.group_content(channel.group, self._settings)

    def _newest_cards(self, channel: channels.Channel) -> tuple[Card, ...]:
        count = channels.group_limit(channel.group, self._settings)
        return newest_cards(channel.cards, self._context, count)

    def _pages(self, name: str, file: str, channel: channels.Channel) -> Iterator[Page]:
        if channel.folder not in self._entry_views:
            self._entry_views[channel.folder] = self._make_entry_views(channel)
        views = self._entry_views[channel.folder]
        entries = views["entries"].value
        yield Page(
            path=(channel.folder + file).lstrip("/"),
            format=name,
            kind="feed",
            views={"feed": view(_head(channel, file, entries, self._settings)), **views},
            lastmod=max((e.updated for e in entries), default=None),
            origin=f"the feed {channel.title}",
        )

    def _make_entry_views(self, channel: channels.Channel) -> dict[str, View]:
        chosen: tuple[Card, ...] = ()
        if channel.group == "editions":
            views = [view(entry) for entry in edition_entries(self._catalog, self._context)]
        elif channel.group == "corrections":
            views = [view(entry) for entry in correction_entries(self._catalog, self._settings)]
        else:
            content = self._content(channel)
            chosen = self._newest_cards(channel)
            views = [self._entry_view(card, content) for card in chosen]
        entries = tuple(v.value for v in views)
        with_body = (card for card, e in zip(chosen, entries, strict=False) if e.has_body)
        bodies = bodies_view(self._context.refs[card.id] for card in with_body)
        listed = View(digest=digest.of_parts(*(v.digest for v in views)), value=entries)
        return {"entries": listed, "bodies": bodies}

    def _entry_view(self, card: Card, content: str) -> View:
        """The view of an article's entry. Cached, as an article is in several channels."""
        if (card.id, content) not in self._entries:
            made = view(article_entry(card, self._context, content))
            self._entries[card.id, content] = made
        return self._entries[card.id, content]


_last: tuple[Digests, Feeds] | None = None


def feed_units(name: str, catalog: Catalog, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """The units of the feed format `name`. The last `Feeds` is cached for the other formats."""
    global _last
    if _last is None or _last[0] is not digests:
        _last = (digests, Feeds(catalog, settings, digests))
    return _last[1].units(name)


def _head(
    channel: channels.Channel, file: str, entries: tuple[Entry, ...], settings: Settings
) -> FeedHead:
    site = site_view(settings)
    return FeedHead(
        id=tag_uri(f"feeds{channel.folder}".rstrip("/"), settings),
        title=legal_xml(channel.title),
        description=legal_xml(channel.description),
        home=absolute(site.base_url, channel.home if "html" in settings.formats else "/"),
        address=absolute(site.base_url, channel.folder + file),
        base=site.base_url,
        language=site.language,
        generator=site.generator,
        author=legal_xml(site.publisher),
        updated=max((entry.updated for entry in entries), default=EARLIEST),
        logo=absolute(site.base_url, site.publisher_logo),
        hub=settings.feeds.hub,
    )
