"""Words that Markdown drops without a word are told of; those that it shows are not."""

from typing import Any

import pytest

TABLE = "| a | b |\n| - | - |\n"
TOLD = {
    f"{TABLE}| 1 | 2 | lost |": (3, '"lost" is not shown'),
    f"x\n\n> {TABLE.replace(chr(10), chr(10) + '> ')}| 1 | 2 |\n> | 3 | 4 | lost |": (6, '"lost"'),
    "a | b\n--- | ---\n1 | 2 | lost": (3, '"lost"'),
    f"{TABLE}| 1 | `a|b` | lost |": (3, "is not shown"),
    "Words.\n\n[^one]: Never named.": (3, '"[^one]"'),
    "Words.[^a]\n\n[^a]: Named.\n[^b]: Not named.": (4, '"[^b]"'),
}
QUIET = (
    f"{TABLE}| 1 | 2 |",
    f"{TABLE}| 1 | 2 | |",
    f"{TABLE}| 1 |",
    f"{TABLE}| 1 | 2 \\| 3 |",
    f"> {TABLE.replace(chr(10), chr(10) + '> ')}| 1 | 2 |",
    "Words.[^a] And.[^a]\n\n[^a]: Named.",
    "```\n| a | b |\n| - | - |\n| 1 | 2 | 3 |\n[^x]: y\n```",
)


@pytest.mark.parametrize("body", TOLD)
def test_what_is_dropped_is_told(desk: Any, body: str) -> None:
    line, said = TOLD[body]
    _, (problem,) = desk.outcome(body=body)
    assert problem.startswith("warning[article/body]")
    assert said in problem
    shown = body.split("\n")[line - 1]
    assert f"| {shown}" in problem


@pytest.mark.parametrize("body", QUIET)
def test_what_is_shown_is_not(desk: Any, body: str) -> None:
    _, problems = desk.outcome(body=body)
    assert problems == []
