"""Killed builds, full disks, files that vanish, readers at work: the last good site stays whole.

What the system refuses half way through a commit is said by a stand-in; the full disk is a real
limit on the size of files, in a process of its own.
"""

import errno
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from site_gen.basics import files
from site_gen.engine import stages
from site_gen.engine.recovery import system_problem
from site_gen.output import file_list, publish, staging
from site_gen.output.staging import Staging

pytestmark = pytest.mark.any_version

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
sys.argv = ["site-gen", "-C", {root!r}, "build", "--now", "2024-06-01", "--jobs", "1"]
from site_gen.cli.main import main
main()
"""


def big_body(words: int) -> str:
    return "Many words. " * words


def test_kill_at_any_moment_costs_only_another_build(
    weekly: Any, tmp_path: Path, engines: Any, long_run: float
) -> None:
    """`kill -9` at moments of a fixed seed, over cold and incremental builds, with workers."""
    moments = random.Random(7)
    texts = {1: weekly.read("content/a.md"), 2: weekly.read("site.toml")}
    for number in range(40):
        weekly.put(f"content/many/m{number}.md", engines.article(f"Number {number}", 21))
    start = time.monotonic()
    weekly.outside()
    lasting = time.monotonic() - start
    for number in range(20 if long_run else 8):
        if moments.random() < 0.3:
            for path in (weekly.root / ".site_gen").glob("memo*"):
                path.unlink()
        weekly.put("content/a.md", texts[1].replace("nine", f"{number}"))
        if moments.random() < 0.5:
            weekly.put("site.toml", texts[2].replace("Harbour Weekly", f"Weekly {number}"))
        process = weekly.spawn("--jobs", moments.choice(("1", "2")))
        try:
            process.wait(moments.random() * lasting)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        assert all(p.stat().st_size for p in weekly.public.rglob("*.html"))
        if moments.random() < 0.5:
            weekly.put("content/a.md", texts[1])
        weekly.good()
        found = weekly.tree()
        assert engines.differing(found, weekly.clean(tmp_path / "clean")) == [], number
        assert not (weekly.root / ".site_gen/stage").exists()


@pytest.mark.parametrize("limit", [30_000, 200_000])
@pytest.mark.parametrize("first", [True, False])
def test_a_full_disk_is_a_problem_and_the_last_site_stays(
    small: Any, tmp_path: Path, checkout: Path, limit: int, first: bool
) -> None:
    """30 kB are too few for the memo, 200 kB for the page."""
    wanted = {}
    if not first:
        small.good()
        wanted = small.tree()
    small.edit("content/a.md", "A plain body.", big_body(30_000))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(limit=limit, root=str(small.root))],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "error[build/system]" in done.stderr
    assert (small.tree() if small.public.is_dir() else {}) == wanted
    assert not (small.root / ".site_gen/stage").exists()
    small.good()
    assert small.tree() == small.clean(tmp_path / "clean")


def refusing(number: int, after: int) -> Callable[[str], None]:
    """Refuses the file operation that follows `after` others."""
    left = [after]

    def operation(what: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number), what)

    return operation


@pytest.mark.parametrize("share", [0, 10**9], ids=["rename", "swap"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_is_refused_in_a_commit_is_said_and_made_good(
    small: Any, tmp_path: Path, share: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "SWAP_SHARE", share)
    small.good()
    old = small.tree()
    small.edit("content/a.md", "Title a", "Other")
    small.put("content/c.md", small.read("content/b.md").replace("Title b", "Title c"))
    new = small.clean(tmp_path / "clean")
    for after in range(60):
        monkeypatch.setattr(staging, "before_operation", refusing(number, after))
        report = small.build()
        if report.ok:
            break
        (problem,) = [p for p in report.problems if p.severity == "error"]
        assert problem.code == "build/system"
        full = "the disk is full" if number == errno.ENOSPC else os.strerror(number).lower()
        assert full in problem.message
        for path, data in small.tree().items():
            if not path.endswith(("/", ".site_gen-files")):
                assert data in (old.get(path), new.get(path)), path
    assert after > 2
    assert small.tree() == new


def test_an_output_without_rights_is_said(small: Any, powerless: Callable[[], None]) -> None:
    small.good()
    wanted = small.tree()
    small.edit("content/a.md", "Title a", "Other")
    small.root.chmod(0o555)
    small.public.chmod(0o555)
    try:
        report = small.outside(preexec_fn=powerless)
    finally:
        small.root.chmod(0o755)
        small.public.chmod(0o755)
    errors = [p for p in report["problems"] if p["severity"] == "error"]
    assert [p["code"] for p in errors] == ["build/system"]
    assert errors[0]["path"]
    assert small.tree() == wanted


@pytest.mark.parametrize("path", ["content/a.md", "content/deck.png"])
def test_a_file_that_vanishes_between_scan_and_read_is_named(
    weekly: Any, path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    weekly.good()
    wanted = weekly.tree()
    (weekly.root / path).write_bytes((weekly.root / path).read_bytes() + b"\n")
    (weekly.root / "content/b.md").touch()
    real = files.read_bytes

    def read(full: Any, *rest: Any) -> bytes:
        if str(full).endswith(path) and Path(full).exists():
            os.replace(full, tmp_path / "away")
        return real(full, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(files, "read_bytes", read)
        report = weekly.build()
    assert not report.ok
    (problem,) = [p for p in report.problems if p.severity == "error"]
    assert problem.where
    assert problem.where.path == path
    assert "vanished" in problem.message
    assert weekly.tree() == wanted
    # It comes back just as it was: nobody remembers that it was away.
    os.replace(tmp_path / "away", weekly.root / path)
    weekly.good()
    assert weekly.tree() == weekly.clean(tmp_path / "clean")


def test_a_file_that_changes_while_it_is_copied_is_named(
    weekly: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from site_gen.engine import render as rendering

    path = weekly.root / "content/deck.png"
    real = rendering.Renderer.render

    def render(self: Any, page: Any) -> Any:
        path.write_bytes(b"changed under the hand")
        return real(self, page)

    with monkeypatch.context() as patch:
        patch.setattr(rendering.Renderer, "render", render)
        report = weekly.build()
    assert [p.code for p in report.problems if p.severity == "error"] == ["file/changed"]
    weekly.good()
    assert weekly.tree() == weekly.clean(tmp_path / "clean")


def test_a_file_that_changes_after_it_was_read_is_read_again(
    small: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The build that read the old text must not be taken for settled."""
    real = stages.Work.arrange

    def arrange(self: Any) -> None:
        small.edit("content/a.md", "Title a", "Other")
        real(self)

    with monkeypatch.context() as patch:
        patch.setattr(stages.Work, "arrange", arrange)
        small.good()
    small.good()
    assert small.tree() == small.clean(tmp_path / "clean")


@pytest.mark.parametrize("share", [0, 10**9], ids=["rename", "swap"])
def test_a_reader_never_sees_half_a_page(
    small: Any, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "SWAP_SHARE", share)
    bodies = ["first " * 20_000, "second " * 20_000]
    plain = small.read("content/a.md")
    small.put("content/a.md", plain.replace("A plain body.", bodies[0]))
    small.good()
    page = small.public / "articles/a/index.html"
    old = page.read_bytes()
    small.put("content/a.md", plain.replace("A plain body.", bodies[1]))
    other = small.clean(small.root.parent / "clean")["articles/a/index.html"]
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add(page.read_bytes())
            except OSError as error:
                seen.add(str(error).encode())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(6):
            body = bodies[number % 2]
            small.put("content/a.md", plain.replace("A plain body.", body))
            small.good()
    finally:
        done.set()
        reader.join()
    assert seen <= {old, other}
    assert len(seen) == 2


@pytest.mark.parametrize(("stage", "code"), [("read_all", "article/crash"),
                                             ("render_all", "page/crash")])  # fmt: skip
def test_what_ends_a_worker_is_named_and_the_last_site_stays(
    small: Any, monkeypatch: pytest.MonkeyPatch, stage: str, code: str
) -> None:
    from site_gen.workers import pool

    small.good()
    wanted = small.tree()
    small.edit("content/a.md", "Title a", "Other")
    plain = pool.map_chunks

    def mapped(task: Any, tool: Any, items: Any, jobs: int, crashed: Any, **others: Any) -> Any:
        if task.__name__ == stage:
            return iter([[crashed(item) for item in items]])
        return plain(task, tool, items, jobs, crashed, **others)

    with monkeypatch.context() as patch:
        patch.setattr(pool, "map_chunks", mapped)
        report = small.build()
    errors = [p for p in report.problems if p.severity == "error"]
    assert {p.code for p in errors} == {code}
    assert "content/a.md" in {p.where.path for p in errors if p.where}
    assert small.tree() == wanted
    small.good()
    assert small.tree() != wanted


def test_staged_bytes_never_lie_in_the_output(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing build leaves no part of itself anywhere."""
    small.good()
    wanted = small.tree()
    small.edit("content/a.md", "Title a", "Other")
    real = Staging.write

    def write(self: Staging, path: str, data: bytes) -> Any:
        real(self, path, data)
        raise OSError(errno.ENOSPC, "No space left on device", path)

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "write", write)
        assert not small.build().ok
    assert small.tree() == wanted
    assert not (small.root / ".site_gen/stage").exists()
    assert file_list.owned_paths(small.public) == {p for p in wanted if not p.endswith("/")} - {
        file_list.LIST_NAME
    }


@pytest.mark.parametrize(
    ("code", "free", "said"),
    [
        (sqlite3.SQLITE_FULL, 1 << 30, "the disk is full"),
        (sqlite3.SQLITE_IOERR, 0, "the disk is full"),
        (sqlite3.SQLITE_CORRUPT, 0, "the disk is full"),
        (sqlite3.SQLITE_IOERR, 1 << 30, "disk i/o error"),
    ],
)
def test_a_full_disk_is_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, free: int, said: str
) -> None:
    """The database speaks of images and of errors of the disk."""
    disk = SimpleNamespace(f_bavail=free, f_frsize=1)
    monkeypatch.setattr("site_gen.memo.database.os.statvfs", lambda _: disk)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    problem = system_problem(error, tmp_path / "memo.sqlite")
    assert problem.message == f"the system refused: {said}"
    full = OSError(errno.ENOSPC, "No space left on device", "a")
    assert system_problem(full, None).message == "the system refused: the disk is full"
