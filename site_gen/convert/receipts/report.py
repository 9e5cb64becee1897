"""What a conversion did, document by document."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from site_gen.problems import Problem, as_data

Status = Literal[
    "created", "updated", "accepted", "unchanged", "duplicate", "left", "quarantined", "failed"
]
State = Literal["draft", "kept back", "content"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Row:
    """A draft, or a document that gave none.

    path      where it is, if possible relative to the site; "" for a failure
    reasons   why it was quarantined
    warnings  doubts about a draft that was written
    state     "draft" waits for an editor, "kept back" too but is only accepted by name; "content"
              does not wait
    undated   no publication date was found, so the day it was added decides its edition
    note      what else the editor should know
    diff      unified diff against the existing file, if requested
    kept, cut   numbers of lines
    left_out    cut lines that are nowhere in the draft
    maybe_lost  lines between two kept ones that may be a loss
    """

    source: str
    status: Status
    path: str = ""
    reasons: tuple[str, ...] = ()
    note: str = ""
    diff: str = ""
    problems: tuple[Problem, ...] = ()
    title: str = ""
    confidence: float | None = None
    warnings: tuple[str, ...] = ()
    state: State = "content"
    undated: bool = False
    kept: int = 0
    cut: int = 0
    left_out: int = 0
    maybe_lost: int = 0


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """All rows in the order of the sources, and warnings that belong to no row."""

    rows: tuple[Row, ...] = ()
    warnings: tuple[Problem, ...] = ()
    dry_run: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """1 if a document failed or was quarantined, else 0."""
        return int(any(row.status in ("failed", "quarantined") for row in self.rows))


def made(rows: list[Row], warnings: tuple[Problem, ...], dry_run: bool) -> ConvertReport:
    """The report of these rows, with counts."""
    counts: dict[str, int] = {s: sum(row.status == s for row in rows) for s in STATUSES}
    counts["undated"] = sum(row.undated for row in rows)
    return ConvertReport(tuple(rows), warnings, dry_run, counts)


def row_as_data(row: Row) -> dict[str, Any]:
    """A row as plain data, for `--format json`."""
    return {
        "source": row.source,
        "status": row.status,
        "path": row.path,
        "title": row.title,
        "confidence": row.confidence,
        "reasons": list(row.reasons),
        "warnings": list(row.warnings),
        "undated": row.undated,
        "kept": row.kept,
        "cut": row.cut,
        "leftOut": row.left_out,
        "maybeLost": row.maybe_lost,
        "note": row.note,
        "diff": row.diff,
        "problems": [as_data(problem) for problem in row.problems],
    }
