"""G6: whatever ends a build, each page is old or new whole, and the next build finishes the work.

The long proofs, at every step of both ways of publishing, are in tests/engine/test_publish.py."""

import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from reading import NOW

from site_gen.engine import work
from site_gen.engine.build import build
from site_gen.engine.lock import build_lock
from site_gen.engine.report import Options
from site_gen.problems import SiteError

HERE = Path(__file__).resolve().parent
COUNT = 12
Tree = dict[str, bytes]


def write(root: Path, version: int, count: int = COUNT) -> None:
    """A site whose every page says its version."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    settings = f'title = "Version {version}"\nbase_url = "https://t.example"\ntheme = "minimal"\n'
    (root / "site.toml").write_text(
        settings + 'formats = ["html", "rss", "sitemap"]\n[feeds]\ntag = "t,2024"\n'
    )
    for number in range(count):
        head = f"---\ntitle: Version {version} of {number}\npublishedDateTime: 2024-02-14\n---\n"
        (root / f"content/{number}.md").write_text(f"{head}{'Words. ' * 300}\n")


def start(root: Path, **more: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(HERE / "defences.py"), "-q", "-C", str(root), "build"]
    return subprocess.Popen(
        [*command, "--now", NOW.isoformat(), "--jobs", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
    )  # fmt: skip


def tree(root: Path) -> Tree:
    found = (p for p in (root / "public").rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


def clean(root: Path, version: int) -> Tree:
    """What a build of that version gives in a folder of its own."""
    write(root, version)
    process = start(root)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    return tree(root)


@pytest.mark.slow
def test_g06_kill_9_at_any_moment(tmp_path: Path, long: bool) -> None:
    """Real processes, really killed, at moments drawn once and for all."""
    old, new = clean(tmp_path / "old", 1), clean(tmp_path / "new", 2)
    moments = random.Random(6)
    site = tmp_path / "site"
    write(site, 1)
    start(site).communicate()
    assert tree(site) == old
    version = 1
    for _ in range(60 if long else 6):
        version = 3 - version
        write(site, version)
        process = start(site)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0.2, 1.4))
        process.kill()
        process.communicate()
        seen = tree(site)
        assert all(data in (old.get(p), new.get(p)) for p, data in seen.items())
        assert seen in (old, new), "the whole tree is swapped: it is old or new"
    write(site, 2)
    process = start(site)
    process.communicate()
    assert tree(site) == new
    assert not (site / ".site_gen/stage").exists()


def test_g06_no_room_leaves_the_last_site_and_is_said(tmp_path: Path) -> None:
    """A limit on the size of files is a disk that is full at an awkward moment."""
    site = tmp_path / "site"
    before = clean(site, 1)
    write(site, 2)

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    process = start(site, preexec_fn=no_room)
    _, said = process.communicate()
    assert process.returncode == 1, said.decode()
    assert b"Traceback" not in said
    assert b"error[build/system]" in said
    assert tree(site) == before
    process = start(site)
    process.communicate()
    assert tree(site) == clean(tmp_path / "new", 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_g06_no_rights_leave_the_last_site_and_are_said(tmp_path: Path) -> None:
    site = tmp_path / "site"
    before = clean(site, 1)
    write(site, 2)
    (site / ".site_gen").chmod(0o500)
    process = start(site)
    _, said = process.communicate()
    (site / ".site_gen").chmod(0o700)
    assert process.returncode == 1
    assert b"Traceback" not in said
    assert tree(site) == before


def test_g06_four_builds_at_once(tmp_path: Path) -> None:
    new = clean(tmp_path / "new", 2)
    site = tmp_path / "site"
    write(site, 2)
    processes = [start(site) for _ in range(4)]
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    assert tree(site) == new


def test_g06_one_build_at_a_time(tmp_path: Path) -> None:
    with build_lock(tmp_path), pytest.raises(SiteError) as caught, build_lock(tmp_path, wait=0.0):
        pass
    assert caught.value.problems[0].code == "build/locked"


def test_g06_a_file_that_vanishes_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 1, 3)
    plain = work.Work.read

    def vanishing(self: work.Work) -> None:
        (tmp_path / "content/1.md").unlink(missing_ok=True)
        plain(self)

    monkeypatch.setattr(work.Work, "read", vanishing)
    report = build(tmp_path, Options(now=NOW, jobs=1))
    errors = [(p.code, str(p.where)) for p in report.problems if p.severity == "error"]
    assert errors == [("article/unreadable", "content/1.md")]
