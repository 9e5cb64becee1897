"""Titles that say the same, found by their words."""

from site_gen.check.titles import Titles


def known(*titles: str) -> Titles[int]:
    made = Titles[int]()
    for number, title in enumerate(titles):
        made.add(title, number)
    return made


def test_titles_near_to_one_are_found_in_order() -> None:
    titles = known(
        "The ferry leaves Port Isaac for good", "A tram is built in Bergen at last",
        "Ferry leaves Port Isaac for good", "ferry leaves port",
    )  # fmt: skip
    assert list(titles.near("For good leaves the ferry Port Isaac", 0.9)) == [0, 2]
    assert list(titles.near("The ferry leaves Port Isaac for bad", 0.9)) == []
    assert list(titles.near("ferry leaves port", 0.9)) == []  # too short to say anything


def test_a_word_that_stands_often_is_counted_once() -> None:
    titles = known("no no no no yes")
    assert list(titles.near("no no no no maybe", 0.7)) == []
    assert list(titles.near("no no no no yes", 0.9)) == [0]
