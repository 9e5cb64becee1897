"""The named rules: line by line from a file of cases, and the rules that see the whole page."""

from pathlib import Path

import pytest

from site_gen.convert import similarity
from site_gen.convert.html import rules
from site_gen.convert.html.rules import Evidence

PARTS = (Path(__file__).parent / "cases_rules.txt").read_text("utf-8").split("\n.\n")
CASES = [
    (*given.strip("\n").split("\n", 1), expected.strip("\n"))
    for given, expected in zip(PARTS[0::2], PARTS[1::2], strict=False)
]

SEEN = Evidence(
    other="",
    other_shingles=similarity.shingles(""),
    third_shingles=similarity.shingles(""),
    titles=(("lighthouse", "to", "be", "rebuilt"),),
    link_lines=frozenset(["Five walks along the coast"]),
    drop_lines=("Harbour Post members *",),
)


@pytest.mark.parametrize(("title", "line", "expected"), CASES, ids=[case[0] for case in CASES])
def test_line_rule(title: str, line: str, expected: str) -> None:
    wanted = title.partition(":")[0]
    hits = [rule.__name__ for rule in rules.LINE_RULES if rule(line, 0, SEEN)]
    if expected == "cut":
        assert hits[:1] == [wanted]
    else:
        assert hits == []


def test_every_line_rule_has_a_case() -> None:
    assert {rule.__name__ for rule in rules.LINE_RULES} == {c[0].partition(":")[0] for c in CASES}


def lines(start: int, end: int) -> list[str]:
    return [
        f"Sentence number {n} speaks of thing {n} and of {n * 7} others." for n in range(start, end)
    ]


def evidence(other: list[str], third: list[str]) -> Evidence:
    text, whole = "\n".join(other), "\n".join(third)
    return Evidence(text, similarity.shingles(text), similarity.shingles(whole), third=whole)


def test_truncated_body_takes_the_longer_text_that_two_agree_on() -> None:
    assert rules.truncated_body(lines(0, 5), evidence(lines(0, 10), lines(0, 9))) == lines(0, 10)


def test_truncated_body_stays_when_only_one_extractor_says_so() -> None:
    assert rules.truncated_body(lines(0, 5), evidence(lines(0, 10), lines(0, 5))) == lines(0, 5)


def test_other_articles_swallowed_takes_the_shorter_text() -> None:
    seen = evidence(lines(0, 10), [])
    assert rules.other_articles_swallowed(lines(0, 40), seen) == lines(0, 10)


def test_long_text_that_the_third_holds_too_swallowed_nothing() -> None:
    seen = evidence(lines(0, 10), lines(0, 38))
    assert rules.other_articles_swallowed(lines(0, 40), seen) == lines(0, 40)


def test_parts_of_one_takes_what_the_third_found_whole() -> None:
    seen = evidence(lines(15, 30), lines(0, 30))
    assert rules.parts_of_one(lines(0, 16), seen) == lines(0, 30)
    seen = evidence(lines(50, 60), lines(0, 30))
    assert rules.parts_of_one(lines(0, 16), seen) == lines(0, 16)


def test_run_together_takes_the_blocks_of_the_page() -> None:
    texts = ("Menu of the day", *lines(0, 9))
    seen = Evidence("", frozenset(), frozenset(), texts=texts)
    assert rules.run_together([" ".join(lines(0, 9))], seen) == lines(0, 9)
    assert rules.run_together(lines(0, 2), seen) == lines(0, 2)


def test_edge_trim_leaves_sentences_of_the_third_where_the_second_found_a_part() -> None:
    seen = evidence(lines(4, 8), lines(0, 10))
    trimmed = rules.edge_trim(["Home and away", *lines(0, 10), "Read more"], seen)
    assert trimmed == lines(0, 10)


def test_edge_trim_cuts_first_and_last_lines_only() -> None:
    seen = evidence([*lines(0, 4), *lines(5, 9)], [])
    trimmed = rules.edge_trim(["Home", *lines(0, 9), "Footer words that stand alone"], seen)
    assert trimmed == lines(0, 9)


def test_edge_trim_never_cuts_more_than_half() -> None:
    seen = evidence(lines(0, 1), [])
    assert rules.edge_trim(lines(0, 9), seen) == lines(0, 9)


def test_dangling_heading_goes_from_the_end() -> None:
    seen = Evidence("", frozenset(), frozenset(), headings=frozenset(["More to see", "Results"]))
    assert rules.dangling_heading(["Results", "A text.", "More to see"], seen) == [
        "Results",
        "A text.",
    ]


def test_nothing_found_takes_the_second_text() -> None:
    assert rules.nothing_found([""], evidence(["A text."], [])) == ["A text."]
