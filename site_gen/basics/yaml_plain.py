"""A fast reader for the plain YAML that front matter nearly always is.

It knows keys, indented mappings and lists, double-quoted and harmless plain scalars, and gives up
(None) on everything else, which `yaml_events` then reads: three times as fast on an article, the
same result on all it accepts (a property test holds that), no errors of its own.
"""

import re
from typing import Any

from site_gen.basics.yaml_events import Resolver

MAX_LINES = 4000
MAX_DEPTH = 12

# The whole line, indent, dash, key, quoted value with its quotes, plain value. Loops are unrolled:
# an alternative for each character would cost three times as much. It is tried at the start of each
# line only, and gives nothing back, since hostile lines would be tried at each character.
_LINE = re.compile(
    r"^(( *+)(-? ?)"
    r"(?:([A-Za-z][A-Za-z0-9_]{0,99}):(?=[ \n]))?"
    r'(?: *+(?:("[^"\\\n]*+(?:\\["\\][^"\\\n]*+)*+")'
    r"|([^\W_][^:#\n]*+(?:(?::(?![ \n])|(?<! )#)[^:#\n]*+)*+)|#[^\n]*+)?)?"
    r" *+\n)",
    re.MULTILINE,
)

Line = tuple[int, bool, str, str, str]
"""Indent, whether a dash stands there, key, quoted value, plain value; "" for what is absent."""


class _NotPlain(Exception):  # noqa: N818 - no error: another reader's turn
    pass


def load(text: str, resolve: Resolver) -> dict[str, Any] | None:
    """The mapping in `text`, or None when this reader is not sure of every line."""
    if not text.replace("\n", "").isprintable():
        return None
    if not text.endswith("\n"):
        text += "\n"
    try:
        lines = _lines(text)
        if not lines or lines[0][1] or lines[0][0]:
            return None
        found, end = _mapping(lines, 0, 0, resolve, 0)
    except _NotPlain:
        return None
    return found if end == len(lines) else None


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    size = 0
    for whole, indent, dash, key, quoted, plain in _LINE.findall(text):
        size += len(whole)
        if not (key or quoted or plain):
            # Blank or a comment; a lone dash, or a comment after a key, is for the other reader.
            if dash.strip():
                raise _NotPlain
            continue
        if dash:
            if dash != "- ":
                raise _NotPlain
        elif not key:
            raise _NotPlain
        lines.append((len(indent), bool(dash), key, quoted, plain))
    if size != len(text) or len(lines) > MAX_LINES:
        raise _NotPlain
    return lines


def _mapping(
    lines: list[Line], at: int, indent: int, resolve: Resolver, depth: int
) -> tuple[dict[str, Any], int]:
    """Keys at `indent` from line `at`; the first may stand after a dash."""
    if depth > MAX_DEPTH:
        raise _NotPlain
    found: dict[str, Any] = {}
    first = True
    count = len(lines)
    while at < count:
        column, dash, key, quoted, plain = lines[at]
        if dash and not first:
            break
        if not dash and column != indent:
            if column > indent:
                raise _NotPlain
            break
        if not key or key in found:
            raise _NotPlain
        first = False
        at += 1
        if quoted:
            found[key] = _unescaped(quoted)
        elif plain:
            found[key] = resolve(key, plain.rstrip())
        else:
            found[key], at = _below(lines, at, indent, key, resolve, depth)
            continue
        if at < count and lines[at][0] > indent:
            raise _NotPlain  # a value that goes on in the next line
    return found, at


def _below(
    lines: list[Line], at: int, indent: int, key: str, resolve: Resolver, depth: int
) -> tuple[Any, int]:
    """What stands under a key without a value on its own line."""
    if at < len(lines):
        column, dash = lines[at][0], lines[at][1]
        if dash and column >= indent:
            return _sequence(lines, at, column, key, resolve, depth + 1)
        if column > indent:
            return _mapping(lines, at, column, resolve, depth + 1)
    return resolve(key, ""), at


def _sequence(
    lines: list[Line], at: int, indent: int, key: str, resolve: Resolver, depth: int
) -> tuple[list[Any], int]:
    found: list[Any] = []
    while at < len(lines):
        column, dash, own, quoted, plain = lines[at]
        if not dash or column != indent:
            if column > indent:
                raise _NotPlain
            break
        if own:
            item, at = _mapping(lines, at, indent + 2, resolve, depth + 1)
            found.append(item)
            continue
        value = _unescaped(quoted) if quoted else resolve(key, plain.rstrip())
        found.append(value)
        at += 1
        if at < len(lines) and lines[at][0] > indent:
            raise _NotPlain
    return found, at


def _unescaped(quoted: str) -> str:
    text = quoted[1:-1]
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
