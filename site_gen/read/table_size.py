"""How many cells a table would have: rows are padded to the width of the first."""

import re

MOST = 50_000
"""Cells of one table: each costs a kilobyte and a half of memory while it is read."""

_RULE = re.compile(r"^[ >]*+\|?[ \t]*+:?-++[ \t:|-]*+$")


def too_large(text: str) -> int:
    """The line, from 1, of the first table of more than MOST cells; 0 for none."""
    if text.count("|") < 2:
        return 0
    lines = text.split("\n")
    number = 1
    while number < len(lines):
        if not ("|" in lines[number] and _RULE.match(lines[number])):
            number += 1
            continue
        start, columns = number, lines[number - 1].count("|") + 1
        while number < len(lines) and lines[number].strip():
            number += 1
        if columns * (number - start + 1) > MOST:
            return start
        number += 1
    return 0
