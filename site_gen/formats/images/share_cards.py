"""Open Graph cards: the picture that goes along when an edition or an article is shared.

Editions have one always, articles where `images.cards = "all"`.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from site_gen.basics import digest
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.images.card_drawing import Colours, Face, colours_of, png
from site_gen.formats.images.card_glyphs import covers, tidy
from site_gen.model import Card, Catalog, Edition, EditionRef, Noun, Page
from site_gen.settings import Settings
from site_gen.theme.filters import format_range
from site_gen.theme.load import Theme

LIBRARIES = ("PIL.ImageDraw", "PIL.ImageFont", "PIL.PngImagePlugin", "PIL.JpegImagePlugin")
"""Imported before workers are forked: see `formats.import_libraries`. To write a picture asks for
the commonest kinds."""

REVISION = "3"
"""Part of the fingerprint: to be raised when cards are drawn in another way."""

STYLE = "style.css"
"""The asset whose colours cards have."""


class Sketch(Noun, frozen=True, kw_only=True):
    """What a card is drawn from, as it came: what the font lacks is left out when it is drawn.

    host   stands in for a name that cannot be set; `plain` for `foot`
    """

    name: str
    host: str
    title: str
    foot: str
    plain: str
    colours: Colours
    right: bool


def colours(theme: Theme) -> Colours:
    """Those of the cards: the style sheet's."""
    style = theme.assets.get(STYLE)
    return colours_of(style.data.decode("utf-8", "replace")) if style else Colours()


class Drawn:
    """What stands on each card, for the pages that name them and the plan that draws them."""

    def __init__(self, catalog: Catalog, theme: Theme, settings: Settings) -> None:
        on = "cards" in settings.formats and "html" in settings.formats
        self._editions = on
        self._articles = on and settings.images.cards == "all"
        self._weeks = {week.id: week for week in catalog.weeks}
        self._say = theme.strings.translate
        self._site = site_view(settings)
        self._host = urlsplit(settings.base).hostname or ""
        self._colours = colours(theme)

    def site(self) -> tuple[str, Sketch] | None:
        """(site-absolute URL, sketch) of the card for pages that have neither picture nor card."""
        if not self._editions:
            return None
        return self._url("", self._sketch(self._site.description, self._host, self._host))

    def edition(self, found: Edition) -> tuple[str, Sketch] | None:
        """(site-absolute URL, sketch) of an edition's card: its title, else that of its lead.

        None where none is drawn.
        """
        if not self._editions:
            return None
        title = found.ref.title or (found.cards[0].title if found.cards else "")
        return self._card(found.ref.id, title, found.ref)

    def article(self, card: Card) -> tuple[str, Sketch] | None:
        """The same of an article; None for one that has a picture of its own."""
        if not self._articles or not card.has_page or (card.image and card.image.url):
            return None
        return self._card(card.slug, card.title, self._weeks[card.edition])

    def _card(self, name: str, title: str, week: EditionRef) -> tuple[str, Sketch]:
        dates = format_range(week.first, week.last, self._site)
        number = [self._say("edition_number", number=week.number)] if week.number else []
        foot = " · ".join([*number, dates])
        plain = " · ".join([*(str(week.number) for _ in number), week.id])
        return self._url(f"-{name}", self._sketch(title, foot, plain))

    def _sketch(self, title: str, foot: str, plain: str) -> Sketch:
        return Sketch(
            name=self._site.title,
            host=self._host,
            title=title,
            foot=foot,
            plain=plain,
            colours=self._colours,
            right=direction(self._site.language) == "rtl",
        )

    def _url(self, name: str, sketch: Sketch) -> tuple[str, Sketch]:
        fingerprint = digest.of_parts(REVISION, digest.of_value(sketch))[:10]
        return f"/assets/card{name}.{fingerprint}.png", sketch


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """One output per card."""
    yield Unit("", lambda: digests.frame, lambda: _every(catalog, theme, settings))


def _every(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    drawn = Drawn(catalog, theme, settings)
    yield from _pages(drawn.site(), "the title and description of the site")
    for edition in catalog.editions:
        yield from _pages(drawn.edition(edition), f"edition {edition.ref.id}")
    for article in catalog.articles:
        yield from _pages(drawn.article(article.card), f"content/{article.path}")


def _pages(card: tuple[str, Sketch] | None, origin: str) -> Iterator[Page]:
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
    sketch: Sketch = page.views["card"].value
    return png(
        Face(
            name=_settable(sketch.name) or _settable(sketch.host),
            title=_settable(sketch.title),
            foot=_settable(sketch.foot) or sketch.plain,
            colours=sketch.colours,
            right=sketch.right,
        )
    )


def _settable(text: str) -> str:
    """`text` as it is set, "" where the font lacks a character of it."""
    text = tidy(text)
    return text if covers(text) else ""
