"""Parts a plain mail from the mails in it: the one that it answers, below it, and what was written
above one that it forwards. Neither was meant for readers.
"""

import re
from typing import NamedTuple

from site_gen.convert.mail import forwarded

_WROTE = re.compile(
    r"(?i)\b(?:wrote|writes|schrieb|(?:a|à) écrit|escribió|ha scritto|scrisse|schreef|escreveu|"
    r"skrev|napisał(?:\(a\)|a)?)\b.{0,160}:\s*$"
)
_ATTRIBUTION = 3
"""Most lines of `On Tuesday, Ann Example wrote:`."""
OWN = 20
"""Words of an answer from which it is a text of its own; below, it may be a note on the other."""


class Parted(NamedTuple):
    """The mail's own text, what was taken from it, and what a reader should know about either."""

    text: str
    gone: tuple[str, ...] = ()
    warning: str = ""


def part(text: str, *, is_forward: bool) -> Parted:
    """The text of a mail without an earlier mail below it, or, if it is a forward, without what
    stands above the forwarded mail. In doubt all stays, with a warning."""
    lines = text.split("\n")
    start = forwarded.begin(lines)
    if start is None:
        start, is_forward = _attributed(lines), False
    return Parted(text) if start is None else _part_at(lines, start, is_forward=is_forward)


def _part_at(lines: list[str], at: int, *, is_forward: bool) -> Parted:
    """The lines parted before line `at`."""
    above, below = lines[:at], lines[at:]
    gone, kept = (above, below) if is_forward else (below, above)
    taken = tuple(line.strip() for line in gone if line.strip(" \t>"))
    warning = told(len(taken), count(above), count(below), is_forward=is_forward)
    if not taken or warning.endswith(DOUBT):
        return Parted("\n".join(lines), (), warning)
    return Parted("\n".join(kept), taken, warning)


NOTE = "what was written above the forwarded mail"
EARLIER = "an earlier mail"
DOUBT = "is in the text: is it for readers?"


def told(lines: int, above: int, below: int, *, is_forward: bool) -> str:
    """What is said of so many lines that are not the mail's own, by the words above and below."""
    if not lines:
        return ""
    if is_forward:
        doubt, what = above > below, NOTE
    else:
        doubt, what = above < OWN, EARLIER
    size = "1 line" if lines == 1 else f"{lines} lines"
    return f"{what} {DOUBT}" if doubt else f"{what} is left out ({size})"


def count(lines: list[str]) -> int:
    """The number of words."""
    return sum(len(line.split()) for line in lines)


def _attributed(lines: list[str]) -> int | None:
    """`On Tuesday, Ann Example wrote:`, if all below is quoted."""
    last = next((at for at in reversed(range(len(lines))) if lines[at].strip()), -1)
    start = last + 1
    while start and (lines[start - 1].startswith(">") or not lines[start - 1].strip()):
        start -= 1
    if start == 0 or not any(line.startswith(">") for line in lines[start:]):
        return None
    for first in range(start - 1, max(-1, start - 1 - _ATTRIBUTION), -1):
        if not lines[first].strip():
            return None
        if _WROTE.search(" ".join(lines[first:start])):
            while first and lines[first - 1].strip() and start - first < _ATTRIBUTION:
                first -= 1
            return first
    return None
