"""YAML as data, without what costs or surprises."""

from typing import Any

import pytest

from site_gen.basics.yaml_events import MAX_DEPTH, load
from site_gen.basics.yaml_values import Mark, YamlError, anything


def plain(_key: str | None, text: str) -> Any:
    return anything(text)


def refused(text: str) -> YamlError:
    with pytest.raises(YamlError) as caught:
        load(text, plain)
    return caught.value


def test_ordinary_yaml_is_data() -> None:
    text = 'a: 1\nb: [x, "2", null, true]\nc:\n  d: >-\n    folded\n    text\n  e: 1.5\n'
    assert load(text, plain) == {
        "a": 1, "b": ["x", "2", None, True], "c": {"d": "folded text", "e": 1.5},
    }  # fmt: skip


def test_what_yaml_would_guess_stays_text() -> None:
    text = "a: NO\nb: 2024-02-17\nc: 0x10\nd: 1_000\ne: 12:30\nf: .inf\ng: 010\nh: yes\n"
    assert load(text, plain) == {
        "a": "NO", "b": "2024-02-17", "c": "0x10", "d": "1_000", "e": "12:30", "f": ".inf",
        "g": "010", "h": "yes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason", "mark"),
    [
        ("a: &x 1\nb: *x\n", "holds an anchor or alias (& or *)", (1, 4)),
        ("a: *x\n", "holds an anchor or alias (& or *)", (1, 4)),
        ("a: !!python/object:os.system x\n", "holds a tag (!)", (1, 4)),
        ("a: 1\nb: 2\na: 3\n", 'holds the key "a" twice', (3, 1)),
        ("c:\n  a: 1\n  a: 3\n", 'holds the key "a" twice', (3, 3)),
        ("<<: {a: 1}\n", "holds a merge key (<<)", (1, 1)),
        ("? [a]\n: 1\n", "holds a key that is not a word", (1, 3)),
        ("&k a: 1\n", "holds an anchor or tag", (1, 1)),
        ("a: 1\n---\nb: 2\n", "holds a second document", (2, 1)),
    ],
)
def test_what_is_refused_says_where(text: str, reason: str, mark: tuple[int, int]) -> None:
    error = refused(text)
    assert error.reason == reason
    assert (error.mark.line, error.mark.column) == mark
    assert error.cure


def test_depth_is_bounded_without_a_crash() -> None:
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert "a" in load(deep, plain)
    for count in (MAX_DEPTH, 1_000, 100_000):
        assert refused("a: " + "[" * count).reason == "is nested more than 32 deep"
    assert refused("- " * 100_000).reason == "is nested more than 32 deep"


@pytest.mark.parametrize("count", [MAX_DEPTH, 990, 1_000, 1_500])
@pytest.mark.parametrize("before", ["", "b: {c: 'd', e: [f]}\n", "b:\n- c: {}\n"])
@pytest.mark.parametrize("opening", ["[", "{a: ", "[{a: "])
def test_depth_is_said_in_our_words_and_placed(count: int, before: str, opening: str) -> None:
    """However far ahead the parser reads, and whatever bound and words of its own it has."""
    error = refused(before + "a: " + opening * count)
    assert error.reason == "is nested more than 32 deep"
    starts = [at for at, char in enumerate(opening * count) if char in "[{"]
    assert (error.mark.line, error.mark.column) == (before.count("\n") + 1, 4 + starts[31])


def test_brackets_that_are_text_are_not_depth() -> None:
    many = "[" * 1_500
    for text in (f'a: "{many}', f"a: '{many}", f"a: x {many}: b: c", f"a: [1\n# {many}\nb: 2"):
        assert "deep" not in refused(text).reason


def test_the_number_of_values_is_bounded() -> None:
    assert refused("a: [" + "1," * 60_000 + "]").reason == "holds more than 50000 values"


def test_a_syntax_error_is_placed() -> None:
    error = refused("a: 1\nb: [1, 2\nc: 3\n")
    assert error.mark.line in (2, 3)
    assert refused('a: "open\n').mark.line >= 1


def test_marks_lead_to_values_and_keys() -> None:
    marks: dict[Any, Mark] = {}
    load("a: one\nb:\n  - x\n  - y: 2\nc:\n", plain, marks)
    assert marks[("a",)] == Mark(1, 4, 3)
    assert marks[("b", 0)] == Mark(3, 5, 1)
    assert marks[("b", 1, "y")] == Mark(4, 8, 1)
    assert marks[("b", 1, "y", "#key")] == Mark(4, 5, 1)
    # A value that is not there is shown at its key.
    assert marks[("c",)] == Mark(5, 1, 1)


def test_nothing_is_none() -> None:
    assert load("", plain) is None
    assert load("# a remark\n", plain) is None
