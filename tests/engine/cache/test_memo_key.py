"""A memo that this user did not write puts nothing on a page: its key lies outside the site."""

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from site_gen.memo import key as memo_key
from site_gen.memo.memo import Memo

EVIL = "<script>canary()</script>"
SITE = """
-- site.toml --
title = "T"
base_url = "https://t.example"
[feeds]
tag = "t.example,2024"
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-14
---
The *body*.
-- content/b.md --
---
title: B
publishedDateTime: 2024-02-15
---
Other words.
"""


@pytest.fixture
def as_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Makes the process somebody else's, with a data folder of its own."""

    def become(name: str) -> Path:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))
        monkeypatch.delenv("SITE_GEN_MEMO_KEY", raising=False)
        memo_key._key.cache_clear()
        return tmp_path / name / "site_gen"

    yield become
    memo_key._key.cache_clear()


def test_the_key_is_one_file_for_this_user_alone(as_user: Any) -> None:
    place = as_user("me")
    first = memo_key.sign(b"a")
    assert [p.name for p in place.iterdir()] == ["memo.key"]
    assert stat.S_IMODE((place / "memo.key").stat().st_mode) == 0o600
    memo_key._key.cache_clear()
    assert memo_key.sign(b"a") == first
    assert memo_key.sign(b"a", b"") != first
    as_user("you")
    assert memo_key.sign(b"a") != first


@pytest.mark.parametrize("kind", ["open to others", "cut short", "a link"])
def test_a_key_that_others_may_know_is_none(as_user: Any, kind: str) -> None:
    place = as_user("me")
    before = memo_key.sign(b"a")
    key = place / "memo.key"
    if kind == "open to others":
        key.chmod(0o644)
    elif kind == "cut short":
        key.write_bytes(b"short")
    else:
        key.rename(place / "other")
        key.symlink_to(place / "other")
    memo_key._key.cache_clear()
    assert memo_key.sign(b"a") != before


def test_without_a_place_for_it_the_next_build_starts_afresh(
    as_user: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (as_user("me").parent).write_text("a file in the way")
    site.write(SITE)
    assert site.build().read == 2
    as_user("me")
    assert site.build().read == 2


def test_another_user_s_memo_is_read_and_rendered_anew(as_user: Any, site: Any) -> None:
    as_user("stranger")
    site.write(SITE)
    site.build()
    clean = site.tree()
    memo = Memo(site.root / ".site_gen/memo.sqlite")
    with memo.transaction():
        (row,) = (r for r in memo.reads(["a.md"]))
        sealed = memo._db.execute("select * from part where path='a.md'").fetchone()
        shown = len(EVIL).to_bytes(4) + EVIL.encode()
        sealed_anew = memo_key.sign(b"shown", b"a.md", shown) + shown
        memo._db.execute("update part set shown=? where path=?", (sealed_anew, row[0]))
        assert sealed
    memo.close()
    page = site.root / "public" / "articles/a/index.html"
    page.write_text(EVIL)
    settled = page.stat()
    db = sqlite3.connect(site.root / ".site_gen/memo.sqlite")
    db.execute(
        "update page set size=?, mtime=?, inode=? where path='articles/a/index.html'",
        (settled.st_size, settled.st_mtime_ns, settled.st_ino),
    )
    db.commit()
    db.close()
    as_user("me")
    assert site.build().read == 2
    assert site.tree() == clean


@pytest.mark.parametrize("column", ["shown", "terms", "facts", "problems", "kind"])
def test_a_row_that_was_changed_is_told_and_made_anew(site: Any, column: str) -> None:
    site.write(SITE)
    site.build()
    clean = site.tree()
    db = sqlite3.connect(site.root / ".site_gen/memo.sqlite")
    evil = EVIL if column in ("problems", "kind") else EVIL.encode() * 2
    table = "read" if column in ("problems", "kind") else "part"
    db.execute(f"update {table} set {column}=? where path='a.md'", (evil,))
    db.commit()
    db.close()
    site.edit("content/b.md", "Other", "Edited")
    os.utime(site.root / "site.toml")
    report = site.build()
    assert [p.code for p in report.problems if p.severity == "warning"] in ([], ["build/memo"])
    for path, data in site.tree().items():
        assert EVIL.encode() not in data, path
    site.edit("content/b.md", "Edited", "Other")
    site.build()
    assert site.tree() == clean


def test_where_things_stood_is_remembered_of_any_memo(as_user: Any, site: Any) -> None:
    as_user("stranger")
    site.write(SITE)
    site.build()
    as_user("me")
    (site.root / "content/a.md").unlink()
    assert "/articles/a/" in " ".join(p.message for p in site.build().problems)
