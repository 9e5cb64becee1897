"""Front matter written out and read back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_gen.frontmatter import check, dump, load
from site_gen.model import Provider

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Cc"]), max_size=20)
WORDS = st.sampled_from(
    ["null", "~", "Null", "true", "no", "1984", "2024-02-17", "a: b", "# x", "- x", "-", "---",
     "'", '"', "\\", "[a]", "{a}", "|", ">", "%", "@", "`", "!x", "&x", "*x", " a ", "a\nb", "\t",
     "\u2028", "\ufeff", "\U0001f600", "a\\nb", "...", "?", ": ", "é"]
) | TEXT  # fmt: skip
VALUES = st.recursive(
    st.booleans() | st.integers(-(10**17), 10**17) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"title": WORDS},
        optional={
            "category": WORDS, "type": WORDS, "excerpt": WORDS, "language": WORDS, "guid": WORDS,
            "quality": st.integers(0, 10**17), "published": st.booleans(),
            "topics": st.lists(WORDS, min_size=1, max_size=3), "images": st.lists(
                st.fixed_dictionaries({"url": WORDS, "width": st.integers(0, 9)}), min_size=1,
                max_size=2), "provider": st.fixed_dictionaries({"name": WORDS, "domain": WORDS}),
            "mood": VALUES,
        },
    )
)  # fmt: skip
@example({"title": "a", "mood": [[1, [2]], [], {}]})
@example({"title": "a", "category": "null", "mood": {"<": {}}})
def test_what_is_written_reads_back(matter: dict[str, Any]) -> None:
    if any(key == "<<" for key in _keys(matter)):
        return
    assert load(dump(matter)) == matter


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in _keys(inner))]
    return [key for item in value for key in _keys(item)] if isinstance(value, list) else []


def test_the_style() -> None:
    text = dump(
        {
            "mood": "x",
            "related": [{"title": "R", "provider": {"name": "P"}}],
            "title": 'Say "hi"',
            "publishedDateTime": datetime(2024, 2, 17, 9, tzinfo=UTC),
            "topics": ["AI", "Law"],
            "quality": 84,
            "category": "tech",
            "aliases": [],
        }
    )
    assert text == (
        'category: tech\ntitle: "Say \\"hi\\""\npublishedDateTime: 2024-02-17T09:00:00Z\n'
        'quality: 84\naliases: []\ntopics:\n  - "AI"\n  - "Law"\n'
        'related:\n  - title: "R"\n    provider:\n      name: "P"\nmood: "x"\n'
    )


def test_a_written_block_checks_out() -> None:
    matter = {
        "title": "A",
        "addedDateTime": datetime(2024, 2, 17, tzinfo=UTC),
        "provider": {"name": "The Wire", "domain": "wire.example"},
    }
    block = dump(matter)
    found = check(load(block), block, "content/a.md", UTC)
    assert found.problems == ()
    assert found.matter is not None
    assert found.matter.added_date_time == matter["addedDateTime"]
    assert found.matter.provider == Provider(name="The Wire", domain="wire.example")


@pytest.mark.parametrize("value", [[[1]], [["a"], "b"], {"a": [[{"b": []}]]}])
def test_lists_in_lists_are_not_lost(value: Any) -> None:
    assert load(dump({"mood": value})) == {"mood": value}
