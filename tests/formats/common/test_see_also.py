"""What an archive has on a matter: the same whatever was asked for before, and no further looked
for than it takes."""

import random
from typing import Any

import pytest

from site_gen.formats.common.see_also import LIMIT, SeeAlso
from site_gen.model import Card, Catalog, TopicRef

TOPICS = [TopicRef(name=n, slug=n, permalink=f"/topics/{n}/") for n in ("a", "b", "c", "rare")]


@pytest.fixture
def archive(desk: Any) -> Catalog:
    """Twelve editions of nine articles; one topic is in the two oldest alone."""
    dice = random.Random(7)
    for week in range(12):
        for number in range(9):
            chosen = dice.sample(TOPICS[:3], dice.choice((0, 1, 2)))
            if week < 2 and number == 0:
                chosen = [TOPICS[3]]
            story = "Lock" if dice.random() < 0.1 else ""
            desk.add(f"{week}-{number}", weeks=week, topics=tuple(chosen), story=story)
    found: Catalog = desk.catalog()
    return found


def plainly(catalog: Catalog, card: Card, at: int) -> list[str]:
    """By all cards of older editions, the newest edition first: the closest tie first."""
    older = [each for edition in catalog.editions[at + 1 :] for each in edition.cards]
    ties = [lambda c: bool(card.story) and c.story == card.story]
    ties += [lambda c, t=topic: t in c.topics for topic in card.topics]
    ties += [lambda c: card.provider is not None and c.provider == card.provider]
    found: list[str] = []
    for tie in ties:
        found += [c.id for c in [c for c in older if tie(c)][:LIMIT] if c.id not in found]
    return found[:LIMIT]


@pytest.mark.parametrize("order", [1, -1])
def test_whoever_asks_first_each_gets_the_same(archive: Catalog, order: int) -> None:
    see_also = SeeAlso(archive)
    assert len(archive.editions) == 12
    for at, edition in list(enumerate(archive.editions))[::order]:
        for card in edition.cards:
            assert [c.id for c in see_also.find(card)] == plainly(archive, card, at)


def test_for_a_new_edition_few_old_ones_are_looked_at(
    archive: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    plain = SeeAlso._index_next_edition

    def look(self: SeeAlso) -> None:
        looked.append(1)
        plain(self)

    monkeypatch.setattr(SeeAlso, "_index_next_edition", look)
    see_also = SeeAlso(archive)
    common = [c for c in archive.editions[0].cards if c.topics and not c.story]
    for card in common:
        see_also.find(card)
    assert 1 < len(looked) < 6
