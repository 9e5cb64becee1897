"""Our escaping gives what markupsafe gives, and templates use it."""

from typing import Any

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_gen.theme.environment import Environment
from site_gen.theme.escape import escape


class Text(str):
    """Text that is not exactly `str`."""


class Own:
    def __html__(self) -> str:
        return "<own>"


@given(st.text(st.sampled_from("<>&\"'a;#\u2028ü🎈\x00")))
def test_text_is_escaped_as_markupsafe_does(text: str) -> None:
    assert escape(text) == str(markupsafe.escape(text))
    assert not set(escape(text)) & set("<>\"'")


@pytest.mark.parametrize(
    "value", [Markup("<b>"), Text("<b>"), Own(), None, 7, 1.5, ["<"], {"a": "<"}, b"<", True]
)
def test_every_other_value_too(value: Any) -> None:
    assert escape(value) == markupsafe.escape(value)


def test_what_is_undefined_is_still_a_fault() -> None:
    with pytest.raises(jinja2.UndefinedError):
        escape(jinja2.StrictUndefined(name="x"))


TEMPLATE = """\
{% macro shown(x) %}<i>{{ x }}</i>{% endmacro %}
{% set kept %}{{ x }}{% endset %}
{{ x }} {{ shown(x) }} {{ shown(shown(x)) }} {{ kept }} {{ x ~ '<' }} {{ x|upper }} {{ safe }}
{% for y in [x, safe] %}{{ y }}{% endfor %} {% filter upper %}{{ x }}{% endfilter %}
{{ (x, safe)|join(', ') }} {{ '<' }} {{ safe ~ x }} {{ 3 }} {{ caller_less(x) if false else x }}
"""


def test_templates_come_out_the_same() -> None:
    views = {"x": '<a href="\'&">', "safe": Markup("<b>&amp;</b>")}
    plain = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    ours = Environment({}, lambda name, parent: name, str, str)
    template = ours.from_string(TEMPLATE)
    assert template.root_render_func.__globals__["escape"] is escape
    found = template.render(views)
    assert found == plain.from_string(TEMPLATE).render(views)
    assert "&lt;a href=" in found
    assert "<a href" not in found
