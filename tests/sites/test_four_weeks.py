"""Four weeks of a digest with a frozen clock: what was sent stays as it was sent."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_gen.cli.main import group
from site_gen.engine.report import Report

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
timezone = "Europe/Berlin"
[editions]
cutoff_day = "friday"
cutoff_time = "17:00"
carry = ["Dates"]
[feeds]
tag = "quay.example,2026"
-- content/pages/about.md --
---
title: About
---
We watch the harbour.
"""


def story(site: Any, name: str, when: str, matter: str = "", body: str = "") -> None:
    head = f"title: Title of {name}\npublishedDateTime: {when}\n{matter}"
    text = body or f"What {name} is about, told in one sentence.\n\nIt has a {name}word too."
    site.put(f"content/{name}.md", f"---\n{head}---\n\n{text}\n".encode())


def run(site: Any, *words: str, now: str) -> Result:
    asked = ["-C", str(site.root), *words, "--now", now]
    return CliRunner().invoke(group, asked)


def close(site: Any, now: str, *edition: str) -> None:
    assert run(site, "close", *edition, now=now).exit_code == 0


def renew(site: Any) -> None:
    assert run(site, "close", "--settings", now="2026-03-09T06:00:00+01:00").exit_code == 0


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def codes(report: Report) -> list[str]:
    return [p.code for p in report.problems if p.severity != "note"]


def sent(site: Any, edition: str) -> dict[str, bytes]:
    """What subscribers of a closed edition have: letter, book, and its entry of each feed."""
    own = f"editions/{edition}/"
    found = {p: d for p, d in site.tree().items() if p.startswith(own) and "index" not in p}
    for item in json.loads(site.page("editions/feed.json"))["items"]:
        if item["id"].endswith(edition):
            found["feed.json"] = json.dumps(item).encode()
    for kind, tag in (("feed.xml", "item"), ("atom.xml", "entry")):
        for entry in re.findall(f"<{tag}>.*?</{tag}>", site.page(f"editions/{kind}"), re.DOTALL):
            if f"editions/{edition}<" in entry:
                found[kind] = entry.encode()
    assert len(found) == 6, sorted(found)
    return found


def test_four_weeks(site: Any) -> None:
    site.write(SITE)
    # The first week: three stories, closed on Friday.
    story(site, "gulls", "2026-03-03T10:00:00", "heat: 3\n")
    story(site, "crane", "2026-03-04T10:00:00", "heat: 2\n")
    story(site, "ropes", "2026-03-05T10:00:00", "heat: 1\n")
    monday = "2026-03-09T06:00:00+01:00"
    site.good(now=at(monday))
    close(site, monday)
    site.good(now=at(monday))
    first = sent(site, "2026-W10")

    # The second: a story comes late, one is corrected, a note changes the numbers of nobody.
    story(site, "late", "2026-03-05T18:00:00", "heat: 9\n")
    site.edit("content/crane.md", "heat: 2\n", "heat: 2\ncorrections:\n"
              "  - {date: 2026-03-10, text: The crane is forty years old.}\n")  # fmt: skip
    story(site, "lamps", "2026-03-10T10:00:00")
    wednesday = "2026-03-11T12:00:00+01:00"
    report = site.build(now=at(wednesday))
    assert codes(report) == ["edition/late"]
    assert "it goes to 2026-W11" in report.problems[0].message
    assert sent(site, "2026-W10").keys() == first.keys()
    letters = {p: d for p, d in sent(site, "2026-W10").items() if "email" in p}
    assert letters.items() <= first.items()
    assert "The crane is forty years old." in site.page("editions/2026-W10/index.html")
    assert "The crane is forty years old." in site.page("corrections/index.html")
    assert "The crane is forty years old." in site.page("corrections/feed.xml")
    assert "The crane is forty years old." in site.page("feed.xml")
    second_monday = "2026-03-16T06:00:00+01:00"
    assert run(site, "close", now=wednesday).exit_code == 0  # nothing is closed but what is locked
    site.build(now=at(second_monday))
    close(site, second_monday)
    report = site.build(now=at(second_monday))
    assert codes(report) == []  # by now only a note
    second = sent(site, "2026-W11")
    corrected = sent(site, "2026-W10")
    letter = site.page("editions/2026-W11/email.txt")
    assert "Title of late" in letter
    assert "Corrections to earlier editions" in letter
    assert "The crane is forty years old." in letter
    assert "No. 2" in letter

    # The third is skipped, and the fourth stands for both; a story is withdrawn.
    site.put("content/editions/2026-W12.md", b"---\nskip: true\n---\n")
    story(site, "pilot", "2026-03-18T10:00:00")
    story(site, "tides", "2026-03-25T10:00:00")
    site.edit("content/ropes.md", "heat: 1\n", "heat: 1\nwithdrawn:\n  date: 2026-03-19\n"
              "  reason: It was about another harbour.\n")  # fmt: skip
    third_monday = "2026-03-23T06:00:00+01:00"
    report = site.build(now=at(third_monday))
    assert codes(report) == []
    assert sent(site, "2026-W11") == second
    assert not site.has("editions/2026-W12/index.html")
    for path, data in site.tree().items():
        assert b"ropesword" not in data, path
        assert b"What ropes is about" not in data, path
    without = sent(site, "2026-W10")
    assert b"Title of ropes" not in b"".join(without.values())
    fourth_monday = "2026-03-30T06:00:00+02:00"
    site.build(now=at(fourth_monday))
    close(site, fourth_monday)
    assert codes(site.build(now=at(fourth_monday))) == []
    assert "Title of pilot" in site.page("editions/2026-W13/email.txt")
    assert "No. 3 · 14–27 March 2026" in site.page("editions/2026-W13/email.txt")
    third = sent(site, "2026-W13")

    # Weeks later: a double issue, an article into the past, and one that is silently rewritten.
    story(site, "spring", "2026-04-01T10:00:00")
    story(site, "easter", "2026-04-08T10:00:00")
    site.put(
        "content/editions/2026-W15.md", b"---\nrange: [2026-W14, 2026-W15]\n---\nTwo in one.\n"
    )
    story(site, "past", "2026-03-19T10:00:00")
    site.edit("content/gulls.md", "It has", "Truly, it has")
    report = site.build(now=at("2026-04-13T06:00:00+02:00"))
    assert sorted(codes(report)) == ["edition/changed", "edition/late"]
    close(site, "2026-04-13T06:00:00+02:00")
    report = site.build(now=at("2026-04-20T06:00:00+02:00"))
    assert codes(report) == ["edition/changed"]
    assert "No. 4 · 28 March – 10 April 2026" in site.page("editions/2026-W15/email.txt")
    assert "Title of past" in site.page("editions/2026-W15/email.txt")
    assert sent(site, "2026-W11") == second
    assert sent(site, "2026-W13") == third
    feed = {p: d for p, d in sent(site, "2026-W10").items() if not p.endswith(".epub")}
    assert feed.items() <= without.items()
    assert corrected.keys() == without.keys()
    # A clean build gives the same, and nothing is announced twice.
    before = site.tree()
    clean = site.root / "elsewhere"
    site.build(now=at("2026-04-20T06:00:00+02:00"), output=clean)
    assert site.tree("elsewhere") == before
    ids = [item["id"] for item in json.loads(site.page("editions/feed.json"))["items"]]
    assert len(ids) == len(set(ids)) == 4


def test_deleting_what_was_sent_is_told(site: Any, said: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    story(site, "crane", "2026-03-04T10:00:00")
    monday = "2026-03-09T06:00:00+01:00"
    close(site, monday)
    site.remove("content/crane.md")
    report = site.build(now=at(monday))
    assert codes(report) == ["edition/deleted"]
    assert "withdrawn" in said(report)[0]
    assert "Title of crane" not in site.page("editions/2026-W10/email.txt")
    assert not site.build(now=at(monday), strict=True).ok


def test_a_story_that_is_unpublished_leaves_without_a_word(site: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    story(site, "crane", "2026-03-04T10:00:00")
    monday = "2026-03-09T06:00:00+01:00"
    close(site, monday)
    site.edit("content/crane.md", "title", "published: false\ntitle")
    assert codes(site.build(now=at(monday), strict=True)) == []
    assert "Title of crane" not in site.page("editions/2026-W10/email.txt")
    # A notice is at the address that was sent; one that nobody was sent is simply gone.
    notice = site.page("articles/crane/index.html")
    assert "This article has been withdrawn." in notice
    assert "noindex" in notice
    assert "craneword" not in notice
    story(site, "lamps", "2026-03-09T01:00:00", "published: false\n")
    site.build(now=at(monday))
    assert not site.has("articles/lamps/index.html")


def test_late_ones_may_join_or_be_refused(site: Any, said: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    monday = "2026-03-09T06:00:00+01:00"
    close(site, monday)
    story(site, "late", "2026-03-05T10:00:00", "heat: 9\n")
    site.edit("site.toml", "carry", 'late = "join"\ncarry')
    assert codes(site.build(now=at(monday))) == ["edition/late"]
    assert "Title of late" not in site.page("editions/2026-W10/email.txt")
    renew(site)
    assert codes(site.build(now=at(monday))) == []
    letter = site.page("editions/2026-W10/email.txt")
    assert letter.index("Title of gulls") < letter.index("Title of late")
    site.edit("site.toml", 'late = "join"', 'late = "refuse"')
    assert codes(site.build(now=at(monday))) == []
    assert site.page("editions/2026-W10/email.txt") == letter
    renew(site)
    report = site.build(now=at(monday))
    assert not report.ok
    assert said(report)[0].startswith(
        "error[edition/late] is dated in edition 2026-W10, which is closed\n"
        "  --> content/late.md:3:1"
    )


def test_a_damaged_lock_stops_the_build(site: Any, said: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    monday = "2026-03-09T06:00:00+01:00"
    close(site, monday)
    lock = "content/editions/2026-W10.lock"
    site.edit(lock, "number = 1", "number = one")
    report = site.build(now=at(monday))
    assert not report.ok
    assert f"error[edition/lock] the lock is not TOML\n  --> {lock}:3" in said(report)[0]
    site.edit(lock, "number = one", 'number = "one"')
    assert "the lock is damaged" in said(site.build(now=at(monday)))[0]


def test_close_refuses_what_is_open_locked_or_unknown(site: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    wednesday, monday = "2026-03-04T12:00:00+01:00", "2026-03-09T06:00:00+01:00"
    found = run(site, "close", "2026-W10", now=wednesday)
    assert "open until 2026-03-06 17:00" in str(found.exception)
    found = run(site, "close", "2026-W11", now=monday)
    assert "there is no edition" in str(found.exception)
    close(site, monday, "2026-W10")
    found = run(site, "close", "2026-W10", now=monday)
    assert "locked already" in str(found.exception)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("draft: true", "a draft"),
        ("published: false", "unpublished"),
        ("publishedDateTime: 2027-01-01", "in the future"),
        ("expiryDateTime: 2026-03-08", "expired"),
    ],
)
def test_close_refuses_an_edition_whose_note_is_not_shown(site: Any, word: str, told: str) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    note = f"---\ntitle: Gulls\n{word}\n---\nWords of the editor.\n"
    site.put("content/editions/2026-W10.md", note.encode())
    monday = "2026-03-09T06:00:00+01:00"
    found = run(site, "close", "2026-W10", now=monday)
    assert f"the note of the edition is {told}" in str(found.exception)
    site.edit("content/editions/2026-W10.md", f"{word}\n", "")
    close(site, monday, "2026-W10")


def test_what_was_sent_is_not_changed_by_other_settings(site: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    story(site, "crane", "2026-03-04T10:00:00", "heat: 5\n")
    monday = "2026-03-09T06:00:00+01:00"
    close(site, monday)
    site.good(now=at(monday))
    before = sent(site, "2026-W10")
    site.edit("content/gulls.md", "title", "heat: 50\ntitle")
    site.edit("site.toml", 'cutoff_day = "friday"', 'every = "month"\nfirst_number = 7')
    site.good(now=at(monday))
    assert sent(site, "2026-W10") == before


def test_the_list_of_editions(site: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00")
    monday = "2026-03-09T06:00:00+01:00"
    close(site, monday)
    story(site, "late", "2026-03-05T10:00:00")
    site.edit("content/gulls.md", "It has", "It had")
    rows = json.loads(run(site, "list", "editions", "--format", "json", now=monday).stdout)
    assert [(r["id"], r["state"], r["late"], r["changed"]) for r in rows] == [
        ("2026-W11", "open", 1, 0), ("2026-W10", "locked", 0, 1),
    ]  # fmt: skip
    found = run(site, "list", "--edition", "open", now=monday).stdout
    assert "late" in found
    assert "gulls" not in found


def test_the_note_that_is_proposed(site: Any) -> None:
    site.write(SITE)
    story(site, "gulls", "2026-03-03T10:00:00", "heat: 1\nsection: Birds\n")
    story(site, "crane", "2026-03-04T10:00:00", "heat: 5\nsection: Works\n")
    story(site, "wings", "2026-03-04T10:00:00", "section: Birds\n")
    story(site, "winch", "2026-03-04T10:00:00", "section: Works\n")
    site.put("content/editions/2026-W09.md", b"---\ntitle: Old\n---\n\nHello.\n\n## Dates\n\n"
             b"- Monday: market\n\n### Soon\n\nMore.\n\n## Else\n\nNo.\n")  # fmt: skip
    found = run(site, "new", "edition", now="2026-03-05T12:00:00+01:00")
    assert found.stdout.strip() == "content/editions/2026-W10.md"
    text = (site.root / "content/editions/2026-W10.md").read_text("utf-8")
    assert "title: Title of crane\nnumber: 2\nlead: crane\n" in text.replace('"', "")
    assert '- "Birds"\n' in text
    assert "# 1. crane: Title of crane\n" in text
    assert text.endswith("---\n\n## Dates\n\n- Monday: market\n\n### Soon\n\nMore.\n")
    site.good(now=at("2026-03-05T12:00:00+01:00"))


def test_two_editions_at_one_address_are_told_once_with_both(site: Any, said: Any) -> None:
    site.write(SITE)
    site.edit("site.toml", "carry", 'permalink = "/issues/{slug}/"\ncarry')
    for week, day in (("2026-W10", "03"), ("2026-W11", "10")):
        story(site, f"of-{day}", f"2026-03-{day}T10:00:00")
        site.put(f"content/editions/{week}.md", b"---\nslug: harbour\n---\nAgain.\n")
    report = site.build(now=at("2026-03-16T06:00:00+01:00"))
    assert not report.ok
    assert [line for line in said(report) if line.startswith("error")] == [
        "error[output/collision] content/editions/2026-W10.md and content/editions/2026-W11.md: "
        "both become issues/harbour/index.html\n"
        "  --> content/editions/2026-W10.md:2:1\n"
        "    2 | slug: harbour\n"
        "      | ^^^^\n"
        "  and content/editions/2026-W11.md:2:1\n"
        "    2 | slug: harbour\n"
        "      | ^^^^\n"
        "help: rename one, or give one another slug"
    ]
    site.edit("content/editions/2026-W11.md", "slug: harbour", "slug: quay")
    assert site.build(now=at("2026-03-16T06:00:00+01:00")).ok
    assert "Again." in site.page("issues/quay/index.html")


def test_a_repeat_is_told(site: Any) -> None:
    site.write(SITE)
    link = "originalUrl: https://harbour.example/crane\n"
    story(site, "crane", "2026-03-04T10:00:00", link)
    monday, next_monday = "2026-03-09T06:00:00+01:00", "2026-03-16T06:00:00+01:00"
    close(site, monday)
    story(site, "again", "2026-03-11T10:00:00", link)
    story(site, "lamps", "2026-03-11T11:00:00")
    found = json.loads(run(site, "check", "--format", "json", now=next_monday).stdout)
    told = [(f["path"], f["message"]) for f in found["findings"] if "already in" in f["message"]]
    assert [(path, message.rpartition(" stood ")[2]) for path, message in told] == [
        ("content/again.md", "already in No. 1")
    ]
    # Having told, it is not in the way: the editor may want to repeat it.
    close(site, next_monday)
    site.good(now=at(next_monday))
    assert "Title of again" in site.page("editions/2026-W11/email.txt")
