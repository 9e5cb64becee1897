"""Explains invalid YAML as an editor would: mistake, place, cure.

The library reports where it gave up, often on another line. Each rule looks at the lines up to that
place and returns the mistake, or None.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from site_gen.basics.yaml_values import Mark


class Mistake(NamedTuple):
    """A mistake in words, its place, and the cure."""

    message: str
    mark: Mark
    cure: str


Rule = Callable[[list[str], Mark], Mistake | None]

_KEY = r" *(?:- +)?[A-Za-z_][\w-]*"
_VALUE = re.compile(rf"({_KEY}: +)(\S.*)$")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_NO_SPACE = re.compile(rf"({_KEY}):([^\s:/].*)$")
_NO_COLON = re.compile(r"[A-Za-z_][\w-]*(?:\s+[^:]*)?$")
_SIGNS = {"@": "an at sign", "`": "a backtick", "%": "a percent sign"}


def diagnose(head: str, mark: Mark) -> Mistake | None:
    """The first mistake that a rule finds in a block that the library gave up on at `mark`."""
    lines = head.split("\n")
    return next((found for rule in RULES if (found := rule(lines, mark))), None)


def _tab(lines: list[str], mark: Mark) -> Mistake | None:
    for number, line in enumerate(lines[: mark.line], 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            at = Mark(number, indent.index("\t") + 1, 1)
            return Mistake("a tab indents this line", at, "indent with two spaces instead")
    return None


def _curly(lines: list[str], mark: Mark) -> Mistake | None:
    """Typographic quotes are no quotes in YAML."""
    for number, column, value in _values(lines, mark):
        if value[0] in "“”„‟«" and ": " in value:
            at = Mark(number, column, 1)
            return Mistake("curly quotes do not quote", at, 'write plain ones: "..."')
    return None


def _no_space(lines: list[str], mark: Mark) -> Mistake | None:
    for number, line in enumerate(lines[: mark.line], 1):
        if (found := _NO_SPACE.match(line)) and ": " not in line:
            at = Mark(number, found.end(1) + 1, 1)
            key = found[1].strip(" -")
            return Mistake("a space must follow the colon", at, f"write `{key}: {found[2]}`")
    return None


def _open_quote(lines: list[str], mark: Mark) -> Mistake | None:
    """A quote that is not closed on its line; the library reports a later line."""
    for number, column, value in _values(lines, mark):
        for sign, pattern in (('"', _DOUBLE), ("'", _SINGLE)):
            if value[0] == sign and not pattern.match(value):
                at = Mark(number, column, len(value))
                return Mistake(
                    "the quote that opens here is not closed", at, f"close it with {sign}"
                )
    return None


def _closed(lines: list[str], number: int, sign: str) -> bool:
    """Whether the quote opened in line `number` is closed in a later line of the same value."""
    for line in lines[number:]:
        if not line.startswith(" "):
            return False
        if sign in line:
            return True
    return False


def _inner_quotes(lines: list[str], mark: Mark) -> Mistake | None:
    for number, column, value in _values(lines, mark):
        for sign, pattern in (('"', _DOUBLE), ("'", _SINGLE)):
            found = pattern.match(value) if value[0] == sign else None
            rest = value[found.end() :] if found else ""
            if found and rest.strip() and not rest.lstrip().startswith(("#", ":", ",")):
                at = Mark(number, column + found.end() - 1, 1)
                cure = (
                    'write \\" for each quote inside, or put the whole in single quotes'
                    if sign == '"'
                    else "write '' for each quote inside, or put the whole in double quotes"
                )
                return Mistake("the value ends at this quote, and goes on", at, cure)
    return None


def _colon(lines: list[str], mark: Mark) -> Mistake | None:
    for number, column, value in _values(lines, mark):
        if value[0] in "\"'[{|>&*!#":
            continue
        at = value.find(": ") if ": " in value else len(value) - 1 if value.endswith(":") else -1
        if at > 0:
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            place = Mark(number, column + at, 1)
            return Mistake("a value with a colon in it needs quotes", place, f'write "{quoted}"')
    return None


def _sign(lines: list[str], mark: Mark) -> Mistake | None:
    for number, column, value in _values(lines, mark):
        if name := _SIGNS.get(value[0]):
            at = Mark(number, column, len(value))
            return Mistake(f"a value that begins with {name} needs quotes", at, f'write "{value}"')
    return None


def _bracket(lines: list[str], mark: Mark) -> Mistake | None:
    for number, column, value in _values(lines, mark):
        for sign, end in (("[", "]"), ("{", "}")):
            if value[0] == sign and value.count(sign) > value.count(end):
                at = Mark(number, column, 1)
                cure = f"close it with {end}, or put a text that begins with {sign} into quotes"
                return Mistake("the bracket that opens here is not closed", at, cure)
            if value[0] == sign and value[-1] != end and number == mark.line:
                at = Mark(number, column, len(value))
                return Mistake(
                    f"a text that begins with {sign} needs quotes", at, f'write "{value}"'
                )
    return None


def _no_colon(lines: list[str], mark: Mark) -> Mistake | None:
    for number, line in enumerate(lines[: mark.line], 1):
        if line.strip() and _NO_COLON.match(line) and not _continues(lines, number - 1):
            word, _, rest = line.strip().partition(" ")
            at = Mark(number, 1, len(line))
            return Mistake("a line without a colon", at, f"write `{word}: {rest or '...'}`")
    return None


def _first_indent(lines: list[str], mark: Mark) -> Mistake | None:
    """Spaces before the first key, but not before a later one."""
    first = next((n for n, line in enumerate(lines, 1) if line.strip()), 0)
    line = lines[first - 1] if first else ""
    below = lines[mark.line - 1] if mark.line <= len(lines) else ""
    if line[:1] != " " or below[:1] in ("", " ", "#"):
        return None
    at = Mark(first, 1, len(line) - len(line.lstrip()))
    return Mistake("spaces stand before the first key", at, "put no spaces before keys at the top")


def _dash(lines: list[str], mark: Mark) -> Mistake | None:
    """Items without a space after the dash."""
    for number, line in enumerate(lines[: mark.line], 1):
        if (found := re.match(r"( *)-([^\s-].*)$", line)) and ":" not in line:
            at = Mark(number, len(found[1]) + 1, 1)
            return Mistake("a space must follow the dash", at, f"write `- {found[2].strip()}`")
    return None


def _indent(lines: list[str], mark: Mark) -> Mistake | None:
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    if line[:1] == " " and line.strip():
        at = Mark(mark.line, 1, len(line) - len(line.lstrip()) or 1)
        cure = "put no spaces before keys at the top, and as many before each line of a list"
        return Mistake("this line is not indented as those above it", at, cure)
    return None


def _continues(lines: list[str], index: int) -> bool:
    """Whether the line belongs to a text that `|` or `>` began above it."""
    above = next((x for x in reversed(lines[:index]) if x.strip()), "")
    return above.rstrip().endswith(("|", ">", "|-", ">-"))


def _values(lines: list[str], mark: Mark) -> list[tuple[int, int, str]]:
    """(line, column, value) of each value on its key's line, up to the mark."""
    found = ((n, _VALUE.match(line)) for n, line in enumerate(lines[: mark.line], 1))
    return [(n, len(m[1]) + 1, m[2].rstrip()) for n, m in found if m]


RULES: tuple[Rule, ...] = (
    *(_tab, _open_quote, _inner_quotes, _no_space, _curly, _colon, _sign, _bracket, _no_colon),
    *(_first_indent, _dash, _indent),
)
"""The first match counts, so the most certain rules come first."""
