"""Runs over sources: what is written, what is left alone, what is said."""

import contextlib
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen import frontmatter
from site_gen.convert import run, time_limit
from site_gen.model import RawDocument
from site_gen.settings import ProviderSettings, Settings, TopicSettings
from site_gen.workers import pool

Page = Callable[..., str]
Folder = Any
LATER = datetime(2024, 7, 1, tzinfo=UTC)
OURS = "---\ntitle: 'a'   # kept\npublishedDateTime: 2024-02-01\n---\n\nBody.\n"
RSS = (
    "<rss version='2.0'><channel><title>T</title><link>https://t.example/</link>"
    "<item><title>{title}</title><guid>1</guid><link>https://t.example/1</link>"
    "<pubDate>Sat, 17 Feb 2024 09:00:00 GMT</pubDate><description>Short.</description></item>"
    "<item><title>Second</title><guid>2</guid><description>Other.</description></item>"
    "</channel></rss>"
)


def matter(folder: Folder, path: str) -> dict[str, Any]:
    text = folder.text(path)
    return frontmatter.load(frontmatter.split(text).head)


def test_a_page_is_minted_once(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    assert folder.outcome("raw") == [("created", "content/a.md")]
    found = matter(folder, "content/a.md")
    assert found["slug"] == "lighthouse-to-be-rebuilt"
    assert found["guid"] == "tag:t.example,2024:a"
    assert found["addedDateTime"] == "2024-06-01T12:00:00Z"
    assert len(found["rawDigest"]) == 32


def test_a_second_run_changes_nothing_with_and_without_receipts(
    folder: Folder, news_page: Page
) -> None:
    folder.put("raw/a.html", news_page())
    folder.put("raw/b.md", OURS)
    folder.convert("raw")
    before = {path: folder.text(path) for path in folder.files()}
    unchanged = [("unchanged", "content/a.md"), ("unchanged", "content/b.md")]
    assert folder.outcome("raw", now=LATER) == unchanged
    for receipt in (folder.root / ".site_gen/receipts").iterdir():
        receipt.unlink()
    assert folder.outcome("raw", now=LATER) == unchanged
    assert {path: folder.text(path) for path in folder.files()} == before


def test_our_entry_is_copied_and_nothing_is_minted(folder: Folder) -> None:
    folder.put("raw/b.txt", OURS)
    folder.convert("raw/b.txt")
    assert folder.text("content/b.md") == OURS


def test_an_editors_change_is_never_overwritten(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    folder.convert("raw")
    folder.put("content/a.md", folder.text("content/a.md").replace("council", "COUNCIL"))
    edited = folder.text("content/a.md")
    assert folder.outcome("raw") == [("unchanged", "content/a.md")]
    folder.put("raw/a.html", news_page().replace("Residents", "Neighbours"))
    (row,) = folder.convert("raw").rows
    assert row.status == "unchanged"
    assert ".site_gen/beside/a.md" in row.note
    assert folder.text("content/a.md") == edited
    assert "Neighbours" in folder.text(".site_gen/beside/a.md")


def test_an_untouched_draft_follows_its_source(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    folder.convert("raw")
    first = matter(folder, "content/a.md")
    folder.put("raw/a.html", news_page().replace("Residents", "Neighbours"))
    assert folder.outcome("raw", now=LATER) == [("updated", "content/a.md")]
    second = matter(folder, "content/a.md")
    assert "Neighbours" in folder.text("content/a.md")
    assert {k: first[k] for k in ("slug", "guid", "addedDateTime")} == {
        k: second[k] for k in ("slug", "guid", "addedDateTime")
    }
    assert first["rawDigest"] != second["rawDigest"]


def test_update_merges_only_what_the_editor_left_alone(folder: Folder, news_page: Page) -> None:
    old = "<meta name='description' content='Old words.'><meta name='author' content='Ann'>"
    new = "<meta name='description' content='New words.'><meta name='author' content='Ben'>"
    folder.put("raw/a.html", news_page(head=old))
    folder.convert("raw")
    text = folder.text("content/a.md").replace('name: "Ann"', "name: 'Anna'  # she asked for it")
    folder.put("content/a.md", text)
    folder.put("raw/a.html", news_page(head=new).replace("Residents", "Neighbours"))
    (row,) = folder.convert("raw", update=True).rows
    assert row.status == "updated"
    assert "authors" in row.note
    merged = folder.text("content/a.md")
    assert 'excerpt: "New words."' in merged
    assert "name: 'Anna'  # she asked for it" in merged
    assert "Neighbours" in merged
    assert folder.outcome("raw", update=True) == [("unchanged", "content/a.md")]


def test_update_without_a_receipt_leaves_every_field(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    folder.convert("raw")
    for receipt in (folder.root / ".site_gen/receipts").iterdir():
        receipt.unlink()
    before = folder.text("content/a.md")
    folder.put("raw/a.html", news_page().replace("Residents", "Neighbours"))
    (row,) = folder.convert("raw", update=True).rows
    assert (row.status, folder.text("content/a.md")) == ("unchanged", before)
    assert matter(folder, ".site_gen/beside/a.md")["slug"] == "lighthouse-to-be-rebuilt"


def test_quarantine(folder: Folder) -> None:
    folder.put("raw/a.html", "<title>A story</title><h1>A story</h1><p>Far too short a body.</p>")
    report = folder.convert("raw")
    (row,) = report.rows
    assert (row.status, row.path) == ("quarantined", ".site_gen/quarantine/a.md")
    assert report.exit_code == 1
    assert any("words" in reason for reason in row.reasons)
    assert not (folder.root / "content/a.md").exists()


def test_an_entry_that_no_build_takes_is_quarantined(folder: Folder) -> None:
    folder.put("raw/b.md", OURS.replace("2024-02-01", "2024-02-31"))
    (row,) = folder.convert("raw").rows
    assert row.status == "quarantined"
    assert "day or time that does not exist" in row.reasons[0]


def test_one_bad_document_stops_no_other(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.pdf", b"%PDF-1.4")
    folder.put("raw/b.html", news_page())
    folder.put("raw/c.md", "---\nwebUrl: [\n---\n")
    report = folder.convert("raw", "gone.txt")
    assert [row.status for row in report.rows] == ["failed", "created", "failed", "failed"]
    assert report.counts["failed"] == 3
    assert report.exit_code == 1
    assert report.rows[3].reasons == ("gone.txt does not exist",)


def test_dry_run_writes_nothing_and_shows_the_difference(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    (row,) = folder.convert("raw", dry_run=True, diff=True).rows
    assert row.status == "created"
    assert "+title: " in row.diff
    assert folder.files() == ["raw/a.html"]
    assert not (folder.root / ".site_gen").exists()


def test_feed_entries_are_known_again(folder: Folder) -> None:
    folder.put("f.xml", RSS.format(title="First"))
    made = [("created", "content/first.md"), ("created", "content/second.md")]
    assert folder.outcome("f.xml") == made
    folder.put("f.xml", RSS.format(title="First, corrected"))
    assert folder.outcome("f.xml") == [
        ("updated", "content/first.md"),
        ("unchanged", "content/second.md"),
    ]
    assert matter(folder, "content/first.md")["slug"] == "first"


def test_an_entry_that_the_editor_removed_stays_away(folder: Folder) -> None:
    folder.put("f.xml", RSS.format(title="First"))
    folder.convert("f.xml")
    (folder.root / "content/first.md").unlink()
    (row, _) = folder.convert("f.xml").rows
    assert (row.status, row.note) == ("unchanged", "you removed it; --again brings it back")
    assert not (folder.root / "content/first.md").exists()


def test_since_and_limit(folder: Folder) -> None:
    folder.put("f.xml", RSS.format(title="First"))
    assert len(folder.outcome("f.xml", limit=1, dry_run=True)) == 1
    late = folder.outcome("f.xml", since=LATER, dry_run=True)
    assert late == [("created", "content/second.md")]


def test_options_fill_what_is_missing(folder: Folder, news_page: Page) -> None:
    folder.settings = Settings(
        providers=(ProviderSettings(name="The Post", domain="post.example"),),
        topics=(
            TopicSettings(name="Coast", keywords=("lighthouse",)),
            TopicSettings(name="Sport", slug="sport"),
        ),
    )
    folder.put("a.html", news_page())
    report = folder.convert("a.html", provider="the post", topics=("SPORT",), date=LATER)
    found = matter(folder, "content/a.md")
    assert found["provider"] == {"name": "The Post", "domain": "post.example"}
    assert found["topics"] == ["Coast", "Sport"]
    assert found["publishedDateTime"] == "2024-07-01T00:00:00Z"
    assert [problem.code for problem in report.warnings] == ["convert/no-tag"]


def test_two_sources_of_one_name_do_not_meet(folder: Folder, news_page: Page) -> None:
    folder.put("x/a.html", news_page())
    folder.put("y/a.html", news_page("Harbour wall is to be raised"))
    folder.convert("x/a.html")
    assert folder.outcome("y/a.html") == [("created", "content/a-2.md")]
    unchanged = [("unchanged", "content/a.md"), ("unchanged", "content/a-2.md")]
    assert folder.outcome("x/a.html", "y/a.html") == unchanged


def test_equal_titles_get_slugs_of_their_own(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    folder.put("raw/b.html", news_page(extra="<p>And one more thing was said that day.</p>"))
    folder.convert("raw")
    assert matter(folder, "content/b.md")["slug"] == "lighthouse-to-be-rebuilt-2"


def test_nothing_is_written_through_a_link(folder: Folder, news_page: Page, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder.root / "content").mkdir()
    os.symlink(outside, folder.root / "content/sub")
    folder.put("raw/sub/a.html", news_page())
    (row,) = folder.convert("raw").rows
    assert row.status == "failed"
    assert list(outside.iterdir()) == []


def test_assets_beside_a_saved_page_are_skipped(folder: Folder, news_page: Page) -> None:
    folder.put("raw/a.html", news_page())
    folder.put("raw/a_files/frame.html", "<p>x")
    folder.put("raw/style.css", "p {}")
    folder.put("raw/.hidden", "x")
    assert folder.outcome("raw") == [("created", "content/a.md")]


def test_settings_sources_and_a_list_of_feeds(folder: Folder) -> None:
    from site_gen.convert.options import ConvertOptions
    from site_gen.convert.run import convert_sources
    from site_gen.settings import ConvertSettings

    folder.put("list.opml", '<opml><body><outline xmlUrl="https://t.example/f"/></body></opml>')
    settings = Settings(convert=ConvertSettings(sources=("list.opml",)))
    asked: list[str] = []
    seen: list[tuple[int, str]] = []

    def fetch(url: str) -> RawDocument:
        asked.append(url)
        return RawDocument(name=url, data=RSS.format(title="First").encode(), url=url)

    report = convert_sources(
        folder.root,
        settings,
        [],
        ConvertOptions(),
        LATER,
        lambda done, name: seen.append((done, name)),
        fetch,
    )
    assert asked == ["https://t.example/f"]
    assert [row.status for row in report.rows] == ["created", "created"]
    assert seen == [(0, "list.opml"), (1, "")]


@pytest.mark.parametrize("to", ["drafts", "content/2024"])
def test_another_folder(folder: Folder, news_page: Page, to: str) -> None:
    folder.put("a.html", news_page())
    assert folder.outcome("a.html", to=to) == [("created", f"{to}/a.md")]
    guid = matter(folder, f"{to}/a.md")["guid"]
    assert guid == ("tag:t.example,2024:2024/a" if "content" in to else "tag:t.example,2024:a")


@pytest.fixture
def many(folder: Folder, news_page: Page, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Documents enough for two processes, one that is none among them."""
    monkeypatch.setattr(pool, "worker_count", lambda jobs: jobs or 2)
    monkeypatch.setattr(pool, "can_fork", lambda: True)  # whatever threads other tests left
    monkeypatch.setattr(run, "can_fork", lambda: True)
    for n in range(pool.MIN_ITEMS // run.MILLISECONDS + 1):
        folder.put(f"raw/{n}.html", news_page(f"Lighthouse number {n} to be rebuilt"))
    folder.put("raw/9.pdf", "%PDF-1.4")
    return folder


def test_a_folder_gives_the_same_on_any_number_of_cores(
    many: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = many.convert("raw", to="content/two")
    monkeypatch.setattr(pool, "worker_count", lambda jobs: 1)
    one = many.convert("raw", to="content/one", again=True)
    assert [row.status for row in two.rows] == [row.status for row in one.rows]
    assert two.counts["created"] == 7
    assert [row.kept for row in two.rows] == [row.kept for row in one.rows]


def test_a_document_that_kills_its_process_fails_alone(
    many: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, real = os.getpid(), run.drafts_of

    def deadly(raw: RawDocument, *others: Any) -> Any:
        assert os.getpid() != own
        if raw.name == "raw/3.html":
            os._exit(1)
        return real(raw, *others)

    monkeypatch.setattr(run, "drafts_of", deadly)
    rows = {row.source: row for row in many.convert("raw").rows}
    assert rows["raw/3.html"].reasons == ("raw/3.html could not be converted: its process ended",)
    assert [row.status for row in rows.values()].count("created") == 6


def test_one_that_takes_for_ever_fails_alone(
    folder: Folder, news_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a converter that passes over every fault of a library goes on."""

    def endless(*_: object) -> Any:
        while True:
            with contextlib.suppress(Exception):
                time.process_time()

    monkeypatch.setattr(time_limit, "SECONDS", 0.05)
    monkeypatch.setattr(run, "_converted", endless)
    folder.put("raw/a.html", news_page())
    (row,) = folder.convert("raw").rows
    assert row.reasons == ("raw/a.html took more than 0.05 seconds",)
