"""What editors and storms do to a site; each ends, without hand, in what a clean build gives."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.report import Options, Report
from site_gen.preview.file_events import FileEvents
from site_gen.preview.loop import BuildResult, run
from site_gen.preview.scan import Inputs
from site_gen.preview.watch import Watcher
from site_gen.problems import Problem

PATIENCE = 60.0
FIRST = 12
MANY = 2000
Act = Callable[[Path], None]
Files = dict[str, bytes]


def build(root: Path) -> Callable[[Options, Any], Report]:
    """A builder in ten lines: each content file, framed by the theme, is a page."""

    def built(_: Options, shown: Any) -> Report:
        template = root / "themes" / "t" / "page.html"
        if not template.is_file():
            return Report(ok=False, problems=(Problem("theme/missing", "no theme"),))
        frame = template.read_bytes()
        pages: Files = {}
        for file in sorted((root / "content").rglob("*.md")):
            text = file.read_bytes()
            if text.startswith(b"half"):
                return Report(ok=False, problems=(Problem("x/half", "half a file"),))
            pages[str(file.relative_to(root / "content"))] = frame + text
        return Report(written=publish(root / "out", pages))

    return built


def publish(out: Path, pages: Files) -> tuple[str, ...]:
    have = files(out)
    for name in have.keys() - pages.keys():
        (out / name).unlink()
    changed = tuple(sorted(name for name in pages if pages[name] != have.get(name)))
    for name in changed:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(pages[name])
    return changed


def files(folder: Path) -> Files:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content" / "week").mkdir(parents=True)
    (root / "themes" / "t").mkdir(parents=True)
    (root / "themes" / "t" / "page.html").write_text("frame ")
    for number in range(FIRST):
        (root / "content" / "week" / f"{number}.md").write_text(f"article {number}")
    return root


def clean(site: Path) -> Files:
    """The output of a clean build of what the site holds now."""
    copy = site.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site / "content", copy / "content")
    shutil.copytree(site / "themes", copy / "themes")
    build(copy)(OPTIONS, None)
    return files(copy / "out")


OPTIONS = Options(now=datetime(2026, 1, 1, tzinfo=UTC), preview=True)


def settle(site: Path, act: Act, builder: Any = None, **options: Any) -> list[BuildResult]:
    """Preview the site, act on it, and wait until the output is a clean build's."""
    inputs = Inputs((site / "content", site / "themes"), (site / "site.toml",))
    watcher = Watcher(inputs, **options)
    turned = threading.Condition()
    turns: list[BuildResult] = []
    outcome: list[object] = []

    def seen(turn: BuildResult) -> None:
        with turned:
            turns.append(turn)
            turned.notify_all()

    def edit() -> None:
        try:
            with turned:
                assert turned.wait_for(lambda: turns, PATIENCE)
            act(site)
            wanted = clean(site)
            with turned:
                assert turned.wait_for(lambda: files(site / "out") == wanted, PATIENCE)
            outcome.append(True)
        except BaseException as error:
            outcome.append(error)
        finally:
            watcher.stop()

    editor = threading.Thread(target=edit)
    editor.start()
    run(builder or build(site), lambda: OPTIONS, watcher, lambda _: None, seen)
    editor.join()
    watcher.close()
    assert outcome == [True]
    return turns


def article(site: Path, number: int = 3) -> Path:
    return site / "content" / "week" / f"{number}.md"


def plain_save(site: Path) -> None:
    article(site).write_text("changed")


def vim_save(site: Path) -> None:
    file = article(site)
    backup = file.with_name(file.name + "~")
    (file.parent / "4913").touch()
    (file.parent / "4913").unlink()
    os.rename(file, backup)
    file.write_text("changed by vim")
    backup.unlink()


def atomic_save(site: Path) -> None:
    fresh = article(site).with_name(".3.md.tmp123")
    fresh.write_text("changed at once")
    os.replace(fresh, article(site))


def jetbrains_save(site: Path) -> None:
    file = article(site)
    fresh, old = (file.with_name(f"{file.name}___jb_{part}___") for part in ("tmp", "old"))
    fresh.write_text("changed safely")
    os.rename(file, old)
    os.rename(fresh, file)
    old.unlink()


def two_saves_at_once(site: Path) -> None:
    article(site).write_text("aaaaaaa")
    article(site).write_text("bbbbbbb")


def same_size_and_time(site: Path) -> None:
    file = article(site)
    stamp = file.stat()
    file.write_text(file.read_text()[::-1])
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def older_file_restored(site: Path) -> None:
    file = article(site)
    file.write_text("from long ago")
    os.utime(file, (1_000_000_000, 1_000_000_000))


def deletion(site: Path) -> None:
    article(site).unlink()


def folder_renamed(site: Path) -> None:
    (site / "content" / "week").rename(site / "content" / "renamed")


def folder_moved_in(site: Path) -> None:
    away = site.parent / "away" / "deep" / "er"
    away.mkdir(parents=True)
    (away / "new.md").write_text("came with its folder")
    (site.parent / "away").rename(site / "content" / "away")


def folder_moved_out(site: Path) -> None:
    (site / "content" / "week").rename(site.parent / "gone")


def content_replaced(site: Path) -> None:
    (site / "content").rename(site.parent / "old")
    (site / "content").mkdir()
    (site / "content" / "only.md").write_text("the only one")


def checkout(site: Path) -> None:
    for number in range(MANY):
        folder = site / "content" / f"w{number % 50}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.md").write_text(f"checked out {number}")


def template_edited(site: Path) -> None:
    (site / "themes" / "t" / "page.html").write_text("another frame ")


ACTS: list[Act] = [
    plain_save,
    vim_save,
    atomic_save,
    jetbrains_save,
    two_saves_at_once,
    same_size_and_time,
    older_file_restored,
    deletion,
    folder_renamed,
    folder_moved_in,
    folder_moved_out,
    content_replaced,
    template_edited,
]


@pytest.mark.parametrize("act", [*ACTS, checkout], ids=lambda act: act.__name__)
def test_with_file_events(site: Path, act: Act) -> None:
    settle(site, act)


POLLED = [act for act in ACTS if act is not same_size_and_time]


@pytest.mark.parametrize("act", [*POLLED, checkout], ids=lambda act: act.__name__)
def test_by_looking_alone(site: Path, act: Act) -> None:
    settle(site, act, observe=None, interval=0.02)


def test_events_alone_suffice(site: Path) -> None:
    turns = settle(site, plain_save, interval=3600)
    assert [len(turn.changed) for turn in turns] == [0, 1]


@pytest.mark.parametrize("observe", [FileEvents, None])
def test_a_theme_deleted_and_restored(site: Path, observe: Any) -> None:
    failed = threading.Event()
    inner = build(site)

    def builder(options: Options, shown: Any) -> Report:
        report = inner(options, shown)
        if not report.ok:
            failed.set()
        return report

    def act(site: Path) -> None:
        (site / "themes").rename(site.parent / "themes")
        assert failed.wait(PATIENCE)
        (site.parent / "themes").rename(site / "themes")
        (site / "themes" / "t" / "page.html").write_text("restored ")

    settle(site, act, builder, observe=observe, interval=0.05)


def test_a_file_saved_half_is_named_and_then_whole(site: Path) -> None:
    failed = threading.Event()
    inner = build(site)

    def builder(options: Options, shown: Any) -> Report:
        report = inner(options, shown)
        if not report.ok:
            failed.set()
        return report

    def act(site: Path) -> None:
        article(site).write_text("half")
        assert failed.wait(PATIENCE)
        article(site).write_text("whole")

    turns = settle(site, act, builder)
    assert [turn.report.ok for turn in turns if not turn.report.ok] == [False]


@pytest.mark.parametrize("observe", [FileEvents, None])
def test_changes_during_a_build_are_built(site: Path, observe: Any) -> None:
    reading, edited = threading.Event(), threading.Event()
    inner = build(site)

    def builder(options: Options, shown: Any) -> Report:
        report = inner(options, shown)
        if article(site).read_text() == "one":
            reading.set()
            assert edited.wait(PATIENCE)
        return report

    def act(site: Path) -> None:
        article(site).write_text("one")
        assert reading.wait(PATIENCE)
        article(site).write_text("two")
        article(site, 4).write_text("three")
        edited.set()

    settle(site, act, builder, observe=observe, interval=0.05)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_checkout_of_another_branch(site: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words),
            cwd=site,
            check=True,
            capture_output=True,
        )

    (site / ".gitignore").write_text("out/\n")
    git("init", "-q", "-b", "one")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "two")
    folder_renamed(site)
    checkout(site)
    git("add", ".")
    git("commit", "-qm", "two")
    git("checkout", "-q", "one")

    settle(site, lambda _: git("checkout", "-q", "two"))
    assert len(files(site / "out")) == MANY + FIRST


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
def test_a_real_vim(site: Path) -> None:
    def act(site: Path) -> None:
        command = ("vim", "-u", "NONE", "-n", "-es", "+%s/article/vimmed/", "+wq", article(site))
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        assert article(site).read_text() == "vimmed 3\n"

    settle(site, act)
