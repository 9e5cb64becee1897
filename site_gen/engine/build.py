"""A build from start to end: snapshot, read, arrange, plan, render, publish, settle."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from site_gen.engine.recovery import at_work, system_problem
from site_gen.engine.report import Options, Report, Timer
from site_gen.engine.site import Caller, GiveWay, Progress, Site, Viewer
from site_gen.engine.snapshot import take_snapshot
from site_gen.engine.up_to_date import is_up_to_date
from site_gen.memo.memo import Memo
from site_gen.output.publish import open_staging
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
    problems: tuple[Problem, ...] = ()
    try:
        at_work(site, _build)
    except GiveWay:
        site.report.unfinished = True
    except SiteError as error:
        site.report.ok, problems = False, error.problems
    except OSError as error:
        site.report.ok, problems = False, (system_problem(error, None),)
    report = site.report
    said = {placed(p, root) for p in (*report.problems, *problems)}
    report.problems = tuple(sorted(said, key=_order))
    if report.is_faulty:
        report.ok = False
    if kept and not report.ok:
        kept.last_build = None
    return report


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.where or Where("")
    return where.path, where.line, where.column, problem.code, problem.message


def _build(site: Site) -> None:
    caller, report = site.caller, site.report
    with (
        Timer(report, "scan") as timer,
        open_staging(site.output, site.root, site.memo_file.parent) as site.staging,
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
            # Needs the heavy libraries: a build with nothing to do never gets here.
            from site_gen.engine.stages import carry_out

            carry_out(site, timer)
