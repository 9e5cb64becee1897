"""Keys: every field of every view counts."""

import types
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen import model
from site_gen.basics import digest
from site_gen.engine import keys
from site_gen.formats.common.views import body_view, view
from site_gen.memo.memo import PageRow
from site_gen.model import Page, View
from site_gen.plugins.load import NO_PLUGINS

MADE = datetime(2024, 2, 13, 9, tzinfo=UTC)
NOUNS = sorted(
    (each for each in vars(model).values()
     if isinstance(each, type) and issubclass(each, model.Record | model.CamelRecord)
     and each not in (model.Record, model.CamelRecord)),
    key=lambda each: each.__name__,
)  # fmt: skip


def example(hint: Any, other: bool = False) -> Any:
    """A value of a type; with `other`, another one."""
    if isinstance(hint, NewType):
        return example(hint.__supertype__, other)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return arguments[-1 if other else 0]
    if origin in (Union, types.UnionType):
        kinds = [each for each in arguments if each is not types.NoneType]
        return None if not other and len(kinds) < len(arguments) else example(kinds[0], other)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return (example(arguments[0]),) if other else ()
        return tuple(example(each, other) for each in arguments)
    if origin is Sequence:
        return (example(arguments[0]),) if other else ()
    if origin is dict:
        return {"key": example(arguments[1], other)} if other else {}
    simple: dict[Any, tuple[Any, Any]] = {
        str: ("", "x"), int: (0, 1), bool: (False, True), float: (0.0, 1.5), bytes: (b"", b"x"),
        date: (MADE.date(), MADE.date() + timedelta(1)), datetime: (MADE, MADE + timedelta(1)),
        Any: (None, "x"),
    }  # fmt: skip
    if hint in simple:
        return simple[hint][other]
    made = made_of(hint)
    name, value = next(others(made))
    return msgspec.structs.replace(made, **{name: value}) if other else made


def made_of(noun: Any) -> Any:
    hints = get_type_hints(noun)
    return noun(**{name: example(hints[name]) for name in noun.__struct_fields__})


def others(value: Any) -> Iterator[tuple[str, Any]]:
    """Each field of a value, with another content."""
    hints = get_type_hints(type(value))
    for name in value.__struct_fields__:
        yield name, example(hints[name], other=True)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_another_field_is_another_digest(noun: type) -> None:
    value = made_of(noun)
    seen = {digest.of_value(value)}
    fields = dict(others(value))
    for name, other in fields.items():
        assert getattr(value, name) != other, f"{noun.__name__}.{name} was not changed"
        seen.add(digest.of_value(msgspec.structs.replace(value, **{name: other})))
    assert len(seen) == len(fields) + 1
    assert digest.of_value(made_of(noun)) == digest.of_value(value)


CARDS = st.builds(
    model.Card,
    id=st.text(max_size=3), slug=st.text(max_size=3), permalink=st.text(max_size=3),
    link=st.text(max_size=3), guid=st.text(max_size=3), title=st.text(max_size=3),
    excerpt=st.text(max_size=3), edition=st.text(max_size=3), date=st.just(MADE),
    lastmod=st.datetimes(timezones=st.just(UTC)), heat=st.none() | st.integers(0, 3),
    quality=st.none() | st.integers(0, 3), type=st.text(max_size=2), category=st.text(max_size=2),
    topics=st.lists(st.builds(model.TopicRef, name=st.text(max_size=2), slug=st.text(max_size=2),
                              permalink=st.text(max_size=2)), max_size=2).map(tuple),
    language=st.sampled_from(("", "en")), minutes=st.integers(0, 2), has_body=st.booleans(),
)  # fmt: skip


@given(one=st.lists(CARDS, max_size=3).map(tuple), two=st.lists(CARDS, max_size=3).map(tuple))
def test_views_are_equal_exactly_when_their_digests_are(one: Any, two: Any) -> None:
    assert (view(one) == view(two)) == (one == two)
    assert (view(one).digest == view(two).digest) == (one == two)


@given(parts=st.lists(st.text(max_size=3), max_size=3), rest=st.lists(st.text(max_size=3)))
def test_parts_do_not_run_into_each_other(parts: list[str], rest: list[str]) -> None:
    assert (digest.of_parts(*parts) == digest.of_parts(*rest)) == (parts == rest)


def test_keys_of_mappings_do_not_depend_on_their_order() -> None:
    assert digest.of_value({"a": 1, "b": 2}) == digest.of_value({"b": 2, "a": 1})


def test_a_body_view_covers_text_and_prefix() -> None:
    card = made_of(model.Card)
    ref = model.ArticleRef(card=card, path="a.md", detail="d", body="b1")
    other = msgspec.structs.replace(ref, body="b2")
    seen = {body_view(ref).digest, body_view(other).digest, body_view(ref, "/root").digest}
    assert len(seen) == 3


class Bare:
    """As much of a theme as a key needs."""

    plugins = NO_PLUGINS

    def __init__(self, **digests: str) -> None:
        self._digests = digests

    def closure(self, template: str) -> Any:
        return types.SimpleNamespace(digest=self._digests[template])


PAGE = Page(path="a.html", format="html", kind="article", template="t",
            views={"body": View(digest="1", value=None)}, origin="content/a.md")  # fmt: skip


@pytest.mark.parametrize(("change", "same"), [
    ({"format": "rss"}, False), ({"kind": "page"}, False), ({"template": "u"}, False),
    ({"views": {"body": View(digest="2", value=None)}}, False),
    ({"views": {"more": View(digest="1", value=None)}}, False),
    ({"views": {**PAGE.views, "next": View(digest="", value=None)}}, False),
    ({"views": {"body": View(digest="1", value="stored elsewhere")}}, True),
    ({"origin": "elsewhere"}, True), ({"lastmod": MADE}, True),
])  # fmt: skip
def test_a_key_is_what_a_render_may_see(change: dict[str, Any], same: bool) -> None:
    theme: Any = Bare(t="closure", u="closure")
    other = msgspec.structs.replace(PAGE, **change)
    assert (keys.keyed(PAGE, theme, "p").key == keys.keyed(other, theme, "p").key) == same


def test_the_closure_and_the_program_are_in_the_key() -> None:
    themes: list[Any] = [Bare(t="1"), Bare(t="2")]
    assert len({keys.keyed(PAGE, theme, "p").key for theme in themes}) == 2
    assert len({keys.keyed(PAGE, themes[0], program).key for program in "pq"}) == 2


def test_reasons_name_the_inputs_that_changed() -> None:
    theme: Any = Bare(t="closure")
    was = keys.keyed(PAGE, theme, "program")
    row = PageRow("a.html", was.key, was.inputs, "new", (0, 0, 0))
    views = {"body": View(digest="2", value=None), "next": View(digest="3", value=None)}
    now = keys.keyed(msgspec.structs.replace(PAGE, views=views), theme, "program")
    assert keys.reasons(now, row) == ("body", "next")
    assert keys.reasons(now, None) == ("new",)
    assert keys.reasons(was, row) == ("the file in the output changed",)
