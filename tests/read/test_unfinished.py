"""What was begun in a body and not finished is told, whatever it stands in; else it is not."""

from typing import Any

import pytest

from site_gen.read import unfinished
from site_gen.read.unfinished import MOST

TOLD = {
    # marks without a note
    "Words.[^1]": (1, '"[^1]" has no note'),
    "- One\n- Two [^two]": (2, '"[^two]" has no note'),
    "| a | b |\n| - | - |\n| 1 | 2 [^x] |": (3, '"[^x]" has no note'),
    "Words.[^a] More.[^b]\n\n[^a]: Named.": (1, '"[^b]" has no note'),
    "# A heading [^1]\n\nText.": (1, '"[^1]" has no note'),
    # links with a space inside
    "See [the plan] (https://harbour.example/plan_b).": (1, "is no link: a space"),
    "> See\n> [the plan] (/articles/plan/).": (2, "is no link: a space"),
    "See `x` and [the *plan*] (www.harbour.example).": (1, "is no link: a space"),
    "See [the plan] (plan.md).": (1, "is no link: a space"),
    "![A quay] (https://harbour.example/quay.jpg)": (1, "write ![A quay](https://"),
    # code without an end
    "Text.\n\n```py\nx = 1\n\nMore *text*.": (
        3,
        "has no end: readers see all that follows as code",
    ),
    "~~~~\nx\n~~~\n\nMore.": (1, "has no end: readers see all that follows as code"),
    "- One\n\n  ```\n  x\n\nMore.": (3, "has no end: readers see all that follows as code"),
    # comments without an end
    "Text.\n\n<!-- ask Ann\n\nMore.": (3, "begins with <!-- and has no end"),
    "Text. <!-- ask\nAnn -- >": (1, "begins with <!-- and has no end"),
    "<div>\n<!-- done -->\n<!-- ask Ann\n</div>": (3, "begins with <!-- and has no end"),
}
QUIET = (
    "Words.[^1]\n\n[^1]: A note.",
    "A pattern \\[^1] and `[^1]` and [^a-z].",
    "Words ^[with a note inside].",
    "So [sic] (see below), so [1] (https://harbour.example/).",
    "`[x] (https://harbour.example/)`",
    "[The plan] (late)\n\n[The plan]: https://harbour.example/plan",
    "```\nx\n```",
    "````\n```\n````",
    "~~~\n[^1] [x] (/y/) <!--\n~~~",
    "> ```\n> x\n> ```\n\nMore.",
    "1. One\n   ```\n   x\n   ```\n2. Two",
    "<!-- ask\n\nAnn -->\n\nText <!-- here --> and `<!--`.",
    "<div>\n<!-- ask Ann -->\n</div>",
)


@pytest.mark.parametrize("body", TOLD)
def test_what_is_not_finished_is_told(desk: Any, body: str) -> None:
    line, said = TOLD[body]
    _, (problem,) = desk.outcome(body=body)
    assert problem.startswith("warning[article/body]")
    assert said in problem
    assert f"| {body.split(chr(10))[line - 1]}" in problem


@pytest.mark.parametrize("body", QUIET)
def test_what_is_meant_so_is_not(desk: Any, body: str) -> None:
    _, problems = desk.outcome(body=body)
    assert problems == []


def test_the_cure_is_the_link(desk: Any) -> None:
    _, (problem,) = desk.outcome(body="See [the plan] (https://harbour.example/plan).")
    assert "help: write [the plan](https://harbour.example/plan)" in problem


def test_of_very_many_the_first_are_told_and_the_others_counted(desk: Any) -> None:
    _, problems = desk.outcome(body="\n\n".join(f"Words.[^{n}]" for n in range(MOST + 7)))
    assert len(problems) == MOST
    assert "(7 more of this kind follow)" in problems[-1]


def test_no_end_of_a_comment_is_sought_where_none_is(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought: list[str] = []

    class Noted:
        def sub(self, new: Any, text: str) -> str:
            sought.append(text)
            return text

    monkeypatch.setattr(unfinished, "_CLOSED", Noted())
    desk.outcome(body=f"<div>\n<!-- a -->\n{'<!-- ' * 500}\n</div>")
    assert sought == ["<div>\n<!-- a -->"]
