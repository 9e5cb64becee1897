"""Text that was broken at a column, as mail is: its lines joined to the paragraphs they were."""

import re
from itertools import pairwise

from site_gen.convert.text.language import CJK

_WIDEST = 100
"""Characters of the longest line of text that is broken at a column."""
_NARROWEST = 40
_LEAST_PAIRS = 4
_SHARE = 0.75
_MARK = re.compile(r"\s*(?:[-*+•·▪◦‣–○●■□]|\(?\d{1,3}[.)]|[A-Za-z]\))\s|\s*[-=*_~#]{3,}\s*$|\s*>")
_STOP = re.compile(r"""[.!?…:。！？]["'”’»)\]]*$""")

Row = tuple[int, str]
"""The number of a line in the raw document, and its text."""


def unwrap(text: str) -> list[Row]:
    """The lines of `text`, joined where a column broke them.

    A line was broken there when the first word of the next would not have fitted; text is
    hard-wrapped when that holds for nearly all lines that do not end as a sentence does.
    """
    rows = list(enumerate(text.split("\n"), start=1))
    width = _width([line for _, line in rows])
    if width is None:
        return rows
    joined: list[Row] = []
    last = ""
    for number, line in rows:
        if joined and (_broken(last, line, width) or _hangs(joined[-1][1], last, line)):
            first, begun = joined[-1]
            joined[-1] = (first, f"{begun.rstrip()} {line.strip()}")
        else:
            joined.append((number, line))
        last = line
    return joined


def _width(lines: list[str]) -> int | None:
    """The column at which the text is broken, None where it is not."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths or lengths[-1] > _WIDEST or lengths[-1] < _NARROWEST:
        return None
    width = lengths[-1]
    open_lines = fits = 0
    for line, following in pairwise(lines):
        if not line.strip() or not following.strip() or CJK.search(line):
            continue
        if _STOP.search(line.rstrip()[-8:]) or _MARK.match(following):
            continue
        open_lines += 1
        fits += _broken(line, following, width)
    return width if fits >= _LEAST_PAIRS and fits >= _SHARE * open_lines else None


def _broken(line: str, following: str, width: int) -> bool:
    """Whether `following` goes on with `line`: its first word would have been too much for it."""
    if not line.strip() or not following.strip() or _MARK.match(following):
        return False
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width - _SLACK


def _hangs(begun: str, last: str, line: str) -> bool:
    """Whether `line` stands below the text of a marked line, as its second row does."""
    if not last.strip() or not line.strip() or _MARK.match(line) or not _MARK.match(begun):
        return False
    return _indent(line) >= _indent(begun) + 2


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_SLACK = 4
"""Characters by which other programs break earlier than the longest line says."""
