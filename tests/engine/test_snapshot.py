"""What a build looks at, and what it refuses to look at."""

import os
import stat
from pathlib import Path

import pytest

from site_gen.basics.stamps import pack, stamp
from site_gen.engine.snapshot import Snapshot, take_snapshot


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")


def digest(snapshot: Snapshot) -> str:
    return snapshot.digest(snapshot.stamps())


def test_inputs_are_content_themes_and_settings(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", "content/x/b.png", "themes/t/theme.toml", "site.toml",
        "public/a.html", "notes.txt", ".site_gen/memo.sqlite", "drafts/c.md")  # fmt: skip
    found = take_snapshot(tmp_path)
    assert sorted(found.content) == ["a.md", "x/b.png"]
    assert sorted(found.themes) == ["t/theme.toml"]
    assert sorted(found.settings) == ["site.toml"]
    assert found.odd == ()


def test_leftovers_are_nothing_and_static_dot_files_are(tmp_path: Path) -> None:
    put(tmp_path, "content/.a.md.swp", "content/a.md~", "content/#a.md#", "content/.git/config",
        "content/static/.well-known/x", "content/static/.git/config", "content/static/.DS_Store",
        "content/static/.x.swp", "content/4913")  # fmt: skip
    assert sorted(take_snapshot(tmp_path).content) == ["static/.well-known/x"]


def test_links_pipes_and_odd_names_are_refused_and_named(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md")
    (tmp_path / "content/link.md").symlink_to("/etc/passwd")
    (tmp_path / "content/folder").symlink_to("/etc", target_is_directory=True)
    os.mkfifo(tmp_path / "content/pipe.md")
    with open(os.fsencode(tmp_path / "content") + b"/bad\xff.md", "wb"):
        pass
    found = take_snapshot(tmp_path)
    assert sorted(found.content) == ["a.md"]
    names = ("bad\\udcff.md", "folder", "link.md", "pipe.md")
    assert [odd.where.path for odd in found.odd if odd.where] == [
        f"content/{name}" for name in names
    ]
    assert [odd.message.removeprefix("the file ") for odd in found.odd] == [
        "has a name that is not UTF-8", "is a link", "is a link", "is no regular file",
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["size", "mtime", "inode", "name", "kind", "gone"])
def test_any_change_is_another_digest(tmp_path: Path, change: str) -> None:
    put(tmp_path, "content/a.md", "content/b.md")
    path = tmp_path / "content/a.md"
    os.utime(path, (5, 5))
    before = digest(take_snapshot(tmp_path))
    assert digest(take_snapshot(tmp_path)) == before
    if change == "size":
        path.write_text("xx")
        os.utime(path, (5, 5))
    elif change == "mtime":
        os.utime(path, (4, 4))
    elif change == "inode":
        put(tmp_path, "new")
        os.utime(tmp_path / "new", (5, 5))
        os.replace(tmp_path / "new", path)
    elif change == "name":
        path.rename(tmp_path / "content/c.md")
    elif change == "kind":
        path.unlink()
        path.symlink_to("b.md")
    else:
        path.unlink()
    assert digest(take_snapshot(tmp_path)) != before


def test_one_content_file_with_another_stamp_is_another_digest(tmp_path: Path) -> None:
    put(tmp_path, "content/b.md", "content/a.md", "content/c/a.md")
    found = take_snapshot(tmp_path)
    assert list(found.content) == ["a.md", "b.md", "c/a.md"]
    first, _, last = found.content.values()
    other = pack([first, (1, 2, 3), last])
    assert found.digest(other) != digest(found)
    assert digest(found._replace(content={**found.content, "b.md": (1, 2, 3)})) == found.digest(
        other
    )


def test_stamps_fit_into_the_memo_whatever_the_system_says() -> None:
    numbers = (stat.S_IFREG, 2**64 - 1, 0, 1, 0, 0, 7, 0, 0, 0)
    size, mtime, inode = stamp(os.stat_result(numbers, {"st_mtime_ns": 2**63 + 5}))
    assert size == 7
    assert max(mtime, inode) < 2**63
    assert pack([(size, mtime, inode)]) != pack([(size, mtime, 0)])
