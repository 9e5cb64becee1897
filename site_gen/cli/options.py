"""Options that several commands share."""

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.context import root_of, source_date, wants_json
from site_gen.problems import Problem, SiteError, UsageError, clean

if TYPE_CHECKING:
    from site_gen.settings import Settings

CONVERT_WAIT = 600.0
"""Seconds to wait for another run, which may be fetching."""
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]),
                       help="Output format.")  # fmt: skip
now_option = click.option("--now", metavar="TIME", help="Use this as the current time.")


def site_with_settings(context: click.Context) -> "tuple[Path, Settings]":
    from site_gen import settings

    root = root_of(context)
    loaded = settings.load(root)
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    return root, loaded.settings


def as_json(context: click.Context, form: str | None) -> bool:
    return form == "json" or (not form and wants_json(context))


def moment_of(text: str | None, option: str, settings: "Settings") -> datetime | None:
    """Parse a time of an option; without offset, it is in the site's zone. Raises UsageError."""
    if text is None:
        return None
    from zoneinfo import ZoneInfo

    from site_gen.basics import dates

    try:
        return dates.parse(text, ZoneInfo(settings.timezone))
    except ValueError as error:
        message = f'{option}: "{clean(text, 40)}" {error}'
        raise UsageError([Problem("usage/date", message)]) from None


def clock(text: str | None, settings: "Settings") -> datetime:
    """Return the current time: --now, else SOURCE_DATE_EPOCH, else the clock."""
    return moment_of(text, "--now", settings) or source_date() or datetime.now(UTC)


def alone(root: Path, *, dry: bool = False) -> AbstractContextManager[None]:
    """Return the lock for writing into content/, so that two runs cannot overwrite each other's
    drafts. Nothing is locked for a dry run."""
    from site_gen.workers.process_lock import CONVERT, build_lock

    if dry:
        return nullcontext()
    work = root / ".site_gen"
    work.mkdir(exist_ok=True)
    return build_lock(work, CONVERT_WAIT, name=CONVERT)


def colour(context: click.Context) -> bool | None:
    """Return whether to use colour; None if click should look at the terminal."""
    given = context.find_root().color
    return False if given is None and os.environ.get("NO_COLOR") else given
