"""What every verb asks of its context: the site's folder, common options, how to say it."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from site_gen.problems import Problem, SiteError, UsageError, gathered, layout, shown

COMPLETING = "_SITE_GEN_COMPLETE"
"""Set in the environment by a shell that asks what may follow."""


def root_of(context: click.Context) -> Path:
    """The site's folder."""
    return Path(context.find_root().params.get("directory") or ".").resolve()


def site_of(context: click.Context) -> Path:
    """The same, where a site may be. Raises SiteError: nothing is written into other folders."""
    root = root_of(context)
    if not any((root / name).is_file() for name in ("site.toml", "pyproject.toml")):
        from site_gen import settings  # costs too much for a build with nothing to do

        raise SiteError(settings.load(root).problems)
    return root


def wants_json(context: click.Context) -> bool:
    """Whether the output is to be data."""
    return context.find_root().params.get("format") == "json"


def is_quiet(context: click.Context) -> bool:
    return bool(context.find_root().params.get("quiet"))


def is_verbose(context: click.Context) -> bool:
    return bool(context.find_root().params.get("verbose"))


def source_date() -> datetime | None:
    """The moment that SOURCE_DATE_EPOCH names. Raises UsageError where it names none."""
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
    """A message on stderr, unless --quiet."""
    if not is_quiet(context):
        click.echo(text, err=True)


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Problems on stderr, one blank line between; of warnings one for each kind, but with -v."""
    context = click.get_current_context(silent=True)
    told = problems if context and is_verbose(context) else gathered(problems)
    for problem in told:
        text = layout(problem)
        head, _, rest = text.partition("\n")
        colour = {"error": "red", "warning": "yellow"}.get(problem.severity, "blue")
        click.echo(
            click.style(head, fg=colour, bold=True) + ("\n" + rest if rest else ""), err=True
        )
        click.echo(err=True)
