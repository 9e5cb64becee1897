"""G6: whatever ends a build, each page is old or new whole, and the next build finishes the work.

The long proofs, at every step of both ways of publishing: tests/engine/test_publish.py.
"""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reading import NOW

from site_gen.engine import stages
from site_gen.engine.build import build
from site_gen.engine.inputs.reader import Reader
from site_gen.engine.render import Renderer
from site_gen.engine.report import Options
from site_gen.problems import SiteError
from site_gen.workers import pool
from site_gen.workers.process_lock import build_lock

pytestmark = pytest.mark.any_version

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


def start(root: Path, *words: str, **more: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(HERE / "defences.py"), "-q", "-C", str(root), "build"]
    return subprocess.Popen(
        [*command, "--now", NOW.isoformat(), "--jobs", "1", *words],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
    )  # fmt: skip


def tree(root: Path, output: str = "public") -> Tree:
    found = (p for p in (root / output).rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A site of each version, built by a process of its own and touched by no test."""
    sites = {version: tmp_path_factory.mktemp("built") / "site" for version in (1, 2)}
    for version, root in sites.items():
        write(root, version)
        _, said = (process := start(root)).communicate()
        assert process.returncode == 0, said.decode()
    return sites


@pytest.fixture
def site(built: dict[int, Path], tmp_path: Path) -> Path:
    """A site of version 1 that was built, to be changed."""
    return shutil.copytree(built[1], tmp_path / "site")


@pytest.fixture(scope="module")
def old(built: dict[int, Path]) -> Tree:
    """What a build of version 1 gives."""
    return tree(built[1])


@pytest.fixture(scope="module")
def new(built: dict[int, Path]) -> Tree:
    """What a build of version 2 gives in a folder of its own."""
    return tree(built[2])


@pytest.mark.slow
def test_g06_kill_9_at_any_moment(site: Path, old: Tree, new: Tree, long: bool) -> None:
    """Real processes, really killed, at moments drawn once and for all."""
    moments = random.Random(6)
    version = 1
    for _ in range(60 if long else 8):
        version = 3 - version
        write(site, version)
        if moments.random() < 0.3:
            for path in (site / ".site_gen").glob("memo*"):
                path.unlink()  # as on the first day
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


def test_g06_no_room_leaves_the_last_site_and_is_said(site: Path, old: Tree, new: Tree) -> None:
    """A limit on the size of files is a disk that is full at an awkward moment."""
    write(site, 2)

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    process = start(site, preexec_fn=no_room)
    _, said = process.communicate()
    assert process.returncode == 1, said.decode()
    assert b"Traceback" not in said
    assert b"error[build/system]" in said
    assert tree(site) == old
    process = start(site)
    process.communicate()
    assert tree(site) == new


RIGHTS = {
    "our own folder": (".site_gen", 0o500, "build/system"),
    "the memo": (".site_gen/memo.sqlite", 0o400, "build/system"),
    "the lock": (".site_gen/lock", 0o400, "build/system"),
    "the output": ("public", 0o500, "build/system"),
    "the site": (".", 0o500, "build/system"),
    "an article": ("content/3.md", 0o000, "article/unreadable"),
    "all content": ("content", 0o000, "file/refused"),
    "the settings": ("site.toml", 0o000, "settings/unreadable"),
}


@pytest.mark.parametrize(("place", "mode", "code"), RIGHTS.values(), ids=RIGHTS)
def test_g06_no_rights_leave_the_last_site_and_are_said(
    site: Path, old: Tree, new: Tree, powerless: Callable[[], None],
    place: str, mode: int, code: str,
) -> None:  # fmt: skip
    write(site, 2)
    path = site / place
    rights = path.stat().st_mode
    path.chmod(mode)
    try:
        process = start(site, preexec_fn=powerless)
        _, said = process.communicate()
    finally:
        path.chmod(rights)
        for each in path.parent.glob("memo.sqlite-*"):
            each.chmod(0o600)  # SQLite gives them the rights of the memo
    assert process.returncode == 1, said.decode()
    assert b"Traceback" not in said
    assert b"has a bug" not in said
    assert f"error[{code}]".encode() in said
    assert b"--> \n" not in said, "the place is named"
    assert tree(site) == old
    process = start(site, preexec_fn=powerless)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    assert tree(site) == new


FULL = """
import json, pathlib, shutil, subprocess, sys
disk, site, more, *build = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], check=True)
shutil.copytree(site, f"{disk}/site")

def built():
    done = subprocess.run(build, capture_output=True, text=True)
    found = pathlib.Path(disk, "site/public").rglob("*")
    return done.returncode, done.stderr, {str(p): p.read_text() for p in found if p.is_file()}

first = built()
shutil.copytree(more, f"{disk}/site/content", dirs_exist_ok=True)
with open(f"{disk}/ballast", "wb", buffering=0) as stream:
    while stream.tell() < 1 << 24:
        try:
            stream.write(bytes(4096))
        except OSError:
            stream.truncate(stream.tell() - 40_960)
            break
full = built()
left = pathlib.Path(disk, "site/.site_gen/stage").exists()
pathlib.Path(disk, "ballast").unlink()
subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
print(json.dumps([first, full, left, built()]))
"""


def test_g06_a_disk_that_is_full_keeps_the_last_site(tmp_path: Path) -> None:
    """A small file system in memory, of a process of its own; where none may be mounted, the
    limit on the size of files above must do."""
    mounting = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*mounting, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a file system of their own")
    write(tmp_path / "site", 1)
    write(tmp_path / "more", 2, 60)
    (tmp_path / "disk").mkdir()
    build_ = [sys.executable, str(HERE / "defences.py"), "-q", "-C", str(tmp_path / "disk/site")]
    paths = (str(tmp_path / name) for name in ("disk", "site", "more/content"))
    done = subprocess.run(
        [*mounting, sys.executable, "-c", FULL, *paths, *build_, "build", "--jobs", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, full, left, good = json.loads(done.stdout)
    assert first[0] == 0, first[1]
    assert full[0] == 1, full[1]
    assert "error[build/system]" in full[1]
    assert "Traceback" not in full[1]
    assert full[2] == first[2]
    assert not left
    assert good[0] == 0, good[1]
    assert len(good[2]) > len(first[2])


@pytest.mark.parametrize("count", [2, 4])
def test_g06_builds_at_once_all_come_through(tmp_path: Path, new: Tree, count: int) -> None:
    site = tmp_path / "site"
    write(site, 2)
    processes = [start(site) for _ in range(count)]
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    assert tree(site) == new


def test_g06_builds_at_once_into_two_folders(tmp_path: Path, new: Tree) -> None:
    """Two outputs of one site share the memo and the lock."""
    site = tmp_path / "site"
    write(site, 2)
    processes = [start(site), start(site, "--output", "other"), start(site), start(site)]
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    assert tree(site) == new
    other = tree(site, "other").items()
    assert {path.replace("other/", "public/", 1): data for path, data in other} == new


def killed(path: str) -> None:
    """The worker that meets this file is ended by the system, as it would for want of memory."""
    if path.endswith("/7.md") or path == "7.md":
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("stage", ["reading", "rendering"])
def test_g06_what_ends_its_worker_is_named_and_the_last_site_stays(
    site: Path, old: Tree, new: Tree, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Through the whole build, with workers that really die."""
    write(site, 2)
    monkeypatch.setattr(pool, "MIN_ITEMS", 2)
    monkeypatch.setattr(pool, "CHUNK_SIZE", 3)
    owner, name = (Reader, "read") if stage == "reading" else (Renderer, "render")
    plain = getattr(owner, name)

    def deadly(self: Any, what: Any) -> Any:
        killed(what if stage == "reading" else what.origin)
        return plain(self, what)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, deadly)
        report = build(site, Options(now=NOW, jobs=2))
    errors = [p for p in report.problems if p.severity == "error"]
    assert {p.code for p in errors} == {"article/crash" if stage == "reading" else "page/crash"}
    assert {p.where.path for p in errors if p.where} == {"content/7.md"}
    assert all(p.help for p in errors)
    assert tree(site) == old
    assert build(site, Options(now=NOW, jobs=2)).ok
    assert tree(site) == new


def test_g06_one_build_at_a_time(tmp_path: Path) -> None:
    with build_lock(tmp_path), pytest.raises(SiteError) as caught, build_lock(tmp_path, wait=0.0):
        pass
    assert caught.value.problems[0].code == "build/locked"


def test_g06_a_file_that_vanishes_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 1, 3)
    plain = stages.Work.read

    def vanishing(self: stages.Work) -> None:
        (tmp_path / "content/1.md").unlink(missing_ok=True)
        plain(self)

    monkeypatch.setattr(stages.Work, "read", vanishing)
    report = build(tmp_path, Options(now=NOW, jobs=1))
    errors = [(p.code, str(p.where)) for p in report.problems if p.severity == "error"]
    assert errors == [("article/unreadable", "content/1.md")]
