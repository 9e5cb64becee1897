"""Paged lists: the newest page is always full, and a full one never changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from site_gen.formats.html import lists
from site_gen.model import Card, EditionRef
from site_gen.settings import PAGE_SIZE

WEEK = EditionRef(
    id="2024-W07",
    permalink="/editions/2024-W07/",
    first=date(2024, 2, 12),
    last=date(2024, 2, 18),
)


def listed(count: int) -> lists.Listed:
    """A topic of `count` stories, newest first."""
    start = datetime(2024, 2, 12, tzinfo=UTC)
    cards = tuple(
        Card(
            id=f"s{n}", slug=f"s{n}", permalink=f"/s{n}/", link=f"/s{n}/", guid=f"s{n}",
            title=f"S {n}", date=start + timedelta(minutes=n), lastmod=start, edition=WEEK.id,
        )
        for n in reversed(range(count))
    )  # fmt: skip
    return lists.Listed("AI", "/topics/ai/", "", "", cards, {})


def pages(count: int) -> list[lists.Part]:
    return list(lists.paged(listed(count), {WEEK.id: WEEK}))


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 99, 100, 149, 150, 1234])
def test_the_newest_page_is_full_and_at_the_lists_own_path(count: int) -> None:
    newest, *older = pages(count)
    assert newest.permalink == "/topics/ai/"
    assert min(count, PAGE_SIZE) <= len(newest.cards) < 2 * PAGE_SIZE
    assert all(len(part.cards) == PAGE_SIZE for part in older)
    shown = [card.id for part in (newest, *older) for card in part.cards]
    assert shown == [card.id for card in listed(count).cards]


def test_a_full_page_never_changes() -> None:
    before: dict[str, lists.Part] = {}
    for count in range(40, 260):
        older = {part.permalink: part for part in pages(count)[1:]}
        assert all(older[link] == part for link, part in before.items())
        before = older
    assert len(before) == 4


def test_every_page_is_reached_from_the_newest() -> None:
    newest, *older = pages(260)
    assert [link.url for link in newest.pager.pages] == [part.permalink for part in older]
    assert [part.pager.older for part in (newest, *older)] == [
        *(part.permalink for part in older),
        "",
    ]
    assert {part.pager.newest for part in older} == {"/topics/ai/"}
