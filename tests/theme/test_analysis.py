"""What a template names, found without rendering it."""

from typing import Any

import jinja2

from site_gen.theme.analysis import analyse
from site_gen.theme.analysis_data import Analysis

ENVIRONMENT = jinja2.Environment(autoescape=True)


def read(text: str) -> Analysis:
    return analyse(ENVIRONMENT, text)


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


def test_a_template_that_was_analysed_compiles_to_the_same_code(desk: Any) -> None:
    text = "{% autoescape false %}{{ 1 ~ 2 }}{% endautoescape %}{{ ('<' ~ 1)|upper }}{{ x.title }}"
    environment = desk.load().environment
    plain = environment.compile(text, raw=True)
    analyse(environment, text)
    assert environment.compile(text, raw=True) == plain
