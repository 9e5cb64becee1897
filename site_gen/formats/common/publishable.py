"""What may be published: drafts and future articles appear only on pages of a preview."""

from collections.abc import Iterable

from site_gen.model import Card, Catalog, Edition, Picture
from site_gen.settings import Settings


def visible(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards that feeds, site map, API, e-mail and e-book may carry, in their order."""
    return tuple(card for card in cards if is_visible(card))


def is_visible(card: Card) -> bool:
    """Whether an article may be published."""
    return not card.draft and not card.future


def closed(catalog: Catalog) -> tuple[Edition, ...]:
    """Closed editions that have something to show, newest first."""
    return tuple(e for e in catalog.editions if e.ref.closed and has_something(e))


def has_something(edition: Edition) -> bool:
    """Whether there is an article to show, or a note, which is an issue by itself."""
    return bool(edition.path) or any(map(is_visible, edition.cards))


def picture(card: Card, settings: Settings) -> Picture | None:
    """The card's picture where rights and settings allow one."""
    image = card.image
    if image is None or not image.url or card.rights == "link":
        return None
    if not image.local and settings.images.remote == "off":
        return None
    return image


def shows_body(card: Card) -> bool:
    """Whether our copy of the text may be shown."""
    return card.has_body and card.rights == "full"


def named(card: Card) -> str:
    """What an article is called beside another on the same event: its provider, else its title."""
    return card.provider.name if card.provider else card.title


def address(card: Card, settings: Settings) -> str:
    """The link for readers: our page, else the original, else ""."""
    if "html" in settings.formats:
        return card.link
    return card.original
