"""The fast reader gives what the full one gives, or gives up."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from site_gen.basics import yaml_events, yaml_plain
from site_gen.basics.yaml_values import YamlError
from site_gen.frontmatter.load import resolve

KEYS = ["title", "topics", "quality", "published", "provider", "x", "url", "a b", '"k"', "<<", "é"]
VALUES = [
    "", "word", "two words", "84", "-1", "true", "no", "~", "null", "2024-02-17T09:00:00Z",
    "https://a.example/?b=c#d", '"quoted"', '"a \\" b"', '"a \\n b"', '"open', "'single'", "a: b",
    "a:b", "a #b", "a#b", "# note", "[a, b]", "{a: b}", "- x", "-x", "|", ">", "&a x", "*a", "!x",
    "@x", "`x", "%x", "a,b", "ü", "\t", "word\t", '"" ', '"a"b', '"a" # note', "?", "? x", ": x",
    "---", "...", '"\\\\"', '"\\x41"', "1_000", "a\\b", "x:", "“x”", "a  b", "[", "]", "}", ",",
]  # fmt: skip
LINES = st.one_of(
    st.builds(
        lambda indent, dash, key, space, value: f"{' ' * indent}{dash}{key}:{space}{value}",
        st.sampled_from([0, 0, 0, 1, 2, 2, 4]), st.sampled_from(["", "", "- ", "-"]),
        st.sampled_from(KEYS), st.sampled_from([" ", " ", "", "  "]), st.sampled_from(VALUES),
    ),
    st.builds(
        lambda indent, dash, value: f"{' ' * indent}{dash}{value}",
        st.sampled_from([0, 2, 2, 4]), st.sampled_from(["- ", "- ", "-", ""]),
        st.sampled_from(VALUES),
    ),
    st.sampled_from(["", "   ", "# note", "  # note", "title:", "topics:", "provider:"]),
    st.text(max_size=8),
)  # fmt: skip
BLOCKS = st.lists(LINES, max_size=6).map("\n".join)


def full(text: str) -> Any:
    try:
        return yaml_events.load(text, resolve)
    except YamlError as error:
        return error


@limits(max_examples=1500)
@given(BLOCKS)
@example("title: a\n- b\n")
@example("topics:\n- a\n- b\n")
@example("topics:\n  - a\n   b\n")
@example("x:\n  - a: 1\n    b: 2\n  - c: 3\n")
@example("x:\n  - a:\n    - 1\n")
@example("title: a\n  b\n")
@example("title:\n  b\n")
@example('title: "a"\n  b: c\n')
@example("x:\n - a\n  - b\n")
@example("x: a\n---\n")
@example("x:  - a\n")
@example("x: a\u2028b\n")
@example(f"{'k' * 99}: v\n")
@example(f"{'k' * 1030}: v\n")
def test_what_it_reads_is_what_the_full_reader_reads(text: str) -> None:
    found = yaml_plain.load(text, resolve)
    if found is not None:
        expected = full(text)
        assert found == expected
        assert repr(found) == repr(expected)


def test_it_reads_what_articles_are_made_of() -> None:
    text = (
        '# an article\ntitle: "A: \\"b\\""\nquality: 84\npublished: false\n\nprovider:\n'
        "  name: The Wire\n  domain: wire.example\ntopics:\n  - AI\n  - Law\nrelated:\n"
        "  - title: R\n    provider:\n      name: P\n    webUrl: https://a.example/#x\n"
    )
    found = yaml_plain.load(text, resolve)
    assert found is not None
    assert found == full(text)
    assert found["related"][0]["provider"] == {"name": "P"}


@pytest.mark.parametrize(
    "text",
    ["", "a: [1]\n", "a: &x 1\n", "a: 1\na: 2\n", "a: |\n  x\n", "- a\n", "a: b: c\n", "a: 'x'\n",
     "a: " + "x: \n" * 5000],
)  # fmt: skip
def test_it_gives_up_on_the_rest(text: str) -> None:
    assert yaml_plain.load(text, resolve) is None
