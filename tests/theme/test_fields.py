"""What a template may read of our types as it is."""

from typing import Any

from jinja2.runtime import LoopContext

from site_gen.model import Card, ContentPage, Edition, Provider, Record, SafeHtml, Topic
from site_gen.theme.fields import fields, plain


def test_fields_know_what_holds_html() -> None:
    assert fields()[ContentPage]["body"]
    assert not fields()[ContentPage]["title"]


def test_html_is_never_read_as_it_is() -> None:
    for kind, own in fields().items():
        for name, is_html in own.items():
            assert (kind in plain().get(name, ())) is not is_html
    assert Edition not in plain().get("note", ())


def test_only_types_that_have_the_field_are_read() -> None:
    assert {Card, ContentPage} <= plain()["title"]
    assert not {Provider, Topic} & plain()["title"]
    assert all(hasattr(kind, name) for name, kinds in plain().items() for kind in kinds)
    assert not any(name.startswith("_") for name in plain())


def test_loops_are_read_as_they_are() -> None:
    assert LoopContext in plain()["last"]
    assert "cycle" not in plain()


class Letter(Record, frozen=True, kw_only=True):
    """What a format has for a template of its own."""

    title: str
    body: SafeHtml


def test_of_a_type_of_a_format_its_fields_alone_are_read(desk: Any) -> None:
    letter = Letter(title="<b>", body=SafeHtml("<p>a</p>"))
    shown = desk.render("{{ letter.title }}|{{ letter.body }}", letter=letter)
    assert shown == "&lt;b&gt;|<p>a</p>"
    assert "__struct_fields__" in desk.fails("{{ letter.__struct_fields__ }}", letter=letter)
