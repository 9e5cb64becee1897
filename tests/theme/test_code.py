"""Short ways in compiled templates write what Jinja's own code writes, and refuse what it does."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jinja2
import pytest
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from site_gen.model import Card, ContentPage, Picture, SafeHtml, TopicRef
from site_gen.theme import template
from site_gen.theme.code import Code
from site_gen.theme.environment import Environment

NOW = datetime(2024, 2, 13, tzinfo=UTC)


class General(Environment):
    """Our environment as Jinja itself would compile and run its templates."""

    code_generator_class = CodeGenerator
    template_class = jinja2.Template


class Text(str):
    """Text that is not exactly `str`."""

    title = "a method no more"  # type: ignore[assignment]


VIEWS: dict[str, Any] = {
    "card": Card(
        id="a", slug="a", permalink="/a/?b&c", link="/a/", guid="g", title="<b>&\"' 'é",
        excerpt="x < y", date=NOW, lastmod=NOW, edition="2024-W07", heat=7,
        topics=tuple(TopicRef(name=n, slug=n, permalink=f"/{n}/") for n in ("a", "b&", "<c>")),
        image=Picture(url="/p.jpg", alt="<p>"),
    ),
    "bare": Card(
        id="b", slug="b", permalink="", link="", guid="", title="", date=NOW, lastmod=NOW,
        edition="",
    ),
    "content": ContentPage(
        slug="p", path="p.md", permalink="/p/", title="<i>", body=SafeHtml("<p>b</p>")
    ),
    "data": {"title": "<of a mapping>", "url": 3, "first": None, "n": 1.5},
    "text": Text("<text>"),
    "safe": Markup("<b>&amp;</b>"),
    "word": "a<b",
    "none": None,
    "list": [3, 1, "<2>"],
    "title": "shown",
}  # fmt: skip

SAME = [
    # Fields of our types, of mappings, of text, and through one another.
    "{{ card.title }}{{ card.heat }}{{ card.image.alt }}{{ card.image.width }}{{ bare.image }}",
    "{{ content.body }}{{ content.title }}{{ content.body|upper }}{{ content.body ~ word }}",
    "{{ data.title }}{{ data.url }}{{ data.first }}{{ data.n }}{{ data['title'] }}",
    "{{ card.topics[1].name }}{{ (card.topics|first).name }}{{ card.topics.0.name }}",
    "{{ text.title }}{{ text }}{{ safe }}{{ word }}{{ none }}{{ list }}{{ 3 }}{{ 1.5 }}{{ '<' }}",
    "{{ (bare.image or card.image).alt }}{{ (data if none else card).title }}",
    "{{ card.topics|map(attribute='name')|join(', ') }}{{ card.date|isodate }}",
    "{{ '{0.title}'.format(card) }}{{ word.upper() }}{{ data.items()|list }}",
    # Loops.
    "{% for x in list %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{{ x }}{% endfor %}",
    "{% for x in list if x != 1 %}{{ loop.length }}{{ loop.cycle('<', '>') }}{{ x }}{% endfor %}",
    "{% for x in list %}{% for y in list %}{{ loop.revindex0 }}{{ y }}{% endfor %}{% endfor %}",
    "{% for x in [] %}{{ x }}{% else %}{{ word }}{% endfor %}",
    "{% for x in [[1, [2]]] recursive %}{{ loop.depth }}{{ loop(x) if x is iterable else x }}"
    "{% endfor %}",
    # Macros: too few, named, default, further arguments, callers, in expressions and within others.
    "{% macro m(a, b='<', c=3) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}"
    "{{ m(1) }}{{ m(word, word) }}{{ m(1, 2, word) }}{{ m(b=1, a=word) }}{{ m(m(word)) }}"
    "{{ m(m(word), c=m(1)) }}{{ m(word) ~ word }}{{ m(word)|upper }}{{ m(*list) }}"
    "{{ m(**{'a': 1}) }}",
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m() }}{{ m(1, word, x=word) }}",
    "{% macro m(a) %}<{{ caller(a) }}>{% endmacro %}{% call(x) m(word) %}{{ x }}{% endcall %}",
    "{% macro m(a) %}{% set b = a %}{{ b }}{% if a %}{{ m(a[1:]) }}{% endif %}{% endmacro %}"
    "{{ m(word) }}",
    "{% set n = 'outer' %}{% macro m(a=n) %}{{ a }}{% endmacro %}{{ m() }}",
    # Strings of the theme, and what a template calls by the same name.
    "{{ t('key') }}{{ t('<') }}{{ t('key', n=3) }}{{ t(word) }}{{ t('key') ~ word }}",
    "{{ asset('a') }}{{ asset(word) }}{{ t('key', context=1, called=2, environment=3, self=4) }}",
    "{% macro m(context=1, called=2) %}{{ context }}{{ called }}{% endmacro %}{{ m(called=word) }}",
    "{% set t = card.title.upper %}{{ t() }}",
    "{% macro t(a) %}own {{ a }}{% endmacro %}{{ t('key') }}",
    # Blocks, scoped ones, self, filters around blocks, captured text.
    "{% block a %}{{ word }}{% block b %}{{ t('key') }}{% endblock %}{% endblock %}{{ self.a() }}",
    "{% for x in list %}{% block c scoped %}{{ x }}{% endblock %}{% endfor %}",
    "{% set s %}{{ word }}<i>{% endset %}{{ s }}{{ s ~ word }}",
    "{% filter upper %}{{ word }}{% block d %}{{ word }}{% endblock %}{% endfilter %}",
    "{% with x = word %}{{ x }}{{ (x, safe)|join('<') }}{% endwith %}",
    # Escaping off, and decided while rendering.
    "{% autoescape false %}{{ word }}{{ safe }}{{ card.title }}{% endautoescape %}{{ word }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{% autoescape false %}{{ m(word) }}{% endautoescape %}",
    "{% autoescape false %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(word) }}{% endautoescape %}",
    "{% autoescape none %}{{ word }}{% block e %}{{ word }}{% endblock %}{% endautoescape %}",
    "{% autoescape word %}{{ word }}{{ card.title }}{% endautoescape %}",
    # Other templates.
    "{% extends 'base' %}{% block main %}{{ super() }}{{ card.title }}{% endblock %}",
    "{% extends 'base' %}{% set z = 1 %}not shown{% block main %}{{ self.name() }}{% endblock %}",
    "{% if word %}{% extends 'base' %}{% endif %}{% block main %}{{ word }}{% endblock %}",
    "{% if none %}{% extends 'base' %}{% endif %}{% block main %}{{ word }}{% endblock %}",
    "{% include 'part' %}{% set title = 'mine' %}{% include 'part' %}",
    "{% from 'macros' import shown %}{{ shown(card) }}{{ shown(data) }}",
    "{% import 'macros' as p %}{{ p.shown(card) }}{{ p.shown(card, 2) }}",
    "{% include ['no', 'part'] %}{% include 'no' ignore missing %}",
    "{% from 'macros' import shown as s %}{% from 'macros' import shown %}{{ s(shown(card)) }}",
    "{% from 'part' import shown with context %}{{ shown(card) }}",
]

REFUSED = [
    "{{ card.titel }}",
    "{{ wrod.title }}",
    "{{ wrod }}",
    "{{ none.title }}",
    "{{ data.name }}",
    "{{ list.title }}",
    "{{ card.title.name }}",
    "{{ card.image.titel.x }}",
    "{{ loop.first }}",
    "{{ card.__class__ }}",
    "{{ card.topics.__class__ }}",
    "{{ text.title.__class__ }}",
    "{{ none() }}",
    "{{ wrod('key') }}",
    "{{ card.title('x') }}",
    "{{ t() }}",
    "{{ t('key', word) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(b=1) }}",
    "{% macro m(a) %}{{ a.func }}{% endmacro %}{{ m(m) }}",
    "{% macro m() %}{% endmacro %}{{ m.text }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% from 'part' import hidden %}{{ hidden() }}",
    "{% include 'nowhere' %}",
    "{% include 'unplanned' %}",
    "{% block a required %}{% endblock %}",
]

OTHERS = {
    "base": "<{% block name %}{{ title }}{% endblock %}{% block main %}{{ word }}{% endblock %}>",
    "macros": "{% macro shown(x, n=1) %}{{ x.title or x }}{{ n }}{% endmacro %}",
    "part": "part {{ title }}{% macro shown(x, n=1) %}{{ x.title }}{{ n }}{% endmacro %}",
    "unplanned": "unplanned",
}


def outcome(kind: type[Environment], text: str, views: Mapping[str, Any]) -> str:
    """What a template gives, or the fault that it ends in."""
    sources = {name: (source, name) for name, source in {**OTHERS, "x": text}.items()}

    def translate(key: str, **values: object) -> str:
        return f"{key} & {sorted(values.items())}"

    environment = kind(sources, lambda name, parent: name, lambda name: f"/{name}<", translate)
    environment.allowed = frozenset({"x", "base", "part", "macros"})
    try:
        return environment.get_template("x").render(views)
    except Exception as error:
        return f"{type(error).__name__}: {error}".replace(template.__name__, "jinja2.runtime")


@pytest.mark.parametrize("text", SAME)
def test_it_writes_what_the_general_way_writes(text: str) -> None:
    found = outcome(Environment, text, VIEWS)
    assert found == outcome(General, text, VIEWS)
    assert "Error: " not in found


@pytest.mark.parametrize("text", REFUSED)
def test_it_refuses_what_the_general_way_refuses(text: str) -> None:
    found = outcome(Environment, text, VIEWS)
    assert "Error: " in found or found.startswith("TemplateNotFound: ")
    assert found == outcome(General, text, VIEWS)


def test_the_short_ways_are_taken() -> None:
    environment = Environment({}, lambda name, parent: name, str, str)
    code = environment.compile("{{ card.title }}{{ m(1) }}{{ t('key') }}", raw=True)
    assert environment.code_generator_class is Code
    assert "_kinds_title else" in code
    assert "written(context, " in code
    assert "say['key'] if" in code


def test_a_fault_is_found_on_its_line(desk: Any) -> None:
    lines = ["{{ card.slug }}", "<b>", "{{ card.slug }}", "{{ card.titel }}", "{{ card.slug }}"]
    problem = desk.fails("\n".join(lines), card=VIEWS["card"])
    assert problem.split("\n")[1] == "  --> themes/own/templates/x.html:4"
