"""RSS 2.0: the lines of the feed checklist, on the raw XML and through feedparser."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

import feedparser
import pytest
from lxml import etree

from site_gen.formats.feeds import rss
from site_gen.model import Picture
from site_gen.settings.tables import FeedSettings, ImageSettings, PublisherSettings

NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
TAG = "digest.example,2026"
AWKWARD = "a ]]> b & c < d \U0001f680 \u202eright\u202c"


def parsed(data: bytes) -> Any:
    return etree.fromstring(data)


def channel_of(desk: Any, path: str = "feed.xml") -> Any:
    return parsed(desk.files(rss)[path]).find("channel")


def items_of(desk: Any, path: str = "feed.xml") -> list[Any]:
    return list(channel_of(desk, path).findall("item"))


def item_of(desk: Any, title: str) -> Any:
    return next(i for i in items_of(desk) if i.findtext("title") == title)


def encoded(item: Any) -> str:
    return str(item.findtext("content:encoded", "", NS))


def test_every_channel_has_a_feed(week_desk: Any) -> None:
    assert list(week_desk.files(rss)) == [
        "feed.xml",
        "editions/feed.xml",
        "topics/ai/feed.xml",
        "topics/policy/feed.xml",
        "providers/wire.example/feed.xml",
        "authors/ada-lund/feed.xml",
    ]


def test_awkward_text_survives_in_every_field(desk: Any) -> None:
    dirty = AWKWARD + "\x00\x08\x0b\x1b\ufffe\ud800"
    desk.set(title=dirty, description=dirty)
    desk.add("a", f"<p>{dirty.replace('<', '&lt;')}</p>", title=dirty, excerpt=dirty)
    data = desk.files(rss)["feed.xml"]
    data.decode("utf-8")
    channel = parsed(data).find("channel")
    assert channel.findtext("title") == AWKWARD
    assert channel.findtext("description") == AWKWARD
    item = channel.find("item")
    assert item.findtext("title") == AWKWARD
    assert item.findtext("description") == AWKWARD
    assert "\U0001f680" in encoded(item)
    assert feedparser.parse(data).entries[0].title == AWKWARD


def test_elements_are_not_indented_and_texts_keep_their_blanks(desk: Any) -> None:
    desk.add("a", "<pre>one\n   <b>two</b>\n</pre>")
    data = desk.files(rss)["feed.xml"]
    assert b"\n<item>\n<title>" in data
    assert "<pre>one\n   <b>two</b>\n</pre>" in encoded(parsed(data).find("channel/item"))


def test_channel_says_what_it_is(week_desk: Any) -> None:
    week_desk.set(publisher=PublisherSettings(name="Wire", logo="img/logo.png"))
    channel = channel_of(week_desk)
    assert [link.text for link in channel.findall("link")] == ["https://digest.example/"]
    assert channel.findtext("language") == "en"
    assert channel.findtext("generator").startswith("site_gen ")
    assert channel.findtext("image/url") == "https://digest.example/img/logo.png"
    assert channel.findtext("image/link") == "https://digest.example/"
    (self,) = channel.findall("atom:link[@rel='self']", NS)
    assert self.get("href") == "https://digest.example/feed.xml"
    assert self.get("type") == "application/rss+xml"


def test_self_link_and_home_of_a_topic(week_desk: Any) -> None:
    channel = channel_of(week_desk, "topics/ai/feed.xml")
    assert channel.findtext("title") == "Weekly Wire: AI"
    assert channel.findtext("link") == "https://digest.example/topics/ai/"
    self = channel.find("atom:link[@rel='self']", NS)
    assert self.get("href") == "https://digest.example/topics/ai/feed.xml"


def test_the_path_of_the_base_url_is_kept(week_desk: Any) -> None:
    week_desk.set(base_url="https://host.example/digest/")
    week_desk.bodies["chips-are-short.md"] = '<p><a href="/articles/x/">x</a></p>'
    channel = channel_of(week_desk)
    assert channel.findtext("link") == "https://host.example/digest/"
    item = item_of(week_desk, "Chips are short")
    assert item.findtext("link") == "https://host.example/digest/articles/chips-are-short/"
    assert 'href="https://host.example/digest/articles/x/"' in encoded(item)


def test_two_renders_are_equal_and_the_clock_is_not_asked(week_desk: Any) -> None:
    assert week_desk.files(rss) == week_desk.files(rss)
    channel = channel_of(week_desk)
    newest = max(ref.card.lastmod for ref in week_desk.refs)
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")) == newest


def test_an_empty_site_has_valid_feeds(desk: Any) -> None:
    for data in desk.files(rss).values():
        feed = feedparser.parse(data)
        assert not feed.bozo
        assert feed.entries == []
        assert "1990" in feed.feed.updated


def test_item_has_all_its_parts(week_desk: Any) -> None:
    item = item_of(week_desk, "Chips are short")
    assert item.findtext("link") == "https://digest.example/articles/chips-are-short/"
    assert item.findtext("description") == "In short, chips-are-short."
    assert [c.text for c in item.findall("category")] == ["AI"]
    assert [c.text for c in item.findall("dc:creator", NS)] == ["Ada Lund"]
    assert "Nobody has" in encoded(item)
    for name in ("title", "link", "guid", "pubDate", "description", "author"):
        assert len(item.findall(name)) == (0 if name == "author" else 1)


def test_full_excerpt_none_and_rights(week_desk: Any) -> None:
    assert "Nobody has" in encoded(item_of(week_desk, "Chips are short"))
    shortened = encoded(item_of(week_desk, "Talks begin"))
    assert "In short, talks-begin." in shortened
    assert '<a href="https://wire.example/talks-begin">Read at The Wire</a>' in shortened
    week_desk.set(feeds=FeedSettings(tag=TAG, content="excerpt"))
    assert "Nobody has" not in encoded(item_of(week_desk, "Chips are short"))
    week_desk.set(feeds=FeedSettings(tag=TAG, content="none"))
    item = item_of(week_desk, "Chips are short")
    assert item.find("content:encoded", NS) is None
    assert item.findtext("description") == "In short, chips-are-short."


def test_link_rights_carry_no_body_and_no_picture(week_desk: Any) -> None:
    item = item_of(week_desk, "Court rules")
    assert item.find("media:content", NS) is None
    assert "<img" not in encoded(item)
    week_desk.bodies["court-rules.md"] = "<p>SECRET</p>"
    assert b"SECRET" not in b"".join(week_desk.files(rss).values())


def test_a_body_that_rights_forbid_is_never_asked_for(desk: Any) -> None:
    desk.add("a", "<p>SECRET</p>", rights="excerpt")
    assert b"SECRET" not in b"".join(desk.files(rss).values())


def test_guid_is_the_cards_and_never_an_address(week_desk: Any) -> None:
    before = {i.findtext("guid") for i in items_of(week_desk)}
    assert all(g.startswith(f"tag:{TAG}:") for g in before)
    assert {i.find("guid").get("isPermaLink") for i in items_of(week_desk)} == {"false"}
    week_desk.set(base_url="http://other.example")
    assert {i.findtext("guid") for i in items_of(week_desk)} == before
    assert len(before) == len(items_of(week_desk))


def test_link_goes_to_the_original_where_settings_say_so(week_desk: Any) -> None:
    week_desk.set(feeds=FeedSettings(tag=TAG, link="original"))
    assert item_of(week_desk, "Talks begin").findtext("link") == "https://wire.example/talks-begin"
    ours = item_of(week_desk, "Chips are short").findtext("link")
    assert ours == "https://digest.example/articles/chips-are-short/"


def test_an_article_without_page_links_to_the_original(desk: Any) -> None:
    desk.add("a", has_page=False, link="https://wire.example/a")
    assert items_of(desk)[0].findtext("link") == "https://wire.example/a"


def test_dates_are_rfc_822_newest_first(week_desk: Any) -> None:
    texts = [i.findtext("pubDate") for i in items_of(week_desk)]
    assert texts[0] == "Tue, 20 Feb 2024 00:00:00 +0000"
    dates = [parsedate_to_datetime(text) for text in texts]
    assert dates == sorted(dates, reverse=True)


def test_the_edition_can_date_the_entries(week_desk: Any) -> None:
    week_desk.set(feeds=FeedSettings(tag=TAG, date="edition"))
    assert item_of(week_desk, "Talks begin").findtext("pubDate").startswith("Mon, 19 Feb 2024")


def test_an_open_edition_never_dates_an_entry_in_the_future(desk: Any) -> None:
    desk.set(feeds=FeedSettings(tag=TAG, date="edition"))
    desk.add("a")
    data = desk.files(rss, desk.catalog(open_week="2024-W07"))["feed.xml"]
    assert b"<pubDate>Tue, 13 Feb 2024" in data


def test_a_correction_is_modified_and_keeps_its_date(desk: Any) -> None:
    later = datetime(2024, 3, 1, 12, tzinfo=UTC)
    desk.add("a", lastmod=later)
    item = items_of(desk)[0]
    assert item.findtext("pubDate").startswith("Tue, 13 Feb")
    assert item.findtext("dcterms:modified", "", NS) == "2024-03-01T12:00:00Z"
    assert channel_of(desk).findtext("lastBuildDate").startswith("Fri, 01 Mar 2024")


def test_source_only_where_the_origins_feed_is_known(week_desk: Any) -> None:
    from msgspec.structs import replace

    item = item_of(week_desk, "Talks begin")
    assert item.find("source") is None
    via = item.find("atom:link[@rel='via']", NS)
    assert via.get("href") == "https://wire.example/talks-begin"
    catalog = week_desk.catalog()
    known = replace(catalog.providers[0], feed_url="https://wire.example/rss")
    data = week_desk.files(rss, replace(catalog, providers=(known,)))["feed.xml"]
    source = parsed(data).find("channel/item/source")
    assert source.get("url") == "https://wire.example/rss"
    assert source.text == "The Wire"


def test_content_is_absolute_and_without_trackers(desk: Any) -> None:
    desk.add(
        "a",
        '<p><a href="#c-fn1">1</a> <a href="/articles/ü/">u</a> <img src="/assets/a.png" alt="A">'
        '<img src="https://t.example/p.gif" alt="" width="1" height="1">'
        '<code>&lt;a href="/kept/"&gt;</code></p>',
    )
    html = encoded(items_of(desk)[0])
    assert 'href="https://digest.example/articles/a/#c-fn1"' in html
    assert 'href="https://digest.example/articles/%C3%BC/"' in html
    assert 'src="https://digest.example/assets/a.png"' in html
    assert "p.gif" not in html
    assert '&lt;a href="/kept/"&gt;' in html


def test_markup_in_plain_fields_stays_text(desk: Any) -> None:
    hostile = "<script>alert(1)</script> &lt;b> AT&T"
    desk.add("a", title=hostile, excerpt=hostile)
    (entry,) = feedparser.parse(desk.files(rss)["feed.xml"]).entries
    assert "<script" not in entry.title
    assert unescape(entry.title) == hostile
    assert unescape(entry.summary) == hostile
    assert "<script" not in encoded(items_of(desk)[0])


def test_a_video_is_a_linked_thumbnail(desk: Any) -> None:
    image = Picture(url="https://wire.example/v.jpg")
    desk.add("talk", type="Video", image=image)
    html = encoded(items_of(desk)[0])
    assert html.startswith('<p><a href="https://wire.example/talk"><img ')
    assert 'alt="Talk"' in html


def test_a_picture_that_leads_nowhere_else_is_not_read_out_as_the_title_again(desk: Any) -> None:
    desk.add("plain", image=Picture(url="https://wire.example/p.jpg"))
    desk.add("said", image=Picture(url="https://wire.example/s.jpg", alt="Two cranes"))
    shown = {item.findtext("title"): encoded(item) for item in items_of(desk)}
    assert shown["Plain"].startswith('<p><img src="https://wire.example/p.jpg" alt=""></p>')
    assert 'alt="Two cranes"' in shown["Said"]


def test_media_content_is_complete(week_desk: Any) -> None:
    (media,) = item_of(week_desk, "Chips are short").findall("media:content", NS)
    assert dict(media.attrib) == {
        "url": "https://wire.example/a.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "width": "800",
        "height": "600",
    }
    assert media.findtext("media:credit", "", NS) == "Wire"
    assert item_of(week_desk, "Chips are short").find("enclosure") is None


def test_remote_pictures_can_be_off(week_desk: Any) -> None:
    week_desk.set(images=ImageSettings(remote="off"))
    assert all(b"a.jpg" not in data for data in week_desk.files(rss).values())


def test_editions_are_one_entry_a_week(week_desk: Any) -> None:
    from msgspec.structs import replace

    catalog = week_desk.catalog(open_week="2024-W08")
    noted = replace(catalog.editions[1], note='<p><a href="/about/">Note</a></p>')
    catalog = replace(catalog, editions=(catalog.editions[0], noted))
    data = week_desk.files(rss, catalog)["editions/feed.xml"]
    (item,) = parsed(data).findall("channel/item")
    assert item.findtext("title") == "Weekly Wire No. 1 · 12–18 February 2024"
    assert item.findtext("guid") == f"tag:{TAG}:editions/2024-W07"
    assert item.findtext("pubDate") == "Mon, 19 Feb 2024 00:00:00 +0000"
    html = encoded(item)
    assert 'href="https://digest.example/about/"' in html
    assert html.count("<li>") == 2
    assert "https://digest.example/articles/talks-begin/" in html


def test_drafts_and_future_articles_are_in_no_feed(week_desk: Any) -> None:
    week_desk.add("unready", "<p>UNREADY</p>", draft=True, authors=())
    week_desk.add("embargoed", "<p>EMBARGO</p>", future=True, weeks=5)
    both = b"".join(week_desk.files(rss).values()).lower()
    assert b"unready" not in both
    assert b"embargo" not in both


def test_the_number_of_items_is_a_setting(week_desk: Any) -> None:
    week_desk.set(feeds=FeedSettings(tag=TAG, items=2))
    assert [i.findtext("title") for i in items_of(week_desk)] == ["Court rules", "One more model"]


def test_the_hub_reaches_rss(week_desk: Any) -> None:
    assert channel_of(week_desk).find("atom:link[@rel='hub']", NS) is None
    week_desk.set(feeds=FeedSettings(tag=TAG, hub="https://hub.example/"))
    hub = channel_of(week_desk).find("atom:link[@rel='hub']", NS)
    assert hub.get("href") == "https://hub.example/"


def test_no_stylesheet_instruction(week_desk: Any) -> None:
    assert b"<?xml-stylesheet" not in week_desk.files(rss)["feed.xml"]


def test_feedparser_reads_every_feed(week_desk: Any) -> None:
    for path, data in week_desk.files(rss).items():
        feed = feedparser.parse(data)
        assert not feed.bozo, path
        assert len({e.id for e in feed.entries}) == len(feed.entries) > 0
        assert all(e.published_parsed and e.title and e.link for e in feed.entries)


@pytest.mark.parametrize("field", ["bodies", "entries", "feed"])
def test_each_input_changes_the_key(week_desk: Any, field: str) -> None:
    before = week_desk.pages(rss)[0].views[field].digest
    if field == "feed":
        week_desk.set(title="Other")
    elif field == "entries":
        week_desk.refs[0] = _with_card(week_desk.refs[0], title="Other")
    else:
        week_desk.refs[0] = _with_ref(week_desk.refs[0], body="<p>Other</p>")
    assert week_desk.pages(rss)[0].views[field].digest != before


def _with_card(ref: Any, **changes: Any) -> Any:
    from msgspec.structs import replace

    return replace(ref, card=replace(ref.card, **changes))


def _with_ref(ref: Any, **changes: Any) -> Any:
    from msgspec.structs import replace

    return replace(ref, **changes)
