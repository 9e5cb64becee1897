"""`site-gen convert`: raw documents become drafts."""

import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.context import say
from site_gen.cli.options import (
    alone,
    as_json,
    clock,
    format_option,
    moment_of,
    now_option,
    site_with_settings,
)
from site_gen.cli.rows import print_json, print_text
from site_gen.problems import Problem, SiteError, UsageError, clean

if TYPE_CHECKING:
    from site_gen.convert.receipts.report import ConvertReport


@click.command()
@click.argument("sources", nargs=-1, metavar="SRC...")
@click.option("--to", default="", metavar="DIR", help="Folder for the drafts  [default: content]")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option("--diff", is_flag=True, help="Show the difference to the existing files.")
@click.option("--update", is_flag=True,
              help="Merge new fields into edited files; the editor's changes stay.")  # fmt: skip
@click.option("--again", is_flag=True, help="Also make drafts that you removed.")
@click.option("--publish", is_flag=True,
              help="Write no `draft: true`: for unattended use.")  # fmt: skip
@click.option("--date", metavar="DATE", help="publishedDateTime of drafts without one.")
@click.option("--provider", default="", metavar="NAME",
              help="Name or domain of the provider of drafts without one.")  # fmt: skip
@click.option("--topic", "topics", multiple=True, metavar="NAME",
              help="Topic added to every draft; may be repeated.")  # fmt: skip
@click.option("--edition", default="", metavar="ID",
              help="Put all drafts into this edition, whatever their date.")  # fmt: skip
@click.option("--since", metavar="DATE", help="Leave out what was published before this date.")
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N",
              help="At most this many drafts per source.")  # fmt: skip
@click.option("--split/--no-split", default=None,
              help="Split each text into articles, or never  [default: automatic]")  # fmt: skip
@click.option("--duplicates", type=click.Choice(["name", "keep"]), default="name",
              help="A story of several sources: name them in one draft, or keep all.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Also fetch from private addresses.")
@now_option
@format_option
@click.pass_context
def convert(context: click.Context, /, sources: tuple[str, ...], **given: Any) -> None:
    """Turn raw documents into drafts: texts, saved pages, feeds, entries of other systems.

    SRC is a file, a folder, `-` for standard input, or the address of a page or feed. Without SRC,
    the settings' convert.sources are used. An editor's changes are never overwritten. No build
    publishes a draft before `site-gen accept`.
    """
    from site_gen.convert.drafts.scaffold import edition_id
    from site_gen.convert.options import ConvertOptions
    from site_gen.convert.run import convert_sources
    from site_gen.plugins.load import load

    root, settings = site_with_settings(context)
    if not sources and not settings.convert.sources:
        cure = "name a file, a folder, an address or `-`, or set convert.sources"
        raise UsageError([Problem("usage/sources", "there is nothing to convert", help=cure)])
    if given["edition"]:
        edition_id(settings, given["edition"])
    options = ConvertOptions(
        date=moment_of(given.pop("date"), "--date", settings),
        since=moment_of(given.pop("since"), "--since", settings),
        topics=given.pop("topics"),
        **{key: value for key, value in given.items() if key not in ("now", "form")},
    )
    wants_data = as_json(context, given["form"])
    progress = _progress(context, wants_data)
    now = clock(given["now"], settings)
    plugins = load(root, settings.plugins)
    with alone(root, dry=options.dry_run):
        report = convert_sources(
            *(root, settings, list(sources), options, now, progress), plugins=plugins
        )
    print_json(report) if wants_data else print_text(report, context)
    if not wants_data and (next_step := _next_step(report)):
        say(context, next_step)
    if not options.dry_run:
        _report_repeated(context, root, report, now)
    context.exit(report.exit_code)


COMMANDS = (convert,)


def _report_repeated(
    context: click.Context, root: Path, report: "ConvertReport", now: datetime
) -> None:
    """Report new drafts whose address or title an earlier edition had."""
    created = [row for row in report.rows if row.status == "created"]
    if not created or not (root / "content").is_dir():
        return
    from site_gen import frontmatter
    from site_gen.check.earlier_editions import SentArticles
    from site_gen.convert.drafts.files import Store
    from site_gen.engine.report import Options
    from site_gen.query import catalog_of

    try:
        catalog, _ = catalog_of(root, Options(now=now, keep_going=True))
    except SiteError:
        return  # the build reports it
    sent, store = SentArticles(catalog), Store(root)
    for row in created:
        data = store.read(row.path)
        try:
            raw, _ = frontmatter.parse((data or b"").decode("utf-8", "replace"), row.path)
        except SiteError:
            continue
        originals = [str(raw[key]) for key in ("webUrl", "originalUrl") if raw.get(key)]
        found = sent.find(str(raw.get("title", "")), originals, row.path)
        if found:
            say(context, f"{clean(row.path, 200)}: already in {found.edition} ({found.path})")


def _next_step(report: "ConvertReport") -> str:
    """Return what the editor should do next with the drafts, or with entries that are none."""
    states = Counter(row.state for row in report.rows if row.status == "created")
    drafts = states["draft"] + states["kept back"]
    if not states:
        return ""
    if not drafts:
        return "They are no drafts: the next build publishes those whose date has come."
    them = (
        "They are drafts" if not states["content"] else f"{drafts} of {states.total()} are drafts"
    )
    whole = ", or --clean or --all" if states["draft"] else ""
    return (
        f"{them}: look at them with `site-gen serve`, publish them with"
        f" `site-gen accept FILE...`{whole}."
    )


def _progress(context: click.Context, as_json: bool) -> Callable[[int, str], None]:
    """Return a function that rewrites a line of a terminal; it does nothing elsewhere."""
    quiet = context.find_root().params.get("quiet")
    if as_json or quiet or "CI" in os.environ or not sys.stderr.isatty():
        return lambda done, name: None

    def show(done: int, name: str) -> None:
        text = f"{done} done, {clean(name, 60)}" if name else ""
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show
