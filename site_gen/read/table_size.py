"""The size of tables: rows are padded to the width of the first."""

import re

MOST = 50_000
"""Cells of one table: each costs a kilobyte and a half of memory while it is read."""

_RULE = re.compile(r"\n[ >]*+\|?[ \t]*+:?-++[ \t:|-]*+(?=\n|\Z)")
_BLANK = re.compile(r"\n\s*?(?=\n|\Z)")


def too_large(text: str) -> int:
    """The line, from 1, of the first table of more than MOST cells; 0 for none."""
    if text.count("|") < 2:
        return 0
    at = 0
    while found := _RULE.search(text, at):
        begin, at = found.span()
        if "|" not in found[0]:
            continue
        blank = _BLANK.search(text, at)
        at = blank.start() if blank else len(text)
        head = text.rfind("\n", 0, begin) + 1
        rows = 1 + text.count("\n", begin, at)
        if (text.count("|", head, begin) + 1) * rows > MOST:
            return 1 + text.count("\n", 0, begin)
    return 0
