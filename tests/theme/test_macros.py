"""Texts of macros that are kept: never of what may be another one the next time."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.model import Card
from site_gen.theme import template

NOW = datetime(2024, 2, 13, tzinfo=UTC)
MACROS = "{% macro shown(of, more='') %}[{{ of.title or of }}{{ more }}]{% endmacro %}"
PAGE = "{% from '_m.html' import shown %}{{ shown(card) }}{{ shown(card, word) }}{{ shown(card) }}"


def card(title: str) -> Card:
    return Card(
        id="a", slug="a", permalink="/a/", link="/a/", guid="g", title=title, date=NOW,
        lastmod=NOW, edition="",
    )  # fmt: skip


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that macros were asked to make."""
    texts: list[str] = []
    own = template.Macro._made

    def noted(macro: template.Macro, given: tuple[Any, ...]) -> str:
        texts.append(own(macro, given))
        return texts[-1]

    monkeypatch.setattr(template.Macro, "_made", noted)
    return texts


def test_a_card_is_written_once_however_often_it_is_shown(desk: Any, made: list[str]) -> None:
    desk.template("_m.html", MACROS)
    desk.template("x.html", PAGE)
    theme, one, other = desk.load(), card("One"), card("Two")
    for each in (one, other, one, card("One")):
        wanted = f"[{each.title}][{each.title}&lt;][{each.title}]"
        assert theme.render("x.html", {"card": each, "word": "<"}) == wanted
    assert made == ["[One]", "[One&lt;]", "[Two]", "[Two&lt;]", "[One]", "[One&lt;]"]


def test_what_may_change_is_written_each_time(desk: Any) -> None:
    desk.template("_m.html", "{% macro shown(of) %}{{ of|join }}{% endmacro %}")
    desk.template("x.html", "{% from '_m.html' import shown %}{{ shown(list) }}")
    theme, several = desk.load(), [1]
    assert theme.render("x.html", {"list": several}) == "1"
    several.append(2)
    assert theme.render("x.html", {"list": several}) == "12"


def test_a_macro_of_the_page_itself_sees_the_page(desk: Any, made: list[str]) -> None:
    desk.template("x.html", "{% macro m(a) %}{{ a }}{{ word }}{% endmacro %}{{ m(1) }}{{ m(1) }}")
    theme = desk.load()
    assert [theme.render("x.html", {"word": word}) for word in "ab"] == ["1a1a", "1b1b"]
    assert made == []


def test_a_macro_whose_texts_nobody_asks_for_again_keeps_none(desk: Any, made: list[str]) -> None:
    desk.template("_m.html", MACROS)
    desk.template("x.html", "{% from '_m.html' import shown %}{{ shown(card) }}")
    theme = desk.load()
    cards = [card(str(number)) for number in range(template.TRIED + 9)]
    shown = [theme.render("x.html", {"card": each}) for each in (*cards, *cards)]
    assert shown == [f"[{each.title}]" for each in (*cards, *cards)]
    assert len(made) == template.TRIED
