"""What may be published. Drafts and future articles are shown on the pages of a preview only."""

from collections.abc import Iterable

from site_gen.model import Card, Catalog, Edition, Picture
from site_gen.settings import Settings


def visible_cards(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards that feeds, sitemap, API, e-mail and e-book may show, in the given order."""
    return tuple(card for card in cards if is_visible(card))


def is_visible(card: Card) -> bool:
    """Whether an article is neither a draft nor in the future."""
    return not card.draft and not card.future


def closed_editions(catalog: Catalog) -> tuple[Edition, ...]:
    """The closed editions that have content, newest first."""
    return tuple(e for e in catalog.editions if e.ref.closed and has_content(e))


def has_content(edition: Edition) -> bool:
    """Whether an edition has a visible article or a note (an issue may be a note alone)."""
    return bool(edition.path) or any(map(is_visible, edition.cards))


def allowed_picture(card: Card, settings: Settings) -> Picture | None:
    """The card's picture; None if there is none or rights or settings forbid it."""
    image = card.image
    if image is None or not image.url or card.rights == "link":
        return None
    if not image.local and settings.images.remote == "off":
        return None
    return image


def shows_body(card: Card) -> bool:
    """Whether the article has a body that its rights allow to show."""
    return card.has_body and card.rights == "full"


def source_name(card: Card) -> str:
    """The name of an article in "also covered by": its provider's, else its title."""
    return card.provider.name if card.provider else card.title


def reader_url(card: Card, settings: Settings) -> str:
    """The URL for readers: of our page, or of the original if there are no pages; "" for none."""
    if "html" in settings.formats:
        return card.link
    return card.original
