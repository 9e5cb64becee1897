"""The command: what it asks, writes, says; what an editor changed since; hostile sites."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group
from site_gen.importers import KINDS, report
from site_gen.problems import SiteError

ISSUES = """
-- issue-1/index.md --
---
title: Issue 1
date: 2024-03-04
---
- [A](https://a.example/)
-- 2024-03-11-issue-2.md --
# Issue 2: fog

Words.
-- issue-3.md --
# Issue 3

No date anywhere.
-- pictures/deep/er/map.txt --
a map
"""


def run(site: Any, *args: str) -> Any:
    return CliRunner().invoke(group, ["-C", str(site.root), "import", *args, "--now", "2024-06-01"])


def test_a_folder_of_issues(move: Any, site: Any, put: Any) -> None:
    put(ISSUES)
    outcome = move("markdown")
    assert outcome.guess.form == "issues"
    assert [row.source for row in outcome.quarantined] == ["issue-3.md"]
    assert site.build().ok
    assert site.has("editions/issue-1/index.html")
    assert "Issue 2: fog" in site.page("editions/2024-03-11-issue-2/index.html")
    assert site.has("pictures/deep/er/map.txt")


def test_what_a_folder_holds_besides(move: Any, site: Any, put: Any) -> None:
    put(
        "-- README.md --\n# About this folder\n-- Makefile --\nall:\n"
        "-- issues/1/README.md --\n# Harbour 1\n\nMarch 4, 2024\n\n![A map](map.png)\n"
        "-- issues/1/map.png --\nx\n"
        "-- issues/2/README.md --\n# Harbour 2 (2024-03-11)\n\nOn May 5, 2020 it fell.\n"
    )
    outcome = move("markdown", form="issues")
    assert outcome.quarantined == []
    made = {place.entry.source: place.entry for place in outcome.places.placed}
    days = [str(entry.date)[:10] for entry in made.values()]
    assert sorted(days) == ["2024-03-04", "2024-03-11"]
    assert sorted(entry.number or 0 for entry in made.values()) == [1, 2]
    assert site.build().ok
    assert sorted(outcome.site.left) == [
        "Makefile is no text of the digest",
        "README.md is no text of the digest",
    ]
    assert "](/issues/1/map.png)" in site.tree("content")["editions/1.md"].decode()


def test_several_in_one_week_are_several_editions(move: Any, site: Any, put: Any) -> None:
    put(
        "".join(
            f"-- 2024-03-0{day}-issue-{day}.md --\n# Issue {day}\n\nWords of {day}.\n"
            for day in (4, 5, 6)
        )
    )
    move("markdown")
    assert site.build().ok
    assert all(site.has(f"editions/2024-03-0{d}-issue-{d}/index.html") for d in (4, 5, 6))


def test_heads_of_nikola_and_zola(move: Any, site: Any, put: Any) -> None:
    put(
        "-- a.md --\n<!--\n.. title: Fog\n.. slug: fog\n.. date: 2024-03-04 10:00:00 UTC\n"
        ".. tags: port, sea ways\n.. link: \n-->\n\nWords.\n"
        '-- b.md --\n+++\ntitle = "Tide"\ndate = 2024-03-05\n'
        '[taxonomies]\ntags = ["moon"]\n+++\nWords.\n'
    )
    outcome = move("markdown")
    assert outcome.ok
    fog, tide = site.tree("content")["a.md"].decode(), site.tree("content")["b.md"].decode()
    assert 'title: "Fog"' in fog
    assert '  - "sea ways"' in fog
    assert "publishedDateTime: 2024-03-04T10:00:00Z" in fog
    assert '  - "moon"' in tide


def test_a_key_is_taken_for_ours(site: Any, put: Any, old: Path) -> None:
    put("-- a.md --\n---\ntitle: A\nsailed_on: '2026-06-10T13:39:11Z'\nsource: 'x'\n---\nText.\n")
    assert run(site, "markdown", str(old)).exit_code == 1
    done = run(site, "markdown", str(old), "--map", "sailed_on=publishedDateTime")
    assert done.exit_code == 0, done.output
    text = site.tree("content")["a.md"].decode()
    assert "publishedDateTime: 2026-06-10T13:39:11Z" in text
    assert 'source: "x"' in text


def test_keys_of_the_settings_are_taken_for_ours(site: Any, put: Any, old: Path) -> None:
    put("-- a.md --\n---\ntitle: A\nposted_at: '2026-06-10T13:39:11Z'\n---\nText.\n")
    site.put("site.toml", b'title = "T"\n[import.keys]\nposted_at = "publishedDateTime"\n')
    assert run(site, "markdown", str(old)).exit_code == 0
    assert b"2026-06-10T13:39:11Z" in site.tree("content")["a.md"]


def test_a_dry_run_writes_nothing(site: Any, put: Any, old: Path) -> None:
    put(ISSUES)
    done = run(site, "markdown", str(old), "--dry-run")
    assert "Nothing was written" in done.output
    assert list(site.root.iterdir()) == []


def test_the_first_line_says_what_was_guessed_and_why(site: Any, put: Any, old: Path) -> None:
    put(ISSUES)
    first = run(site, "markdown", str(old)).output.splitlines()[0]
    why = "3 of 3 posts have a number"
    assert first == f"3 issues, 1 file. Each post is taken for a whole issue: {why}."
    said = (site.root / report.NAME).read_text("utf-8")
    assert "`--article-per-file`" in said
    assert "issue-3.md: it has no date, and its name tells none" in said


def test_as_data(site: Any, put: Any, old: Path) -> None:
    put(ISSUES)
    done = run(site, "markdown", str(old), "--format", "json")
    data = json.loads(done.output)
    assert data["form"] == "issues"
    assert "Posts, issues and pages found: 3." in data["found"]
    assert {"toDo", "notShown", "keptAsText", "leftOutOfTexts", "left"} <= data.keys()
    assert data["toDo"]
    assert data["counts"] == {"created": 4, "quarantined": 1}


def test_an_unknown_kind_is_told_with_the_nearest(site: Any, old: Path) -> None:
    done = run(site, "jekyl", str(old))
    assert isinstance(done.exception, SiteError)
    assert 'Did you mean "jekyll"?' in done.exception.problems[0].message


def test_what_an_editor_changed_or_removed_stays_so(move: Any, site: Any, put: Any) -> None:
    put(ISSUES)
    move("markdown")
    site.edit("content/editions/2024-03-11-issue-2.md", "Words.", "My words.")
    site.remove("content/editions/issue-1.md")
    put("-- 2024-03-11-issue-2.md --\n# Issue 2: fog\n\nNew words.\n")
    rows = {row.path: row for row in move("markdown").rows}
    assert rows["content/editions/2024-03-11-issue-2.md"].status == "kept"
    assert rows["content/editions/issue-1.md"].status == "removed"
    assert b"My words." in site.tree("content")["editions/2024-03-11-issue-2.md"]
    beside = site.root / ".site_gen/import/content/editions/2024-03-11-issue-2.md"
    assert b"New words." in beside.read_bytes()


def test_what_the_old_site_changed_comes_anew(move: Any, site: Any, put: Any) -> None:
    put(ISSUES)
    move("markdown")
    put("-- 2024-03-11-issue-2.md --\n# Issue 2: fog\n\nNew words.\n")
    rows = {row.path: row.status for row in move("markdown").rows}
    assert rows["content/editions/2024-03-11-issue-2.md"] == "updated"
    assert b"New words." in site.tree("content")["editions/2024-03-11-issue-2.md"]


def test_settings_of_the_editor_are_left_and_ours_told(move: Any, site: Any, put: Any) -> None:
    put(ISSUES)
    site.put("site.toml", b'title = "Mine"\n')
    outcome = move("markdown")
    assert any("Your site.toml stays as it is" in line for line in report.summary(outcome))
    assert (site.root / "site.toml").read_bytes() == b'title = "Mine"\n'
    assert 'every = "note"' in report.markdown(outcome)


def test_mended_quarantine_is_not_put_aside_again(move: Any, site: Any, put: Any) -> None:
    put(ISSUES)
    move("markdown")
    aside = site.root / ".site_gen/quarantine/editions/issue-3.md"
    site.put(
        "content/editions/issue-3.md",
        aside.read_bytes().replace(b"title:", b"date: 2024-03-18\ntitle:"),
    )
    assert move("markdown").quarantined == []
    put("-- issue-3.md --\n---\ndate: 2024-03-19\n---\n# Issue 3\n\nA date now.\n")
    assert move("markdown").quarantined == []


def test_a_mended_issue_is_accepted(site: Any, put: Any, old: Path) -> None:
    put(ISSUES)
    run(site, "markdown", str(old))
    aside = ".site_gen/quarantine/editions/issue-3.md"
    accept = ["-C", str(site.root), "accept", aside]
    assert "it has no date" in str(CliRunner().invoke(group, accept).output)
    site.edit(aside, "title:", "date: 2024-03-18\ntitle:")
    done = CliRunner().invoke(group, accept)
    assert done.exit_code == 0, done.output
    assert site.build().ok
    assert site.has("editions/issue-3/index.html")
    assert run(site, "markdown", str(old)).exit_code == 0


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>H</title>
<item><title>Issue 1</title><link>https://h.example/i/1</link><guid>old-1</guid></item>
<item><title>Gone</title><link>https://h.example/i/0</link><guid>old-0</guid></item>
</channel></rss>"""


def test_ids_are_taken_from_the_old_feed(move: Any, site: Any, put: Any, tmp_path: Path) -> None:
    put(ISSUES)
    feed = tmp_path / "old.xml"
    feed.write_text(FEED)
    outcome = move("markdown", feed=feed)
    assert outcome.feed is not None
    assert (outcome.feed.taken, outcome.feed.total) == (1, 2)
    assert b'guid: "old-1"' in site.tree("content")["editions/issue-1.md"]
    assert "not found: Gone" in report.markdown(outcome)
    assert "items = 2" in (site.root / "site.toml").read_text()


def test_strict_fails_for_a_lost_address(site: Any, put: Any, old: Path) -> None:
    put(
        "-- _config.yml --\n\n"
        "-- _posts/2024-03-04-a.md --\n---\ntitle: A\npermalink: /a*b/\n---\nx\n"
    )
    assert run(site, "jekyll", str(old)).exit_code == 0
    assert run(site, "jekyll", str(old), "--strict").exit_code == 1


HOSTILE = {
    "jekyll": "-- _config.yml --\ncollections: 3\ndefaults: [a, {scope: 1, values: 2}]\nfeed: x\n"
    "paginate: many\nexclude: 7\nauthor: [1]\ntimezone: Nowhere/Else\nurl: {a: b}\n"
    "-- _posts/2024-03-04-a.md --\n---\ntitle: [a]\ncategories: {a: b}\ntags: 3\n---\nx\n",
    "hugo": "-- hugo.toml --\nparams = 1\npagination = 2\nservices = 3\ntaxonomies = 4\n"
    "permalinks = 5\n[menu]\n-- content/posts/a.md --\n---\ntitle: {a: b}\ntags: {c: d}\n"
    "date: 2024-03-04\naliases: 9\n---\nx\n",
    "pelican": "-- pelicanconf.py --\nimport os\nos.system('touch owned')\nPATH = 3\n"
    "STATIC_PATHS = 9\nARTICLE_URL = '{slug.__class__}'\nFILENAME_METADATA = '('\n"
    "-- a.md --\nTitle: A\nDate: 2024-03-04\n\nx\n",
    "eleventy": "-- eleventy.config.js --\nthrow 1\n-- posts/posts.json --\n[1]\n"
    "-- posts/a.md --\n---\ntitle: A\ndate: 2024-03-04\npermalink: {a: b}\ntags: 3\n---\nx\n",
    "astro": "-- astro.config.mjs --\nsite: 3\n-- src/content/blog/a.md --\n---\ntitle: 3\n"
    "pubDate: [x]\ndate: 2024-03-04\n---\nx\n",
    "markdown": "-- a.md --\n---\ntitle: A\n  bad: [\n---\nx\n-- 2024-03-04-b.md --\n# B\n\nx\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_settings_of_any_kind_stop_nothing(
    move: Any, site: Any, put: Any, old: Path, kind: str
) -> None:
    put(HOSTILE[kind])
    outcome = move(kind)
    assert len(outcome.places.placed) + len(outcome.site.failed) >= 1
    assert not (old / "owned").exists()
    report.markdown(outcome)
    assert site.build().ok


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_read_or_written_outside(
    move: Any, site: Any, put: Any, old: Path, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\ndate: 2024-01-01\n---\nTOP-SECRET\n")
    put(
        "-- _posts/2024-03-04-a.md --\n---\ntitle: A\npermalink: /../../a/\nslug: ../../b\n---\nx\n"
    )
    put("-- content/2024-03-04-a.md --\nTitle: A\nDate: 2024-03-04\nSlug: ../../b\n\nx\n")
    (old / "_posts" / "2024-03-05-s.md").symlink_to(tmp_path / "secret.md")
    (old / "content" / "2024-03-05-s.md").symlink_to(tmp_path / "secret.md")
    before = {path for path in tmp_path.rglob("*") if site.root not in path.parents}
    with contextlib.suppress(SiteError):
        move(kind)
    after = {path for path in tmp_path.rglob("*") if site.root not in path.parents}
    assert before == after
    assert b"TOP-SECRET" not in b"".join(site.tree("content").values())
