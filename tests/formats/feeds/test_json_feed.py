"""JSON Feed 1.1: required keys, ids equal to RSS, dates in RFC 3339."""

import json
from typing import Any

import feedparser

from site_gen.formats.feeds import json_feed, rss
from site_gen.settings.tables import FeedSettings

TAG = "digest.example,2026"


def feed_of(desk: Any, path: str = "feed.json") -> Any:
    return json.loads(desk.files(json_feed)[path])


def test_the_feed_says_what_it_is(week_desk: Any) -> None:
    feed = feed_of(week_desk, "feed.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Weekly Wire"
    assert feed["home_page_url"] == "https://digest.example/"
    assert feed["feed_url"] == "https://digest.example/feed.json"
    assert feed["language"] == "en"
    assert feed["authors"] == [{"name": "Weekly Wire"}]


def test_an_item_is_complete(week_desk: Any) -> None:
    item = next(i for i in feed_of(week_desk)["items"] if i["title"] == "Chips are short")
    content = item.pop("content_html")
    assert "Nobody has" in content
    assert item == {
        "id": f"tag:{TAG}:chips-are-short",
        "url": "https://digest.example/articles/chips-are-short/",
        "external_url": "https://wire.example/chips-are-short",
        "title": "Chips are short",
        "summary": "In short, chips-are-short.",
        "image": "https://wire.example/a.jpg",
        "date_published": "2024-02-13T00:00:00Z",
        "date_modified": "2024-02-13T00:00:00Z",
        "authors": [{"name": "Ada Lund", "url": "https://digest.example/authors/ada-lund/"}],
        "tags": ["AI"],
    }


def test_ids_are_strings_equal_to_the_guids(week_desk: Any) -> None:
    theirs = week_desk.files(rss)
    for path, data in week_desk.files(json_feed).items():
        guids = [e.id for e in feedparser.parse(theirs[path.replace("json", "xml")]).entries]
        assert [item["id"] for item in json.loads(data)["items"]] == guids


def test_every_item_has_content(week_desk: Any) -> None:
    week_desk.set(feeds=FeedSettings(tag=TAG, content="none"))
    for item in feed_of(week_desk)["items"]:
        assert "content_html" not in item
        assert item["content_text"]


def test_hub_and_empty_feed(desk: Any) -> None:
    desk.set(feeds=FeedSettings(tag=TAG, hub="https://hub.example/"))
    feed = feed_of(desk)
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert feed["items"] == []


def test_hostile_text_is_utf_8_without_control_characters(desk: Any) -> None:
    desk.add("a", title="x\x00\ud800\u202ey", excerpt="<b>\x1b")
    data = desk.files(json_feed)["feed.json"]
    (item,) = json.loads(data.decode("utf-8"))["items"]
    assert item["title"] == "x\u202ey"
    assert item["summary"] == "<b>"
    assert "&lt;b&gt;" in item["content_html"]
