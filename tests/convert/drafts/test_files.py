"""Files of convert: whole or not, on the disk, and never over what an editor saves meanwhile."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_gen.convert.drafts import files
from site_gen.convert.drafts.files import Changed, Store
from site_gen.problems import SiteError
from site_gen.workers.process_lock import CONVERT, build_lock


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("a.md", b"one", instead_of=None)
    for seen in (None, b"two"):
        with pytest.raises(Changed):
            store.write("a.md", b"three", instead_of=seen)
    store.write("a.md", b"four", instead_of=b"one")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.md": b"four"}


def test_a_draft_is_on_the_disk_before_its_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, rename = os.fsync, os.replace
    monkeypatch.setattr(files.os, "fsync", lambda h: (done.append("sync"), sync(h))[1])
    monkeypatch.setattr(files.os, "replace", lambda a, b: (done.append("name"), rename(a, b))[1])
    Store(tmp_path).write("a.md", b"one", instead_of=None)
    assert done == ["sync", "name", "sync"]


@pytest.mark.parametrize("when", ["a new file", "ours", "the editor's"])
def test_an_editor_s_save_in_the_last_moment_is_kept(
    folder: Any, news_page: Any, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """However a draft comes to its file, the save between look and writing stays."""
    folder.put("raw/p.html", news_page())
    if when != "a new file":
        folder.convert("raw/p.html")
        if when == "the editor's":
            path = folder.root / "content/p.md"
            path.write_text(path.read_text().replace("title:", "# mine\ntitle:"))
        folder.put("raw/p.html", news_page("Lighthouse to be built anew"))
    plain = Store.write
    saved = b"---\ntitle: Saved in the last moment\n---\n"

    def late(self: Store, relative: str, data: bytes, **how: Any) -> None:
        if relative == "p.md":
            (folder.root / "content").mkdir(exist_ok=True)
            (folder.root / "content/p.md").write_bytes(saved)
        plain(self, relative, data, **how)

    monkeypatch.setattr(Store, "write", late)
    report = folder.convert("raw/p.html", update=True)
    assert (folder.root / "content/p.md").read_bytes() == saved
    assert ".site_gen/beside/p.md" in report.rows[0].note


def test_what_a_killed_run_left_is_swept(folder: Any, news_page: Any) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from site_gen.convert.drafts import files\n"
        "files.os.replace = lambda a, b: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.Store(Path(sys.argv[1])).write('content/x/p.md', b'half')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder.root)], check=False)
    (left,) = (folder.root / "content/x").iterdir()
    assert left.name.startswith(files.MARK)
    folder.put("raw/p.html", news_page())
    folder.convert("raw/p.html")
    assert not left.exists()


def test_a_link_in_the_place_of_content_is_refused(
    folder: Any, news_page: Any, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder.root / "content").symlink_to(outside)
    folder.put("raw/p.html", news_page())
    with pytest.raises(SiteError, match="content is a symbolic link"):
        folder.convert("raw/p.html")
    assert list(outside.iterdir()) == []


def test_two_runs_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    with build_lock(tmp_path, name=CONVERT):
        with pytest.raises(SiteError, match="another convert"):
            build_lock(tmp_path, 0.0, name=CONVERT).__enter__()
        with build_lock(tmp_path, 0.0):  # a build only reads
            assert (tmp_path / CONVERT).is_file()
