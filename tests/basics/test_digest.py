"""Digests are equal exactly when the content is."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.model import Card

CARD = Card(
    id="a", slug="a", permalink="/articles/a/", link="/articles/a/", guid="tag:a", title="A",
    date=datetime(2024, 2, 17, tzinfo=UTC), lastmod=datetime(2024, 2, 17, tzinfo=UTC),
    edition="2024-W07",
)  # fmt: skip


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_parts_have_different_digests(one: list[str], two: list[str]) -> None:
    assert (digest.of_parts(*one) == digest.of_parts(*two)) == (one == two)


def test_parts_do_not_run_together() -> None:
    assert len({digest.of_parts(*p) for p in (("a", "b"), ("ab", ""), ("ab",), ("", "ab"))}) == 4


def test_a_digest_is_stable() -> None:
    assert digest.of_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"


def test_each_field_of_a_value_counts() -> None:
    changes = {"title": "B", "excerpt": "x", "quality": 0, "heat": 1, "draft": True, "minutes": 2}
    seen = {digest.of_value(replace(CARD, **{k: v})) for k, v in changes.items()}
    assert len({digest.of_value(CARD), *seen}) == 1 + len(changes)


def test_the_order_of_a_mapping_does_not_count() -> None:
    assert digest.of_value({"a": 1, "b": 2}) == digest.of_value({"b": 2, "a": 1})
