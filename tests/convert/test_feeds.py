"""Feeds and lists of feeds."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.convert.feeds import convert_feed
from site_gen.convert.sources import opml
from site_gen.model import Draft, RawDocument
from site_gen.problems import SiteError
from site_gen.settings import ProviderSettings, Settings

LONG = " ".join(f"Sentence number {n} tells of the harbour." for n in range(30))
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Tower &amp;amp; lamp</title><link>/a</link><guid>1</guid>
 <pubDate>Sat, 17 Feb 2024 09:00:00 +0100</pubDate><dc:creator>Ann Example</dc:creator>
 <description>The short of it.</description><category>Sea</category>
 <media:content url="/i.jpg" medium="image" width="300"/>
 <content:encoded><![CDATA[<p>Hello <a href="/x">there</a>.</p><script>x()</script>]]>
 </content:encoded></item>
<item><title>Only a link</title><link>https://other.example/b</link>
 <description>&lt;p&gt;A teaser.&lt;/p&gt;</description></item>
<item><title>Whole text</title><link>https://post.example/c</link><description>{LONG}</description>
 <enclosure url="https://post.example/c.mp3" type="audio/mpeg" length="1"/></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="https://t.example/"/>
<entry><id>tag:t.example,2024:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; one</title>
<link href="https://t.example/1"/><published>2024-02-17T09:00:00Z</published>
<updated>2024-02-18T09:00:00Z</updated><content type="text">One &lt; two

three</content></entry></feed>"""


def converted(text: str, url: str = "", settings: Settings | None = None) -> list[Draft]:
    raw = RawDocument(name="f.xml", data=text.encode(), url=url)
    return convert_feed(raw, text, settings or Settings())


def test_of_a_feed_with_too_many_entries_none_is_lost_in_silence() -> None:
    items = [{"id": str(n), "title": f"Story {n}", "content_text": "Words."} for n in range(2001)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items}
    raw = RawDocument(name="feed.json", data=b"")
    with pytest.raises(SiteError, match="2,001 entries; at most 2,000 are read at once"):
        convert_feed(raw, json.dumps(feed), Settings())


def test_full_content_becomes_the_body() -> None:
    draft = converted(RSS)[0]
    assert draft.body == "Hello [there](https://post.example/x).\n"
    assert draft.matter == {
        "title": "Tower & lamp",
        "excerpt": "The short of it.",
        "publishedDateTime": datetime(2024, 2, 17, 8, tzinfo=UTC),
        "originalUrl": "https://post.example/a",
        "webUrl": "https://post.example/a",
        "type": "article",
        "language": "en-GB",
        "provider": {"name": "Harbour Post", "domain": "post.example"},
        "authors": [{"name": "Ann Example"}],
        "tags": ["Sea"],
        "images": [{"url": "https://post.example/i.jpg", "width": 300}],
    }


def test_a_short_description_is_an_excerpt_without_a_body() -> None:
    draft = converted(RSS)[1]
    assert draft.body == ""
    assert draft.matter["excerpt"] == "A teaser."
    assert draft.matter["provider"] == {"domain": "other.example"}


def test_a_long_description_is_the_body_and_sound_is_linked() -> None:
    draft = converted(RSS)[2]
    assert "Sentence number 29" in draft.body
    assert "[Audio](https://post.example/c.mp3)" in draft.body
    assert len(draft.matter["excerpt"]) <= 240


def test_atom_with_plain_text_and_a_change() -> None:
    (draft,) = converted(ATOM)
    assert draft.matter["title"] == "A bold one"
    assert draft.matter["modifiedDateTime"] == datetime(2024, 2, 18, 9, tzinfo=UTC)
    assert draft.body == "One \\< two\n\nthree\n"


def test_settings_name_the_provider() -> None:
    known = ProviderSettings(name="The Post", domain="post.example")
    draft = converted(RSS, settings=Settings(providers=(known,)))[0]
    assert draft.matter["provider"]["name"] == "The Post"


def json_feed(**item: Any) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    )


def test_json_feed() -> None:
    (draft,) = converted(
        json_feed(
            id=7,
            url="https://t.example/7",
            external_url="https://o.example/z",
            content_text="a <b>\n\nc",
            date_published="2024-02-17T09:00:00Z",
            authors=[{"name": "Ann"}, "junk"],
            tags=["x", 3],
            attachments=[{"url": "https://t.example/7.mp3", "mime_type": "audio/mpeg"}],
        )
    )
    assert draft.matter["webUrl"] == "https://o.example/z"
    assert draft.matter["originalUrl"] == "https://t.example/7"
    assert draft.matter["titleDerived"] is True
    assert draft.matter["authors"] == [{"name": "Ann"}]
    assert draft.matter["tags"] == ["x"]
    assert draft.body.startswith("a \\<b>\n\nc\n")
    assert "[Audio]" in draft.body


def test_entries_are_told_apart_by_id_not_by_text() -> None:
    one, two = (converted(json_feed(id="7", title=title))[0] for title in ("A", "B"))
    assert one.receipt.source == two.receipt.source


@pytest.mark.parametrize("text", ["<rss", '{"items": 3}', '{"items": [', "<feed></fee"])
def test_what_is_no_feed_is_a_problem(text: str) -> None:
    with pytest.raises(SiteError) as caught:
        converted(text)
    assert caught.value.problems[0].code == "convert/feed"


def test_entities_do_not_explode() -> None:
    levels = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{levels}]><rss version="2.0"><channel><item>'
    drafts = converted(f"{bomb}<title>&j;</title></item></channel></rss>")
    assert all(len(str(draft.matter)) < 10_000 for draft in drafts)


def test_opml_gives_addresses_once() -> None:
    text = """<?xml version="1.0"?><opml version="2.0"><body><outline text="a">
    <outline xmlUrl="https://a.example/f"/><outline xmlurl="https://a.example/f"/>
    <outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://b.example/f"/></outline>
    </body></opml>"""
    raw = RawDocument(name="l.opml", data=text.encode())
    assert opml.feeds(raw, text) == ["https://a.example/f", "https://b.example/f"]


def test_opml_without_feeds_is_a_problem() -> None:
    with pytest.raises(SiteError):
        opml.feeds(RawDocument(name="l.opml", data=b""), "<opml><body/></opml>")


MEDIA = (
    '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>N</title>'
    "<link>https://n.example/</link><item><title>A</title>{}</item></channel></rss>"
)


def item(inner: str) -> Draft:
    return converted(MEDIA.format(inner))[0]


def test_description_of_a_picture_is_its_caption() -> None:
    picture = (
        '<media:content url="https://n.example/i.jpg" medium="image"><media:description>The tower.'
        "</media:description><media:credit>Jo Kay</media:credit></media:content>"
    )
    text = f"<description>{LONG}</description>"
    for inner in (text + picture, picture + text):
        draft = item(inner)
        assert draft.body.startswith("Sentence number 0")
        assert draft.matter["images"] == [
            {"url": "https://n.example/i.jpg", "caption": "The tower.", "credit": "Jo Kay"}
        ]


def test_description_of_a_video_is_the_excerpt_where_nothing_else_is_said() -> None:
    group = "<media:group><media:description>What is to be seen.</media:description></media:group>"
    assert item(group).matter["excerpt"] == "What is to be seen."


@pytest.mark.parametrize(
    "footer",
    [
        'The post <a href="https://n.example/1">A &amp; b</a> appeared first on <a href="/">N</a>.',
        "Der Beitrag A erschien zuerst auf N.",
        "L’article A est apparu en premier sur N.",
        "La entrada A se publicó primero en N.",
        '<a href="https://n.example/1">Continue reading A &rarr;</a>',
        "[<a href='/1'>Read more</a>]",
    ],
)
def test_footer_of_every_entry_is_cut_and_told(footer: str) -> None:
    draft = item(f"<description><![CDATA[<p>{LONG}</p><p>{footer}</p>]]></description>")
    assert draft.body == f"{LONG}\n"
    assert [cut.rule for cut in draft.receipt.cuts] == ["feed_footer"]
    assert "post" not in draft.matter["excerpt"]


def test_prose_about_a_post_is_no_footer() -> None:
    text = "The post in the harbour appeared first on a map of 1740, and nobody knows who drew it."
    draft = item(f"<description><![CDATA[<p>{text}</p><p>{LONG}</p><p>{LONG}</p>]]></description>")
    assert draft.body.startswith("The post in the harbour")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("ann@post.example", None),
        ("ann@post.example (Ann Example)", [{"name": "Ann Example"}]),
        ("Ann Example &lt;ann@post.example&gt;", [{"name": "Ann Example"}]),
        ("ann at post dot example (Ann Example)", [{"name": "Ann Example"}]),
        ("Ann Example", [{"name": "Ann Example"}]),
    ],
)
def test_author_with_any_address(author: str, names: object) -> None:
    assert item(f"<author>{author}</author>").matter.get("authors") == names


def test_guid_that_is_no_address_invents_none() -> None:
    for inner in (">123", ' isPermaLink="true">p-1', ">tag:n.example:1"):
        guid = f"<guid{inner}</guid>"
        matter = item(f"{guid}<description>{LONG}</description>").matter
        assert "webUrl" not in matter
    address = "<guid>https://n.example/1</guid>"
    assert item(f"{address}<description>x</description>").matter["webUrl"] == "https://n.example/1"


def test_tracking_is_cut_from_addresses() -> None:
    link = "https://n.example/watch?v=1&amp;utm_source=rss&amp;t=3s&amp;fbclid=x&amp;ref=rss"
    text = f'<p>{LONG} <a href="https://o.example/?utm_medium=x&amp;id=7">there</a></p>'
    draft = item(f"<link>{link}</link><description><![CDATA[{text}]]></description>")
    assert draft.matter["webUrl"] == "https://n.example/watch?v=1&t=3s"
    assert "(https://o.example/?id=7)" in draft.body


def test_authors_of_the_feed_wrote_what_names_none() -> None:
    entry = {"id": "1", "title": "A", "content_text": "x"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [entry]}
    for people in ({"authors": [{"name": "Ann"}]}, {"author": {"name": "Ann"}}):
        assert converted(json.dumps(feed | people))[0].matter["authors"] == [{"name": "Ann"}]
    atom = ATOM.replace("<entry>", "<author><name>Bo</name></author><entry>")
    assert converted(atom)[0].matter["authors"] == [{"name": "Bo"}]


@pytest.mark.parametrize("zone", ["CET", "JST", "MSK", "EST"])
def test_zones_that_are_names_count(zone: str) -> None:
    found = item(f"<pubDate>Mon, 17 Feb 2031 10:00:00 {zone}</pubDate>").matter["publishedDateTime"]
    assert found.hour == {"CET": 9, "JST": 1, "MSK": 7, "EST": 15}[zone]


@pytest.mark.parametrize(
    ("date", "said"), [("Mon, 17 Feb 2031 10:00 IST", "IST"), ("2031-02-17", "day")]
)
def test_date_in_doubt_carries_its_warning(date: str, said: str) -> None:
    matter = item(f"<pubDate>{date}</pubDate>").matter
    assert (matter["publishedDateTime"].hour, len(matter["warnings"])) == (0, 1)
    assert said in matter["warnings"][0]


def test_files_of_an_entry_become_links() -> None:
    carried = "".join(
        f'<enclosure url="https://n.example/{name}" type="{kind}" length="1"/>'
        for name, kind in [
            ("the%20plan_1.pdf", "application/pdf"),
            ("c.mp4", "video/mp4"),
            ("d.mp3", "audio/mpeg"),
            ("e.jpg", "image/jpeg"),
        ]
    )
    shown = "&lt;a href='https://n.example/d.mp3'&gt;Hear&lt;/a&gt;"
    draft = item(f"<description>{LONG} {shown}</description>{carried}")
    assert r"[the plan\_1.pdf](https://n.example/the%20plan_1.pdf)" in draft.body
    assert "[Video](https://n.example/c.mp4)" in draft.body
    assert draft.body.count("d.mp3") == 1
    assert "e.jpg" not in draft.body
    assert [image["url"] for image in draft.matter["images"]] == ["https://n.example/e.jpg"]


def test_a_file_with_a_title_is_named_by_it() -> None:
    attached = [{"url": "https://n.example/a.pdf", "mime_type": "application/pdf", "title": "Plan"}]
    entry = {"id": "1", "title": "A", "content_text": "x", "attachments": attached}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [entry]}
    (draft,) = converted(json.dumps(feed))
    assert draft.body == "x\n\n[Plan](https://n.example/a.pdf)\n"


def test_lists_of_plain_text_stay_lists() -> None:
    text = "To bring:\n* a lamp & oil\n* boots\n\n1. Go\r\n2. Come back\n\nIt was 7.\n - 3"
    entry = {"id": "1", "title": "A", "content_text": text}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [entry]}
    (draft,) = converted(json.dumps(feed))
    assert draft.body == (
        "To bring:\n\n- a lamp & oil\n- boots\n\n1. Go\n2. Come back\n\nIt was 7.\n\n- 3\n"
    )
