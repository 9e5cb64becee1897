"""A plain `site-gen build` without importing click.

Importing click takes as long as the rest of a build with nothing to do. All other command lines and
error messages are left to it.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from site_gen.cli.progress import Progress, is_deploy_preview, is_watched, summary
from site_gen.engine.build import build
from site_gen.engine.report import Options

_DIGITS = 10
"""The most digits of SOURCE_DATE_EPOCH: until the year 2286."""


def run(given: list[str]) -> int | None:
    """Build if the arguments are `[-q] [-C DIR] build`; return the exit code, None for others."""
    parsed, now = _parse(given), _now()
    if parsed is None or now is None or os.environ.get("NO_COLOR"):
        return None
    directory, quiet = parsed
    root = Path(directory).resolve()
    if not any((root / name).is_file() for name in ("site.toml", "pyproject.toml")):
        return None
    options = Options(now=now, noindex=is_deploy_preview())
    start = time.perf_counter()
    try:
        report = build(root, options, Progress() if is_watched(quiet=quiet) else None)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    except Exception as error:
        from site_gen.cli.main import report_bug

        return report_bug(error, root)
    seconds = time.perf_counter() - start
    if report.problems:
        from site_gen.cli.context import show_problems

        show_problems(report.problems)
    if not quiet:
        sys.stderr.write(f"{summary(report, seconds)}\n")
    return 0 if report.ok else 1


def _now() -> datetime | None:
    """Return the time of SOURCE_DATE_EPOCH (None if invalid), else of the clock."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return datetime.now(UTC)
    plain = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return datetime.fromtimestamp(int(text), UTC) if plain else None


def _parse(given: list[str]) -> tuple[str, bool] | None:
    """Return the folder, and whether -q is given; None for any other command line."""
    directory, quiet, commands = ".", False, 0
    words = iter(given)
    for word in words:
        if word in ("-C", "--directory"):
            directory = next(words, "")
            if not os.path.isdir(directory):
                return None
        elif word in ("-q", "--quiet"):
            quiet = True
        elif word == "build":
            commands += 1
        else:
            return None
    return (directory, quiet) if commands == 1 else None
