"""Related articles of our own archive: same story, topics or provider."""

from bisect import bisect_right
from collections.abc import Iterator

from site_gen.basics import slugs
from site_gen.memo.archive import ids
from site_gen.model import Card, Catalog

MOST = 4

_Name = tuple[str, str]


class SeeAlso:
    """For each article those of earlier editions, so that a new edition changes no old page.

    Of each kind the newest edition comes first, and within it the edition's own order counts.
    Editions are looked at from the newest on, no further than somebody asks: a new one finds most
    in the last few.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._editions = catalog.editions
        self._ids = {edition.ref.id: at for at, edition in enumerate(catalog.editions)}
        self._shown: dict[int, frozenset[str]] = {}
        self._found: dict[str, tuple[Card, ...]] = {}
        self._older: dict[tuple[_Name, int], tuple[Card, ...]] = {}
        self._looked_at = 0
        self._known: dict[_Name, tuple[list[int], list[Card]]] = {}

    def of(self, card: Card) -> tuple[Card, ...]:
        """At most MOST articles; none for one that no edition shows."""
        if card.id not in self._found:
            at = self._ids.get(card.edition)
            shown = at is not None and card.has_page and card.id in self._cards_of(at)
            self._found[card.id] = self._first(at, card) if shown and at is not None else ()
        return self._found[card.id]

    def _cards_of(self, at: int) -> frozenset[str]:
        if at not in self._shown:
            self._shown[at] = frozenset(ids(self._editions[at].cards))
        return self._shown[at]

    def _first(self, at: int, card: Card) -> tuple[Card, ...]:
        found: dict[str, Card] = {}
        for name in _names(card):
            older = self._before(at, name)
            if not found and len(older) == MOST:
                return older
            for other in older:
                found.setdefault(other.id, other)
            if len(found) >= MOST:
                break
        return tuple(found.values())[:MOST]

    def _before(self, at: int, name: _Name) -> tuple[Card, ...]:
        """The first that have this in common, of editions older than the one at this place."""
        key = (name, at)
        if key not in self._older:
            places, cards = self._known.setdefault(name, ([], []))
            while self._looked_at < len(self._editions):
                if len(places) >= MOST and places[-MOST] > at:
                    break
                self._look()
            start = bisect_right(places, at)
            self._older[key] = tuple(cards[start : start + MOST])
        return self._older[key]

    def _look(self) -> None:
        """At one edition more."""
        for card in self._editions[self._looked_at].cards:
            if card.has_page:
                for name in _names(card):
                    places, cards = self._known.setdefault(name, ([], []))
                    places.append(self._looked_at)
                    cards.append(card)
        self._looked_at += 1


def _names(card: Card) -> Iterator[_Name]:
    """What it may have in common with others, the closest tie first."""
    if card.story:
        yield "story", slugs.folded(card.story)
    for topic in card.topics:
        yield "topic", topic.slug
    if card.provider:
        yield "provider", card.provider.key
