"""Options that a theme declares and settings give."""

from typing import Any

import pytest

DECLARED = """
[options.accent]
type = "text"
default = "#900"
[options.pictures]
type = "boolean"
default = true
[options.columns]
type = "number"
default = 2
[options.size]
type = "choice"
choices = ["small", "large"]
default = "small"
"""


@pytest.fixture
def declared(desk: Any) -> Any:
    desk.put("own", "theme.toml", DECLARED)
    return desk


def test_defaults_and_given_values(declared: Any) -> None:
    assert declared.load().options == {
        "accent": "#900", "pictures": True, "columns": 2, "size": "small",
    }  # fmt: skip
    assert declared.load(options={"columns": 3, "size": "large"}).options["columns"] == 3


def test_every_wrong_option_is_named(declared: Any) -> None:
    found = declared.refused(
        options={"acent": "x", "pictures": 1, "columns": True, "size": "huge", "accent": 5}
    )
    assert [problem.split("\n")[0] for problem in found] == [
        'error[theme/option] theme own has no option "acent". Did you mean "accent"?',
        "error[theme/option] option pictures: expected a boolean, got 1",
        "error[theme/option] option columns: expected a number, got True",
        'error[theme/option] option size: expected one of small, large, got "huge"',
        "error[theme/option] option accent: expected a text, got 5",
    ]


def test_the_nearest_declaration_wins(declared: Any) -> None:
    declared.put("child", "theme.toml", 'extends = "own"\n[options.accent]\ntype = "text"\n'
                 'default = "#009"\n')  # fmt: skip
    options = declared.load("child").options
    assert (options["accent"], options["columns"]) == ("#009", 2)


def test_an_option_needs_a_type(desk: Any) -> None:
    desk.put("own", "theme.toml", '[options.x]\ntype = "wheel"\n')
    assert desk.refused() == [
        'error[theme/config] option "x" has no type\n'
        "  --> themes/own/theme.toml\n"
        "help: give it a type: text, boolean, number, choice, colour, font, length"
    ]
