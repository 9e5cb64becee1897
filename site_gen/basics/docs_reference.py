"""What the reference in docs/ says of each key. Its tables are the only documentation of keys."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent
_CELL = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class Row(NamedTuple):
    """A row of a table: the heading above the table, a key of the first cell, the last cell as
    plain text."""

    heading: str
    key: str
    meaning: str


def page(name: str) -> str:
    """The text of a page of the reference, from a wheel or a checkout."""
    inside = PACKAGE / "_docs"
    return ((inside if inside.is_dir() else PACKAGE.parent / "docs") / name).read_text("utf-8")


def rows(text: str) -> Iterator[Row]:
    """The rows whose first cell names keys; a cell with several keys gives a row for each."""
    heading = ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("| `"):
            cells = [cell.strip() for cell in _CELL.split(line)[1:-1]]
            for key in re.findall(r"`([^`]+)`", cells[0]):
                yield Row(heading, key, _plain(cells[-1]))


def _plain(cell: str) -> str:
    text = _LINK.sub(r"\1", cell).replace("**", "").replace(r"\|", "|")
    return text[:1].upper() + text[1:]
