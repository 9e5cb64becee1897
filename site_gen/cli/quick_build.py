"""A bare `site-gen build`: without the library that reads command lines.

Importing that one takes as long as the rest of a build that has nothing to do. Whatever is not
understood at once is left to it, and so is every word on what is wrong.
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
"""Of seconds since 1970, until the year 2286."""


def run(given: list[str]) -> int | None:
    """The exit code of a build asked for in these words; None where they say more than that."""
    asked, now = _asked(given), _now()
    if asked is None or now is None or os.environ.get("NO_COLOR"):
        return None
    directory, quiet = asked
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
        from site_gen.cli.main import crashed

        return crashed(error, root)
    seconds = time.perf_counter() - start
    if report.problems:
        from site_gen.cli.context import show_problems

        show_problems(report.problems)
    if not quiet:
        sys.stderr.write(f"{summary(report, seconds)}\n")
    return 0 if report.ok else 1


def _now() -> datetime | None:
    """The moment that SOURCE_DATE_EPOCH names, else the clock's; None for what names none."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return datetime.now(UTC)
    plain = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return datetime.fromtimestamp(int(text), UTC) if plain else None


def _asked(given: list[str]) -> tuple[str, bool] | None:
    """The folder and whether to be quiet; None for anything but `[-q] [-C DIR] build`."""
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
