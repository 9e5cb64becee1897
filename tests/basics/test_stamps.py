"""Packed stamps: which of them are others, and what is left without some."""

from hypothesis import given
from hypothesis import strategies as st

from site_gen.basics.stamps import differing_places, pack, remove_at

NUMBERS = st.integers(-(1 << 63), (1 << 63) - 1)
STAMPS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=8)


@given(STAMPS, st.integers(1, 200), st.data())
def test_places_of_others_are_found(
    some: list[tuple[int, int, int]], times: int, data: st.DataObject
) -> None:
    before = some * times  # more than are compared at once
    after = list(before)
    for place in data.draw(st.sets(st.integers(0, max(0, len(before) - 1)), max_size=4)):
        if before:
            after[place] = data.draw(st.tuples(NUMBERS, NUMBERS, NUMBERS))
    wanted = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert differing_places(pack(before), pack(after)) == wanted


@given(STAMPS, st.data())
def test_without_some(some: list[tuple[int, int, int]], data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(some) - 1)))) if some else []
    left = [each for n, each in enumerate(some) if n not in places]
    assert remove_at(pack(some), places) == pack(left)
