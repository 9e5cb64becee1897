"""What open pages are told of a build: which outputs changed, and its problems."""

from typing import Any

from site_gen.engine.report import Report
from site_gen.problems import as_data

MOST_PATHS = 500


def message(report: Report) -> dict[str, Any]:
    """`changed` and `removed` are output paths; past `MOST_PATHS`, `all` says: look yourself."""
    many = len(report.written) + len(report.removed) > MOST_PATHS
    return {
        "all": many,
        "changed": [] if many else list(report.written),
        "removed": [] if many else list(report.removed),
        "problems": [as_data(problem) for problem in report.problems],
    }


def is_news(report: Report, shown: list[dict[str, Any]]) -> bool:
    """Whether open pages must be told, given the problems that they show."""
    return bool(report.written or report.removed) or message(report)["problems"] != shown
