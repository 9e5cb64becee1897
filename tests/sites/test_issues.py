"""Whole sites of issues: notes alone, other rhythms, the cut-off as the boundary."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.cli.progress import summary
from site_gen.engine.report import Report

BERLIN = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
timezone = "Europe/Berlin"
[editions]
cutoff_day = "friday"
cutoff_time = "17:00"
[feeds]
tag = "quay.example,2026"
-- content/gulls.md --
---
title: Gulls return
publishedDateTime: 2026-03-26T10:00:00
---
Words.
-- content/ferry.md --
---
title: A ferry on Saturday
publishedDateTime: 2026-03-28T10:00:00
heat: 9
---
Words.
-- content/crane.md --
---
title: The crane is mended
publishedDateTime: 2026-03-30T10:00:00
---
Words.
"""


def letters(site: Any) -> dict[str, list[str]]:
    """The titles that each letter has, in order."""
    return {
        path.split("/")[1]: [
            line.split(". ", 1)[1]
            for line in data.decode().splitlines()
            if line[:1].isdigit() and ". " in line
        ]
        for path, data in site.tree().items()
        if path.endswith("email.txt")
    }


def test_what_comes_after_the_cut_off_is_in_the_next_letter(site: Any) -> None:
    site.write(BERLIN)
    friday = datetime(2026, 3, 27, 16, 5, tzinfo=UTC)
    site.good(now=friday)
    assert letters(site) == {"2026-W13": ["Gulls return"]}
    site.good(now=datetime(2026, 3, 29, 10, tzinfo=UTC))
    assert letters(site) == {"2026-W13": ["Gulls return"]}
    assert "A ferry on Saturday" in site.page("index.html")
    site.good(now=datetime(2026, 4, 3, 15, 5, tzinfo=UTC))
    assert letters(site) == {
        "2026-W13": ["Gulls return"],
        "2026-W14": ["A ferry on Saturday", "The crane is mended"],
    }


ISSUE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[editions]
every = "note"
permalink = "/issues/{number}.html"
[feeds]
tag = "quay.example,2026"
-- content/editions/harbour-lights.md --
---
title: Harbour lights
number: 665
date: 2026-08-19
guid: urn:quay:665
aliases: [/old/harbour-lights/]
---

Welcome aboard the zephyrine issue.

- [A lantern](https://lamps.example/)
"""


def test_an_issue_in_one_file_is_everywhere(site: Any) -> None:
    site.write(ISSUE)
    site.good(now=datetime(2026, 8, 20, tzinfo=UTC))
    assert "zephyrine" in site.page("issues/665.html")
    assert "zephyrine" in site.page("index.html")
    assert "zephyrine" in site.page("editions/feed.xml")
    assert "urn:quay:665" in site.page("editions/feed.xml")
    assert "https://quay.example/issues/665.html" in site.page("editions/feed.xml")
    assert "zephyrine" in site.page("editions/harbour-lights/email.html")
    assert "zephyrine" in site.page("editions/harbour-lights/email.txt")
    assert site.has("editions/harbour-lights/harbour-lights.epub")
    assert "zephyrine" in site.page("api/editions/harbour-lights/index.json")
    assert "Harbour lights" in site.page("editions/index.html")
    assert any("zephyrine" in site.page(p) for p in site.tree() if p.startswith("search/1/"))
    assert "/issues/665.html" in site.page("sitemap.xml")
    rules = site.page("_redirects")
    assert "/old/harbour-lights/ /issues/665.html 301" in rules
    assert "/editions/harbour-lights/ /issues/665.html 301" in rules
    assert "0 stories" not in site.page("index.html") + site.page("editions/index.html")


def test_an_issue_before_its_date_is_nowhere(site: Any) -> None:
    site.write(ISSUE)
    site.put(
        "content/editions/later.md", b"---\ntitle: Later\nnumber: 667\ndate: 2026-09-02\n---\nB.\n"
    )
    site.put(
        "content/editions/next.md", b"---\ntitle: Next\nnumber: 666\ndate: 2026-08-26\n---\nA.\n"
    )
    now = datetime(2026, 8, 20, tzinfo=UTC)
    site.good(now=now)
    # The next one is open, the one after it has not begun.
    assert "Next" in site.page("index.html")
    assert not site.has("issues/667.html")
    assert "Next" not in site.page("editions/feed.xml")
    site.good(now=now, future=True)
    assert site.has("issues/667.html")


def test_what_is_after_the_last_note_is_on_home(site: Any) -> None:
    site.write(ISSUE)
    story = b"---\ntitle: Loose rope\npublishedDateTime: 2026-08-22T10:00:00Z\n---\nB.\n"
    site.put("content/rope.md", story)
    old = b"---\ntitle: Old anchor\npublishedDateTime: 2026-08-10T10:00:00Z\n---\nB.\n"
    site.put("content/anchor.md", old)
    report = site.good(now=datetime(2026, 8, 23, tzinfo=UTC))
    assert "1 article after the last note." in summary(report, 0.1)
    assert "Loose rope" in site.page("index.html")
    assert re.search(r'class="folio">so far\W', site.page("index.html"))  # no day of the last note
    assert "Loose rope" not in site.page("issues/665.html")
    assert "Old anchor" in site.page("issues/665.html")
    assert site.has("articles/rope/index.html")
    assert "Loose rope" not in site.page("editions/index.html")


@pytest.mark.parametrize("theme", ["broadsheet", "minimal"])
def test_before_the_first_note_there_is_no_date_of_an_edition(site: Any, theme: str) -> None:
    site.write(ISSUE)
    site.remove("content/editions/harbour-lights.md")
    story = b"---\ntitle: Loose rope\npublishedDateTime: 2026-08-22T10:00:00Z\n---\nB.\n"
    site.put("content/rope.md", story)
    site.good(now=datetime(2026, 8, 23, tzinfo=UTC), theme=theme)
    home = site.page("index.html")
    assert "so far" in home
    assert "2100" not in home
    assert '"datePublished":null' not in home


@pytest.mark.parametrize("notes", [("a",), ("a", "b")])
def test_a_note_needs_its_date_where_notes_decide(site: Any, said: Any, notes: Any) -> None:
    site.write(ISSUE)
    for name in notes:
        site.put(f"content/editions/{name}.md", b"---\ntitle: T\n---\nB.\n")
    report: Report = site.build()
    assert not report.ok
    assert len([line for line in said(report) if "error[edition/date]" in line]) == len(notes)


def test_a_long_note_is_whole_in_the_letter(site: Any) -> None:
    site.write(ISSUE)
    lines = "".join(f"- [Rope number {n}](https://ropes.example/{n})\n" for n in range(400))
    site.edit(
        "content/editions/harbour-lights.md", "- [A lantern](https://lamps.example/)\n", lines
    )
    site.good(now=datetime(2026, 8, 20, tzinfo=UTC))
    for part in ("html", "txt"):
        assert "Rope number 399" in site.page(f"editions/harbour-lights/email.{part}")


def test_a_note_that_no_letter_holds_is_cut_and_that_is_said(site: Any, said: Any) -> None:
    site.write(ISSUE)
    lines = "".join(f"- [Rope number {n}](https://ropes.example/{n})\n" for n in range(4000))
    site.edit(
        "content/editions/harbour-lights.md", "- [A lantern](https://lamps.example/)\n", lines
    )
    now = datetime(2026, 8, 20, tzinfo=UTC)
    report = site.build(now=now, strict=True)  # the week is published all the same
    assert report.ok
    whole = "email.html leaves out a part of the note: a mail program cuts what is over 100 kB"
    assert whole in said(report)[0]
    letter = site.page("editions/harbour-lights/email.html")
    assert 60_000 < len(letter.encode()) <= 100_000
    assert "Read this edition on the web" in letter
    assert letter.count("<li>") == letter.count("</li>")
    assert "Rope number 3999" in site.page("issues/665.html")
    # It is said again by a build that makes other pages anew.
    site.put("content/pages/about.md", b"---\ntitle: About\n---\nB.\n")
    assert whole in said(site.build(now=now))[0]


SKIPS = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[feeds]
tag = "quay.example,2026"
-- content/a.md --
---
title: Alpha
publishedDateTime: 2026-01-06T10:00:00Z
---
-- content/b.md --
---
title: Beta
publishedDateTime: 2026-01-13T10:00:00Z
---
-- content/c.md --
---
title: Gamma
publishedDateTime: 2026-01-20T10:00:00Z
---
-- content/d.md --
---
title: Delta
publishedDateTime: 2026-01-27T10:00:00Z
---
"""


def test_a_week_that_is_skipped_and_two_in_one(site: Any) -> None:
    site.write(SKIPS)
    site.put("content/editions/2026-W02.md", b"---\nskip: true\n---\n")
    site.put("content/editions/2026-W05.md", b"---\nrange: [2026-W04, 2026-W05]\n---\nTwo.\n")
    site.good(now=datetime(2026, 2, 10, tzinfo=UTC))
    assert letters(site) == {"2026-W03": ["Beta", "Alpha"], "2026-W05": ["Delta", "Gamma"]}
    assert "No. 1&nbsp;· 5–18 January 2026" in site.page("editions/2026-W03/index.html")
    assert "19 January\u00a0– 1 February 2026" in site.page("editions/2026-W05/index.html")


@pytest.mark.parametrize(
    ("every", "ids", "words"),
    [
        ("month", ["2026-01"], "January 2026"),
        (
            "day",
            ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27"],
            "Tuesday, 6 January 2026",
        ),
        ('2 weeks"\nstart = "2026-01-05', ["2026-W03", "2026-W05"], "5–18 January 2026"),
    ],
)
def test_other_rhythms(site: Any, every: str, ids: list[str], words: str) -> None:
    site.write(SKIPS)
    site.edit("site.toml", "[feeds]", f'[editions]\nevery = "{every}"\n[feeds]')
    site.good(now=datetime(2026, 2, 10, tzinfo=UTC))
    assert sorted(letters(site)) == ids
    assert words in site.page(f"editions/{ids[0]}/index.html")
