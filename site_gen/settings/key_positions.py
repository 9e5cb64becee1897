"""Finds the lines of keys in TOML text, for messages."""

import re

from site_gen.basics import schema
from site_gen.problems import Where


class KeyPositions:
    """Finds the place of a key in TOML text. An approximation: good enough for messages."""

    def __init__(self, text: str, name: str, prefix: tuple[str, ...]) -> None:
        self._name = name
        self._lines = text.split("\n")
        self._found: dict[schema.Path, tuple[int, int]] = {}
        table: schema.Path = ()
        counts: dict[schema.Path, int] = {}
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line)
            if header:
                table = tuple(part.strip(" \"'") for part in header[2].split("."))
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self._remember(table, prefix, number, 1)
                continue
            key = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
            if key:
                parts = tuple(part.strip(" \"'") for part in key[1].split("."))
                self._remember((*table, *parts), prefix, number, key.start(1) + 1)

    def _remember(self, path: schema.Path, prefix: tuple[str, ...], line: int, column: int) -> None:
        if path[: len(prefix)] == prefix:
            self._found.setdefault(path[len(prefix) :], (line, column))

    def __call__(self, path: schema.Path) -> Where:
        at = path
        while at and at not in self._found:
            at = at[:-1]
        line, column = self._found.get(at, (0, 0))
        excerpt = self._lines[line - 1] if line else ""
        length = len(str(path[-1])) if at and at == path else max(1, len(excerpt) - column + 1)
        return Where(self._name, line, column, length, excerpt)
