"""A build, as it reads: snapshot, read, arrange, plan, render, publish, settle."""

import contextlib
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from site_gen.engine.recovery import at_work, system_problem
from site_gen.engine.report import Options, Report
from site_gen.engine.site import Caller, GiveWay, Progress, Site, Viewer
from site_gen.engine.snapshot import take_snapshot
from site_gen.engine.up_to_date import is_up_to_date
from site_gen.memo.memo import Memo
from site_gen.output.publish import prepared
from site_gen.problem_lines import placed
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
    try:
        at_work(site, partial(_build, site))
    except GiveWay:
        site.report.unfinished = True
    except SiteError as error:
        _refuse(site.report, *error.problems)
    except OSError as error:
        _refuse(site.report, system_problem(error, None))
    report = site.report
    report.problems = tuple(sorted({placed(p, root) for p in report.problems}, key=_order))
    if any(p.severity == "error" for p in report.problems):
        report.ok = False
    if kept and not report.ok:
        kept.last_build = None
    return report


def _refuse(report: Report, *problems: Problem) -> None:
    report.problems += problems
    report.ok = False


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.where or Where("")
    return where.path, where.line, where.column, problem.code, problem.message


def _build(site: Site) -> None:
    caller, report = site.caller, site.report
    with (
        Timer(report, "scan") as timer,
        prepared(site.output, site.root, site.memo_file.parent) as site.staging,
        contextlib.closing(Memo(site.memo_file)) as site.memo,
    ):
        if caller.kept and caller.kept.last_build:
            from site_gen.engine.open_pages import publish_open_pages

            timer.start("ahead")
            publish_open_pages(site)
            caller.give_way()
            timer.start("scan")
        snapshot = site.snapshot = take_snapshot(site.root)
        caller.give_way()
        report.stat = len(snapshot.content) + len(snapshot.themes) + len(snapshot.settings)
        if not is_up_to_date(site):
            _work(site, timer)


def _work(site: Site, timer: "Timer") -> None:
    # What follows needs the heavy libraries: a build with nothing to do never gets here.
    from site_gen.engine.render.portions import is_seen
    from site_gen.engine.stages import Work
    from site_gen.output.built_by import note

    work = Work(site)
    for stage in ("settings", "extend", "read", "arrange", "load_theme", "first", "plan"):
        site.caller.give_way()
        timer.start(stage)
        getattr(work, stage)()
    for number, portion in enumerate(work.portions()):
        timer.start("render")
        outcomes = work.render(portion)
        timer.start("publish")
        work.publish(portion, outcomes)
        if site.caller.viewer and (number == 0 or is_seen(portion)):
            site.caller.viewer.shown(site.report)
    work.settle()
    note(site.root)


class Timer:
    """Seconds by stage, into the report."""

    def __init__(self, report: Report, stage: str) -> None:
        self._seconds = report.seconds
        self._stage = stage
        self._since = time.perf_counter()

    def __enter__(self) -> "Timer":
        return self

    def __exit__(self, *_: object) -> None:
        self.start("")

    def start(self, stage: str) -> None:
        """End the stage at work and begin another."""
        now = time.perf_counter()
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now
