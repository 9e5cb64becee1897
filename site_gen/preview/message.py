"""The message about a build for open pages: which outputs changed, and the problems."""

from typing import Any

from site_gen.engine.report import Report
from site_gen.problems import as_data

MAX_PATHS = 500


def message(report: Report) -> dict[str, Any]:
    """Return the message as JSON data.

    `changed` and `removed` are output paths. If there are more than `MAX_PATHS`, they are empty and
    `all` is true: then pages have to check for changes.
    """
    many = len(report.written) + len(report.removed) > MAX_PATHS
    return {
        "all": many,
        "changed": [] if many else list(report.written),
        "removed": [] if many else list(report.removed),
        "problems": [as_data(problem) for problem in report.problems],
    }


def is_news(report: Report, shown: list[dict[str, Any]]) -> bool:
    """Whether a report changes pages, or the problems that they show."""
    return bool(report.written or report.removed) or message(report)["problems"] != shown
