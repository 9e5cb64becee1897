"""Short texts from long ones."""

from hypothesis import given
from hypothesis import strategies as st

from site_gen.read.excerpt import excerpt, minutes


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


def test_minutes() -> None:
    assert [minutes(n) for n in (0, 1, 220, 400, 2200)] == [0, 1, 1, 2, 10]
