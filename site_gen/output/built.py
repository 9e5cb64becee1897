"""What the list in an output says of the build that made it: for whoever sends the output out."""

import json
from pathlib import Path
from typing import NamedTuple

from site_gen.output.staging import LIST

_MARK = "/built "
"""Begins the line: no path of a list begins with a slash."""


class Built(NamedTuple):
    """The options that decide whether an output is for readers.

    base_url  as the pages were made for
    """

    base_url: str
    drafts: bool = False
    future: bool = False
    preview: bool = False

    def line(self) -> str:
        """As it stands in the list."""
        return _MARK + json.dumps(self._asdict(), ensure_ascii=False)


def is_mark(line: str) -> bool:
    """Whether a line of a list names no file, but the build."""
    return line.startswith("/")


def built_of(output: Path) -> Built | None:
    """None where the list does not say: cut off, or written by a version that said nothing."""
    try:
        with open(output / LIST, encoding="utf-8") as lines:
            line = lines.readline(10_000)
        if not line.startswith(_MARK):
            return None
        found = Built(**json.loads(line.removeprefix(_MARK)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    known = isinstance(found.base_url, str) and all(isinstance(v, bool) for v in found[1:])
    return found if known else None
