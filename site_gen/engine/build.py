"""A build, as it reads: snapshot, read, arrange, plan, render, publish, settle."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from site_gen.engine.lock import build_lock
from site_gen.engine.memo import Memo
from site_gen.engine.publish import check_output, recover, stage_folder
from site_gen.engine.report import Options, Report
from site_gen.engine.settled import is_settled
from site_gen.engine.snapshot import Snapshot, take_snapshot
from site_gen.problems import Problem, SiteError, Where

WORK = ".site_gen"
PUBLIC = "public"

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) while a build works."""


def output_folder(root: Path, options: Options) -> Path:
    """Where a build writes."""
    if options.output is not None:
        return options.output if options.output.is_absolute() else root / options.output
    return root / WORK / "preview" / PUBLIC if options.preview else root / PUBLIC


def memo_path(root: Path, options: Options) -> Path:
    """The memo of a build; the preview keeps its own."""
    work = root / WORK
    return (work / "preview" if options.preview else work) / "memo.sqlite"


def build(root: Path, options: Options, progress: Progress | None = None) -> Report:
    """Builds the site at `root`. Problems are in the report; the last good site stays on errors."""
    report = Report()
    timer = Timer(report)
    try:
        work = root / WORK
        work.mkdir(parents=True, exist_ok=True)
        with build_lock(work):
            _build(root, options, report, timer, progress or (lambda *_: None))
    except SiteError as error:
        report.problems += error.problems
        report.ok = False
    except OSError as error:
        report.problems += (_system(error),)
        report.ok = False
    timer.stop()
    report.problems = tuple(sorted(set(report.problems), key=_order))
    if any(p.severity == "error" for p in report.problems):
        report.ok = False
    return report


def _build(
    root: Path, options: Options, report: Report, timer: "Timer", progress: Progress
) -> None:
    output = output_folder(root, options)
    memo_file = memo_path(root, options)
    timer.start("scan")
    check_output(output, root)
    memo_file.parent.mkdir(parents=True, exist_ok=True)
    folder = stage_folder(output, memo_file.parent)
    recover(output, folder)
    snapshot = take_snapshot(root)
    report.stat = len(snapshot.content) + len(snapshot.themes) + len(snapshot.settings)
    memo = Memo(memo_file)
    try:
        if is_settled(memo, snapshot, root, output, options, report):
            return
        _work(root, options, report, timer, progress, snapshot, memo, folder)
    finally:
        memo.close()
        shutil.rmtree(folder, ignore_errors=True)


def _work(
    root: Path,
    options: Options,
    report: Report,
    timer: "Timer",
    progress: Progress,
    snapshot: Snapshot,
    memo: Memo,
    folder: Path,
) -> None:
    # What follows needs the heavy libraries: a build with nothing to do never gets here.
    from site_gen.engine.work import Work

    work = Work(root, options, report, snapshot, memo, folder, progress)
    for stage in ("settings", "read", "arrange", "plan", "render", "publish"):
        timer.start(stage)
        getattr(work, stage)()


class Timer:
    """Seconds by stage, into the report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._stage = ""
        self._since = 0.0

    def start(self, stage: str) -> None:
        """End the stage at work and begin another."""
        self.stop()
        self._stage, self._since = stage, time.perf_counter()

    def stop(self) -> None:
        """End the stage at work."""
        if self._stage:
            self._report.seconds[self._stage] = time.perf_counter() - self._since
            self._stage = ""


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.where or Where("")
    return where.path, where.line, where.column, problem.code, problem.message


def _system(error: OSError) -> Problem:
    """What the system refused, in words; the last good site is untouched."""
    path = os.fsdecode(error.filename) if error.filename else ""
    reason = (error.strerror or str(error)).lower()
    return Problem(
        "build/system",
        f"the system refused: {reason}",
        Where(path),
        "make room or give rights, and build again; the last good site stays",
    )
