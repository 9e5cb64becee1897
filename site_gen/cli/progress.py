"""Progress and summary of a build. Imports no library: see `cli/quick_build.py`."""

import os
import sys
import time

from site_gen.engine.report import Report

_STEP = 0.1


def counted(number: int, word: str) -> str:
    """Return a text such as "1 page" or "2 pages"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def is_watched(*, quiet: bool) -> bool:
    """Whether to show progress: only on a terminal."""
    return sys.stderr.isatty() and "CI" not in os.environ and not quiet


def is_deploy_preview() -> bool:
    """Whether Netlify builds a preview, which search engines must not find."""
    return os.environ.get("CONTEXT", "production") != "production" and "true" in (
        os.environ.get("NETLIFY"),
        os.environ.get("NETLIFY_LOCAL"),
    )


class Progress:
    """A line on a terminal that counts the progress of longer builds."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 5 * _STEP
        self._width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _STEP
            text = f"{stage} {done:,} of {total:,}"
            self._width = max(self._width, len(text))
            _write(f"\r{text.ljust(self._width)}")
        if done == total and self._width:
            _write(f"\r{' ' * self._width}\r")
            self._width = 0


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def summary(report: Report, seconds: float) -> str:
    """Return one line about what a build did."""
    errors = sum(p.severity == "error" for p in report.problems)
    if not report.ok:
        kept = "the rest is published" if report.written else "the last good site stays"
        return f"{counted(errors, 'problem')}: {kept}."
    what = (
        f"{counted(report.articles, 'article')} in {counted(report.editions, 'edition')}, "
        f"{counted(report.pages, 'page')}"
    )
    if not report.written and not report.removed:
        return f"{what}: nothing to do ({seconds:.2f} s).{waiting(report)}"
    removed = f", {len(report.removed):,} removed" if report.removed else ""
    return (
        f"{what}: {report.read:,} read, {len(report.rendered):,} rendered, "
        f"{len(report.written):,} written{removed} ({seconds:.2f} s).{waiting(report)}"
    )


def waiting(report: Report) -> str:
    """Return what is not published yet, such as " 3 drafts, 1 held back until ...", or ""."""
    drafts, held, until, path, later = report.waiting
    parts = [counted(drafts, "draft")] if drafts else []
    if held:
        from site_gen.problems import clean

        first = "" if held == 1 else ", the first"
        parts.append(f"{held:,} held back{first} until {until} ({clean(path, 200)})")
    if later:
        parts.append(f"{counted(later, 'article')} after the last note")
    return f" {', '.join(parts)}." if parts else ""
