"""A build, as it reads: snapshot, read, arrange, plan, render, publish, settle."""

import contextlib
import gc
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from site_gen.engine.lock import build_lock
from site_gen.engine.problem_lines import placed
from site_gen.engine.report import Options, Report
from site_gen.engine.site import Caller, GiveWay, Progress, Site, Viewer, system_problem
from site_gen.engine.snapshot import take_snapshot
from site_gen.engine.up_to_date import is_up_to_date
from site_gen.memo.database import is_of_system
from site_gen.memo.memo import Memo, throw_away
from site_gen.output.outputs import looking_at
from site_gen.output.publish import clear, prepare
from site_gen.problems import Problem, SiteError, Where

if TYPE_CHECKING:
    from site_gen.engine.cache.in_process import Kept
    from site_gen.workers.spread import Workers


def build(
    root: Path,
    options: Options,
    progress: Progress | None = None,
    *,
    viewer: Viewer | None = None,
    kept: "Kept | None" = None,
    workers: "Workers | None" = None,
) -> Report:
    """Builds the site at `root`. Problems are in the report; the last good site stays on errors.

    For a `viewer` the pages that people see are published first, before all else is made. `kept`
    is for a process that builds again and again; `workers` are of a cluster. All three change when
    and where, never what.
    """
    site = Site(root, options, Caller(progress or (lambda *_: None), viewer, kept, workers))
    # A build makes many objects and hardly a cycle: looking for cycles costs it a quarter.
    collecting = gc.isenabled()
    gc.disable()
    try:
        _own_folders(site.work, site.memo_file.parent)
        with build_lock(site.work):
            _tried(site)
    except (SiteError, OSError) as error:
        _refuse(site, error)
    finally:
        if collecting:
            gc.enable()
    report = site.report
    report.problems = tuple(sorted({placed(p, root) for p in report.problems}, key=_order))
    if any(p.severity == "error" for p in report.problems):
        report.ok = False
    if kept and not report.ok:
        kept.standing = None
    return report


def _own_folders(*folders: Path) -> None:
    """A link in the place of a folder of ours would lead writing elsewhere. Raises SiteError."""
    for folder in folders:
        if folder.is_symlink():
            cure = "remove the link"
            raise SiteError(
                [Problem("build/folder", "the folder is a link", Where(str(folder)), cure)]
            )
        folder.mkdir(parents=True, exist_ok=True)


def _tried(site: Site) -> None:
    """A build; where a memo was there and the build breaks, another one without that memo."""
    was_there = site.memo_file.exists()
    site.report = Report()
    timer = Timer(site.report)
    try:
        _build(site, timer)
    except GiveWay:
        site.report.unfinished = True
    except (SiteError, OSError) as error:
        _refuse(site, error)
    except Exception as error:  # a memo may hold anything: it can come from a stranger
        if isinstance(error, sqlite3.Error) and is_of_system(error):
            _refuse(site, error)
        elif not was_there:
            raise
        else:
            throw_away(site.memo_file, error)
            site.caller = site.caller._replace(kept=None)
            _tried(site)
            site.report.problems += (_damaged(site.memo_file, error),)
    timer.stop()


def _refuse(site: Site, error: SiteError | OSError | sqlite3.Error) -> None:
    """The build ends with an error; what the system says of the memo does not name its file."""
    at = site.memo_file if isinstance(error, sqlite3.Error) else None
    found = error.problems if isinstance(error, SiteError) else (system_problem(error, at),)
    site.report.problems += found
    site.report.ok = False


def _build(site: Site, timer: "Timer") -> None:
    timer.start("scan")
    site.folder = prepare(site.output, site.root, site.memo_file.parent)
    caller, report = site.caller, site.report
    if caller.kept and caller.kept.standing:
        from site_gen.engine.open_pages import ahead

        timer.start("ahead")
        with _opened(site):
            ahead(site)
        caller.give_way()
        timer.start("scan")
    with looking_at(site.output, site.options.jobs) as site.looking:
        snapshot = site.snapshot = take_snapshot(site.root)
        caller.give_way()
        report.stat = len(snapshot.content) + len(snapshot.themes) + len(snapshot.settings)
        with _opened(site):
            if not is_up_to_date(site):
                _work(site, timer)


@contextlib.contextmanager
def _opened(site: Site) -> Iterator[None]:
    """With the memo open; what was staged is then taken away."""
    site.memo = Memo(site.memo_file)
    try:
        yield
    finally:
        site.memo.close()
        clear(site.folder)


def _work(site: Site, timer: "Timer") -> None:
    # What follows needs the heavy libraries: a build with nothing to do never gets here.
    from site_gen.engine.render.portions import is_seen
    from site_gen.engine.stages import Work
    from site_gen.output.built_by import note

    work = Work(site)
    for stage in ("settings", "extend", "read", "arrange", "plan"):
        site.caller.give_way()
        timer.start(stage)
        getattr(work, stage)()
    for number, portion in enumerate(work.portions()):
        timer.start("render")
        work.render(portion)
        timer.start("publish")
        work.publish()
        if site.caller.viewer and (number == 0 or is_seen(portion)):
            site.caller.viewer.shown(site.report)
    work.settle()
    note(site.root)


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
            spent = self._report.seconds.get(self._stage, 0.0)
            self._report.seconds[self._stage] = spent + time.perf_counter() - self._since
            self._stage = ""


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.where or Where("")
    return where.path, where.line, where.column, problem.code, problem.message


def _damaged(memo: Path, error: Exception) -> Problem:
    return Problem(
        "build/memo",
        f"what earlier builds had noted was damaged ({type(error).__name__}); it is thrown away",
        Where(str(memo)),
        "nothing is to be done: this build made everything anew",
        "warning",
    )
