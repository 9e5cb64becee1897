"""What convert makes of raw documents waits until an editor accepts it."""

from collections.abc import Callable
from typing import Any

import pytest

from site_gen import frontmatter
from site_gen.convert.drafts.accept import accept_drafts, without_draft_mark
from site_gen.problems import SiteError

Page = Callable[..., str]
DATE = '<meta property="article:published_time" content="2024-02-17T09:00:00Z">'
SHORT = "<title>A story</title><h1>A story</h1><p>Far too short a body.</p>"
OURS = "---\ntitle: Ours\npublishedDateTime: 2024-02-01\nwebUrl: https://o.example/\n---\n\nBody.\n"


def outcome(folder: Any, *names: str, which: Any = "named", **asked: Any) -> list[tuple[str, str]]:
    report = accept_drafts(folder.root, folder.settings, list(names), which, **asked)
    return [(row.status, row.path or row.source) for row in report.rows]


def is_draft(folder: Any, path: str) -> bool:
    return frontmatter.load(frontmatter.split(folder.text(path)).head).get("draft") is True


@pytest.fixture
def four(folder: Any, news_page: Page) -> Any:
    """A clean draft, one without a date, a quarantined one, and one of the editor's own."""
    folder.put("raw/clean.html", news_page(head=DATE))
    folder.put("raw/undated.html", news_page("Lamp to be lit"))
    folder.put("raw/short.html", SHORT)
    folder.convert("raw")
    folder.put("content/own.md", OURS.replace("title", "draft: true\ntitle"))
    return folder


def test_raw_documents_become_drafts_and_entries_stay_as_they_are(four: Any) -> None:
    four.put("raw/ours.md", OURS)
    four.put("raw/jekyll.md", "---\nlayout: post\ntitle: A post\ndate: 2024-02-01\n---\nText.\n")
    four.convert("raw")
    assert is_draft(four, "content/clean.md")
    assert is_draft(four, ".site_gen/quarantine/short.md")
    assert four.text("content/ours.md") == OURS
    assert not is_draft(four, "content/jekyll.md")


def test_publish_is_for_machines(folder: Any, news_page: Page) -> None:
    folder.put("a.html", news_page())
    folder.convert("a.html", publish=True)
    assert not is_draft(folder, "content/a.md")


def test_named_drafts_lose_one_line(four: Any) -> None:
    before = four.text("content/clean.md")
    assert outcome(four, "content/clean.md") == [("accepted", "content/clean.md")]
    assert four.text("content/clean.md") == before.replace("draft: true\n", "")
    assert outcome(four, "content/clean.md", "content/gone.md", "../clean.md") == [
        ("unchanged", "content/clean.md"),
        ("failed", "content/gone.md"),
        ("failed", "../clean.md"),
    ]
    assert outcome(four, "content/own.md") == [("accepted", "content/own.md")]


def test_clean_takes_what_nothing_speaks_against(four: Any) -> None:
    assert outcome(four, which="clean") == [
        ("accepted", "content/clean.md"),
        ("left", "content/undated.md"),
        ("left", ".site_gen/quarantine/short.md"),
    ]
    assert not is_draft(four, "content/clean.md")
    assert is_draft(four, "content/undated.md")


def test_clean_needs_the_receipt(four: Any) -> None:
    for receipt in (four.root / ".site_gen/receipts").iterdir():
        receipt.unlink()
    assert {status for status, _ in outcome(four, which="clean")} == {"left"}


def test_all_leaves_what_the_editor_began(four: Any) -> None:
    outcome(four, which="all", dry_run=True)
    assert is_draft(four, "content/clean.md")
    assert outcome(four, which="all") == [
        ("accepted", "content/clean.md"),
        ("accepted", "content/undated.md"),
        ("accepted", "content/short.md"),
    ]
    assert not is_draft(four, "content/short.md")
    assert not (four.root / ".site_gen/quarantine/short.md").exists()
    assert is_draft(four, "content/own.md")


def test_quarantined_draft_keeps_the_edits_and_is_known_afterwards(four: Any) -> None:
    name = ".site_gen/quarantine/short.md"
    four.put(name, four.text(name) + "\nMended.\n")
    assert outcome(four, name) == [("accepted", "content/short.md")]
    assert four.text("content/short.md").endswith("Mended.\n")
    assert four.outcome("raw/short.html") == [("unchanged", "content/short.md")]


def test_quarantined_draft_goes_where_it_was_made_for(folder: Any) -> None:
    folder.put("raw/a.html", SHORT)
    folder.convert("raw", to="content/later")
    assert outcome(folder, which="all") == [("accepted", "content/later/a.md")]


def test_nothing_is_replaced_and_nothing_broken_is_taken(four: Any) -> None:
    four.put("content/short.md", OURS)
    assert outcome(four, ".site_gen/quarantine/short.md") == [
        ("failed", ".site_gen/quarantine/short.md")
    ]
    assert four.text("content/short.md") == OURS
    four.put("content/bad.md", "---\ntitle: Bad\ndraft: true\nquality: lots\n---\n")
    assert outcome(four, "content/bad.md") == [("failed", "content/bad.md")]


def test_what_was_accepted_stays_accepted(four: Any, news_page: Page) -> None:
    outcome(four, "content/clean.md")
    four.put("raw/clean.html", news_page(head=DATE).replace("Residents", "Neighbours"))
    assert four.outcome("raw/clean.html") == [("updated", "content/clean.md")]
    assert "Neighbours" in four.text("content/clean.md")
    assert not is_draft(four, "content/clean.md")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("---\ndraft: true # later\ntags: []\n---\nB\n", "---\ntags: []\n---\nB\n"),
        ("---\r\ndraft: TRUE\r\ntitle: A\r\n---\r\nB\r\n", "---\r\ntitle: A\r\n---\r\nB\r\n"),
        ('---\ntitle: A # mine\n"draft": yes\n---\nB\n', "---\ntitle: A # mine\n---\nB\n"),
        ("---\ntitle: A\n---\ndraft: true\n", "---\ntitle: A\n---\ndraft: true\n"),
    ],
)
def test_only_the_line_goes(text: str, left: str) -> None:
    assert without_draft_mark(text) == left


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(SiteError):
        without_draft_mark("---\ntitle: [\n---\n")


def test_a_warning_whose_field_is_there_by_now_speaks_against_nothing(four: Any) -> None:
    path = "content/undated.md"
    before = four.text(path)
    assert outcome(four, which="clean")[0] == ("accepted", "content/clean.md")
    assert is_draft(four, path)
    four.put(path, before.replace("draft: true\n", "draft: true\npublishedDateTime: 2024-05-01\n"))
    assert ("accepted", path) in outcome(four, which="clean")
