"""Tables in a text: rows with cells separated by tabs, as copied from a page."""

from collections.abc import Iterator, Sequence

from site_gen.convert.text import escape
from site_gen.convert.text.lines import Line, tidy

_FEWEST = 2
_LONGEST = 25.0
"""Average words of a row from which its cells are paragraphs."""


def tables(lines: Sequence[Line]) -> Iterator[range]:
    """The range of lines of each table."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and len(_cells(lines[at])) > 1:
            continue
        if at - start >= _FEWEST and _is_table(lines[start:at]):
            yield range(start, at)
        start = at + 1


def written(lines: Sequence[Line]) -> str:
    """The rows as a Markdown table. With two columns, the first row is the head only if it alone
    has no digits, since most such tables are labels with values."""
    rows = [_cells(line) for line in lines]
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    if width == 2 and not _is_head(rows):
        rows.insert(0, ["", ""])
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _is_table(lines: Sequence[Line]) -> bool:
    usual = max(len(_cells(line)) for line in lines)
    wide = sum(len(_cells(line)) == usual for line in lines)
    words = sum(line.words for line in lines) / len(lines)
    filled = sum(sum(cell != "" for cell in _cells(line)) > 1 for line in lines)
    return filled > len(lines) / 2 and wide > len(lines) / 2 and words < _LONGEST


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    figures = [any(c.isdigit() for c in row[-1]) for row in rows]
    return not figures[0] and sum(figures) > (len(rows) - 1) / 2


def _cells(line: Line) -> list[str]:
    """The cells of a row, escaped for Markdown; none for a line with a marker."""
    if line.marker or "\t" not in line.raw:
        return []
    cells = [tidy(cell) for cell in line.raw.strip(" \r\n").split("\t")]
    return [escape.paragraph(cell).replace("|", "\\|") for cell in cells]
