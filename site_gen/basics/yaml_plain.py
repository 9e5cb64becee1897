"""A fast reader for the plain YAML that nearly all front matter is.

It reads keys, indented mappings and lists, double-quoted and simple plain scalars, and returns None
for everything else, which `yaml_events` then reads. It is three times as fast, raises no errors,
and gives the same result for all that it accepts, which a property test asserts.
"""

import re
from typing import Any

from site_gen.basics import files
from site_gen.basics.yaml_values import Resolver

MAX_LINES = 4000
MAX_DEPTH = 12

# Indent, dash, key, quoted value with its quotes, plain value. Loops are unrolled: an alternative
# for each character would cost three times as much. It is tried at the start of each line only, and
# gives nothing back, since hostile lines would be tried at each character.
_LINE = re.compile(
    r"^( *+)(- )?"
    r"(?:([A-Za-z][A-Za-z0-9_]{0,99}):(?=[ \n]))?"
    r' *+(?:("[^"\\\n]*+(?:\\["\\][^"\\\n]*+)*+") *+'
    r"|([^\W_][^:#\n]*+(?:(?::(?![ \n])|(?<! )#)[^:#\n]*+)*+)|#[^\n]*+)?\n",
    re.MULTILINE,
)

Line = tuple[str, str, str, str, str]
"""The groups of the pattern, "" for absent ones. Indents are compared as strings: the longer of two
runs of spaces is the greater."""


class _NotPlain(Exception):  # noqa: N818 - no error: another reader's turn
    pass


def load(text: str, resolve: Resolver) -> dict[str, Any] | None:
    """The mapping in `text`, or None if a line is not plain."""
    if not files.printable(text):
        return None
    if not text.endswith("\n"):
        text += "\n"
    try:
        lines = _lines(text)
        if not lines or lines[0][1] or lines[0][0]:
            return None
        found, end = _mapping(lines, 0, "", resolve, 0)
    except _NotPlain:
        return None
    return found if end == len(lines) else None


def _lines(text: str) -> list[Line]:
    """All lines except blank ones and comments."""
    lines: list[Line] = _LINE.findall(text)
    if len(lines) != text.count("\n") or len(lines) > MAX_LINES:
        raise _NotPlain
    return [line for line in lines if line[1] or line[2] or line[3] or line[4]]


def _mapping(
    lines: list[Line], at: int, indent: str, resolve: Resolver, depth: int
) -> tuple[dict[str, Any], int]:
    """The keys at `indent` from line `at`; the first may follow a dash."""
    if depth > MAX_DEPTH:
        raise _NotPlain
    found: dict[str, Any] = {}
    first = True
    count = len(lines)
    while at < count:
        column, dash, key, quoted, plain = lines[at]
        if dash:
            if not first:
                break
        elif column != indent:
            if column > indent:
                raise _NotPlain  # a value that goes on in the next line
            break
        if not key or key in found:
            raise _NotPlain
        first = False
        at += 1
        if quoted:
            found[key] = _unescaped(quoted) if "\\" in quoted else quoted[1:-1]
        elif plain:
            found[key] = resolve(key, plain.rstrip())
        else:
            found[key], at = _nested_value(lines, at, indent, key, resolve, depth)
    return found, at


def _nested_value(
    lines: list[Line], at: int, indent: str, key: str, resolve: Resolver, depth: int
) -> tuple[Any, int]:
    """The value of a key that has none on its own line."""
    if at < len(lines):
        column, dash = lines[at][0], lines[at][1]
        if dash and column >= indent:
            return _sequence(lines, at, column, key, resolve, depth + 1)
        if column > indent:
            return _mapping(lines, at, column, resolve, depth + 1)
    return resolve(key, ""), at


def _sequence(
    lines: list[Line], at: int, indent: str, key: str, resolve: Resolver, depth: int
) -> tuple[list[Any], int]:
    found: list[Any] = []
    while at < len(lines):
        column, dash, own, quoted, plain = lines[at]
        if not dash or column != indent:
            if column > indent:
                raise _NotPlain
            break
        if own:
            item, at = _mapping(lines, at, indent + "  ", resolve, depth + 1)
            found.append(item)
            continue
        if not quoted and not plain:
            raise _NotPlain  # a lone dash, or a comment after it
        value = _unescaped(quoted) if quoted else resolve(key, plain.rstrip())
        found.append(value)
        at += 1
    return found, at


def _unescaped(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])
