"""What our own archive has on the matter of an article: same story, same topics, same provider."""

from collections.abc import Iterator

from site_gen.basics import slugs
from site_gen.model import Card, Catalog

MOST = 4


class SeeAlso:
    """For each article those of earlier editions, so that a new edition changes no old page.

    Of each kind the newest edition comes first, and within it the edition's own order counts.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._found: dict[str, tuple[Card, ...]] = {}
        known: dict[tuple[str, str], tuple[Card, ...]] = {}
        for edition in reversed(catalog.editions):
            cards = [card for card in edition.cards if card.has_page]
            own: dict[tuple[str, str], list[Card]] = {}
            for card in cards:
                names = tuple(_names(card))
                self._found[card.id] = _first(known, names)
                for name in names:
                    own.setdefault(name, []).append(card)
            for name, new in own.items():
                known[name] = (*new, *known.get(name, ()))[:MOST]

    def of(self, card: Card) -> tuple[Card, ...]:
        """At most MOST articles; none for one that no edition shows."""
        return self._found.get(card.id, ())


def _names(card: Card) -> Iterator[tuple[str, str]]:
    """What it may have in common with others, the closest tie first."""
    if card.story:
        yield "story", slugs.folded(card.story)
    for topic in card.topics:
        yield "topic", topic.slug
    if card.provider:
        yield "provider", card.provider.key


def _first(
    known: dict[tuple[str, str], tuple[Card, ...]], names: tuple[tuple[str, str], ...]
) -> tuple[Card, ...]:
    if names and len(closest := known.get(names[0], ())) == MOST:
        return closest
    found: dict[str, Card] = {}
    for name in names:
        for card in known.get(name, ()):
            found.setdefault(card.id, card)
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]
