"""`site.toml`, or `[tool.site_gen]` of pyproject.toml, read and checked.

Unknown keys, wrong types and impossible values are problems with their line and the nearest
known name, all in one run.
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
from site_gen.settings.key_positions import Places, dotted
from site_gen.settings.readers_list import published_list
from site_gen.settings.tables import NO_BASE_URL, NO_TAG, Settings
from site_gen.settings.values import impossible

SITE_TOML = "site.toml"
PYPROJECT = "pyproject.toml"
_TABLE = re.compile(r"^\s*\[\[?\s*tool\s*\.\s*site_gen\s*[\].]", re.MULTILINE)


class Loaded(NamedTuple):
    """Settings and their problems; `settings` is None when there is an error."""

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
        problem = Problem(
            "settings/unreadable",
            f"{path.name} {error.reason}",
            Where(path.name, error.line),
            "save it as UTF-8" if error.line else "put a file there that can be read",
        )
        return Loaded(None, (problem,), path.name)
    return parse(text, path.name, root)


def parse(text: str, name: str = SITE_TOML, root: Path | None = None) -> Loaded:
    """Settings from the text of a file called `name`; with those of the site at `root` what they
    say of its folders is looked at, too."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Loaded(None, (_syntax(str(error), text, name),), name)
    prefix: tuple[str, ...] = ()
    if name == PYPROJECT:
        prefix = ("tool", "site_gen")
        tools = data.get("tool")
        data = tools.get("site_gen", {}) if isinstance(tools, dict) else {}
    known = renames.understand(data, Places(text, name, prefix))
    place = known.place
    problems = known.faults + [
        Problem(
            "settings/unknown-key",
            f"unknown key {shown(dotted(f.path))}.{_nearest(f)}",
            place(f.path),
            _known_keys(f),
        )
        for f in schema.unknown_keys(data, Settings)
    ]
    outcome = schema.convert(data, Settings)
    if isinstance(outcome, list):
        problems += [
            Problem(
                "settings/type",
                _fault(f, data),
                place(f.path),
                "correct the value, or remove the line",
            )
            for f in outcome
        ]
        return Loaded(None, (*known.warnings, *problems), name)
    problems += [
        Problem("settings/value", f"{dotted(at)}: {message}", place(at), cure)
        for at, message, cure in (
            *impossible(outcome), *(published_list(root, outcome) if root else ()),
        )
    ]  # fmt: skip
    if problems:
        return Loaded(None, (*known.warnings, *problems), name)
    return Loaded(outcome, (*known.warnings, *_advice(outcome, name)), name)


def _nearest(fault: schema.Fault) -> str:
    """` Did you mean "x"?`: that key of another table, else one of nearly that name here."""
    key = str(fault.path[-1])
    if _is_of_the_top(fault):
        return " It belongs above the first table."
    tables = [kind.encode_name for kind in fields(Settings) if key in _keys(kind.type)]
    if len(tables) == 1:
        return f' Did you mean "{tables[0]}.{key}"?'
    return did_you_mean(key, fault.known)


def _is_of_the_top(fault: schema.Fault) -> bool:
    """Whether a key of the site stands below a table, as one that was added at the end does."""
    key = str(fault.path[-1])
    own = (kind.encode_name for kind in fields(Settings) if not _keys(kind.type))
    return len(fault.path) > 1 and key in own


def _keys(kind: Any) -> tuple[str, ...]:
    is_table = isinstance(kind, type) and issubclass(kind, Table)
    return tuple(field.encode_name for field in fields(kind)) if is_table else ()


MOST_KNOWN = 12


def _known_keys(fault: schema.Fault) -> str:
    """The cure; where no name is near it says which there are."""
    cure = "correct the name, or remove the line"
    if _is_of_the_top(fault):
        return "move the line up, before the first line in [brackets]"
    if _nearest(fault):
        return cure
    some = ", ".join(fault.known[:MOST_KNOWN])
    rest = len(fault.known) - MOST_KNOWN
    more = f" and {rest} more, which `site-gen config schema` lists" if rest > 0 else ""
    where = dotted(fault.path[:-1])
    return f"{cure}; known {f'in {where}' if where else 'here'}: {some}{more}"


def _syntax(message: str, text: str, name: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (0, 0)
    lines = text.split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    reason = message.split(" (at ")[0]
    return Problem(
        "settings/syntax",
        f"is not TOML: {reason}",
        Where(name, line, column, 1, excerpt),
        _syntax_cure(lines[:line], reason),
    )


_HEADER = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=\s*(.*?)\s*$")
_VALUE = re.compile(r"[\"'\[{]|$|[\d.:TZ+-]+$|(?:true|false)$")
LONGEST_LINE = 400


def _syntax_cure(lines: list[str], reason: str) -> str:
    """`lines` end with the faulty one. Most often a text has no quotes, or a key is repeated."""
    *before, line = [each[:LONGEST_LINE] for each in lines] or [""]
    if table := _HEADER.match(line):
        at = _last([_HEADER.match(each) for each in before], table[1])
        return (
            f"merge the two tables: [{table[1]}] is in line {at} too" if at else "correct the line"
        )
    key = _KEY.match(line)
    if key and "overwrite" in reason:
        begin = max((n for n, each in enumerate(before, 1) if _HEADER.match(each)), default=0)
        if at := _last([_KEY.match(each) for each in before[begin:]], key[1]):
            return f"remove one of the two: {key[1]} is in line {begin + at} too"
    if key and not _VALUE.match(key[2]):
        return (
            f'put a text in double quotes: {key[1]} = "{key[2]}"; write a number in digits, and '
            "true or false without quotes"
        )
    return "correct the line"


def _last(found: list[re.Match[str] | None], name: str) -> int:
    """The number of the last line that bears this name, 0 for none."""
    return max((n for n, each in enumerate(found, 1) if each and each[1] == name), default=0)


def _advice(settings: Settings, name: str) -> Iterator[Problem]:
    if not settings.base_url:
        yield Problem(
            "settings/base-url",
            f"base_url is not set; {NO_BASE_URL}/ is used",
            Where(name, key="base_url"),
            'add base_url = "https://example.org"',
            "warning",
        )
    if not settings.feeds.tag:
        yield Problem(
            "settings/tag",
            f"feeds.tag is not set; {NO_TAG} is used for guids",
            Where(name),
            'add [feeds] tag = "example.org,2026" before you publish',
            "warning",
        )
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
            return f"{dotted(fault.path)}: {fault.message}"
    hint = did_you_mean(str(value), fault.known)
    return f"{dotted(fault.path)}: {fault.message}, got {shown(value)}.{hint}".removesuffix(".")
