"""Templates are analysed and compiled once in a process, whichever theme or site they are of."""

from pathlib import Path
from typing import Any

import jinja2
import pytest

from site_gen.problems import SiteError
from site_gen.theme.environment import MOST_CODES, CompiledTemplates, Environment


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of templates that were compiled, in order."""
    names: list[str] = []
    compile_ = Environment.compile

    def noting(self: Any, source: Any, name: Any = None, *given: Any, **named: Any) -> Any:
        names.append(name)
        return compile_(self, source, name, *given, **named)

    monkeypatch.setattr(Environment, "compile", noting)
    return names


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were analysed, in order."""
    import site_gen.theme.analysis as module

    texts: list[str] = []
    analyse = module.analyse

    def noting(environment: Any, source: str, *given: Any) -> Any:
        texts.append(source)
        return analyse(environment, source, *given)

    monkeypatch.setattr(module, "analyse", noting)
    return texts


def write(desk: Any, mark: str) -> None:
    desk.template("base.html", f"{mark} base {{% block b %}}{{% endblock %}}")
    desk.template("a.html", f"{{% extends 'base.html' %}}{{% block b %}}{mark}{{% endblock %}}")


def test_an_edit_of_a_template_compiles_no_other(desk: Any, compiled: list[str]) -> None:
    write(desk, "edited")
    desk.load().render("a.html", {})
    assert sorted(compiled) == ["own:a.html", "own:base.html"]
    compiled.clear()
    desk.template("base.html", "another base {% block b %}{% endblock %}")
    assert desk.load().render("a.html", {}) == "another base edited"
    assert compiled == ["own:base.html"]


def test_the_next_site_with_the_same_templates_has_them_analysed_and_compiled(
    desk: Any, tmp_path: Path, compiled: list[str], analysed: list[str]
) -> None:
    write(desk, "sites")
    desk.load().render("a.html", {})
    assert (len(compiled), len(analysed)) == (2, 2)
    other = type(desk)(tmp_path / "other")
    write(other, "sites")
    other.template("c.html", "of its own")
    assert other.load().render("a.html", {}) == "sites base sites"
    assert (len(compiled), len(analysed)) == (2, 2)


def test_a_template_that_cannot_be_compiled_is_told_each_time(desk: Any) -> None:
    desk.template("a.html", "{% if %}")
    for _ in range(2):
        with pytest.raises(SiteError) as caught:
            desk.load().closure("a.html")
        assert caught.value.problems[0].code == "theme/syntax"


def environment(**filters: Any) -> Environment:
    made = Environment({"x": ("{{ 'a'|shout }}", "x")}, lambda name, _: name, str, str)
    made.allowed = frozenset("x")
    made.filters.update(filters)
    return made


def test_code_with_a_filter_is_for_those_who_have_it() -> None:
    assert environment(shout=str.upper).get_template("x").render() == "A"
    with pytest.raises(jinja2.TemplateAssertionError, match="shout"):
        environment().get_template("x")
    assert environment(shout=str.title).get_template("x").render() == "A"


def test_old_code_is_dropped_when_there_is_much() -> None:
    kept = CompiledTemplates()
    code = compile("1", "x", "eval")
    for number in range(MOST_CODES + 1):
        bucket = kept.get_bucket(environment(), "x", "x", str(number))
        assert bucket.code is None
        bucket.code = code
        kept.set_bucket(bucket)
    assert kept.get_bucket(environment(), "x", "x", "0").code is None
    assert kept.get_bucket(environment(), "x", "x", str(MOST_CODES)).code is code
