"""Related articles of earlier editions: same story, same topics, same provider."""

from bisect import bisect_right
from collections.abc import Iterator

from site_gen.basics import slugs
from site_gen.memo.archive import card_ids
from site_gen.model import Card, Catalog

LIMIT = 4

_Trait = tuple[str, str]


class SeeAlso:
    """Finds related articles. Only earlier editions count, so a new edition changes no old page.

    Articles of the newest edition come first, in the edition's order. Editions are indexed on
    demand, newest first: mostly the last few are enough.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._editions = catalog.editions
        self._ids = {edition.ref.id: at for at, edition in enumerate(catalog.editions)}
        self._shown: dict[int, frozenset[str]] = {}
        self._found: dict[str, tuple[Card, ...]] = {}
        self._older: dict[tuple[_Trait, int], tuple[Card, ...]] = {}
        self._looked_at = 0
        self._known: dict[_Trait, tuple[list[int], list[Card]]] = {}

    def find(self, card: Card) -> tuple[Card, ...]:
        """At most LIMIT related articles; none for an article that no edition shows."""
        if card.id not in self._found:
            at = self._ids.get(card.edition)
            shown = at is not None and card.has_page and card.id in self._card_ids(at)
            self._found[card.id] = self._collect(at, card) if shown and at is not None else ()
        return self._found[card.id]

    def _card_ids(self, at: int) -> frozenset[str]:
        if at not in self._shown:
            self._shown[at] = frozenset(card_ids(self._editions[at].cards))
        return self._shown[at]

    def _collect(self, at: int, card: Card) -> tuple[Card, ...]:
        found: dict[str, Card] = {}
        for name in _traits(card):
            older = self._older_with(at, name)
            if not found and len(older) == LIMIT:
                return older
            for other in older:
                found.setdefault(other.id, other)
            if len(found) >= LIMIT:
                break
        return tuple(found.values())[:LIMIT]

    def _older_with(self, at: int, name: _Trait) -> tuple[Card, ...]:
        """The first LIMIT articles with this trait in editions older than number `at`."""
        key = (name, at)
        if key not in self._older:
            places, cards = self._known.setdefault(name, ([], []))
            while self._looked_at < len(self._editions):
                if len(places) >= LIMIT and places[-LIMIT] > at:
                    break
                self._index_next_edition()
            start = bisect_right(places, at)
            self._older[key] = tuple(cards[start : start + LIMIT])
        return self._older[key]

    def _index_next_edition(self) -> None:

        for card in self._editions[self._looked_at].cards:
            if card.has_page:
                for name in _traits(card):
                    places, cards = self._known.setdefault(name, ([], []))
                    places.append(self._looked_at)
                    cards.append(card)
        self._looked_at += 1


def _traits(card: Card) -> Iterator[_Trait]:
    """What an article may share with related ones, the closest relation first."""
    if card.story:
        yield "story", slugs.folded(card.story)
    for topic in card.topics:
        yield "topic", topic.slug
    if card.provider:
        yield "provider", card.provider.key
