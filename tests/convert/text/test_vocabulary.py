"""What two stretches of a text share."""

from hypothesis import given
from hypothesis import strategies as st

from site_gen.convert.text.vocabulary import content_words, names, overlaps, window_overlap

SETS = st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=2, max_size=8)


@given(SETS)
def test_overlap_is_that_of_both_sides(sets: list[frozenset[str]]) -> None:
    for at, share in enumerate(overlaps(sets)):
        assert share == window_overlap(sets, at, len(sets))


def test_names_stand_inside_sentences() -> None:
    assert names("The harbour of Lisbon's mayor met Ada Quill. Ships") == {"lisbon", "ada", "quill"}


def test_common_words_carry_nothing() -> None:
    assert content_words("They were about the harbour") == {"harbour"}
