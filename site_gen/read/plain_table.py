"""A plain table, straight to HTML: the same number of cells in each line, bars at both ends."""

import re
from collections.abc import Callable

from site_gen.read.plain_inline import NotPlain

_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")


def table(block: str, inline: Callable[[str, int], str]) -> str:
    """The table whose lines `block` holds as HTML, or NotPlain. `inline` makes HTML of the text
    of a cell in a line, from 0."""
    lines = block.split("\n")
    plain = len(lines) > 1 and all(len(x) > 1 and x[0] == x[-1] == "|" for x in lines)
    if not plain or "\\" in block or not _RULE.fullmatch(lines[1]):
        raise NotPlain
    head, rule, *rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    if any(len(cells) != len(rule) for cells in (head, *rows)):
        raise NotPlain
    classes = [_class(mark) for mark in rule]

    def row(name: str, cells: list[str], line: int) -> str:
        parts = [
            f"<{name}{shown}>{inline(cell, line)}</{name}>\n"
            for cell, shown in zip(cells, classes, strict=True)
        ]
        return f"<tr>\n{''.join(parts)}</tr>\n"

    html = f"<table>\n<thead>\n{row('th', head, 0)}</thead>\n"
    if rows:
        written = [row("td", cells, line) for line, cells in enumerate(rows, 2)]
        html += f"<tbody>\n{''.join(written)}</tbody>\n"
    return html + "</table>\n"


def _class(mark: str) -> str:
    """The alignment that colons at the ends of a rule's dashes ask for."""
    ends = (mark[0] == ":", mark[-1] == ":")
    if ends == (False, False):
        return ""
    side = "center" if all(ends) else "left" if ends[0] else "right"
    return f' class="align-{side}"'
