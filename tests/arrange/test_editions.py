"""Weeks: range, cut-off, open or closed, numbers, order."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from site_gen.arrange.editions import changed_numbers
from site_gen.settings import EditionSettings

WEEK = timedelta(days=7)
TUESDAY = datetime(2024, 2, 13, 9, tzinfo=UTC)
SUNDAY = date(2024, 2, 18)
CLOSE = datetime(2024, 2, 19, tzinfo=UTC)


def ids(catalog: Any) -> list[str]:
    return [edition.ref.id for edition in catalog.editions]


def test_weeks_without_articles_are_skipped(desk: Any) -> None:
    desk.add("a", date=TUESDAY)
    desk.add("b", date=TUESDAY + 3 * WEEK)
    catalog = desk.good()
    assert ids(catalog) == ["2024-W10", "2024-W07"]
    assert [e.ref.number for e in catalog.editions] == [2, 1]
    first = catalog.editions[1].ref
    assert (first.first, first.last) == (date(2024, 2, 12), SUNDAY)
    assert first.permalink == "/editions/2024-W07/"


def test_an_edition_is_open_until_its_cut_off(desk: Any) -> None:
    desk.add("a", date=TUESDAY)
    before = desk.good(CLOSE - timedelta(seconds=1)).editions[0]
    assert (before.ref.closed, before.ref.number) == (False, None)
    after = desk.good(CLOSE).editions[0]
    assert (after.ref.closed, after.ref.number) == (True, 1)
    assert after.cutoff == CLOSE


def test_the_open_one_may_be_hidden(desk: Any) -> None:
    desk.set(editions=EditionSettings(show_open=False))
    desk.add("a", date=TUESDAY)
    desk.add("b", date=TUESDAY + WEEK)
    catalog = desk.good(TUESDAY + WEEK + timedelta(hours=1))
    assert ids(catalog) == ["2024-W07"]
    hidden = {ref.id: ref for ref in catalog.weeks}["2024-W08"]
    assert (hidden.permalink, hidden.closed) == ("", False)
    # Its article waits with it.
    assert [a.card.id for a in catalog.articles] == ["a"]
    after = desk.good(TUESDAY + 2 * WEEK)
    assert [a.card.id for a in after.articles] == ["b", "a"]


def test_numbers_start_where_the_settings_say_and_notes_win(desk: Any) -> None:
    desk.set(editions=EditionSettings(first_number=10))
    for weeks in range(4):
        desk.add(f"a{weeks}", date=TUESDAY + weeks * WEEK)
    desk.note("2024-W08", number=99)
    catalog = desk.good(TUESDAY + 3 * WEEK)
    assert [e.ref.number for e in reversed(catalog.editions)] == [10, 99, 12, None]


def test_two_editions_with_one_number(desk: Any) -> None:
    desk.add("a", date=TUESDAY)
    desk.add("b", date=TUESDAY + WEEK)
    desk.note("2024-W07", number=2)
    assert desk.said() == [
        "warning[edition/number] editions 2024-W07 and 2024-W08 are both No. 2\n"
        "  --> content/editions/2024-W08.md\n"
        "help: change `number` in one of the two notes"
    ]


def test_a_number_that_would_change_is_told(desk: Any) -> None:
    desk.add("a", date=TUESDAY)
    desk.add("b", date=TUESDAY + WEEK)
    editions = desk.good().editions
    assert list(changed_numbers({"2024-W07": 1, "2024-W08": 2}, editions)) == []
    (problem,) = changed_numbers({"2024-W08": 1, "2023-W01": 5}, editions)
    assert problem.message == "edition 2024-W08 was No. 1 and becomes No. 2"
    assert problem.severity == "warning"


def test_another_first_weekday(desk: Any) -> None:
    desk.set(editions=EditionSettings(first_weekday="sunday"))
    desk.add("a", date=datetime(2024, 2, 11, 12, tzinfo=UTC))
    desk.add("b", date=datetime(2024, 2, 17, 12, tzinfo=UTC))
    (edition,) = desk.good().editions
    assert (edition.ref.id, edition.ref.first) == ("2024-W07", date(2024, 2, 11))
    assert edition.cutoff == datetime(2024, 2, 18, tzinfo=UTC)


def test_the_order_pins_lead_heat_quality_time_identity(desk: Any) -> None:
    hour = timedelta(hours=1)
    desk.add("old", date=TUESDAY)
    desk.add("new-b", date=TUESDAY + hour)
    desk.add("new-a", date=TUESDAY + hour)
    desk.add("good", quality=50)
    desk.add("hot", heat=5)
    desk.add("hot-and-good", heat=5, quality=1)
    desk.add("lead")
    desk.add("pin-two")
    desk.add("dir/pin-one", slug="one")
    desk.note("2024-W07", pins=("content/dir/pin-one.md", "pin-two"), lead="lead")
    (edition,) = desk.good().editions
    assert [card.id for card in edition.cards] == [
        "dir/pin-one", "pin-two", "lead", "hot-and-good", "hot", "good", "new-a", "new-b", "old",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["one", "dir/a", "dir/a.md", "content/dir/a", "/dir/a/", "a"])
def test_a_note_may_name_an_article_in_several_ways(desk: Any, name: str) -> None:
    desk.add("dir/a", slug="one")
    desk.add("b", heat=9)
    desk.note("2024-W07", lead=name)
    assert desk.good().editions[0].cards[0].id == "dir/a"


def test_a_slug_comes_before_the_name_of_a_file(desk: Any) -> None:
    desk.add("dir/x", slug="y")
    desk.add("b", slug="x")
    desk.note("2024-W07", lead="x")
    assert desk.good().editions[0].cards[0].id == "b"


def test_a_draft_note_counts_only_where_drafts_do(desk: Any) -> None:
    desk.add("a")
    desk.note("2024-W07", title="T", number=5, draft=True)
    assert desk.good().editions[0].ref.title == ""
    assert desk.good(drafts=True).editions[0].ref.number == 5


def test_the_newest_change_is_that_of_its_cards(desk: Any) -> None:
    late = datetime(2024, 5, 1, tzinfo=UTC)
    desk.add("a", lastmod=late)
    desk.add("b")
    assert desk.good().editions[0].lastmod == late


def test_the_moments_between_which_nothing_changes(desk: Any) -> None:
    desk.add("a", date=TUESDAY)
    desk.add("b", date=TUESDAY + 10 * WEEK)
    found = desk.arranged(TUESDAY + timedelta(hours=1))
    assert found.valid == (TUESDAY, CLOSE)
    assert desk.arranged(CLOSE).valid == (CLOSE, TUESDAY + 10 * WEEK)
    assert desk.arranged(TUESDAY - WEEK).valid == (None, TUESDAY)
