"""Finds the lines of our files where code of the old system was kept as text."""

import re
from collections.abc import Iterator
from itertools import cycle

from site_gen.importers.bodies import extensions
from site_gen.importers.old_site import Entry

MAX_NAMES = 50
"""Different names in one text that are looked for by line; of more, its file is told."""


def found(entry: Entry, path: str, text: str) -> Iterator[tuple[str, str]]:
    """(name, file and line) of what is odd in `entry`, which is written to `path` as `text`."""
    lines = text.split("\n")
    names = list(dict.fromkeys(entry.odd))[:MAX_NAMES]
    at = {name: cycle(_lines(name, lines) or [0]) for name in names}
    for name in entry.odd:
        line = next(at[name]) if name in at else 0
        yield name, f"content/{path}:{line}" if line else f"content/{path}"
    for name, line in extensions.found(text):
        yield name, f"content/{path}:{line}"


def _lines(name: str, lines: list[str]) -> list[int]:
    """The lines, from 1, that hold it as a tag, in brackets or braces."""
    plain = re.escape(re.sub(r"^[^\w!]+|[^\w]+$", "", name)[:40])
    if not plain:
        return []
    mark = re.compile(rf"[\[{{<%#][/\s<%$#\[+\\-]{{0,8}}{plain}|{plain}\(", re.IGNORECASE)
    return [number for number, line in enumerate(lines, 1) if mark.search(line)]
