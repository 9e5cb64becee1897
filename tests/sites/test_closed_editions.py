"""A locked edition against edits of every kind: nothing in its letter changes without a word."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group

NOW = "2026-03-10T12:00:00+00:00"
BEFORE = "2026-03-07T12:00:00+00:00"
SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
feeds.tag = "quay.example,2026"
[[sections]]
name = "Harbour"
topics = ["Ships"]
[[sections]]
name = "Town"
topics = ["Trams"]
-- content/editions/2026-W10.md --
---
title: Of cranes
lead: crane
excerpt: In short.
authors: [Ann Lane]
images: [{url: ../crane.png, alt: A crane}]
sections: [Town, Harbour]
---
Words of the note.
-- content/crane.md --
---
title: The crane
publishedDateTime: 2026-03-03
topics: [Ships]
---
x
-- content/gulls.md --
---
title: The gulls
excerpt: They shout.
publishedDateTime: 2026-03-04
topics: [Ships]
why: They are loud.
images: [{url: gull.png, alt: A gull}]
provider: {name: Wire, domain: wire.example}
authors: [{name: Bo Reed}]
---
Text of gulls. ![](/gull.png)
-- content/trams.md --
---
title: The trams
publishedDateTime: 2026-03-05
topics: [Trams]
---
y
"""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
LOCK = "content/editions/2026-W10.lock"
LETTER = ("editions/2026-W10/email.html", "editions/2026-W10/email.txt", "editions/feed.xml")


def forget(site: Any, key: str) -> None:
    """Take a key out of the lock, as in one that an earlier version wrote."""
    lock = site.root / LOCK
    lock.write_text(re.sub(rf"(?m)^{key}.*\n", "", lock.read_text("utf-8")), "utf-8")


def write(site: Any) -> None:
    site.write(SITE)
    for name in ("gull", "gull-2", "crane"):
        site.put(f"content/{name}.png", PICTURE)


@pytest.fixture
def closed(site: Any) -> Any:
    write(site)
    found = CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", NOW])
    assert found.exit_code == 0, found.output
    report = site.build(now=datetime.fromisoformat(NOW).astimezone(UTC))
    assert [p.code for p in report.problems] == []
    return site


LATE = b"---\ntitle: Late\npublishedDateTime: 2026-03-06\n---\nx\n"


def late(site: Any, way: str) -> None:
    site.put("content/late.md", LATE)
    site.edit("site.toml", "feeds.tag", f'editions.late = "{way}"\nfeeds.tag')


def edit(path: str, old: str, new: str) -> Callable[[Any], None]:
    return lambda site: site.edit(path, old, new)


GULLS, NOTE = "content/gulls.md", "content/editions/2026-W10.md"
EDITS = {
    "title": edit(GULLS, "The gulls", "Gulls"),
    "excerpt": edit(GULLS, "They shout.", "They sing."),
    "text": edit(GULLS, "Text of gulls.", "Another text."),
    "topics": edit(GULLS, "[Ships]", "[Trams]"),
    "why": edit(GULLS, "They are loud.", "No reason."),
    "provider": edit(GULLS, "{name: Wire, domain: wire.example}", "{name: X, domain: x.example}"),
    "authors": edit(GULLS, "Bo Reed", "Cy Moss"),
    "picture": edit(GULLS, "url: gull.png", "url: /gull-2.png"),
    "words to its picture": edit(GULLS, "alt: A gull", "alt: A tern"),
    "picture taken away": edit(GULLS, "images: [{url: gull.png, alt: A gull}]\n", ""),
    "picture that came": edit("content/trams.md", "topics:", "images: [{url: gull.png}]\ntopics:"),
    "date": edit(GULLS, "2026-03-04", "2026-03-05"),
    "story": lambda site: (
        site.edit(GULLS, "why:", "story: one\nwhy:"),
        site.edit("content/trams.md", "topics:", "story: one\ntopics:"),
    ),
    "rights": edit(GULLS, "why:", "rights: excerpt\nwhy:"),
    "rights of all": edit("site.toml", "feeds.tag", 'rights.default = "excerpt"\nfeeds.tag'),
    "time of the last change": edit(GULLS, "why:", "modifiedDateTime: 2026-03-09\nwhy:"),
    "a correction of before it closed": edit(
        GULLS, "why:", 'corrections: [{date: 2026-03-06, text: "Terns."}]\nwhy:'
    ),
    "note's title": edit(NOTE, "Of cranes", "Of boats"),
    "note's text": edit(NOTE, "Words of the note.", "Other words."),
    "note's excerpt": edit(NOTE, "In short.", "At length."),
    "note's authors": edit(NOTE, "Ann Lane", "Di Voss"),
    "note's guid": edit(NOTE, "lead: crane", "lead: crane\nguid: another"),
    "note's date": edit(NOTE, "lead: crane", "lead: crane\ndate: 2026-03-06"),
    "words to the note's picture": edit(NOTE, "alt: A crane", "alt: A heron"),
    "another file of its picture": lambda site: site.put("content/gull.png", PICTURE + b"more"),
    "another file of the note's picture": lambda site: site.put(
        "content/crane.png", PICTURE + b"more"
    ),
    "note deleted": lambda site: site.remove(NOTE),
    "note a draft": edit(NOTE, "lead: crane", "lead: crane\ndraft: true"),
    "member deleted": lambda site: site.remove(GULLS),
}
KEPT = {
    "lead": edit(NOTE, "lead: crane", "lead: trams"),
    "sections of the note": edit(NOTE, "[Town, Harbour]", "[Harbour, Town]"),
    "importance": edit(GULLS, "why:", "heat: 99\nwhy:"),
    "number": edit(NOTE, "lead: crane", "lead: crane\nnumber: 7"),
    "sections renamed": edit("site.toml", '"Harbour"', '"Port"'),
    "sections in another order": edit("site.toml", 'name = "Town"', 'name = "Town"\norder = -1'),
    "a story of that week": lambda site: site.put("content/late.md", LATE),
    "late ones that join": lambda site: late(site, "join"),
    "late ones that are refused": lambda site: site.edit(
        "site.toml", "feeds.tag", 'editions.late = "refuse"\nfeeds.tag'
    ),
    "an edition before it": lambda site: site.put(
        "content/old.md", b"---\ntitle: Old\npublishedDateTime: 2026-02-03\n---\nx\n"
    ),
}


def codes(site: Any) -> list[str]:
    report = site.build(now=datetime.fromisoformat(NOW).astimezone(UTC))
    assert report.ok
    return [p.code for p in report.problems]


@pytest.mark.parametrize("name", EDITS)
def test_what_changes_a_closed_edition_is_said(closed: Any, name: str) -> None:
    EDITS[name](closed)
    found = codes(closed)
    assert "edition/changed" in found or "edition/deleted" in found, found


@pytest.mark.parametrize("name", KEPT)
def test_what_comes_later_does_not_change_it(closed: Any, name: str) -> None:
    before = {path: closed.page(path) for path in LETTER}
    KEPT[name](closed)
    codes(closed)
    after = {path: closed.page(path) for path in LETTER}
    if (
        name == "an edition before it"
    ):  # it is in the feed; the entry of the closed one is as it was
        del before["editions/feed.xml"], after["editions/feed.xml"]
    assert after == before


def test_a_note_that_comes_after_it_is_said(site: Any) -> None:
    write(site)
    site.remove(NOTE)
    CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", NOW])
    assert codes(site) == []
    site.put(NOTE, b"---\ntitle: New\n---\nWords.\n")
    assert codes(site) == ["edition/changed"]


def test_the_title_as_it_was_is_named(closed: Any) -> None:
    closed.edit(GULLS, "The gulls", "Gulls")
    report = closed.build(now=datetime.fromisoformat(NOW).astimezone(UTC))
    assert 'it was "The gulls"' in report.problems[0].message


@pytest.mark.parametrize(
    ("name", "line"),
    [("title", "title: Gulls"), ("excerpt", "excerpt: They sing."), ("note's title", "title: Of")],
)
def test_the_line_that_changed_is_named(closed: Any, name: str, line: str) -> None:
    EDITS[name](closed)
    report = closed.build(now=datetime.fromisoformat(NOW).astimezone(UTC))
    (found,) = [p for p in report.problems if p.code == "edition/changed"]
    assert found.where is not None
    assert found.where.excerpt.startswith(line)


def test_locks_of_before_hold_what_they_held(closed: Any) -> None:
    path = "content/editions/2026-W10.lock"
    text = (closed.root / path).read_text("utf-8")
    news = (
        "words =",
        "files =",
        "names =",
        "facts =",
        "picture =",
        "bands =",
        "band =",
        "title =",
        "rights =",
        "lastmod =",
    )
    old = "\n".join(line for line in text.split("\n") if not line.startswith(news))
    closed.put(path, old.encode())
    assert codes(closed) == []
    closed.edit(GULLS, "The gulls", "Gulls")
    assert codes(closed) == ["edition/changed"]


def test_close_by_itself_locks_no_edition_before_a_lock(closed: Any) -> None:
    closed.put("content/old.md", b"---\ntitle: Old\npublishedDateTime: 2026-02-03\n---\nx\n")
    found = CliRunner().invoke(group, ["-C", str(closed.root), "close", "--now", NOW])
    assert found.exit_code == 0
    assert "1 older edition is not locked: `site-gen close 2026-W06`" in found.output
    assert not (closed.root / "content/editions/2026-W06.lock").exists()


def test_close_says_why_it_locks_nothing(site: Any) -> None:
    write(site)
    running = CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", BEFORE])
    assert (running.exit_code, "No edition has closed yet" in running.output) == (0, True)
    assert not list((site.root / "content/editions").glob("*.lock"))
    CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", NOW])
    again = CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", NOW])
    assert "is locked already" in again.output


@pytest.mark.parametrize("named", ["lead: gulls", "pins: [gulls]"])
def test_close_says_which_named_story_it_leaves_out(site: Any, named: str) -> None:
    """A draft that the note names is not locked: the editor hears of it in time."""
    write(site)
    site.put(NOTE, f"---\ntitle: N\n{named}\n---\nx\n".encode())
    site.edit(GULLS, "title:", "draft: true\ntitle:")
    found = CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", NOW])
    assert found.exit_code == 0, found.output
    assert "edition/not-shown" in found.output
    assert "content/gulls.md is a draft" in found.output


def test_what_joined_a_closed_edition_stays_in_it(closed: Any) -> None:
    """Whatever the setting becomes; and whatever its own file says, once the lock has it."""
    words = ["-C", str(closed.root), "close", "--now", NOW]
    late(closed, "join")
    assert CliRunner().invoke(group, [*words, "--settings"]).exit_code == 0
    assert codes(closed) == ["edition/late"]
    letter = closed.page(LETTER[1])
    assert "Late" in letter
    closed.edit("site.toml", 'late = "join"', 'late = "next"')
    assert codes(closed) == ["edition/late"]
    assert closed.page(LETTER[1]) == letter
    found = CliRunner().invoke(group, [*words, "2026-W10"])
    assert found.exit_code == 0, found.output
    assert codes(closed) == []
    assert closed.page(LETTER[1]) == letter
    closed.edit("content/late.md", "2026-03-06", "2026-03-01")
    assert codes(closed) == ["edition/changed"]
    assert "Late" in closed.page(LETTER[1])
    found = CliRunner().invoke(group, [*words, "2026-W10"])
    assert found.exit_code == 1
    assert "is closed and locked already" in str(found.exception)


SETTINGS = {
    "title": ('title = "Quay"', 'title = "Pier"'),
    "publisher.name": ('title = "Quay"', 'title = "Quay"\npublisher.name = "Pier Press"'),
    "feeds.content": ('title = "Quay"', 'title = "Quay"\nfeeds.content = "none"'),
    "newsletter.unsubscribe": (
        'title = "Quay"',
        'title = "Quay"\nnewsletter.unsubscribe = "{{leave}}"',
    ),
    "names of topics": (
        '[[sections]]\nname = "Harbour"',
        '[[topics]]\nname = "SHIPS"\nslug = "ships"\n[[sections]]\nname = "Harbour"',
    ),
    "base_url": ('base_url = "https://quay.example"', 'base_url = "https://pier.example"'),
    "language": ('title = "Quay"', 'title = "Quay"\nlanguage = "de"'),
    "article_permalink": ('title = "Quay"', 'title = "Quay"\narticle_permalink = "/{slug}.html"'),
    "editions.permalink": ('title = "Quay"', 'title = "Quay"\neditions.permalink = "/e/{id}/"'),
    "feeds.date": ('title = "Quay"', 'title = "Quay"\nfeeds.date = "edition"'),
    "markdown.html": ('title = "Quay"', 'title = "Quay"\nmarkdown.html = "text"'),
    "names of providers": (
        '[[sections]]\nname = "Harbour"',
        '[[providers]]\nname = "The Wire"\ndomain = "wire.example"\n[[sections]]\nname = "Harbour"',
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_changes_what_was_sent_is_told_once(site: Any, name: str) -> None:
    old, new = SETTINGS[name]
    write(site)
    words = ["-C", str(site.root), "close", "--now", NOW]
    assert CliRunner().invoke(group, words).exit_code == 0

    def told(**asked: Any) -> list[str]:
        report = site.build(now=datetime.fromisoformat(NOW).astimezone(UTC), **asked)
        assert report.ok
        return [p.message for p in report.problems if p.code == "edition/settings"]

    assert told() == []
    assert told(base_url="https://preview.example") == []
    site.edit("site.toml", old, new)
    for _ in range(2):
        (message,) = told()
        assert message.startswith(name)
        assert "1 closed edition" in message
    found = CliRunner().invoke(group, [*words, "--settings"])
    assert found.exit_code == 0
    assert "2026-W10.lock" in found.output
    assert told() == []
    assert CliRunner().invoke(group, [*words, "--settings"]).stdout == ""


def test_a_lock_of_before_tells_of_no_settings(site: Any) -> None:
    write(site)
    words = ["-C", str(site.root), "close", "--now", NOW]
    assert CliRunner().invoke(group, words).exit_code == 0
    forget(site, "settings")
    site.edit("site.toml", 'title = "Quay"', 'title = "Quay"\nlanguage = "de"')
    report = site.build(now=datetime.fromisoformat(NOW).astimezone(UTC))
    assert "edition/settings" not in {p.code for p in report.problems}
