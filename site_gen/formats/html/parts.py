"""Parts of pages made from the catalog: bands, downloads, the main menu."""

from html import escape
from itertools import islice
from typing import Any

from site_gen import permalinks
from site_gen.basics.safehtml import sanitize
from site_gen.formats.common.contents import Contents, reading_minutes
from site_gen.formats.feeds import opml
from site_gen.formats.feeds.channels import site_links
from site_gen.model import Card, Catalog, ContentPage, Edition, Link, Notice, Section, SiteView
from site_gen.settings import Settings
from site_gen.theme.filters import format_date
from site_gen.theme.load import Theme

MORE = 4
"""Other stories of the edition that an article's page shows."""


def sections(found: Contents) -> tuple[Section, ...]:
    """The bands of an edition as a page shows them."""
    return tuple(
        Section(
            topic=part.band.topic,
            name=part.band.name,
            permalink=part.band.permalink,
            minutes=reading_minutes(part.stories),
            cards=part.cards,
        )
        for part in found.parts
    )


def downloads(edition: Edition, theme: Theme, settings: Settings) -> tuple[Link, ...]:
    """Other formats of a closed edition."""
    if not edition.ref.closed:
        return ()
    say = theme.strings.translate
    own = edition.ref.folder
    found = []
    if "email" in settings.formats:
        found.append(Link(name=say("download_email"), url=f"{own}email.html"))
    if "epub" in settings.formats:
        found.append(Link(name=say("download_epub"), url=f"{own}{edition.ref.id}.epub"))
    return tuple(found)


def outlines(catalog: Catalog, theme: Theme, settings: Settings) -> tuple[Link, ...]:
    """The lists for reader programs: of our feeds, and of sources whose feeds are known."""
    if "opml" not in settings.formats:
        return ()
    say = theme.strings.translate
    found = [Link(name=say("feeds"), url=f"/{opml.FEEDS_PATH}")]
    if opml.has_sources(catalog):
        found.append(Link(name=say("providers"), url=f"/{opml.SOURCES_PATH}"))
    return tuple(found)


def navigation(catalog: Catalog, theme: Theme, settings: Settings) -> tuple[Link, ...]:
    """The main menu: archive, topics, pages that ask for it, search, feeds."""
    say = theme.strings.translate
    links = [Link(name=say("archive"), url=permalinks.ARCHIVE)]
    links.append(Link(name=say("topics"), url=permalinks.TOPICS))
    links += [Link(name=p.title, url=p.permalink) for p in catalog.pages if p.menu]
    if "search" in settings.formats:
        links.append(Link(name=say("search"), url=permalinks.SEARCH))
    if site_links(settings):
        links.append(Link(name=say("feeds"), url=permalinks.FEEDS))
    return tuple(links)


def notice_page(notice: Notice, theme: Theme, site: SiteView) -> ContentPage:
    """The notice at the address of a withdrawn article: when and why it was withdrawn."""
    say = theme.strings.translate
    day = format_date(notice.date, site) if notice.date else ""
    return ContentPage(
        slug="",
        path="",
        permalink=notice.permalink,
        title=say("withdrawn"),
        excerpt=say("withdrawn_on", date=day) if day else say("withdrawn_text"),
        body=sanitize(f"<p>{escape(notice.reason)}</p>" if notice.reason else ""),
    )


def named_keys(extra: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Of an article's unknown keys those that somebody asked for by name."""
    return {name: extra[name] for name in names if name in extra}


class More:
    """For the page of each story of an edition the others than those before and after it: by their
    time, from the one before it back to the first, then those that came after it. Not by
    importance, so that a story that comes to an edition changes the pages of none that were there.
    """

    def __init__(self, cards: tuple[Card, ...]) -> None:
        self._cards = cards
        self._by_time = sorted(cards, key=lambda card: (card.date, card.id))
        self._places = {card.id: place for place, card in enumerate(self._by_time)}

    def of(self, index: int) -> tuple[Card, ...]:
        """For the page of `cards[index]`."""
        near = {card.id for card in self._cards[max(0, index - 1) : index + 2]}
        place, by_time = self._places[self._cards[index].id], self._by_time
        others = (
            by_time[at] for at in (*range(place - 1, -1, -1), *range(place + 1, len(by_time)))
        )
        return tuple(islice((card for card in others if card.id not in near), MORE))
