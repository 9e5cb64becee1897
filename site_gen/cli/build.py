"""`site-gen build`."""

import contextlib
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.context import (
    is_quiet,
    is_verbose,
    say,
    show_problems,
    site_of,
    source_date,
    wants_json,
)
from site_gen.cli.progress import Progress, is_deploy_preview, is_watched, summary
from site_gen.engine.build import build as build_site
from site_gen.engine.report import Options, Report
from site_gen.problems import as_data, clean

if TYPE_CHECKING:
    from site_gen.workers.cluster import Cluster

SLOWEST = 8
"""Templates in the table of -v."""


def moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime:
    """Return the time of the build: `--now`, else SOURCE_DATE_EPOCH, else the clock."""
    if value is None:
        return source_date() or datetime.now(UTC)
    from site_gen.basics import dates

    try:
        return dates.parse(value, UTC)
    except ValueError as error:
        raise click.BadParameter(f'"{clean(value, 40)}" {error}', context, parameter) from None


@click.command()
@click.option("-b", "--base-url", metavar="URL", help="Address of the published site.")
@click.option("-o", "--output", metavar="DIR", help="Build into this folder (default: public).")
@click.option(
    "-t", "--theme", metavar="NAME", help="Use this theme instead of the settings' theme."
)
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("--future", is_flag=True, help="Include articles dated in the future.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--keep-going", is_flag=True, help="Publish what has no errors; still exit with 1.")
@click.option("--now", callback=moment, metavar="TIME", help="Use this as the current time.")
@click.option("--jobs", default="auto", metavar="N", help="Worker processes (default: auto).")
@click.option("--workers", metavar="URL", help="Scheduler of a dask cluster that helps.")
@click.pass_context
def build(context: click.Context, /, base_url: str | None, output: str | None, jobs: str,
          workers: str | None, now: datetime, **flags: Any) -> None:  # fmt: skip
    """Build the site. Only what changed is written."""
    root = site_of(context)
    options = Options(
        now=now,
        base_url=checked_base_url(base_url),
        output=root / output if output else None,
        jobs=_parse_jobs(jobs),
        noindex=is_deploy_preview(),
        **flags,
    )
    start = time.perf_counter()
    progress = Progress() if is_watched(quiet=is_quiet(context)) else None
    with _open_cluster(workers) as cluster:
        report = build_site(root, options, progress, workers=cluster)
    seconds = time.perf_counter() - start
    if wants_json(context):
        click.echo(json.dumps(as_json(report), ensure_ascii=False, indent=2))
    else:
        show_problems(report.problems)
        if is_verbose(context):
            say(context, _details(report))
        say(context, summary(report, seconds))
    if not report.ok:
        context.exit(1)


def checked_base_url(base_url: str | None) -> str | None:
    """Return `--base-url` without a final slash, None if empty. Raises BadParameter if invalid."""
    if not base_url:
        return None
    from site_gen.basics import urls

    try:
        checked = urls.check(base_url).rstrip("/")
        if "?" in checked or "#" in checked:
            raise ValueError("has a query or fragment")
    except ValueError as error:
        raise click.BadParameter(f'"{clean(base_url)}" {error}', param_hint="--base-url") from None
    return checked


@contextlib.contextmanager
def _open_cluster(url: str | None) -> "Iterator[Cluster | None]":
    if url is None:
        yield None
        return
    from site_gen.workers.cluster import Cluster

    with contextlib.closing(Cluster(url)) as cluster:
        yield cluster


def _parse_jobs(text: str) -> int:
    if text == "auto":
        return 0
    if text.isdecimal() and 1 <= int(text) <= 256:
        return int(text)
    raise click.BadParameter(
        f'"{clean(text)}" is not "auto" or a number from 1 to 256', param_hint="--jobs"
    )


def _details(report: Report) -> str:
    """Return the text of -v: seconds by stage, slowest templates, rendered pages."""
    lines = ["stage          seconds"]
    lines += [f"{stage:<12} {spent:>9.3f}" for stage, spent in report.seconds.items()]
    slow = sorted(report.templates.items(), key=lambda item: -item[1])[:SLOWEST]
    if slow:
        lines += ["", "slowest        seconds"]
        lines += [f"{name:<12} {spent:>9.3f}" for name, spent in slow]
    lines += [f"rendered {r.path}: {', '.join(r.reasons)}" for r in report.rendered[:40]]
    if len(report.rendered) > 40:
        lines.append(f"and {len(report.rendered) - 40:,} more")
    if report.missing_strings:
        lines.append(f"strings taken from English: {', '.join(report.missing_strings)}")
    return "\n".join([f"stat {report.stat:,}, hashed {report.hashed:,}", *lines, ""])


def as_json(report: Report) -> dict[str, Any]:
    """Return the JSON output."""
    return {
        "ok": report.ok,
        "counts": {
            "stat": report.stat, "hashed": report.hashed, "read": report.read,
            "rendered": len(report.rendered), "written": len(report.written),
            "removed": len(report.removed), "pages": report.pages,
            "articles": report.articles, "editions": report.editions,
        },
        "waiting": report.waiting._asdict(),
        "rendered": [r._asdict() for r in report.rendered],
        "written": list(report.written),
        "removed": list(report.removed),
        "seconds": report.seconds,
        "templates": report.templates,
        "problems": [as_data(p) for p in report.problems],
    }  # fmt: skip


COMMANDS = (build,)
