"""What every command needs: the site's folder, common options, messages."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from site_gen.problems import Problem, SiteError, UsageError, gathered, layout, shown

COMPLETING = "_SITE_GEN_COMPLETE"
"""The environment variable by which a shell requests completions."""


def root_of(context: click.Context) -> Path:
    """Return the folder given by -C, else the current one."""
    return Path(context.find_root().params.get("directory") or ".").resolve()


def site_of(context: click.Context) -> Path:
    """Return the same folder if it can be a site. Raises SiteError, so that nothing is written."""
    root = root_of(context)
    if not any((root / name).is_file() for name in ("site.toml", "pyproject.toml")):
        from site_gen import settings  # slow to import for a build with nothing to do

        raise SiteError(settings.load(root).problems)
    return root


def wants_json(context: click.Context) -> bool:
    """Whether the output is to be JSON."""
    return context.find_root().params.get("format") == "json"


def is_quiet(context: click.Context) -> bool:
    return bool(context.find_root().params.get("quiet"))


def is_verbose(context: click.Context) -> bool:
    return bool(context.find_root().params.get("verbose"))


def source_date() -> datetime | None:
    """Return the time of SOURCE_DATE_EPOCH, None if unset. Raises UsageError if it is invalid."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {shown(text)}"
        cure = "give the seconds since 1970, or unset it"
        raise UsageError([Problem("usage/clock", message, help=cure)]) from None


def say(context: click.Context, text: str) -> None:
    """Print a message to stderr, unless --quiet."""
    if not is_quiet(context):
        click.echo(text, err=True)


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Print problems to stderr; without -v, only one warning of each kind."""
    context = click.get_current_context(silent=True)
    chosen = problems if context and is_verbose(context) else gathered(problems)
    for problem in chosen:
        text = layout(problem)
        head, _, rest = text.partition("\n")
        colour = {"error": "red", "warning": "yellow"}.get(problem.severity, "blue")
        click.echo(
            click.style(head, fg=colour, bold=True) + ("\n" + rest if rest else ""), err=True
        )
        click.echo(err=True)
