"""The commands: what they print where, and how they exit."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_gen.cli import accept, convert, import_, inspect, new, options
from site_gen.model import Cut, Draft, Receipt
from site_gen.problems import SiteError, UsageError
from site_gen.workers.process_lock import CONVERT, build_lock

BY_NAME = {
    c.name: c for module in (accept, convert, import_, inspect, new) for c in module.COMMANDS
}


@pytest.fixture
def run(folder: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    folder.put("site.toml", '[feeds]\ntag = "t.example,2024"\n')
    monkeypatch.chdir(folder.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")

    def call(name: str, *words: str, text: str = "") -> Result:
        return CliRunner().invoke(BY_NAME[name], list(words), input=text, catch_exceptions=True)

    return call


def test_convert_prints_rows_and_counts(
    folder: Any, run: Callable[..., Result], news_page: Callable[..., str]
) -> None:
    folder.put("raw/a.html", news_page())
    folder.put("raw/b.pdf", "%PDF-1.4")
    done = run("convert", "raw")
    assert done.exit_code == 1
    assert "created      content/a.md" in done.stdout
    assert "1 created, 1 failed" in done.stdout
    assert "error[convert/refused] raw/b.pdf is a PDF" in done.stderr
    assert "addedDateTime: 2024-06-01T12:00:00Z" in folder.text("content/a.md")


def test_json_is_only_json(
    folder: Any, run: Callable[..., Result], news_page: Callable[..., str]
) -> None:
    folder.put("a.html", news_page())
    done = run("convert", "a.html", "--format", "json", "--dry-run", "--date", "2024-02-17")
    data = json.loads(done.stdout)
    assert (done.exit_code, data["dryRun"], data["counts"]["created"]) == (0, True, 1)
    assert not (folder.root / "content").exists()


def test_standard_input(folder: Any, run: Callable[..., Result]) -> None:
    text = "---\ntitle: A walk\ndate: 2024-02-17\n---\nText.\n"
    done = run("convert", "-", text=text)
    assert done.exit_code == 0
    assert "content/a-walk.md" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["convert"],
        ["convert", "x", "--date", "soon"],
        ["accept"],
        ["accept", "--all", "--clean"],
        ["accept", "content/a.md", "--all"],
    ],
)
def test_wrong_usage(run: Callable[..., Result], words: list[str]) -> None:
    assert isinstance(run(*words).exception, UsageError)


def test_inspect(folder: Any, run: Callable[..., Result], news_page: Callable[..., str]) -> None:
    folder.put("a.html", news_page())
    assert "  + The council of the harbour town" in run("inspect", "a.html").stdout
    data = json.loads(run("inspect", "a.html", "--format", "json").stdout)
    assert data["drafts"][0]["receipt"]["kept"]


def test_new(folder: Any, run: Callable[..., Result]) -> None:
    assert run("new", "article", "A walk").stdout == "content/2024-W22/a-walk.md\n"
    assert run("new", "edition").stdout == "content/editions/2024-W22.md\n"


def test_rows_say_what_is_doubtful_and_what_comes_next(
    folder: Any, run: Callable[..., Result], news_page: Callable[..., str]
) -> None:
    folder.put("raw/a.html", news_page())
    folder.put("raw/b.html", "<title>A story</title><h1>A story</h1><p>Far too short.</p>")
    done = run("convert", "raw")
    assert (
        "created      content/a.md\n             publishedDateTime: no date was found"
        in done.stdout
    )
    assert done.stdout.count("the body has only") == 1
    assert "site-gen accept .site_gen/quarantine/b.md" in done.stdout
    assert "1 created, 1 quarantined (2 without a date)" in done.stdout
    assert "site-gen accept FILE..." in done.stderr
    done = run("convert", "raw/a.html", "--format", "json", "--dry-run", "--to", "content/x")
    (row,) = json.loads(done.stdout)["rows"]
    assert row["warnings"] == ["publishedDateTime: no date was found"]
    assert row["undated"]


def test_what_comes_next_is_true_of_what_was_made(
    folder: Any, run: Callable[..., Result], news_page: Callable[..., str]
) -> None:
    post = "---\nlayout: post\ntitle: A post\ndate: 2024-02-01\n{}---\nText.\n"
    folder.put("raw/post.md", post.format(""))
    assert "They are no drafts" in run("convert", "raw").stderr
    folder.put("raw/private.md", post.format("private: true\n"))
    said = run("convert", "raw").stderr
    assert "They are drafts" in said
    assert "--all" not in said
    folder.put("raw/open.md", post.format("").replace("A post", "Other"))
    folder.put("raw/a.html", news_page())
    said = run("convert", "raw").stderr
    assert "1 of 2 are drafts" in said
    assert "--all" in said


def test_accept(folder: Any, run: Callable[..., Result], news_page: Callable[..., str]) -> None:
    folder.put("a.html", news_page())
    run("convert", "a.html", "--date", "2024-02-17T09:00:00Z")
    assert "draft: true" in folder.text("content/a.md")
    done = run("accept", "--clean")
    assert (done.exit_code, done.stdout) == (0, "accepted     content/a.md\n1 accepted\n")
    assert "draft: true" not in folder.text("content/a.md")
    assert run("accept", "content/b.md").exit_code == 1


LIST = """\
Bridge Over the Gorge to Open Again in Spring

The old bridge over the gorge will open again in spring, the council of the town said on Monday, \
two years after a flood carried away the middle of its three arches.

Masons from four villages have worked on the arch since last summer, and the stone for it came \
from the quarry from which the bridge was built three hundred years ago.
"""


def test_what_may_be_lost_is_said_in_the_row(
    folder: Any, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("a.txt", LIST)
    cut = Cut(rule="line_model", text="Twelve lamps", line=4, inside=True)
    receipt = Receipt(source="a.txt", kind="text", confidence=0.8, kept=("x",), cuts=(cut, cut))
    draft = Draft(matter={"title": "Bridge"}, body="x\n", receipt=receipt)
    monkeypatch.setattr("site_gen.convert.run.drafts_of", lambda *given: [draft])
    done = run("convert", "a.txt")
    assert "left out 2 lines in or beside the text: site-gen inspect a.txt" in done.stdout
    again = run("convert", "a.txt")
    assert "left out" not in again.stdout
    data = json.loads(run("convert", "a.txt", "--to", "b", "--format", "json").stdout)
    assert data["rows"][0]["maybeLost"] == 2


def test_drafts_may_go_to_a_certain_edition(
    folder: Any, run: Callable[..., Result], news_page: Callable[..., str]
) -> None:
    folder.put("raw/a.html", news_page())
    assert run("convert", "raw", "--edition", "2024-W30").exit_code == 0
    assert "edition: 2024-W30\n" in folder.text("content/a.md")
    done = run("convert", "raw", "--edition", "2024-W60")
    assert "is a week that does not exist" in str(done.exception)


EARLIER = """---
title: The ferry leaves an hour early
publishedDateTime: 2024-02-13T09:00:00Z
webUrl: https://post.example/ferry?utm_source=feed
---
Words.
"""


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Something else\npublishedDateTime: 2024-05-30\nwebUrl: https://www.post.example/ferry/\n---\nText.\n",
        "---\ntitle: The ferry leaves an hour early!\npublishedDateTime: 2024-05-30\n---\nText.\n",
    ],
)
def test_what_stood_in_an_earlier_edition_is_said(
    folder: Any, run: Callable[..., Result], text: str
) -> None:
    folder.put("content/old.md", EARLIER)
    done = run("convert", "-", text=text)
    assert "already in No. 1 (content/old.md)" in done.stderr
    done = run(
        "convert",
        "-",
        text="---\ntitle: Quite another matter here\npublishedDateTime: 2024-05-30\n---\nText.\n",
    )
    assert "already in" not in done.stderr


def test_the_document_to_inspect_is_the_whole_one(
    folder: Any, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("a.txt", LIST)
    cut = Cut(rule="line_model", text="Twelve lamps", line=4, inside=True)
    receipt = Receipt(source="a.txt", kind="text", confidence=0.8, kept=("x",), cuts=(cut,))
    draft = Draft(matter={"title": "Bridge"}, body="x\n", receipt=receipt)
    monkeypatch.setattr("site_gen.convert.run.drafts_of", lambda *given: [draft, draft])
    assert (
        run("convert", "a.txt").stdout.count("in or beside the text: site-gen inspect a.txt\n") == 2
    )


def test_dry_run_says_what_it_would_do(
    folder: Any, run: Callable[..., Result], news_page: Callable[..., str]
) -> None:
    folder.put("a.html", news_page())
    assert run("convert", "a.html", "--dry-run").stdout.startswith("would create content/a.md\n")
    assert not (folder.root / "content").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("convert", "a.html"),
        ("accept", "content/a.md"),
        ("new", "article", "A walk"),
        ("new", "edition"),
        ("import", "markdown", "OLD"),
    ],
)
def test_what_writes_into_content_waits_for_the_other(
    folder: Any,
    run: Callable[..., Result],
    news_page: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder.put("a.html", news_page())
    old = tmp_path_factory.mktemp("old")
    (old / "b.md").write_text("---\ntitle: B\ndate: 2024-02-17\n---\nText.\n", "utf-8")
    words = tuple(str(old) if word == "OLD" else word for word in words)
    run("convert", "a.html")
    before = {path: path.read_bytes() for path in folder.root.rglob("*.md")}
    monkeypatch.setattr(options, "CONVERT_WAIT", 0.0)
    with build_lock(folder.root / ".site_gen", name=CONVERT):
        done = run(*words)
    assert isinstance(done.exception, SiteError)
    assert "is at work on this site" in done.exception.problems[0].message
    assert {path: path.read_bytes() for path in folder.root.rglob("*.md")} == before
    assert run(*words).exit_code == 0


def test_a_quarantined_row_says_how_many_lines_were_left_out(
    folder: Any, run: Callable[..., Result]
) -> None:
    folder.put(
        "raw/a.txt",
        "HOME | NEWS | SPORT\n\nThe bridge is open\n\nBy Ann Lane\n3 March 2024\n\n"
        "The bridge opened today.\n\nShare this\n\nSubscribe to continue reading\n\nTerms of use\n",
    )
    (row,) = json.loads(run("convert", "raw", "--format", "json", "--dry-run").stdout)["rows"]
    assert row["status"] == "quarantined"
    assert 0 < row["leftOut"] < row["cut"]  # title, author and date went to the front matter
    said = run("convert", "raw").stdout
    assert f"left out {row['leftOut']} lines" in said
    assert "site-gen inspect raw/a.txt" in said


def test_a_new_note_proposes_no_drafts(folder: Any, run: Callable[..., Result]) -> None:
    head = "---\ntitle: {}\npublishedDateTime: 2024-05-28\nheat: {}\n{}---\nWords.\n"
    folder.put("content/open.md", head.format("Open", 1, ""))
    folder.put("content/hot.md", head.format("Hot", 9, "draft: true\n"))
    path = run("new", "edition").stdout.strip()
    text = folder.text(path)
    assert 'title: "Open"' in text
    assert "lead: open" in text or 'lead: "open"' in text
    assert "# 1. open: Open\n" in text
    assert "# Drafts, which no reader sees before `site-gen accept`:\n# hot: Hot\n" in text


def test_a_new_note_of_drafts_alone_proposes_nothing(
    folder: Any, run: Callable[..., Result]
) -> None:
    head = "---\ntitle: Hot\npublishedDateTime: 2024-05-28\ndraft: true\n---\nx\n"
    folder.put("content/hot.md", head)
    text = folder.text(run("new", "edition").stdout.strip())
    assert "# hot: Hot\n" in text
    assert 'title: ""' in text
