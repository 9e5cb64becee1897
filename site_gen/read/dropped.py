"""What Markdown silently drops: cells beyond a table's width, footnotes without a reference."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from site_gen.problems import shown

if TYPE_CHECKING:
    from markdown_it.token import Token


class Dropped(NamedTuple):
    """What is dropped: line in the body (from 1), description, cure."""

    line: int
    message: str
    help: str


def dropped(tokens: "Sequence[Token]", text: str, env: Mapping[str, Any]) -> Iterator[Dropped]:
    """What is dropped from the body `text`, parsed as `tokens`."""
    if any(token.type == "table_open" for token in tokens):
        yield from _cells(tokens, text.split("\n"))
    refs = env.get("footnotes", {}).get("refs", {})
    for label in [key[1:] for key, number in refs.items() if number == -1]:
        found = re.search(rf"^[ >]*\[\^{re.escape(label)}\]:", text, re.MULTILINE)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        yield Dropped(
            line,
            f"no mark in the text names the footnote {shown(f'[^{label}]')}: it is not shown",
            f"write [^{label}] where it belongs, or take the note away",
        )


def _cells(tokens: "Sequence[Token]", lines: Sequence[str]) -> Iterator[Dropped]:
    """The first row of each table with more cells than its head."""
    from markdown_it.rules_block.table import escapedSplit

    columns, told = 0, False
    for token in tokens:
        if token.type == "table_open":
            columns, told = 0, False
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns and not told:
            cells = escapedSplit(lines[token.map[0]].strip(" \t>"))
            more = [cell.strip() for cell in cells[cells[:1] == [""] :][columns:]]
            if told := any(more):
                yield Dropped(
                    token.map[0] + 1,
                    f"the row has more cells than the head of its table: {shown(more[0])} is not"
                    " shown",
                    "give the head and the line below it as many, or write \\| for a bar in a text",
                )
