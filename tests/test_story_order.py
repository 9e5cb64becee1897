"""Which story goes first: one order for an edition and for what is chosen from it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.arrange.editions import NO_NOTE, order
from site_gen.model import Card
from site_gen.story_order import rank

DAY = datetime(2024, 2, 12, tzinfo=UTC)
BARE = Card(id="", slug="", permalink="", link="", guid="", title="", date=DAY, lastmod=DAY,
            edition="")  # fmt: skip


@st.composite
def cards(draw: Any) -> list[Card]:
    few = st.sampled_from((None, 0, 1, 9))
    drawn = draw(st.lists(st.tuples(few, few, st.integers(0, 3)), max_size=8))
    return [
        replace(BARE, id=f"a{n}", slug=f"a{n}", heat=heat, quality=quality,
                date=DAY + timedelta(days=days))
        for n, (heat, quality, days) in enumerate(drawn)
    ]  # fmt: skip


@given(cards(), st.randoms(use_true_random=False))
def test_an_edition_is_in_the_order_of_importance_however_it_comes(found: Any, dice: Any) -> None:
    mixed = list(found)
    dice.shuffle(mixed)
    ordered, named, problems = order(mixed, NO_NOTE, {})
    assert list(ordered) == sorted(found, key=rank)
    assert (named, problems) == (0, [])


def test_heat_then_quality_then_time_then_identity() -> None:
    hot = replace(BARE, id="z", heat=2)
    good = replace(BARE, id="y", heat=1, quality=5)
    new = replace(BARE, id="x", heat=1, date=DAY + timedelta(days=1))
    first, second = replace(BARE, id="a", heat=1, quality=0), replace(BARE, id="b", heat=1)
    assert sorted([second, first, new, good, hot], key=rank) == [hot, good, new, first, second]
