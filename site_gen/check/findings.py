"""What rules find: a hit in a document, and a finding with its file and level."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Literal

from msgspec import Struct

from site_gen.basics import files
from site_gen.problems import Problem, Where

Level = Literal["error", "warning", "hint", "off"]


class Fix(Struct, frozen=True, array_like=True):
    """A safe automatic correction: in one line, replace `old` by `new`."""

    line: int
    old: str
    new: str


class Hit(Struct, frozen=True, kw_only=True, array_like=True):
    """What a rule found in a document. Line (from 1) 0 means the whole file.

    field   the key of the front matter, "" for the body
    help    how to correct it, "" for the cure of the rule
    """

    rule: str
    message: str
    line: int = 0
    column: int = 0
    length: int = 1
    field: str = ""
    help: str = ""
    fix: Fix | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """A hit with its file (relative to the site's folder) and its level."""

    path: str
    level: Level
    hit: Hit


def as_problems(findings: Iterable[Finding], root: Path) -> list[Problem]:
    """Return findings as problems in the same order, each with its line as excerpt."""
    problems = []
    for path, own in groupby(findings, key=lambda finding: finding.path):
        lines: list[str] | None = None
        for finding in own:
            hit = finding.hit
            if hit.line and lines is None:
                lines = _lines(root / path)
            excerpt = "".join((lines or ())[hit.line - 1 : hit.line])
            where = Where(path, hit.line, hit.column, hit.length, excerpt)
            severity = "warning" if finding.level == "off" else finding.level
            problems.append(Problem(hit.rule, hit.message, where, hit.help, severity))
    return problems


def with_lines(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """Return problems of the build, with excerpts for those that name a line of a content file."""
    read: dict[str, list[str]] = {}
    found = []
    for problem in problems:
        where = problem.where
        if where and where.line and not where.excerpt and where.path.startswith("content/"):
            if where.path not in read:
                read[where.path] = _lines(root / where.path)
            excerpt = "".join(read[where.path][where.line - 1 : where.line])
            problem = problem._replace(where=where._replace(excerpt=excerpt))
        found.append(problem)
    return found


def _lines(path: Path) -> list[str]:
    try:
        return files.decode(files.read_bytes(path)).text.split("\n")
    except files.Unreadable:
        return []


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, line and rule, so that the order is the same on every machine."""
    return sorted(
        findings,
        key=lambda f: (f.path, f.hit.line, f.hit.column, f.hit.rule, f.hit.message),
    )
