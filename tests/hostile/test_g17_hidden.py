"""G17: no byte of a text that is not for readers is published, in any format."""

from datetime import UTC, datetime
from typing import Any

import pytest

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[feeds]
tag = "quay.example,2026"
[editions]
show_open = true
-- content/shown.md --
---
title: Shown to all
publishedDateTime: 2026-03-03T10:00:00Z
tags: [ferries]
---
Everybody may read this.
"""
NOW = datetime(2026, 3, 9, 6, tzinfo=UTC)
WAYS = {
    "draft": "draft: true\n",
    "unpublished": "published: false\n",
    "expired": "expiryDateTime: 2026-03-05T10:00:00Z\n",
    "future": "",
    "withdrawn": "withdrawn: {date: 2026-03-08, reason: It was wrong.}\n",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("after", [False, True])
def test_g17_a_text_that_is_not_for_readers_is_in_no_byte(site: Any, way: str, after: bool) -> None:
    """At once, and when it was public before."""
    day = "2031-03-03" if way == "future" else "2026-03-03"
    head = (
        f"title: Title canaryone\npublishedDateTime: {day}T10:00:00Z\nexcerpt: canarytwo.\n"
        "tags: [canarythree]\nprovider: {name: canaryfour}\nauthor: {name: canaryfive}\n"
        "story: canaryseven\n"
    )
    body = "A canarysix in the body.\n"
    site.write(SITE)
    if after and way != "future":
        site.put("content/hidden.md", f"---\n{head}---\n\n{body}".encode())
        site.good(now=NOW)
        assert any(b"canarysix" in data for data in site.tree().values())
    site.put("content/hidden.md", f"---\n{head}{WAYS[way]}---\n\n{body}".encode())
    site.build(now=NOW)
    assert site.has("articles/shown/index.html")
    for path, data in site.tree().items():
        assert b"canary" not in data.lower(), path


@pytest.mark.parametrize("way", WAYS)
def test_g17_a_page_and_a_note_that_are_not_for_readers_are_in_no_byte(site: Any, way: str) -> None:
    """As articles, by the same words; the edition stays, and no strict build fails for it."""
    said = WAYS[way] or "publishedDateTime: 2031-03-03T10:00:00Z\n"
    page = "---\ntitle: Canaryone\n{}---\nCanarytwo.\n"
    note = "---\ntitle: Canarythree\n{}---\nCanaryfour.\n"
    site.write(SITE)
    for line in ("", said):
        site.put("content/pages/plans.md", page.format(line).encode())
        site.put("content/editions/2026-W10.md", note.format(line).encode())
        assert site.build(now=NOW, strict=True).ok
        found = any(b"canary" in data.lower() for data in site.tree().values())
        assert found == (not line)
    assert site.has("editions/2026-W10/index.html")


@pytest.mark.parametrize("line", ["status: private", "hidden: true", "publish: false"])
def test_g17_other_systems_words_keep_pages_and_notes_back(site: Any, line: str) -> None:
    site.write(SITE)
    site.put("content/pages/plans.md", f"---\ntitle: Plans\n{line}\n---\nCanary.\n".encode())
    site.put("content/editions/2026-W10.md", f"---\n{line}\n---\nCanary.\n".encode())
    report = site.build(now=NOW, strict=True)
    assert report.ok
    assert {p.code for p in report.problems} == {"article/not-public"}
    for path, data in site.tree().items():
        assert b"canary" not in data.lower(), path


def test_g17_a_page_and_a_note_come_and_go_at_their_moments(site: Any) -> None:
    """Without a change of any file."""
    said = "publishedDateTime: 2026-03-10T10:00:00Z\nexpiryDateTime: 2026-03-12T10:00:00Z\n"
    site.write(SITE)
    site.put("content/pages/plans.md", f"---\ntitle: Plans\n{said}---\nCanary.\n".encode())
    site.put("content/editions/2026-W10.md", f"---\n{said}---\nCanary.\n".encode())
    for day in range(9, 14):
        report = site.good(now=NOW.replace(day=day, hour=12))
        held = ("content/pages/plans.md", "2026-03-10") if day == 9 else ("", "")
        assert (report.waiting.path, report.waiting.until) == held
        assert site.has("plans/index.html") == (day in (10, 11))
        assert (b"Canary" in site.tree()["editions/2026-W10/index.html"]) == (day in (10, 11))


def test_g17_a_date_that_cannot_be_read_shows_no_page(site: Any) -> None:
    site.write(SITE)
    site.put("content/pages/plans.md", b"---\ntitle: Plans\nexpiryDateTime: soon\n---\nCanary.\n")
    (found,) = site.build(now=NOW, keep_going=True).problems
    assert (found.code, found.where.line) == ("page/value", 3)
    assert not site.has("plans/index.html")


PRIVATE = [
    *(".env", ".htpasswd", ".ssh/config", "sub/.env.local", ".npmrc", ".git-credentials"),
    *("id_rsa", "keys/id_ed25519", "tls/server.PEM", "server.key", "store.p12", "vault.kdbx"),
    *("site.toml", "dump.sql", "backup.sql.gz", "data.sqlite3", "__pycache__/a.pyc", "CVS/Entries"),
]
OPEN = [
    *(
        ".well-known/security.txt",
        ".nojekyll",
        ".htaccess",
        "_headers",
        "id_rsa.pub",
        "keyboard.js",
    ),
    *("favicon.ico", "CNAME", "a.key.txt"),
]
ARTICLE = "---\ntitle: A\npublishedDateTime: 2026-03-03T10:00:00Z\n---\n{}\n"


@pytest.mark.parametrize("name", PRIVATE)
def test_g17_files_of_keys_and_settings_are_not_published(site: Any, name: str) -> None:
    site.write(SITE)
    site.put(f"content/static/{name}", b"CANARY\n")
    site.put("content/a.md", ARTICLE.format(f"[a](/static/{name}) ![b](static/{name})").encode())
    for _ in range(2):
        report = site.build(now=NOW)
        assert report.ok
        said = [p for p in report.problems if p.code == "file/private"]
        assert len(said) == (".git" not in name)
        assert all(name.split("/")[-1] in str(p.where) for p in said)
        assert not any(b"CANARY" in data for data in site.tree().values())
    site.put("site.toml", b'allow_files = ["%s"]\n' % name.split("/")[0].encode()
             + (site.root / "site.toml").read_bytes())  # fmt: skip
    if "/" not in name:
        report = site.build(now=NOW)
        assert not any(p.code == "file/private" for p in report.problems)
        assert site.page(name) == "CANARY\n"


def test_g17_many_private_files_are_one_warning_and_hosts_get_theirs(site: Any) -> None:
    site.write(SITE)
    for name in (*PRIVATE, *OPEN):
        data = b"/a/*\n  X-Own: here\n" if name == "_headers" else b"here\n"
        site.put(f"content/static/{name}", data)
    report = site.build(now=NOW)
    (said,) = report.problems
    assert said.code == "file/private"
    assert said.message.startswith(f"{len(PRIVATE) - 1} files are not published")
    found = {path for path, data in site.tree().items() if b"here\n" in data}
    assert found == set(OPEN)


LEFT = [
    *("a.md~", "a.md.bak", "a.md.orig", "a.md.rej", "a.md.save", ".a.md.swp", "#a.md#", "a.md.old"),
    *(
        "a_BACKUP_123.md",
        "a_REMOTE_123.md",
        "a.BASE.123.md",
        "a.sync-conflict-20260301-101010-X.md",
    ),
    *(
        "a (conflicted copy 2026-03-01).md",
        "a (Ann's conflicted copy).md",
        "~$a.docx",
        "a.kate-swp",
    ),
]


@pytest.mark.parametrize("name", LEFT)
def test_g17_what_editors_and_merges_leave_behind_is_not_published(site: Any, name: str) -> None:
    site.write(SITE)
    for folder in ("", "static/", "pages/", "editions/"):
        site.put(f"content/{folder}{name}", ARTICLE.format("CANARY").encode())
    report = site.build(now=NOW)
    assert report.ok, report.problems
    assert not any(b"CANARY" in data for data in site.tree().values())


def test_g17_a_merge_that_is_not_finished_is_not_published(site: Any) -> None:
    """But for one that is told of in code."""
    marks = "<<<<<<< HEAD\nOurs canary.\n=======\nTheirs.\n>>>>>>> of a branch"
    site.write(SITE)
    site.put("content/a.md", ARTICLE.format(f"```\n{marks}\n```").encode())
    assert site.build(now=NOW).ok
    page = f"---\ntitle: P\n---\nText.\n{marks}\n"
    for path, text in (("a.md", ARTICLE.format(f"First.\n\n{marks}\n")), ("pages/p.md", page)):
        site.put(f"content/{path}", text.encode())
        report = site.build(now=NOW)
        (found,) = (p for p in report.problems if p.severity == "error")
        assert not report.ok
        assert "a merge begins here" in found.message
        assert found.where.path == f"content/{path}"
        assert found.where.line == text.split("\n").index("<<<<<<< HEAD") + 1
        site.put(f"content/{path}", b"---\ntitle: P\npublishedDateTime: 2026-03-01\n---\nx\n")


def test_g17_what_the_html_of_a_body_hides_is_in_no_byte(site: Any) -> None:
    site.write(SITE)
    body = (
        "<div hidden>\n\nCanaryone, the first words.\n\n</div>\n\n"
        "Shown <span hidden>canarytwo</span> words.\n\n<template>canarythree</template>\n\n"
        "And <!-- canaryfour\n\ncanaryfive --> so on.\n"
    )
    site.put("content/a.md", ARTICLE.format(body).encode())
    site.put("content/pages/about.md", f"---\ntitle: About\n---\n{body}".encode())
    site.put("content/editions/2026-W10.md", f"---\ntitle: Ten\n---\n{body}".encode())
    report = site.build(now=NOW)
    assert report.ok
    assert [p.code for p in report.problems] == ["article/hidden"] * 3
    assert b"Shown" in site.tree()["articles/a/index.html"]
    for path, data in site.tree().items():
        assert b"canary" not in data.lower(), path
