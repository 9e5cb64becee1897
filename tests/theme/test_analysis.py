"""What a template names, found without rendering it."""

import pytest
from jinja2 import meta

from site_gen.theme.analysis import analyse
from site_gen.theme.analysis_data import Analysis
from site_gen.theme.environment import Environment


def environment() -> Environment:
    return Environment({}, lambda name, parent: name, str, str)


def read(text: str) -> Analysis:
    return analyse(environment(), text, "x:a.html", "a.html")


def test_free_names_only() -> None:
    found = read("{% set a = b %}{{ a }}{% for c in d %}{{ c }}{{ loop.index }}{% endfor %}")
    assert found.names == ("b", "d")


def test_references_constant_and_computed() -> None:
    found = read(
        "{% extends 'a' %}{% include 'b' %}{% include ['c', 'd'] %}{% import 'e' as e %}"
        "{% from 'f' import g %}{% include x %}{% include 'y' ~ z %}"
    )
    assert set(found.references) == {"a", "b", "c", "d", "e", "f", None}


def test_a_list_with_a_computed_part() -> None:
    assert read("{% include ['a', x] %}").references == ("a", None)


def test_assets_by_constant_and_otherwise() -> None:
    assert read("{{ asset('a.css') }}{{ asset('b.css') }}").assets == ("a.css", "b.css")
    assert read("{{ asset(x) }}").assets == (None,)
    assert read("{% set f = asset %}{{ f('a') }}").assets == (None,)
    assert read("{{ asset(name='a') }}").assets == (None,)
    assert read("{{ 'a'|upper }}").assets == ()


def test_strings() -> None:
    assert read("{{ t('x', n=1) }}").strings
    assert read("{% set f = t %}").strings
    assert not read("{{ x }}").strings


def test_a_template_that_was_analysed_compiles_to_the_code_that_was_written_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "{% autoescape false %}{{ 1 ~ 2 }}{% endautoescape %}{{ ('<' ~ 1)|upper }}{{ x.title }}"
    plain = environment().compile(text, "x:a.html", "a.html", raw=True)
    used = environment()
    analyse(used, text, "x:a.html", "a.html")
    monkeypatch.delattr("jinja2.environment.generate")
    assert used.compile(text, "x:a.html", "a.html", raw=True) == plain


def test_the_same_text_under_another_name_has_code_of_its_own() -> None:
    used = environment()
    analyse(used, "{{ x }}", "x:a.html", "a.html")
    assert "name = 'y:a.html'" in used.compile("{{ x }}", "y:a.html", "a.html", raw=True)


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = b %}{% for c in d if c %}{{ c }}{{ loop.index }}{% else %}{{ e }}{% endfor %}",
        "{% macro m(a, b=c) %}{{ a }}{{ b }}{{ d }}{{ caller() }}{% endmacro %}{{ m(x) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m(x) %}{{ y }}{% endcall %}",
        "{% extends p %}{{ lost }}{% block b scoped %}{{ q }}{{ super() }}{% endblock %}",
        "{% block a %}{{ r }}{% endblock %}{{ self.a() }}",
        "{% if a %}{% set b = 1 %}{% endif %}{{ b }}{% with c = d %}{{ c }}{% endwith %}{{ c }}",
        "{% from 'f' import g with context %}{{ g(h) }}{% include i ignore missing %}{{ 1 ~ 2 }}",
        "{{ asset('a') }}{{ t('b') }}{{ range }}{{ dict }}{% filter upper %}{{ a }}{% endfilter %}",
    ],
)  # fmt: skip
def test_free_names_are_those_that_jinja_finds(text: str) -> None:
    assert set(read(text).names) == meta.find_undeclared_variables(environment().parse(text))
