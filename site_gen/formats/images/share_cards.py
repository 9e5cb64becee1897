"""Share cards: the Open Graph pictures shown when an edition or an article is shared.

Every edition has one; articles have one with `images.cards = "all"`.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from site_gen.basics import digest
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.images.card_drawing import CardText, Colours, draw_card, parse_colours
from site_gen.formats.images.card_glyphs import has_glyphs, normalize
from site_gen.model import Card, Catalog, Edition, EditionRef, Page, Record
from site_gen.settings import Settings
from site_gen.theme.filters import format_range
from site_gen.theme.load import Theme

LIBRARIES = ("PIL.ImageDraw", "PIL.ImageFont", "PIL.PngImagePlugin", "PIL.JpegImagePlugin")
"""Imported before workers are forked: see `formats.import_libraries`. Writing any picture loads the
common formats."""

REVISION = "3"
"""Part of the fingerprint. Raise it when the drawing of cards changes."""

STYLE_SHEET = "style.css"
"""The asset from which cards take their colours."""


class CardData(Record, frozen=True, kw_only=True):
    """What a card is drawn from. Texts with characters that the font lacks are left out.

    host    replaces `name` if the font lacks a character of it
    plain   replaces `foot` likewise
    """

    name: str
    host: str
    title: str
    foot: str
    plain: str
    colours: Colours
    right: bool


def theme_colours(theme: Theme) -> Colours:
    """The colours of cards, from the theme's style sheet."""
    style = theme.assets.get(STYLE_SHEET)
    return parse_colours(style.data.decode("utf-8", "replace")) if style else Colours()


class ShareCards:
    """The cards of a catalog, for the pages that link to them and for their plan."""

    def __init__(self, catalog: Catalog, theme: Theme, settings: Settings) -> None:
        on = "cards" in settings.formats and "html" in settings.formats
        self._editions = on
        self._articles = on and settings.images.cards == "all"
        self._weeks = {week.id: week for week in catalog.weeks}
        self._say = theme.strings.translate
        self._site = site_view(settings)
        self._host = urlsplit(settings.base).hostname or ""
        self._colours = theme_colours(theme)

    def site(self) -> tuple[str, CardData] | None:
        """(site-absolute URL, data) of the card for pages without a picture or card; None if cards
        are off."""
        if not self._editions:
            return None
        return self._url("", self._sketch(self._site.description, self._host, self._host))

    def edition(self, found: Edition) -> tuple[str, CardData] | None:
        """(site-absolute URL, data) of an edition's card, with its title or that of its lead; None
        if cards are off."""
        if not self._editions:
            return None
        title = found.ref.title or (found.cards[0].title if found.cards else "")
        return self._card(found.ref.id, title, found.ref)

    def article(self, card: Card) -> tuple[str, CardData] | None:
        """(site-absolute URL, data) of an article's card; None if it has a picture, or article
        cards are off."""
        if not self._articles or not card.has_page or (card.image and card.image.url):
            return None
        return self._card(card.slug, card.title, self._weeks[card.edition])

    def _card(self, name: str, title: str, week: EditionRef) -> tuple[str, CardData]:
        dates = format_range(week.first, week.last, self._site)
        number = [self._say("edition_number", number=week.number)] if week.number else []
        foot = " · ".join([*number, dates])
        plain = " · ".join([*(str(week.number) for _ in number), week.id])
        return self._url(f"-{name}", self._sketch(title, foot, plain))

    def _sketch(self, title: str, foot: str, plain: str) -> CardData:
        return CardData(
            name=self._site.title,
            host=self._host,
            title=title,
            foot=foot,
            plain=plain,
            colours=self._colours,
            right=direction(self._site.language) == "rtl",
        )

    def _url(self, name: str, sketch: CardData) -> tuple[str, CardData]:
        fingerprint = digest.of_parts(REVISION, digest.of_value(sketch))[:10]
        return f"/assets/card{name}.{fingerprint}.png", sketch


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit of one page per card."""
    yield Unit("", lambda: digests.frame, lambda: _all_pages(catalog, theme, settings))


def _all_pages(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    drawn = ShareCards(catalog, theme, settings)
    yield from _pages(drawn.site(), "the title and description of the site")
    for edition in catalog.editions:
        yield from _pages(drawn.edition(edition), f"edition {edition.ref.id}")
    for article in catalog.articles:
        yield from _pages(drawn.article(article.card), f"content/{article.path}")


def _pages(card: tuple[str, CardData] | None, origin: str) -> Iterator[Page]:
    if card:
        url, sketch = card
        yield Page(
            path=url.lstrip("/"),
            format="cards",
            kind="file",
            views={"card": view(sketch)},
            origin=origin,
        )


def render(page: Page, theme: Theme) -> bytes:
    """The card as PNG."""
    sketch: CardData = page.views["card"].value
    return draw_card(
        CardText(
            name=_if_in_font(sketch.name) or _if_in_font(sketch.host),
            title=_if_in_font(sketch.title),
            foot=_if_in_font(sketch.foot) or sketch.plain,
            colours=sketch.colours,
            right=sketch.right,
        )
    )


def _if_in_font(text: str) -> str:
    """The normalized text, "" if the font lacks a character of it."""
    text = normalize(text)
    return text if has_glyphs(text) else ""
