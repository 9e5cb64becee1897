"""Short texts from long ones."""

from hypothesis import given
from hypothesis import strategies as st

from site_gen.read.excerpt import excerpt, minutes, wide, words


def test_a_short_text_stays() -> None:
    assert excerpt("One two.") == "One two."
    assert excerpt("a" * 240) == "a" * 240


def test_a_long_text_is_cut_at_a_word() -> None:
    assert excerpt("one two three four", 13) == "one two…"
    assert excerpt("one two, three four", 15) == "one two…"
    assert excerpt("x" * 30, 10) == "x" * 9 + "…"


@given(st.text(max_size=300), st.integers(10, 100))
def test_it_never_exceeds_its_length(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length


def test_two_wide_characters_count_for_a_word() -> None:
    assert words("") == 0
    assert words("one  two\nthree") == 3
    assert words("“naïve” – été") == 3
    assert words("日本語の Word") == 2 + 4 // 2
    assert words("한국어") == 1 + 3 // 2


@given(st.text(st.sampled_from("ab é“😀日の한、\u3040\u9fff\ud7a3")))
def test_text_that_is_not_wide_has_no_wide_character(text: str) -> None:
    assert wide(text) or words(text) == len(text.split())


def test_minutes() -> None:
    assert [minutes(n) for n in (0, 1, 220, 400, 2200)] == [0, 1, 1, 2, 10]
