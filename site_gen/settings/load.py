"""Reads and checks `site.toml`, or `[tool.site_gen]` in pyproject.toml.

Unknown keys, wrong types and invalid values are all reported in one run, each with its line and the
most similar known name.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import fields

from site_gen.basics import files, schema
from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.settings import renames
from site_gen.settings.base import Table
from site_gen.settings.key_positions import KeyPositions
from site_gen.settings.recipients_file import published_recipients
from site_gen.settings.tables import NO_BASE_URL, NO_TAG, Settings
from site_gen.settings.values import invalid_values

SITE_TOML = "site.toml"
PYPROJECT = "pyproject.toml"
_TABLE = re.compile(r"^\s*\[\[?\s*tool\s*\.\s*site_gen\s*[\].]", re.MULTILINE)


class Loaded(NamedTuple):
    """Settings and their problems; `settings` is None if there is an error."""

    settings: Settings | None
    problems: tuple[Problem, ...]
    path: str


def find(root: Path) -> Path | None:
    """The settings file of the site at `root`, or None."""
    if (root / SITE_TOML).is_file():
        return root / SITE_TOML
    project = root / PYPROJECT
    return project if _has_table(project) else None


def _has_table(project: Path) -> bool:
    return project.is_file() and bool(_TABLE.search(project.read_text("utf-8", "replace")))


def load(root: Path) -> Loaded:
    """The settings of the site at `root`, checked."""
    path = find(root)
    if path is None:
        here = root.resolve() == Path.cwd()
        told = f"no {SITE_TOML} in {'this' if here else 'that'} folder"
        cure = f"run `site-gen init` {'here' if here else 'there'}, or `-C DIR` for another folder"
        problem = Problem("settings/missing", told, Where("." if here else str(root)), cure)
        return Loaded(None, (problem,), "")
    project = root / PYPROJECT
    if path.name == SITE_TOML and _has_table(project):
        problem = Problem(
            "settings/two",
            "settings stand in site.toml and in [tool.site_gen] of pyproject.toml",
            Where(SITE_TOML),
            "keep one of the two",
            also=(Where(PYPROJECT),),
        )
        return Loaded(None, (problem,), path.name)
    try:
        text = files.decode(files.read_bytes(path, 1 << 20)).text
    except files.Unreadable as error:
        message, where = f"{path.name} {error.reason}", Where(path.name, error.line)
        cure = "save it as UTF-8" if error.line else "put a file there that can be read"
        problem = Problem("settings/unreadable", message, where, cure)
        return Loaded(None, (problem,), path.name)
    return parse(text, path.name, root)


def parse(text: str, name: str = SITE_TOML, root: Path | None = None) -> Loaded:
    """Settings from the text of a file called `name`; with a `root`, folders in them are checked
    too."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Loaded(None, (_syntax_problem(str(error), text, name),), name)
    prefix: tuple[str, ...] = ()
    if name == PYPROJECT:
        prefix = ("tool", "site_gen")
        tools = data.get("tool")
        data = tools.get("site_gen", {}) if isinstance(tools, dict) else {}
    known = renames.apply_renames(data, KeyPositions(text, name, prefix))
    place = known.place
    problems = known.faults + [
        Problem(
            "settings/unknown-key",
            f"unknown key {shown(schema.dotted(f.path))}.{_suggest(f)}",
            place(f.path),
            _list_known_keys(f),
        )
        for f in schema.unknown_keys(data, Settings)
    ]
    outcome = schema.convert(data, Settings)
    if isinstance(outcome, list):
        cure = "correct the value, or remove the line"
        problems += [
            Problem("settings/type", _fault(f, data), place(f.path), cure) for f in outcome
        ]
        return Loaded(None, (*known.warnings, *problems), name)
    problems += [
        Problem("settings/value", f"{schema.dotted(at)}: {message}", place(at), cure)
        for at, message, cure in (
            *invalid_values(outcome), *(published_recipients(root, outcome) if root else ()),
        )
    ]  # fmt: skip
    if problems:
        return Loaded(None, (*known.warnings, *problems), name)
    return Loaded(outcome, (*known.warnings, *_advice(outcome, name)), name)


def _suggest(fault: schema.Fault) -> str:
    """` Did you mean "x"?`: the same key in another table, else the most similar key here."""
    key = str(fault.path[-1])
    if _belongs_to_the_top(fault):
        return " It belongs above the first table."
    tables = [kind.encode_name for kind in fields(Settings) if key in _keys(kind.type)]
    if len(tables) == 1:
        return f' Did you mean "{tables[0]}.{key}"?'
    return did_you_mean(key, fault.known)


def _belongs_to_the_top(fault: schema.Fault) -> bool:
    """Whether it is a top-level key below a table, as when added at the end of the file."""
    key = str(fault.path[-1])
    own = (kind.encode_name for kind in fields(Settings) if not _keys(kind.type))
    return len(fault.path) > 1 and key in own


def _keys(kind: Any) -> tuple[str, ...]:
    is_table = isinstance(kind, type) and issubclass(kind, Table)
    return tuple(field.encode_name for field in fields(kind)) if is_table else ()


MAX_LISTED_KEYS = 12


def _list_known_keys(fault: schema.Fault) -> str:
    """The cure: the known names, unless a similar one is suggested."""
    cure = "correct the name, or remove the line"
    if _belongs_to_the_top(fault):
        return "move the line up, before the first line in [brackets]"
    if _suggest(fault):
        return cure
    some = ", ".join(fault.known[:MAX_LISTED_KEYS])
    rest = len(fault.known) - MAX_LISTED_KEYS
    more = f" and {rest} more, which `site-gen config schema` lists" if rest > 0 else ""
    where = schema.dotted(fault.path[:-1])
    return f"{cure}; known {f'in {where}' if where else 'here'}: {some}{more}"


def _syntax_problem(message: str, text: str, name: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (0, 0)
    lines = text.split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    reason = message.split(" (at ")[0]
    where = Where(name, line, column, 1, excerpt)
    cure = _find_syntax_cure(lines[:line], reason)
    return Problem("settings/syntax", f"is not TOML: {reason}", where, cure)


_HEADER = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=\s*(.*?)\s*$")
_VALUE = re.compile(r"[\"'\[{]|$|[\d.:TZ+-]+$|(?:true|false)$")
MAX_LINE_LENGTH = 400


def _find_syntax_cure(lines: list[str], reason: str) -> str:
    """The cure for a syntax error; `lines` end with the faulty one. Usually text without quotes, or
    a repeated key."""
    *before, line = [each[:MAX_LINE_LENGTH] for each in lines] or [""]
    if table := _HEADER.match(line):
        at = _last_line_of([_HEADER.match(each) for each in before], table[1])
        return (
            f"merge the two tables: [{table[1]}] is in line {at} too" if at else "correct the line"
        )
    key = _KEY.match(line)
    if key and "overwrite" in reason:
        begin = max((n for n, each in enumerate(before, 1) if _HEADER.match(each)), default=0)
        if at := _last_line_of([_KEY.match(each) for each in before[begin:]], key[1]):
            return f"remove one of the two: {key[1]} is in line {begin + at} too"
    if key and not _VALUE.match(key[2]):
        return (
            f'put a text in double quotes: {key[1]} = "{key[2]}"; write a number in digits, and '
            "true or false without quotes"
        )
    return "correct the line"


def _last_line_of(found: list[re.Match[str] | None], name: str) -> int:
    """The number of the last line with this name, 0 for none."""
    return max((n for n, each in enumerate(found, 1) if each and each[1] == name), default=0)


def _advice(settings: Settings, name: str) -> Iterator[Problem]:
    if not settings.base_url:
        message, where = f"base_url is not set; {NO_BASE_URL}/ is used", Where(name, key="base_url")
        cure = 'add base_url = "https://example.org"'
        yield Problem("settings/base-url", message, where, cure, "warning")
    if not settings.feeds.tag:
        message = f"feeds.tag is not set; {NO_TAG} is used for guids"
        cure = 'add [feeds] tag = "example.org,2026" before you publish'
        yield Problem("settings/tag", message, Where(name), cure, "warning")
    elif settings.feeds.tag.partition(",")[0].endswith(".invalid"):
        yield Problem(
            "settings/tag",
            f"feeds.tag is {settings.feeds.tag}, which is nobody's name",
            Where(name, key="tag"),
            'write a name of yours, tag = "example.org,2026", before you publish: feed readers '
            "know entries by it",
            "warning",
        )


def _fault(fault: schema.Fault, data: object) -> str:
    value = data
    for part in fault.path:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return f"{schema.dotted(fault.path)}: {fault.message}"
    hint = did_you_mean(str(value), fault.known)
    return f"{schema.dotted(fault.path)}: {fault.message}, got {shown(value)}.{hint}".removesuffix(
        "."
    )
