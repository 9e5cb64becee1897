"""How a message is laid out, and that nothing from outside reaches a terminal raw."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from site_gen.problems import (
    MOST_KEYS,
    Problem,
    SiteError,
    UsageError,
    Where,
    as_data,
    clean,
    did_you_mean,
    gathered,
    layout,
    shown,
)

PLACED = Problem(
    "article/quality",
    'quality: expected a whole number of 0 or more, got "lots"',
    Where("content/2024-W07/ai-security.md", 11, 10, 4, "quality: lots\n"),
    "write a number such as 84, or remove the line",
)


def test_the_layout() -> None:
    assert layout(PLACED) == (
        'error[article/quality] quality: expected a whole number of 0 or more, got "lots"\n'
        "  --> content/2024-W07/ai-security.md:11:10\n"
        "   11 | quality: lots\n"
        "      |          ^^^^\n"
        "help: write a number such as 84, or remove the line"
    )


def test_both_parties_of_a_conflict_are_shown() -> None:
    problem = Problem("a/b", "m", Where("x", 1), also=(Where("y", 2, 1, 1, "why"),))
    assert layout(problem) == "error[a/b] m\n  --> x:1\n  and y:2:1\n    2 | why\n      | ^"


def test_a_problem_without_a_place() -> None:
    assert layout(Problem("a/b", "m", severity="warning")) == "warning[a/b] m"


def test_a_place_far_to_the_right_is_in_view() -> None:
    line = "x" * 200 + "HERE" + "y" * 200
    lines = layout(Problem("a/b", "m", Where("f", 3, 201, 4, line))).split("\n")
    assert len(lines[2]) <= 8 + 80
    at = lines[3].index("^")
    assert lines[2][at : at + 4] == "HERE"


@given(st.text(max_size=120), st.text(max_size=200), st.integers(0, 250), st.integers(-1, 300))
def test_no_control_or_bidi_character_reaches_a_terminal(
    message: str, excerpt: str, column: int, length: int
) -> None:
    where = Where(message, 3, column, length, excerpt)
    text = layout(Problem("a/b", message, where, message, also=(where,)))
    for line in text.split("\n"):
        assert all(unicodedata.category(c)[0] != "C" for c in line), repr(line)
        assert not set(line) & set("\u2028\u2029\u202e\u2066\x1b")
    assert len(text.split("\n")) <= 8


def test_clean_keeps_the_width() -> None:
    assert clean("a\x1b[31mb") == "a [31mb"
    assert clean("x" * 100) == "x" * 79 + "…"
    assert len(clean("x" * 100, 10)) == 10
    assert clean("tab\there") == "tab here"


def test_values_are_quoted_and_cut() -> None:
    assert shown("a\nb") == '"a b"'
    assert shown(5) == "5"
    assert len(shown("x" * 500)) == 42
    assert len(shown(["x" * 500])) == 40


def test_did_you_mean() -> None:
    assert did_you_mean("qualty", ["quality", "heat"]) == ' Did you mean "quality"?'
    assert did_you_mean("zzz", ["quality", "heat"]) == ""
    assert did_you_mean("a", []) == ""


def test_the_same_as_data() -> None:
    data = as_data(PLACED)
    assert data == {
        "code": "article/quality",
        "severity": "error",
        "path": "content/2024-W07/ai-security.md",
        "line": 11,
        "column": 10,
        "message": 'quality: expected a whole number of 0 or more, got "lots"',
        "help": "write a number such as 84, or remove the line",
        "excerpt": "quality: lots",
        "also": [],
    }
    assert json.loads(json.dumps(as_data(Problem("a/b", "m")))) == as_data(Problem("a/b", "m"))


def test_errors_carry_their_problems_and_exit_codes() -> None:
    error = SiteError([PLACED, PLACED])
    assert error.problems == (PLACED, PLACED)
    assert (error.exit_code, UsageError([]).exit_code) == (1, 2)
    assert "quality" in str(error)


def _unknown(key: str, path: str) -> Problem:
    where = Where(path, 3, 1, len(key), f"{key}: 1", key)
    return Problem("article/unknown-key", f'unknown key "{key}".', where, "remove it", "warning")


def test_unknown_keys_are_told_once_each_with_a_count() -> None:
    found = gathered(_unknown("number", f"content/{n}.md") for n in range(574))
    assert [p.message for p in found] == ['unknown key "number" in 574 files']
    assert found[0].where == Where("content/0.md", 3, 1, 6, "number: 1", "number")


def test_a_flood_of_unknown_keys_is_counted() -> None:
    found = gathered(_unknown(f"k{n}", "content/a.md") for n in range(100_000))
    assert len(found) == MOST_KEYS + 1
    assert found[-1].message == "99,990 more unknown keys in 1 file"


def test_warnings_of_one_kind_are_one_and_errors_stay_each() -> None:
    kind = Problem("article/url", "a bad address", Where("a.md", 3), "mend it", "warning")
    error = Problem("article/date", "a bad date", Where("a.md", 4))
    found = gathered([kind, error, kind._replace(where=Where("b.md", 1)), error])
    assert [p.message for p in found] == [
        "a bad address (and 1 more of this kind, in 2 files)",
        "a bad date",
        "a bad date",
    ]


def test_one_warning_is_told_as_it_is() -> None:
    one = Problem("article/url", "a bad address", Where("a.md", 3), "mend it", "warning")
    assert gathered([one]) == (one,)
