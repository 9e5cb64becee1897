"""Exports of WordPress, Ghost and senders of mails, as their formats are documented."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.problems import SiteError

ITEM = """
<item>
<title>{title}</title>
<link>{link}</link>
<pubDate>Mon, 04 Mar 2024 09:00:00 +0000</pubDate>
<dc:creator><![CDATA[lane]]></dc:creator>
<guid isPermaLink="false">https://harbour.example/?p={number}</guid>
<description></description>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[{date}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{date}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[{name}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>
<wp:post_password><![CDATA[{password}]]></wp:post_password>
{more}
</item>
"""
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Harbour Weekly</title>
<link>https://harbour.example</link>
<description>News of the harbour</description>
<language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://harbour.example</wp:base_site_url>
<wp:base_blog_url>https://harbour.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[lane]]></wp:author_login>
<wp:author_display_name><![CDATA[Lane Smith]]></wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>port</wp:category_nicename><wp:category_parent></wp:category_parent>
<wp:cat_name><![CDATA[Port]]></wp:cat_name></wp:category>
<wp:category><wp:category_nicename>locks</wp:category_nicename>
<wp:category_parent>port</wp:category_parent><wp:cat_name><![CDATA[Locks]]></wp:cat_name></wp:category>
"""


def written(site: Any, stem: str) -> str:
    """The content file of that name."""
    found = [data for path, data in site.tree("content").items() if path.endswith(f"/{stem}.md")
             or path == f"{stem}.md"]  # fmt: skip
    return bytes(found[0]).decode()


def item(number: int, status: str = "publish", **given: str) -> str:
    """One item of an export."""
    values = {
        "title": f"Story {number}",
        "link": f"https://harbour.example/2024/03/story-{number}/",
        "body": f"<p>Words of {number}.</p>",
        "excerpt": "",
        "date": f"2024-03-{number:02d} 09:00:00",
        "name": f"story-{number}",
        "kind": "post",
        "password": "",
        "more": "",
    }
    return ITEM.format(number=number, status=status, **{**values, **given})


COMMENT = """<wp:comment><wp:comment_id>1</wp:comment_id>
<wp:comment_approved>1</wp:comment_approved><wp:comment_content>COMMENT</wp:comment_content>
</wp:comment>"""
FILED = """<category domain="category" nicename="locks"><![CDATA[Locks]]></category>
<category domain="post_tag" nicename="fog"><![CDATA[Fog]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>20</wp:meta_value></wp:postmeta>"""
CLASSIC = """First line
second line.

[caption id="x"]<img src="https://harbour.example/wp-content/uploads/lock.jpg" alt="A lock" />
The lock[/caption]

<!-- wp:paragraph -->
<p>A <a href="https://harbour.example/2024/03/story-2/">link</a>.</p>
<!-- /wp:paragraph -->

[weather place="harbour"]"""


@pytest.fixture
def export(old: Path) -> Path:
    """An export with everything that may be in one."""
    (old / "uploads").mkdir()
    (old / "uploads" / "lock.jpg").write_bytes(b"a lock")
    items = [
        item(1, body=CLASSIC, more=FILED + COMMENT, excerpt="In short."),
        item(2),
        item(3, "draft", date="0000-00-00 00:00:00", link="https://harbour.example/?p=3"),
        item(4, "private"),
        item(5, "pending"),
        item(6, password="secret"),
        item(7, "future", date="2098-03-07 09:00:00"),
        item(8, "trash"),
        item(9, kind="page", link="https://harbour.example/about/", name="about", title="About"),
        item(10, "inherit", kind="revision"),
        item(
            20,
            "inherit",
            kind="attachment",
            more="<wp:attachment_url>https://harbour.example/wp-content/uploads/lock.jpg"
            "</wp:attachment_url>",
        ),
    ]
    path = old / "export.xml"
    path.write_text(HEAD + "".join(items) + "</channel></rss>", "utf-8")
    return path


def test_wordpress_keeps_what_was_private_private(move: Any, site: Any, export: Path) -> None:
    outcome = move("wordpress")
    assert outcome.lost == []
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"Words of 2." in everything
    for number in (3, 4, 5, 6, 7, 8, 10):
        assert f"Words of {number}.".encode() not in everything
    private = {place.entry.title: place.entry.private for place in outcome.places.placed}
    assert {title for title, why in private.items() if why} == {
        f"Story {n}" for n in (3, 4, 5, 6, 7)
    }
    assert any("does not show: 1;" in line for line in outcome.site.left)
    assert b"COMMENT" not in everything


def test_wordpress_keeps_addresses_ids_and_pictures(move: Any, site: Any, export: Path) -> None:
    move("wordpress")
    site.build()
    page = site.page("2024/03/story-1/index.html")
    assert "First line<br>" in page.replace(" />", ">")
    assert 'alt="A lock"' in page
    assert "[weather" in page
    assert 'href="/2024/03/story-2/"' in page
    assert site.has("wp-content/uploads/lock.jpg")
    assert site.has("about/index.html")
    assert ">https://harbour.example/?p=1</guid>" in site.page("feed.xml")
    rules = site.page("_redirects")
    assert "/category/port/locks/ /topics/locks/ 301" in rules
    assert "/tag/fog/feed/ /topics/fog/feed.xml 301" in rules
    assert "/author/lane/ /authors/lane-smith/ 301" in rules
    # the category above has no story of its own, and shows those of the one below
    assert "Story 1" in site.page("topics/port/index.html")


def test_an_export_alone_says_which_files_are_missing(move: Any, export: Path) -> None:
    (export.parent / "uploads" / "lock.jpg").unlink()
    outcome = move("wordpress", source=export)
    assert any("1 uploaded file is not in the export" in line for line in outcome.site.left)


@pytest.mark.parametrize(
    "kind", ["wordpress", "ghost", "buttondown", "substack", "mailchimp", "markdown"]
)
def test_a_folder_with_nothing_of_the_kind_is_refused(move: Any, old: Path, kind: str) -> None:
    (old / "notes.pdf").write_bytes(b"%PDF-")
    with pytest.raises(SiteError) as caught:
        move(kind)
    assert caught.value.problems[0].help


def test_entities_of_an_export_open_no_file(
    move: Any, old: Path, tmp_path: Path, site: Any
) -> None:
    (tmp_path / "secret").write_text("TOP-SECRET")
    text = HEAD + item(1, body="&x;") + "</channel></rss>"
    text = text.replace("<rss", f'<!DOCTYPE r [<!ENTITY x SYSTEM "{tmp_path}/secret">]>\n<rss', 1)
    text = text.replace("<title>Story 1", "<title>&x; Story 1")
    (old / "export.xml").write_text(text, "utf-8")
    move("wordpress")
    assert b"TOP-SECRET" not in b"".join(site.tree("content").values())


SUBSTACK = """post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle
101.first-letter,2024-03-04T09:00:00.000Z,true,,newsletter,everyone,First letter,What came
102.for-payers,2024-03-11T09:00:00.000Z,true,,newsletter,only_paid,For payers,
103.not-yet,,false,,newsletter,everyone,Not yet,
"""


def test_substack(move: Any, site: Any, put: Any) -> None:
    put(
        f"-- posts.csv --\n{SUBSTACK}"
        "-- posts/101.first-letter.html --\n<p>Words of <a href='https://a.example/'>one</a>.</p>\n"
        "-- posts/102.for-payers.html --\n<p>SECRET words.</p>\n"
        "-- posts/103.not-yet.html --\n<p>SECRET too.</p>\n"
        "-- email_list.harbour.csv --\nemail\nann@reader.example\n"
    )
    outcome = move("substack")
    assert outcome.guess.form == "issues"
    assert outcome.lost == []
    assert site.build().ok
    page = site.page("p/first-letter/index.html")
    assert "What came" in page or "Words of" in page
    everything = b"".join((*site.tree().values(), *site.tree("content").values()))
    assert b"ann@reader.example" not in everything
    assert b"SECRET" not in b"".join(site.tree().values())


def test_buttondown(move: Any, site: Any, put: Any) -> None:
    put(
        "-- emails.csv --\n"
        "id,subject,publish_date,status,email_type,slug,absolute_url,secondary_id\n"
        "a1,Tides,2024-03-04T09:00:00Z,sent,public,tides,https://h.example/archive/tides/,7\n"
        "a3,Ours,2024-03-05T09:00:00Z,sent,public,ours,https://buttondown.com/h/archive/ours/,8\n"
        "a2,Later,,draft,public,later,,\n"
        "-- emails/tides.md --\n# Tides\n\nWords.\n"
        "-- emails/later.md --\nSECRET\n-- emails/ours.md --\nWords.\n"
        "-- subscribers.csv --\nemail\nann@reader.example\n"
    )
    outcome = move("buttondown")
    assert outcome.lost == []
    assert site.build().ok
    note = written(site, "tides")
    assert "number: 7" in note
    assert 'guid: "https://h.example/archive/tides/"' in note
    assert 'base_url = "https://h.example"' in (site.root / "site.toml").read_text()
    assert any("the service's own" in line and line.endswith(": 1") for line in outcome.site.left)
    assert b"SECRET" not in b"".join(site.tree().values())
    assert site.has("archive/tides/index.html")


def test_mailchimp(move: Any, site: Any, put: Any) -> None:
    mail = (
        "<html><head><title>*|MC:SUBJECT|*</title><style>p {}</style></head><body>"
        '<table><tr><td><p>Words of <a href="https://a.example/">one</a>.</p></td></tr></table>'
        '<img src="https://t.example/open.gif" width="1" height="1"></body></html>'
    )
    put(
        "-- campaigns.csv --\nTitle,Subject,Send Date,Unique Id,Status\n"
        '"March","Issue 3: locks","Mar 04, 2024 09:00 am",ab12,Sent\n'
        f"-- campaigns_content/ab12.html --\n{mail}\n"
    )
    outcome = move("mailchimp")
    assert outcome.quarantined == []
    assert site.build().ok
    note = next(data for path, data in site.tree("content").items() if path.startswith("editions/"))
    assert b"number: 3" in note
    assert b"[one](https://a.example/)" in note
    assert b"open.gif" not in note
    assert b"MC:" not in note


MARKS = ("status: draft", "visibility: members", "hidden: true", "unlisted: true", "private: true")
OLD_HOMES = {
    "jekyll": ("_config.yml", "title: H\n", "_posts/2024-03-0{}-s{}.md"),
    "hugo": ("hugo.toml", 'title = "H"\n', "content/posts/s{1}.md"),
    "astro": ("astro.config.mjs", "export default {}\n", "src/content/posts/s{1}.md"),
    "eleventy": (".eleventy.js", "module.exports = () => ({});\n", "posts/s{1}.md"),
    "pelican": ("pelicanconf.py", "SITENAME = 'H'\n", "content/s{1}.md"),
    "markdown": ("notes.txt", "Notes.\n", "s{1}.md"),
}


@pytest.mark.parametrize("kind", OLD_HOMES)
def test_one_table_says_what_is_not_public(kind: str, move: Any, put: Any, site: Any) -> None:
    """Whatever the system, each mark of the table keeps a text back and leaves it no address."""
    name, settings, place = OLD_HOMES[kind]
    put(f"-- {name} --\n{settings}")
    for number, mark in enumerate(("category: x", *MARKS), 1):
        head = f"title: Story {number}\ndate: 2024-03-0{number}\nslug: s{number}\n{mark}\n"
        fenced = head if kind == "pelican" else f"---\n{head}---\n"
        put(f"-- {place.format(number, number)} --\n{fenced}\nWords of {number}.\n")
    outcome = move(kind)
    entries = {place.entry.title: place.entry for place in outcome.places.placed}
    assert [title for title, entry in sorted(entries.items()) if not entry.private] == ["Story 1"]
    assert {entry.address for entry in entries.values() if entry.private} == {""}
    site.build()
    everything = b"".join(site.tree().values())
    assert b"Words of 1." in everything
    assert not [n for n in range(2, 7) if f"Words of {n}.".encode() in everything]


@pytest.mark.parametrize(
    ("kind", "status", "stays"),
    [
        ("episode", "publish", ""),
        ("recipe", "publish", "recipe"),
        ("post", "future", "future"),
        ("post", "house-rule", "house-rule"),
    ],
)
def test_wordpress_asks_the_same_table(
    kind: str, status: str, stays: str, move: Any, old: Path
) -> None:
    text = HEAD + item(1, status, kind=kind) + item(2) + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    outcome = move("wordpress", source=old / "export.xml")
    entry = next(p.entry for p in outcome.places.placed if p.entry.title == "Story 1")
    assert stays in entry.private
    assert bool(entry.private) == bool(stays)


def test_no_password_stands_in_a_file_or_report(move: Any, put: Any, site: Any) -> None:
    from site_gen.importers import report

    put(
        "-- _config.yml --\ntitle: A\n"
        "-- _posts/2024-03-05-a.md --\n---\ntitle: A\npassword: open-sesame\n---\nx\n"
    )
    outcome = move("jekyll")
    assert outcome.places.placed[0].entry.private == "password: set"
    said = report.markdown(outcome) + "".join(report.summary(outcome))
    assert "open-sesame" not in said
    assert not any(b"open-sesame" in data for data in site.tree("content").values())
