"""`site-gen convert` (also `import`), `inspect` and `new`: raw documents become drafts."""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli import source_date
from site_gen.problems import Problem, SiteError, UsageError, clean, layout

if TYPE_CHECKING:
    from site_gen.convert.report import ConvertReport, Row
    from site_gen.settings import Settings

COLOURS = {"created": "green", "updated": "cyan", "quarantined": "yellow", "failed": "red"}
STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "kept": {"fg": "green"},
    "cut": {"fg": "red"},
    "moved": {"fg": "cyan"},
    "note": {"fg": "yellow"},
    "plain": {},
}

_format = click.option("--format", "form", type=click.Choice(["text", "json"]),
                       help="How to print the outcome.")  # fmt: skip
_now = click.option("--now", metavar="TIME", help="Take this for the time of the conversion.")


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
@_now
@_format
@click.pass_context
def convert(context: click.Context, /, sources: tuple[str, ...], **given: Any) -> None:
    """Make drafts of raw documents: texts, saved pages, feeds, entries of other systems.

    SRC is a file, a folder, `-` for standard input, or the address of a page or feed; without
    any, the settings' convert.sources. A draft is never written over an editor's change.
    """
    from site_gen.convert.options import ConvertOptions
    from site_gen.convert.run import convert_sources

    root, settings = _site(context)
    if not sources and (given["accept"] or not settings.convert.sources):
        cure = "name a file, a folder, an address or `-`, or set convert.sources"
        raise UsageError([Problem("usage/sources", "there is nothing to convert", help=cure)])
    options = ConvertOptions(
        date=_moment(given.pop("date"), "--date", settings),
        since=_moment(given.pop("since"), "--since", settings),
        topics=given.pop("topics"),
        **{key: value for key, value in given.items() if key not in ("now", "form")},
    )
    as_json = _as_json(context, given["form"])
    progress = _progress(context, as_json)
    now = _clock(given["now"], settings)
    report = convert_sources(root, settings, list(sources), options, now, progress)
    _print_json(report) if as_json else _print_text(report, context)
    context.exit(report.exit_code)


@click.command()
@click.argument("file")
@click.option("--split/--no-split", default=None, help="As for convert.")
@_format
@click.pass_context
def inspect(context: click.Context, file: str, split: bool | None, form: str | None) -> None:
    """Show what a conversion of FILE keeps and cuts, rule by rule; write nothing."""
    from site_gen.convert import inspect as inspection
    from site_gen.convert.options import ConvertOptions

    root, settings = _site(context)
    found = inspection.inspect_document(root, settings, file, ConvertOptions(split=split))
    if _as_json(context, form):
        click.echo(json.dumps(inspection.as_data(found), ensure_ascii=False, indent=2, default=str))
        return
    for style, line in inspection.as_lines(found):
        click.echo(click.style(line, **STYLES[style]), color=_colour(context))


@click.group()
def new() -> None:
    """Start an article or the note of an edition."""


@new.command()
@click.argument("title")
@_now
@click.pass_context
def article(context: click.Context, title: str, now: str | None) -> None:
    """Write an article with this TITLE to fill in, as a draft of this week."""
    from site_gen.convert.scaffold import new_article

    root, settings = _site(context)
    click.echo(new_article(root, settings, title, _clock(now, settings)))


@new.command()
@click.argument("week", default="")
@_now
@click.pass_context
def edition(context: click.Context, week: str, now: str | None) -> None:
    """Write the note of the edition of WEEK (such as 2024-W07; this week without it)."""
    from site_gen.convert.scaffold import new_edition

    root, settings = _site(context)
    click.echo(new_edition(root, settings, week, _clock(now, settings)))


import_ = click.Command(
    "import", callback=convert.callback, params=convert.params, help="The same as convert.",
    hidden=True,
)  # fmt: skip

COMMANDS = (convert, import_, inspect, new)


def _site(context: click.Context) -> "tuple[Path, Settings]":
    from site_gen import settings

    root = Path(context.find_root().params.get("directory") or ".").resolve()
    loaded = settings.load(root)
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    return root, loaded.settings


def _as_json(context: click.Context, form: str | None) -> bool:
    return (form or context.find_root().params.get("format")) == "json"


def _moment(text: str | None, option: str, settings: "Settings") -> datetime | None:
    """A date from the command line; a naive one is in the site's zone."""
    if text is None:
        return None
    from zoneinfo import ZoneInfo

    from site_gen.basics import dates

    try:
        return dates.parse(text, ZoneInfo(settings.timezone))
    except ValueError as error:
        message = f'{option}: "{clean(text, 40)}" {error}'
        raise UsageError([Problem("usage/date", message)]) from None


def _clock(text: str | None, settings: "Settings") -> datetime:
    """--now, else SOURCE_DATE_EPOCH, else the clock: read here and nowhere else."""
    return _moment(text, "--now", settings) or source_date() or datetime.now(UTC)


def _progress(context: click.Context, as_json: bool) -> Callable[[int, str], None]:
    """A line that is rewritten, for a person at a terminal."""
    quiet = context.find_root().params.get("quiet")
    if as_json or quiet or "CI" in os.environ or not sys.stderr.isatty():
        return lambda done, name: None

    def show(done: int, name: str) -> None:
        text = f"{done} done, {clean(name, 60)}" if name else ""
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show


def _colour(context: click.Context) -> bool | None:
    """None lets click look at the terminal."""
    asked = context.find_root().color
    return False if asked is None and os.environ.get("NO_COLOR") else asked


def _print_json(report: "ConvertReport") -> None:
    from site_gen.convert.report import row_as_data
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
            click.echo(line, color=_colour(context))
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
