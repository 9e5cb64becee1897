"""The output of `convert` and `accept`: a row for each document."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from site_gen.cli.context import is_verbose
from site_gen.cli.options import colour
from site_gen.problems import clean, layout

if TYPE_CHECKING:
    from site_gen.convert.receipts.report import ConvertReport, Row

COLOURS = {
    "created": "green", "updated": "cyan", "accepted": "green", "duplicate": "cyan",
    "left": "yellow", "quarantined": "yellow", "failed": "red",
}  # fmt: skip


def print_json(report: "ConvertReport") -> None:
    """Print the report as JSON."""
    from site_gen.convert.receipts.report import row_as_data
    from site_gen.problems import as_data

    data = {
        "dryRun": report.dry_run,
        "counts": report.counts,
        "rows": [row_as_data(row) for row in report.rows],
        "warnings": [as_data(problem) for problem in report.warnings],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_text(report: "ConvertReport", context: click.Context) -> None:
    """Print the rows of changed documents, problems, and counts."""
    verbose = is_verbose(context)
    for row in report.rows:
        if row.status == "unchanged" and not row.note:
            continue
        for line in _lines(row, verbose=verbose, dry=report.dry_run):
            click.echo(line, color=colour(context))
    for problem in (*report.warnings, *(p for row in report.rows for p in row.problems)):
        click.echo(layout(problem) + "\n", err=True)
    counts = {name: count for name, count in report.counts.items() if count}
    undated = counts.pop("undated", 0)
    counted = ", ".join(f"{count} {status}" for status, count in counts.items())
    counted += f" ({undated} without a date)" if undated else ""
    dry = " (dry run: nothing was written)" if report.dry_run else ""
    click.echo((counted or "nothing to do") + dry)


WOULD = {"created": "would create", "updated": "would update", "accepted": "would accept"}
"""The words for a status in a dry run."""


def _lines(row: "Row", *, verbose: bool, dry: bool) -> Iterator[str]:
    word = WOULD.get(row.status, row.status) if dry else row.status
    status = click.style(f"{word:<12}", fg=COLOURS.get(row.status))
    yield f"{status} {clean(row.path or row.source, 200)}"
    origin = _origin(row) if verbose else ""
    notes = [*row.reasons, *row.warnings, row.note, _maybe_lost(row), origin]
    if row.status == "quarantined":
        notes.append(f"edit it there, or take it in: site-gen accept {row.path}")
    yield from (f"{'':12} {clean(text, 200)}" for text in notes if text)
    yield from (clean(line.rstrip("\n"), 400) for line in row.diff.splitlines())


def _maybe_lost(row: "Row") -> str:
    """Return how many lines may be lost, and the command that shows them."""
    whole = row.left_out if row.status == "quarantined" else 0
    if not row.maybe_lost and not whole:
        return ""
    count = whole or row.maybe_lost
    lines = "1 line" if count == 1 else f"{count} lines"
    within = f", {row.maybe_lost} of them in or beside the text" if whole and row.maybe_lost else ""
    within = within or " in or beside the text" * (not whole)
    document = re.sub(r"#\d+$", "", row.source)
    return f"left out {lines}{within}: site-gen inspect {document}"


def _origin(row: "Row") -> str:
    """Return the source and confidence of a draft, for --verbose."""
    if row.confidence is None:
        return ""
    return (
        f"from {row.source}, confidence {row.confidence:.2f}, {row.kept} lines kept, {row.cut} cut"
    )
