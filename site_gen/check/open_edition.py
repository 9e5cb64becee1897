"""Checks the open edition after each save, for the preview."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from site_gen.check.findings import as_problems, with_lines
from site_gen.check.output_formats import count_by_severity
from site_gen.check.run import LoadedSite, check_loaded, open_reader
from site_gen.check.scorecard import as_lines, scorecard
from site_gen.check.selection import OPEN, Request, editions_to_summarize
from site_gen.problems import as_data
from site_gen.query import Contents
from site_gen.settings import Settings

_LEVELS = ("error", "warning", "note", "hint")
MOST = 50
"""Findings that are passed on; the others are counted."""


def hints(
    root: Path,
    settings: Settings,
    contents: Contents,
    now: datetime,
    pause: Callable[[], None],
) -> dict[str, Any] | None:
    """Return the open edition's scorecard and findings as JSON data; None if no edition is open.

    `pause` is called before each file is read and may raise to stop the check. Raises SiteError.
    """
    store, reader = open_reader(root, settings, contents.read, pause)
    site = LoadedSite(root, settings, now, contents)
    outcome = check_loaded(site, Request(edition=OPEN), store, reader)
    edition = next(iter(editions_to_summarize(outcome.view.chosen)), None)
    if edition is None:
        return None
    problems = with_lines((p for p in outcome.problems if p.severity != "error"), root)
    problems += as_problems(outcome.findings, root)
    problems.sort(key=lambda problem: _LEVELS.index(problem.severity))
    return {
        "edition": edition.ref.id,
        "summary": as_lines(scorecard(edition, outcome.view, outcome.findings)),
        "told": count_by_severity(problems) or "nothing to mend",
        "more": max(0, len(problems) - MOST),
        "findings": [as_data(problem) for problem in problems[:MOST]],
    }
