"""What other systems mark as not public comes in as a draft, or stays out."""

from pathlib import Path
from typing import Any

import pytest

TEXT = "The harbour is to be dredged before the winter, the port authority said. " * 8
JEKYLL = f"---\nlayout: post\ntitle: A\ndate: 2024-01-01\n{{}}---\n{TEXT}\n"
OURS = f"---\ntitle: A\npublishedDateTime: 2024-01-01\n{{}}---\n{TEXT}\n"
EXPORT = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>N</title>
<link>https://n.example/</link>{}</channel></rss>"""
ITEM = """<item><title>{name}</title><link>https://n.example/{name}</link>
<pubDate>{date}</pubDate><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<content:encoded><![CDATA[<p>TEXT-{name} {text}</p>]]></content:encoded></item>"""


def item(name: str, status: str, kind: str = "post", date: str = "Mon, 07 Jan 2013 22:17:23 +0000"
         ) -> str:  # fmt: skip
    return ITEM.format(name=name, status=status, kind=kind, date=date, text=TEXT)


@pytest.fixture
def desk(site: Any) -> Any:
    site.write("-- content/kept.md --\n---\ntitle: K\npublishedDateTime: 2024-01-01\n---\nx\n")
    return site


def converted(site: Any, path: str, data: str, **asked: Any) -> Any:
    from datetime import UTC, datetime

    from site_gen import settings
    from site_gen.convert.options import ConvertOptions
    from site_gen.convert.run import convert_sources

    site.put(path, data.encode())
    loaded = settings.load(site.root).settings
    now = datetime(2024, 6, 1, tzinfo=UTC)
    return convert_sources(site.root, loaded, ["raw"], ConvertOptions(**asked), now)


def matter(site: Any, path: str) -> str:
    return (site.root / path).read_text().partition("\n---\n")[0]


@pytest.mark.parametrize(
    "line", ["draft: true", "status: private", "published: false", "visibility: members",
             "hidden: true", "permalink: false", "status: Waiting for Ada"],
)  # fmt: skip
def test_an_entry_of_another_system_is_kept_back(desk: Any, line: str) -> None:
    report = converted(desk, "raw/a.md", JEKYLL.format(f"{line}\n"))
    assert "draft: true" in matter(desk, "content/a.md") or "published: false" in matter(
        desk, "content/a.md"
    )
    assert report.counts["created"] == 1
    desk.build()
    assert not desk.has("articles/a/index.html")


def test_a_public_entry_is_copied_as_it_is(desk: Any) -> None:
    converted(desk, "raw/a.md", JEKYLL.format(""))
    assert "draft" not in matter(desk, "content/a.md")


@pytest.mark.parametrize("publish", [False, True])
def test_what_lies_among_drafts_is_one(desk: Any, publish: bool) -> None:
    report = converted(desk, "raw/_drafts/a.md", JEKYLL.format(""), publish=publish)
    assert "draft: true" in matter(desk, report.rows[0].path)
    (row,) = report.rows
    assert "folder: _drafts: kept back as a draft" in row.warnings


def test_our_own_front_matter_gains_one_line(desk: Any) -> None:
    before = OURS.format("status: private\n")
    converted(desk, "raw/a.md", before)
    head, _, body = before.partition("\n---\n")
    assert (desk.root / "content/a.md").read_text() == f"{head}\ndraft: true\n---\n{body}"
    receipts = [p.read_text() for p in Path(desk.root / ".site_gen/receipts").iterdir()]
    assert any("not_public" in text and "status: private" in text for text in receipts)


def test_our_own_front_matter_is_else_copied_byte_for_byte(desk: Any) -> None:
    converted(desk, "raw/a.md", OURS.format("mood: dark\n"))
    assert (desk.root / "content/a.md").read_text() == OURS.format("mood: dark\n")


def test_a_later_publish_date_decides(desk: Any) -> None:
    report = converted(desk, "raw/a.md", JEKYLL.format("publishDate: 2099-02-02\n"))
    assert "publishedDateTime: 2099-02-02T00:00:00Z" in matter(desk, "content/a.md")
    assert report.rows[0].warnings == ()
    desk.build()
    assert not desk.has("articles/a/index.html")


def test_an_embargo_that_cannot_be_read_makes_a_draft(desk: Any) -> None:
    converted(desk, "raw/a.md", JEKYLL.format("publishDate: when Ada is back\n"))
    assert "draft: true" in matter(desk, "content/a.md")


def test_an_export_keeps_private_what_was_private(desk: Any) -> None:
    never = "Mon, 30 Nov -0001 00:00:00 +0000"
    items = (
        item("open", "publish"),
        item("letter", "private"),
        item("pending", "pending"),
        item("soon", "future"),
        item("unfinished", "draft", date=never),
        item("bin", "trash"),
        item("picture", "inherit", "attachment"),
        item("menu", "publish", "nav_menu_item"),
        item("old", "inherit", "revision"),
    )
    report = converted(desk, "raw/export.xml", EXPORT.format("".join(items)), publish=True)
    drafts = {n for n in ("open", "letter", "pending", "soon", "unfinished")
              if "draft: true" in matter(desk, f"content/{n}.md")}  # fmt: skip
    assert drafts == {"letter", "pending", "soon", "unfinished"}
    assert "\npublishedDateTime" not in matter(desk, "content/unfinished.md")
    assert report.counts["left"] == 4
    assert all("stays out" in row.note for row in report.rows if row.status == "left")
    assert desk.build().ok
    text = b"".join(desk.tree().values())
    assert b"TEXT-open" in text
    for name in (*drafts, "bin", "picture", "menu", "old"):
        assert f"TEXT-{name}".encode() not in text


def test_what_was_private_is_accepted_by_name_only(desk: Any) -> None:
    from site_gen import settings
    from site_gen.convert.drafts.accept import accept_drafts

    items = f"{item('open', 'publish')}{item('letter', 'private')}"
    report = converted(desk, "raw/export.xml", EXPORT.format(items))
    assert {row.path: row.state for row in report.rows} == {
        "content/open.md": "draft",
        "content/letter.md": "kept back",
    }
    loaded = settings.load(desk.root).settings
    rows = {row.path: row for row in accept_drafts(desk.root, loaded, [], "all").rows}
    assert rows["content/open.md"].status == "accepted"
    assert rows["content/letter.md"].status == "left"
    assert "wp_status: private" in rows["content/letter.md"].note
    assert "draft: true" in matter(desk, "content/letter.md")
    (row,) = accept_drafts(desk.root, loaded, ["content/letter.md"], "named").rows
    assert row.status == "accepted"


def test_a_folder_with_its_pictures_gives_the_name(desk: Any) -> None:
    desk.put("raw/posts/b/index.md", JEKYLL.format("").encode())
    desk.put("raw/posts/c/index.de.md", JEKYLL.format("").encode())
    report = converted(desk, "raw/posts/a/index.md", JEKYLL.format(""))
    paths = sorted(row.path for row in report.rows)
    assert paths == ["content/posts/a.md", "content/posts/b.md", "content/posts/c.de.md"]
    assert desk.build().ok


def kept_receipts(site: Any) -> str:
    return "".join(p.read_text() for p in Path(site.root / ".site_gen/receipts").iterdir())


def test_a_removed_article_is_not_brought_back_unasked(desk: Any) -> None:
    converted(desk, "raw/a.md", f"# A headline\n\n{TEXT}\n\n{TEXT}\n")
    desk.remove("content/a.md")
    (row,) = converted(desk, "raw/a.md", f"# A headline\n\n{TEXT}\n\n{TEXT} More.\n").rows
    assert (row.status, row.note) == ("unchanged", "you removed it; --again brings it back")
    assert not (desk.root / "content/a.md").exists()
    assert TEXT.strip() not in kept_receipts(desk)
    (row,) = converted(desk, "raw/a.md", f"# A headline\n\n{TEXT}\n\n{TEXT}\n", again=True).rows
    assert row.status == "created"


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("asked_twice", [False, True])
def test_what_is_brought_back_is_a_draft(desk: Any, accepted: bool, asked_twice: bool) -> None:
    """Whatever its receipt remembers."""
    text = f"# A headline\n\n{TEXT}\n\n{TEXT}\n"
    converted(desk, "raw/a.md", text)
    if accepted:
        desk.edit("content/a.md", "draft: true\n", "")
        converted(desk, "raw/a.md", text)
    desk.remove("content/a.md")
    if asked_twice:
        converted(desk, "raw/a.md", text)
    converted(desk, "raw/a.md", text, again=True)
    assert "\ndraft: true\n" in matter(desk, "content/a.md")


def test_a_moved_article_is_known_by_its_digest(desk: Any) -> None:
    text = f"# A headline\n\n{TEXT}\n\n{TEXT}\n"
    converted(desk, "raw/a.md", text)
    (desk.root / "content/a.md").rename(desk.root / "content/b.md")
    (row,) = converted(desk, "raw/a.md", text).rows
    assert (row.status, row.note) == ("unchanged", "it is content/b.md by now")


@pytest.mark.parametrize("update", [False, True])
def test_a_withdrawn_article_stays_withdrawn(desk: Any, update: bool) -> None:
    converted(desk, "raw/a.md", f"# A headline\n\n{TEXT}\n\n{TEXT}\n")
    path = desk.root / "content/a.md"
    path.write_text(path.read_text().replace("---\n", "---\nwithdrawn: true\n", 1))
    before = path.read_text()
    text = f"# A headline\n\n{TEXT}\n\n{TEXT} More.\n"
    (row,) = converted(desk, "raw/a.md", text, update=update).rows
    assert (row.status, row.note) == ("unchanged", "you withdrew it")
    assert path.read_text() == before
    assert not (desk.root / ".site_gen/beside").exists()
    assert "port authority" not in kept_receipts(desk)
