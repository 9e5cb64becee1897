"""One story of several sources is one draft, and its receipt names the others."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from site_gen.convert.drafts.duplicates import address_key

Page = Callable[..., str]
TEXT = "<p>" + " ".join(f"Sentence number {n} tells of the harbour." for n in range(30)) + "</p>"


def feed(*items: tuple[str, str, str], text: str = TEXT) -> str:
    listed = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
        f"<description><![CDATA[{text}]]></description></item>"
        for title, link, guid in items
    )
    return f"<rss version='2.0'><channel><title>Post</title><link>https://p.example/</link>{listed}</channel></rss>"


STORY = ("Lighthouse to be rebuilt", "https://p.example/lamp", "1")


@pytest.mark.parametrize(
    "other",
    [
        ("Lighthouse to be rebuilt", "https://p.example/lamp", "1"),
        ("Lighthouse to be rebuilt", "http://www.p.example/lamp/?utm_source=rss", "1"),
        ("Lighthouse to be rebuilt", "https://p.example/lamp#top", "http://p.example/?p=9"),
        ("The lighthouse is to be rebuilt", "https://p.example/lamp", "2"),
    ],
)
def test_one_story_in_two_feeds_is_one_draft(folder: Any, other: tuple[str, str, str]) -> None:
    folder.put("raw/a.xml", feed(STORY))
    folder.put("raw/b.xml", feed(other))
    path = "content/lighthouse-to-be-rebuilt.md"
    assert folder.outcome("raw") == [("created", path), ("duplicate", path)]
    assert folder.files() == ["content/lighthouse-to-be-rebuilt.md", "raw/a.xml", "raw/b.xml"]
    receipts = (folder.root / ".site_gen/receipts").iterdir()
    (also,) = [data["also"] for f in receipts if "also" in (data := json.loads(f.read_text()))]
    assert also[0].startswith("raw/b.xml#")
    assert folder.outcome("raw") == [("unchanged", path), ("unchanged", path)]


@pytest.mark.parametrize(
    "other",
    [
        ("Ferry is late", "https://p.example/lamp", "2"),
        ("Lighthouse to be rebuilt", "https://p.example/watch?v=2", "2"),
    ],
)
def test_other_stories_are_no_duplicates(folder: Any, other: tuple[str, str, str]) -> None:
    folder.put("a.xml", feed(STORY, other))
    assert [status for status, _ in folder.outcome("a.xml")] == ["created", "created"]


def test_both_when_asked(folder: Any) -> None:
    folder.put("raw/a.xml", feed(STORY))
    folder.put("raw/b.xml", feed(STORY))
    report = folder.convert("raw", duplicates="keep")
    assert [row.status for row in report.rows] == ["created", "created"]


def test_saved_page_says_more_than_the_feed_s_teaser(folder: Any, news_page: Page) -> None:
    folder.put("raw/a.xml", feed(STORY, text="A teaser."))
    folder.put("raw/b.html", news_page(head=f'<link rel="canonical" href="{STORY[1]}">'))
    path = "content/lighthouse-to-be-rebuilt.md"
    assert folder.outcome("raw") == [("created", path), ("updated", path)]
    assert "Residents who followed" in folder.text(path)
    assert folder.outcome("raw") == [("unchanged", path), ("unchanged", path)]


@pytest.mark.parametrize("name", ["raw/b.xml", "raw/b.html"])
def test_the_row_of_a_duplicate_names_its_source(folder: Any, news_page: Page, name: str) -> None:
    folder.put("raw/a.xml", feed(STORY))
    folder.convert("raw")
    page = news_page(head=f'<link rel="canonical" href="{STORY[1]}">')
    folder.put(name, feed(STORY, text=f"{TEXT}<p>Corrected.</p>") if "xml" in name else page)
    (row,) = folder.convert(name).rows
    assert row.status == "duplicate"
    assert row.note.startswith(f"{name} tells the same story ")


def test_edited_draft_is_not_replaced_by_a_fuller_one(folder: Any, news_page: Page) -> None:
    folder.put("raw/a.xml", feed(STORY, text="A teaser."))
    folder.convert("raw")
    path = "content/lighthouse-to-be-rebuilt.md"
    folder.put(path, folder.text(path) + "\nMine.\n")
    folder.put("raw/b.html", news_page(head=f'<link rel="canonical" href="{STORY[1]}">'))
    assert folder.outcome("raw/b.html") == [("duplicate", path)]
    assert folder.text(path).endswith("Mine.\n")


def test_second_copy_of_a_page_makes_nothing(folder: Any, news_page: Page) -> None:
    folder.put("raw/page.html", news_page())
    folder.convert("raw")
    folder.put("raw/page (1).html", news_page())
    statuses = {status for status, _ in folder.outcome("raw")}
    assert statuses <= {"unchanged", "duplicate"}
    assert [f for f in folder.files() if f.startswith("content/")] == ["content/page.md"]


def test_a_row_names_no_file_that_never_was(folder: Any, news_page: Page) -> None:
    folder.put("raw/lamp.html", news_page())
    folder.convert("raw")
    folder.put("raw/lamp (1).html", news_page())
    for _ in range(2):
        assert {(row.status, row.path, row.note) for row in folder.convert("raw").rows} == {
            ("unchanged", "content/lamp.md", "")
        }


def test_what_addresses_have_in_common() -> None:
    same = {
        address_key(url)
        for url in (
            "http://p.example/a/", "https://www.p.example/a", "https://p.example/a?utm_medium=x#b",
            "https://p.example/a?fbclid=1",
        )
    }  # fmt: skip
    assert same == {"p.example/a"}
    assert address_key("https://p.example/watch?v=1&utm_source=x") == "p.example/watch?v=1"
