"""`site-gen accept`: drafts that convert made become content."""

from typing import TYPE_CHECKING

import click

from site_gen.cli.options import alone, as_json, format_option, site_with_settings
from site_gen.cli.rows import print_json, print_text
from site_gen.problems import Problem, UsageError

if TYPE_CHECKING:
    from site_gen.convert.drafts.accept import Which


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--all", "every", is_flag=True, help="Every draft that convert made.")
@click.option("--clean", is_flag=True,
              help="Those without warnings and with a confidence of 0.9 or more.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@format_option
@click.pass_context
def accept(
    context: click.Context,
    files: tuple[str, ...],
    every: bool,
    clean: bool,
    dry_run: bool,
    form: str | None,
) -> None:
    """Publish drafts: remove the line `draft: true`, and change nothing else.

    A FILE from .site_gen/quarantine/ moves to content/. Name these drafts one by one: those that
    you began yourself (without rawDigest), and those that their old system did not publish.
    """
    from site_gen.convert.drafts.accept import accept_drafts

    root, settings = site_with_settings(context)
    if bool(files) + every + clean != 1:
        cure = "name files, or give one of --all and --clean"
        raise UsageError([Problem("usage/accept", "say which drafts to accept", help=cure)])
    which: Which = "named" if files else "all" if every else "clean"
    with alone(root, dry=dry_run):
        report = accept_drafts(root, settings, list(files), which, dry_run=dry_run)
    print_json(report) if as_json(context, form) else print_text(report, context)
    context.exit(report.exit_code)


COMMANDS = (accept,)
