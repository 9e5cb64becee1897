"""Churn: what subscribers would be shown a second time."""

import json
from typing import Any

import pytest

from site_gen.formats.feeds import atom, json_feed, rss
from site_gen.formats.feeds.churn import find_churn

FORMATS = [(rss, "feed.xml"), (atom, "atom.xml"), (json_feed, "feed.json")]


def with_card(desk: Any, index: int, **changes: Any) -> None:
    from msgspec.structs import replace

    ref = desk.refs[index]
    desk.refs[index] = replace(ref, card=replace(ref.card, **changes))


@pytest.mark.parametrize(("module", "file"), FORMATS)
def test_edits_additions_and_removals_are_no_churn(week_desk: Any, module: Any, file: str) -> None:
    old = week_desk.files(module)[file]
    with_card(week_desk, 0, title="Another title", excerpt="Another excerpt.")
    week_desk.add("new", weeks=2)
    del week_desk.refs[1]
    assert find_churn(old, week_desk.files(module)[file]) == []


@pytest.mark.parametrize(("module", "file"), FORMATS)
def test_a_changed_guid_is_named(week_desk: Any, module: Any, file: str) -> None:
    old = week_desk.files(module)[file]
    with_card(week_desk, 0, guid="tag:x.example,2020:else")
    (problem,) = find_churn(old, week_desk.files(module)[file])
    assert problem.code == "feed/churn"
    assert problem.message == (
        'the id of "Chips are short" changed from "tag:digest.example,2026:chips-are-short" '
        'to "tag:x.example,2020:else": subscribers would see it as new'
    )


def test_a_renamed_slug_without_its_guid_is_found_by_title(week_desk: Any) -> None:
    old = week_desk.files(rss)["feed.xml"]
    with_card(week_desk, 0, guid="tag:other", permalink="/articles/x/", link="/articles/x/")
    assert [p.code for p in find_churn(old, week_desk.files(rss)["feed.xml"])] == ["feed/churn"]


def test_a_renamed_slug_that_kept_its_guid_is_fine(week_desk: Any) -> None:
    old = week_desk.files(rss)["feed.xml"]
    with_card(week_desk, 0, permalink="/articles/x/", link="/articles/x/")
    assert find_churn(old, week_desk.files(rss)["feed.xml"]) == []


def test_doubled_ids(week_desk: Any) -> None:
    old = week_desk.files(rss)["feed.xml"]
    with_card(week_desk, 0, guid=week_desk.refs[1].card.guid)
    codes = {p.code for p in find_churn(old, week_desk.files(rss)["feed.xml"])}
    assert "feed/double-id" in codes


@pytest.mark.parametrize("data", [b"<html>no</html>", b"{", b"{}", b'{"items": 3}', b"[" * 5000])
def test_what_is_no_feed_is_said(week_desk: Any, data: bytes) -> None:
    new = week_desk.files(rss)["feed.xml"]
    assert [p.code for p in find_churn(data, new)] == ["feed/unreadable"]


def test_an_empty_feed_is_a_feed(desk: Any) -> None:
    assert find_churn(desk.files(rss)["feed.xml"], desk.files(json_feed)["feed.json"]) == []


@pytest.mark.parametrize(("module", "file"), FORMATS)
def test_a_longer_feed_that_shows_what_went_long_ago_is_told(
    week_desk: Any, module: Any, file: str
) -> None:
    from msgspec.structs import replace

    feeds = week_desk.settings.feeds
    week_desk.set(feeds=replace(feeds, items=2))
    old = week_desk.files(module)[file]
    week_desk.set(feeds=feeds)
    (problem,) = find_churn(old, week_desk.files(module)[file])
    assert (problem.code, problem.severity) == ("feed/older", "warning")
    assert problem.help == "set feeds.items = 2 for the switch"


def test_an_older_entry_in_the_place_of_one_taken_away_is_not_told() -> None:
    def feed(*days: int) -> bytes:
        return json.dumps({
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {"id": f"tag:{day}", "url": f"https://t.example/{day}/", "title": f"Tide {day}",
                 "date_published": f"2026-03-{day:02}T00:00:00Z"}
                for day in days
            ],
        }).encode()  # fmt: skip

    assert find_churn(feed(9, 8, 7), feed(9, 7, 6)) == []
    assert [p.code for p in find_churn(feed(9, 8, 7), feed(9, 7, 6, 5))] == ["feed/older"]
