"""Atom: RFC 4287 as far as readers and validators look, and the same ids as RSS."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import feedparser
import pytest
from lxml import etree

from site_gen.formats.feeds import atom, rss
from site_gen.settings.tables import FeedSettings, PublisherSettings

NS = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}
TAG = "digest.example,2026"


def feed_of(desk: Any, path: str = "atom.xml") -> Any:
    return etree.fromstring(desk.files(atom)[path])


def entry_of(desk: Any, title: str) -> Any:
    return next(e for e in feed_of(desk).findall("a:entry", NS) if text(e, "title") == title)


def text(element: Any, name: str) -> str:
    found = element.findall(f"a:{name}", NS)
    assert len(found) == 1, name
    return str(found[0].text)


def links(element: Any, rel: str) -> list[str]:
    return [link.get("href") for link in element.findall("a:link", NS) if link.get("rel") == rel]


def test_elements_are_not_indented_and_texts_keep_their_blanks(desk: Any) -> None:
    desk.add("a", "<pre>one\n   <b>two</b>\n</pre>")
    data = desk.files(atom)["atom.xml"]
    assert b"\n<author>\n<name>" in data
    assert "<pre>one\n   <b>two</b>\n</pre>" in text(entry_of(desk, "A"), "content")


def test_the_feed_has_what_is_required_once(week_desk: Any) -> None:
    week_desk.set(publisher=PublisherSettings(name="Wire House"))
    feed = feed_of(week_desk)
    assert text(feed, "id") == f"tag:{TAG}:feeds"
    assert text(feed, "title") == "Weekly Wire"
    assert text(feed, "updated") == "2024-02-20T00:00:00Z"
    assert links(feed, "self") == ["https://digest.example/atom.xml"]
    assert links(feed, "alternate") == ["https://digest.example/"]
    assert feed.findtext("a:author/a:name", "", NS) == "Wire House"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_feed_ids_are_distinct_and_not_addresses(week_desk: Any) -> None:
    ids = [text(feed_of(week_desk, path), "id") for path in week_desk.files(atom)]
    assert len(set(ids)) == len(ids)
    week_desk.set(base_url="http://elsewhere.example")
    assert [text(feed_of(week_desk, path), "id") for path in week_desk.files(atom)] == ids


def test_an_entry_has_what_is_required_once(week_desk: Any) -> None:
    entry = entry_of(week_desk, "Chips are short")
    assert text(entry, "updated") == text(entry, "published") == "2024-02-13T00:00:00Z"
    assert links(entry, "alternate") == ["https://digest.example/articles/chips-are-short/"]
    assert links(entry, "via") == ["https://wire.example/chips-are-short"]
    assert entry.findtext("a:author/a:name", "", NS) == "Ada Lund"
    assert entry.findtext("a:author/a:uri", "", NS) == "https://digest.example/authors/ada-lund/"
    assert entry.find("a:content", NS).get("type") == "html"
    assert "Nobody has" in text(entry, "content")
    assert entry.find("a:summary", NS).get("type") == "text"
    assert entry.find("a:title", NS).get("type") == "text"
    assert entry.find("media:content", NS).get("url") == "https://wire.example/a.jpg"


def test_ids_and_order_are_those_of_rss(week_desk: Any) -> None:
    ours, theirs = week_desk.files(atom), week_desk.files(rss)
    for path, data in ours.items():
        other = theirs[path.replace("atom.xml", "feed.xml")]
        assert [e.id for e in feedparser.parse(data).entries] == [
            e.id for e in feedparser.parse(other).entries
        ]


def test_a_correction_moves_updated_only(desk: Any) -> None:
    desk.add("a", lastmod=datetime(2024, 3, 1, tzinfo=UTC))
    entry = entry_of(desk, "A")
    assert text(entry, "published") == "2024-02-13T00:00:00Z"
    assert text(entry, "updated") == text(feed_of(desk), "updated") == "2024-03-01T00:00:00Z"


def test_without_content_an_entry_still_stands(week_desk: Any) -> None:
    week_desk.set(feeds=FeedSettings(tag=TAG, content="none"))
    entry = entry_of(week_desk, "Chips are short")
    assert entry.find("a:content", NS) is None
    assert text(entry, "summary")
    assert len(links(entry, "alternate")) == 1


def test_hub_and_empty_feeds(desk: Any) -> None:
    desk.set(feeds=FeedSettings(tag=TAG, hub="https://hub.example/"))
    feed = feed_of(desk)
    assert links(feed, "hub") == ["https://hub.example/"]
    assert text(feed, "updated") == "1990-01-01T00:00:00Z"


def test_hostile_text_stays_text(desk: Any) -> None:
    desk.add("a", title="<script>x</script> ]]> &amp; \x0b", excerpt="\ud800<b>")
    entry = entry_of(desk, "<script>x</script> ]]> &amp; ")
    assert text(entry, "summary") == "<b>"
    assert "<script" not in text(entry, "content")


def test_feedparser_reads_every_feed(week_desk: Any) -> None:
    for path, data in week_desk.files(atom).items():
        feed = feedparser.parse(data)
        assert not feed.bozo, path
        assert feed.version == "atom10"
        assert all(e.published_parsed and e.updated_parsed and e.title for e in feed.entries)


def test_another_language_is_marked(desk: Any) -> None:
    desk.add("a", language="de")
    assert entry_of(desk, "A").get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


@pytest.mark.parametrize(
    "guid",
    [
        *(
            "tag:a.example,2026:2024/ships",
            "https://a.example/?p=12",
            "urn:uuid:1-2",
            "tag:a,2026:ü/文",
        ),
        *("https://a.example/a%20b#c", "http://[::1]/x", "mid:1@a.example"),
    ],
)
def test_an_iri_stays_as_it_is(guid: str) -> None:
    assert atom.iri(guid) == guid


@pytest.mark.parametrize(
    "guid",
    [
        *("Issue 12", "12", "/issues/12", "tag:a,2026:my file", "x:", "https://a.example/a b"),
        *("a:%zz", "a:100%", "a:<b>", 'a:"b"', "a:b#c#d", "a:{b}", "1a:b", "a:[b]", "", "a:\ufffe"),
    ],
)
def test_what_is_no_iri_has_a_name_made_of_it(guid: str) -> None:
    found = atom.iri(guid)
    assert UUID(found.removeprefix("urn:uuid:")).version == 5
    assert atom.iri(guid) == found
    assert atom.iri(guid + "x") != found


def test_the_same_guid_in_three_feeds(site: Any) -> None:
    site.write(
        "-- content/a.md --\n---\ntitle: A\nguid: Issue 12\npublishedDateTime: 2024-02-13\n---\nx\n"
        "-- content/editions/2024-W07.md --\n---\ntitle: N\nguid: No. 7\n---\nx\n"
    )
    site.good()
    ids = etree.fromstring(site.tree()["atom.xml"]).findall("a:entry/a:id", NS)
    assert [each.text for each in ids] == [atom.iri("Issue 12")]
    issues = etree.fromstring(site.tree()["editions/atom.xml"]).findall("a:entry/a:id", NS)
    assert [each.text for each in issues] == [atom.iri("No. 7")]
    assert '<guid isPermaLink="false">Issue 12</guid>' in site.page("feed.xml")
    assert '"id": "Issue 12"' in site.page("feed.json").replace('"id":"', '"id": "')
