"""What a rule says, before and after it is placed in a file."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from site_gen.problems import Problem, Where

Level = Literal["error", "warning", "hint", "off"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint", "off")


class Fix(Struct, frozen=True, array_like=True):
    """A mend that needs no thought: on one line, `old` becomes `new`."""

    line: int
    old: str
    new: str


class Hit(Struct, frozen=True, kw_only=True, array_like=True):
    """What a rule found, in a document that it was handed. Line 0: the file as a whole."""

    rule: str
    message: str
    line: int = 0
    column: int = 0
    length: int = 1
    field: str = ""
    excerpt: str = ""
    help: str = ""
    fix: Fix | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """A hit with its file (from the site's folder) and its level."""

    path: str
    level: Level
    hit: Hit


def as_problem(finding: Finding) -> Problem:
    """A finding as every other message is said."""
    hit = finding.hit
    where = Where(finding.path, hit.line, hit.column, hit.length, hit.excerpt)
    severity = "warning" if finding.level == "off" else finding.level
    return Problem(hit.rule, hit.message, where, hit.help, severity)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, line and rule: the same for any order of folders and rules."""
    return sorted(
        findings,
        key=lambda f: (f.path, f.hit.line, f.hit.column, f.hit.rule, f.hit.message),
    )
