"""Values of plain YAML scalars, and the error type of both YAML readers. Imports no library.

A scalar is resolved by the type of its key, so that `country: NO` and `title: 1984` stay text.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
Resolver = Callable[[str | None, str], Any]


class Mark(NamedTuple):
    """The place of a value: 1-based line of the text, 1-based column, length on that line."""

    line: int
    column: int
    length: int


class YamlError(ValueError):
    """YAML that is invalid or refused: reason, place, cure."""

    def __init__(self, reason: str, mark: Mark, cure: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.mark = mark
        self.cure = cure


_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{0,18}(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_OLDER = {"yes": True, "on": True, "no": False, "off": False}
NOTHING = {"", "~", "null", "Null", "NULL"}


def number(text: str) -> Any:
    """`text` as a whole number if it is one, else the text."""
    return int(text) if _INT.fullmatch(text) else plain_text(text)


def boolean(text: str) -> Any:
    """`text` as a boolean if it is one (YAML 1.1 words included), else the text."""
    return _WORDS.get(text, _OLDER.get(text.lower(), plain_text(text)))


def plain_text(text: str) -> Any:
    """The text, or None for the ways to write null."""
    return None if text in NOTHING else text


def anything(text: str) -> Any:
    """The value that the form of the text suggests: null, boolean, number or text."""
    if text in NOTHING:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
