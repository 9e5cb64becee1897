"""`site-gen convert`: raw documents become drafts."""

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.options import (
    as_json,
    clock,
    colour,
    format_option,
    moment_of,
    now_option,
    site_with_settings,
)
from site_gen.problems import Problem, UsageError, clean, layout

if TYPE_CHECKING:
    from site_gen.convert.receipts.report import ConvertReport, Row

COLOURS = {"created": "green", "updated": "cyan", "quarantined": "yellow", "failed": "red"}


@click.command()
@click.argument("sources", nargs=-1, metavar="SRC...")
@click.option("--to", default="", metavar="DIR", help="Folder for the drafts  [default: content]")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--diff", is_flag=True, help="Show what is new against what lies there.")
@click.option("--update", is_flag=True,
              help="Merge new fields into edited files; the editor's changes stay.")  # fmt: skip
@click.option("--accept", is_flag=True, help="Take quarantined drafts in: SRC names them.")
@click.option("--date", metavar="DATE", help="publishedDateTime for drafts without one.")
@click.option("--provider", default="", metavar="NAME",
              help="Name or domain of the provider, for drafts without one.")  # fmt: skip
@click.option("--topic", "topics", multiple=True, metavar="NAME",
              help="Topic added to every draft; may be repeated.")  # fmt: skip
@click.option("--since", metavar="DATE", help="Leave out what was published before.")
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N",
              help="At most so many drafts of each source.")  # fmt: skip
@click.option("--split/--no-split", default=None,
              help="Take a text as several articles, or as one  [default: decide]")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
@now_option
@format_option
@click.pass_context
def convert(context: click.Context, /, sources: tuple[str, ...], **given: Any) -> None:
    """Make drafts of raw documents: texts, saved pages, feeds, entries of other systems.

    SRC is a file, a folder, `-` for standard input, or the address of a page or feed; without
    any, the settings' convert.sources. A draft is never written over an editor's change.
    """
    from site_gen.convert.options import ConvertOptions
    from site_gen.convert.run import convert_sources

    root, settings = site_with_settings(context)
    if not sources and (given["accept"] or not settings.convert.sources):
        cure = "name a file, a folder, an address or `-`, or set convert.sources"
        raise UsageError([Problem("usage/sources", "there is nothing to convert", help=cure)])
    options = ConvertOptions(
        date=moment_of(given.pop("date"), "--date", settings),
        since=moment_of(given.pop("since"), "--since", settings),
        topics=given.pop("topics"),
        **{key: value for key, value in given.items() if key not in ("now", "form")},
    )
    wants_data = as_json(context, given["form"])
    progress = _progress(context, wants_data)
    now = clock(given["now"], settings)
    report = convert_sources(root, settings, list(sources), options, now, progress)
    _print_json(report) if wants_data else _print_text(report, context)
    context.exit(report.exit_code)


import_ = click.Command(
    "import", callback=convert.callback, params=convert.params, help="The same as convert.",
    hidden=True,
)  # fmt: skip

COMMANDS = (convert, import_)


def _progress(context: click.Context, as_json: bool) -> Callable[[int, str], None]:
    """A line that is rewritten, for a person at a terminal."""
    quiet = context.find_root().params.get("quiet")
    if as_json or quiet or "CI" in os.environ or not sys.stderr.isatty():
        return lambda done, name: None

    def show(done: int, name: str) -> None:
        text = f"{done} done, {clean(name, 60)}" if name else ""
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show


def _print_json(report: "ConvertReport") -> None:
    from site_gen.convert.receipts.report import row_as_data
    from site_gen.problems import as_data

    data = {
        "dryRun": report.dry_run,
        "counts": report.counts,
        "rows": [row_as_data(row) for row in report.rows],
        "warnings": [as_data(problem) for problem in report.warnings],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _print_text(report: "ConvertReport", context: click.Context) -> None:
    for row in report.rows:
        if row.status == "unchanged" and not row.note:
            continue
        for line in _lines(row):
            click.echo(line, color=colour(context))
    for problem in (*report.warnings, *(p for row in report.rows for p in row.problems)):
        click.echo(layout(problem) + "\n", err=True)
    counted = ", ".join(f"{count} {status}" for status, count in report.counts.items() if count)
    dry = " (dry run: nothing was written)" if report.dry_run else ""
    click.echo((counted or "nothing to do") + dry)


def _lines(row: "Row") -> list[str]:
    status = click.style(f"{row.status:<12}", fg=COLOURS.get(row.status))
    place = clean(row.path or row.source, 200)
    lines = [f"{status} {place}"]
    lines += [f"{'':12} {clean(text, 200)}" for text in (*row.reasons, row.note) if text]
    lines += [clean(line.rstrip("\n"), 400) for line in row.diff.splitlines()]
    return lines
