"""What compiled templates call beside Jinja's own runtime."""

import pytest

from site_gen.theme.environment import Environment
from site_gen.theme.template import Macro, Said


def test_a_string_is_translated_once_and_escaped() -> None:
    asked = []

    def translate(key: str) -> str:
        asked.append(key)
        return f"<{key}>"

    said = Said(translate)
    assert said["a"] == said["a"] == "&lt;a&gt;"
    assert asked == ["a"]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("m()", "&lt;b&gt;2"),
        ("m('<')", "&lt;2"),
        ("m('<', '>')", "&lt;&gt;"),
        ("m(b='>')", "&lt;b&gt;&gt;"),
    ],
)
def test_a_macro_is_written_once_escaped(call: str, expected: str) -> None:
    environment = Environment({}, lambda name, parent: name, str, str)
    text = "{% macro m(a='<b>', b=2) %}{{ a }}{{ b }}{% endmacro %}{{ " + call + " }}"
    assert environment.from_string(text).render() == expected


def test_a_macro_that_takes_more_goes_the_general_way() -> None:
    environment = Environment({}, lambda name, parent: name, str, str)
    text = "{% macro m(a) %}{{ a }}{% endmacro %}{% macro n() %}{{ varargs }}{% endmacro %}"
    module = environment.from_string(text).module
    assert type(module.m) is Macro
    assert (module.m._most, module.n._most) == (1, -1)


def test_imported_macros_are_made_once() -> None:
    sources = {"m": ("{% macro m() %}1{% endmacro %}", "m")}
    environment = Environment(sources, lambda name, parent: name, str, str)
    environment.allowed = frozenset({"m"})
    template = environment.get_template("m")
    assert template._get_default_module() is template._get_default_module()
    assert environment.from_string("{% from 'm' import m %}{{ m() }}").render() == "1"
