"""Plain data against a Struct: every fault, with its path."""

from typing import Any, Literal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from site_gen.basics.schema import Fault, convert, dotted, unknown_keys


class Inner(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    size: int = 0


class Outer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    title: str
    big_flag: bool = False
    count: int | None = None
    kind: Literal["a", "b"] = "a"
    items: tuple[Inner, ...] = ()
    table: dict[str, Inner] = {}
    words: tuple[str, ...] = ()


def faults(data: Any) -> dict[tuple[str | int, ...], str]:
    found = convert(data, Outer)
    assert isinstance(found, list)
    return {fault.path: fault.message for fault in found}


def test_good_data_becomes_the_struct() -> None:
    found = convert({"title": "x", "bigFlag": True, "items": [{"name": "n"}]}, Outer)
    assert found == Outer(title="x", big_flag=True, items=(Inner(name="n"),))


def test_every_fault_is_found() -> None:
    data = {
        "bigFlag": "yes",
        "count": 1.5,
        "kind": "c",
        "items": [{"name": 1}, {"size": "big"}, "text"],
        "table": {"x": {"name": []}, "y": {}},
        "words": ["fine", 2, None],
    }
    assert faults(data) == {
        ("title",): "is required",
        ("bigFlag",): "expected true or false",
        ("count",): "expected a whole number",
        ("kind",): "expected one of a, b",
        ("items", 0, "name"): "expected text",
        ("items", 1, "size"): "expected a whole number",
        ("items", 1, "name"): "is required",
        ("items", 2): "expected a mapping",
        ("table", "x", "name"): "expected text",
        ("table", "y", "name"): "is required",
        ("words", 1): "expected text",
        ("words", 2): "expected text",
    }


def test_nothing_where_something_must_be_is_placed_there() -> None:
    assert faults({"title": None}) == {("title",): "expected text"}
    assert convert({"title": "x", "count": None}, Outer) == Outer(title="x")


def test_the_wrong_shape_altogether() -> None:
    assert faults([1]) == {(): "expected a mapping"}
    assert faults(None) == {(): "expected a mapping"}


def test_a_choice_names_its_options() -> None:
    assert convert({"title": "x", "kind": "c"}, Outer) == [
        Fault(("kind",), "expected one of a, b", ("a", "b"))
    ]


def test_unknown_keys_are_found_at_every_level() -> None:
    data = {"titel": 1, "items": [{"nam": 1}], "table": {"any": {"sise": 1}}, "words": "x"}
    found = {fault.path: fault.known for fault in unknown_keys(data, Outer)}
    assert set(found) == {("titel",), ("items", 0, "nam"), ("table", "any", "sise")}
    assert found[("items", 0, "nam")] == ("name", "size")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "bigFlag", "count", "kind", "items", "table", "words", "name"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
BAD: dict[str, Any] = {
    "bigFlag": 1, "count": "1", "kind": "c", "items": "x", "table": [], "words": "x",
}  # fmt: skip


@given(JSON)
def test_any_data_is_the_struct_or_at_least_one_fault(data: Any) -> None:
    found = convert(data, Outer)
    assert isinstance(found, Outer) or (found and all(isinstance(f, Fault) for f in found))


@given(st.sets(st.sampled_from(sorted(BAD)), min_size=1), st.booleans())
def test_as_many_faults_as_were_made(keys: set[str], titled: bool) -> None:
    data = {key: BAD[key] for key in keys} | ({"title": "x"} if titled else {})
    assert set(faults(data)) == {(key,) for key in keys} | (set() if titled else {("title",)})


def test_a_path_in_words() -> None:
    assert dotted(("topics", 0, "name")) == "topics[0].name"
    assert dotted(()) == ""
