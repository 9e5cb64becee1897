"""Other stories of an edition on an article's page: near it in time, so that they stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

from site_gen.formats.html.parts import MORE, More
from site_gen.model import Card

TUESDAY = datetime(2024, 2, 13, tzinfo=UTC)


def shown(cards: tuple[Card, ...]) -> dict[str, list[str]]:
    return {card.id: [each.id for each in More(cards).of(n)] for n, card in enumerate(cards)}


def edition(desk: Any, size: int) -> tuple[Card, ...]:
    """Cards in an order that has nothing to do with their times."""
    hours = [timedelta(hours=number * 7 % size) for number in range(size)]
    return tuple(desk.add(f"s{n:02}", date=TUESDAY + after) for n, after in enumerate(hours))


def test_are_neither_the_story_nor_its_neighbours_and_as_many_as_there_is_room_for(
    desk: Any,
) -> None:
    cards = edition(desk, 12)
    for place, card in enumerate(cards):
        found = More(cards).of(place)
        near = {each.id for each in cards[max(0, place - 1) : place + 2]}
        assert len(found) == MORE
        assert near.isdisjoint(each.id for each in found), card.id
    assert More(cards[:2]).of(0) == ()


def test_a_story_that_comes_last_concerns_its_neighbours_alone(desk: Any) -> None:
    cards = edition(desk, 24)
    place = max(range(24), key=lambda n: cards[n].date)
    newest = cards[place]
    before, after = shown(tuple(c for c in cards if c is not newest)), shown(cards)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {cards[n].id for n in (place - 1, place + 1) if 0 <= n < 24}


def test_one_story_more_concerns_few_pages_wherever_it_stands(desk: Any) -> None:
    cards = edition(desk, 24)
    for place, card in enumerate(cards):
        before, after = shown(tuple(c for c in cards if c is not card)), shown(cards)
        changed = [name for name in before if before[name] != after[name]]
        assert len(changed) <= MORE + 5, (place, changed)
