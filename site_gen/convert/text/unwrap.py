"""Joins hard-wrapped lines, as in mails, to the paragraphs that they were."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from site_gen.convert.text.language import CJK

_NARROWEST, _WIDEST = 40, 160
"""Columns at which text is wrapped: narrower text is verse, wider lines are paragraphs."""
_WIDE = 60
"""From this column on, two unanimous pairs of lines suffice, since verse is never so wide."""
_LEAST_PAIRS, _LEAST_SURE = 4, 2
_SHARE, _SHARE_STRICT = 0.75, 0.9
_GOES_ON = 0.35
"""The smallest share of joined lines that begin in lower case, as inside sentences."""
_LONG = 0.6
"""The share of the width from which a line can show whether the text is wrapped there."""
_SLACK = 0.06
"""The share of the width that other programs may leave free."""
_MARK = re.compile(
    r"\s*(?:[-*+•·▪◦‣–○●■□]|\(?\d{1,3}[.)]|[A-Za-z]\)|\[\w{1,12}\])\s|\s*[-=*_~#+|]{3,}\s*$|\s*[|+]"
)
_LABEL = re.compile(r"\s*[^\W\d_][\w.'’-]{0,20}: ")
_COLUMNS = re.compile(r"\S(?:\s{4,}|\t\s*)\S|(?:\|.*){2}")
"""Cells of a table, whose rows are no paragraph."""
_STOP = re.compile(r"""[.!?…:。！？：]["'”’»)\]」』]*$""")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_QUOTED = re.compile(r"((?:>[ ]?)*>)(?:[ ]|$)")

Row = tuple[int, str]
"""The number of a line in the raw document, and its text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without quote marks, and its width."""

    quoted: str
    text: str
    columns: int
    first: int

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def stops(self) -> bool:
        return _STOP.search(self.text[-8:]) is not None


def unwrap(text: str) -> list[Row]:
    """The lines of `text`, joined where they were wrapped.

    A line was wrapped if the first word of the next one would not have fitted. Each depth of
    quoting has a column of its own, or the text's if it is too short to tell.
    """
    rows = list(enumerate(text.split("\n"), start=1))
    lines = [_line(row) for _, row in rows]
    widths = _widths(lines)
    if not any(widths.values()):
        return rows
    joined: list[Row] = []
    start = last = _line("")
    for (number, row), line in zip(rows, lines, strict=True):
        width = widths[line.quoted]
        if width and joined and (_broken(last, line, width) or _hangs(start, last, line)):
            first, begun = joined[-1]
            joined[-1] = (first, _together(begun.rstrip(), line.text.strip()))
        else:
            joined.append((number, row))
            start = line
        last = line
    return joined


def _line(row: str) -> _Line:
    found = _QUOTED.match(row)
    text = (row[found.end() :] if found else row).rstrip()
    word = text.split(maxsplit=1)[0] if text else ""
    first = 2 if CJK.match(word) else _columns(word)
    return _Line(">" * found[1].count(">") if found else "", text, _columns(text), first)


def _columns(text: str) -> int:
    """The width of a text in fixed-width letters; Chinese letters count twice."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _widths(lines: Sequence[_Line]) -> dict[str, int]:
    """The column at which each depth of quoting is wrapped, or 0."""
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line.text and following.text and line.quoted == following.quoted
        if line.columns <= _WIDEST or " " in line.text
        if not (line.stops or _apart(line, following))
    ]
    depths = {line.quoted for line in lines}
    own = {depth: _width([p for p in pairs if p[0].quoted == depth]) for depth in depths}
    whole = _width(pairs) or own.get("", 0)
    if not whole:
        return own
    few = {depth: _width([p for p in pairs if p[0].quoted == depth], least=1) for depth in depths}
    return {depth: own[depth] or few[depth] or whole for depth in depths}


def _width(pairs: Sequence[tuple[_Line, _Line]], least: int = _LEAST_SURE) -> int:
    """The column at which these lines, none of which ends like a sentence, are wrapped.

    least  number of unanimous pairs that suffices
    """
    lengths = {line.columns for line, _ in pairs if _NARROWEST <= line.columns <= _WIDEST}
    best, most = 0, 0
    for width in sorted(lengths, reverse=True):
        long = [(a, b) for a, b in pairs if a.columns >= _LONG * width]
        fits = [b for a, b in long if a.columns <= width and _full(a, b, width)]
        if len(fits) > most and _is_broken(fits, len(long), width, least):
            best, most = width, len(fits)
    return best


def _is_broken(fits: Sequence[_Line], long: int, width: int, least: int) -> bool:
    """Whether the continued lines, so many of `long`, fit that column.

    Lines that begin in lower case are inside a sentence; headings, names and verse are not.
    """
    cased = [line for line in fits if _cased(line)]
    low = sum(line.text.lstrip()[0].islower() for line in cased)
    if low == len(fits) == long and width >= _WIDE:
        return len(fits) >= least
    share = _SHARE if cased and width >= _WIDE else _SHARE_STRICT
    enough = len(fits) >= _LEAST_PAIRS and len(fits) >= share * long
    return enough and low >= _GOES_ON * len(cased)


def _cased(line: _Line) -> bool:
    letter = line.text.lstrip()[0]
    return letter.islower() or letter.isupper()


def _full(line: _Line, following: _Line, width: int) -> bool:
    """Whether the first word of `following` would not have fitted on `line`."""
    return line.columns + 1 + following.first > width * (1 - _SLACK)


def _broken(line: _Line, following: _Line, width: int) -> bool:
    """Whether `following` continues `line`."""
    if not line.text or not following.text or line.quoted != following.quoted:
        return False
    return not _apart(line, following) and _full(line, following, width)


def _apart(line: _Line, following: _Line) -> bool:
    """Whether `following` begins an item, a table row or an indented paragraph."""
    if _MARK.match(following.text) or _COLUMNS.search(line.text) or _COLUMNS.search(following.text):
        return True
    begins = following.indent > line.indent or _LABEL.match(following.text) is not None
    return line.stops and begins


def _hangs(start: _Line, last: _Line, line: _Line) -> bool:
    """Whether `line` continues a list item above."""
    if not last.text or not line.text or line.quoted != start.quoted:
        return False
    if _MARK.match(line.text) or not _MARK.match(start.text):
        return False
    return line.indent >= start.indent + 2


def _together(begun: str, more: str) -> str:
    """Joined without a space between Chinese or Japanese letters, and after a hyphen."""
    wide = CJK.match(begun[-1:]) and CJK.match(more[:1])
    return f"{begun}{more}" if wide or _HYPHEN.search(begun[-2:]) else f"{begun} {more}"
