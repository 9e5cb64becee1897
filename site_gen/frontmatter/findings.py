"""Faults of one front matter: collected by path, then placed in the file. Imports nothing heavy."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from site_gen.basics.schema import Fault, dotted
from site_gen.basics.yaml_values import Mark, Path
from site_gen.frontmatter.load import BOOLEANS, marks, place
from site_gen.problems import Problem, Severity, Where, shown

MAX_PER_CODE = 100
"""Faults with the same code in one file that are reported one by one; a hostile file has
100,000."""


class Finding(NamedTuple):
    """A fault; `path` leads from the top of the front matter to the value.

    key  the name of an unknown key, for counting such faults together
    """

    path: Path
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"
    key: str = ""


def type_finding(fault: Fault) -> Finding:
    """The finding for a value of the wrong type."""
    key = str(fault.path[0]) if fault.path else "frontmatter"
    cure = "correct the value, or remove the line"
    if key in BOOLEANS:
        cure = f"write `{key}: true` or `{key}: false`, without quotes, or remove the line"
    return Finding(fault.path, f"article/{key}", f"{dotted(fault.path)}: {fault.message}", cure)


def to_problems(findings: list[Finding], head: str, path: str) -> Iterator[Problem]:
    """Findings as problems of the file `path` with the block `head`; at most MAX_PER_CODE of each
    code, then the number of the rest."""
    found = marks(head)
    counts: Counter[str] = Counter()
    for f in findings:
        counts[f.code] += 1
        if counts[f.code] <= MAX_PER_CODE:
            where = _where(f, found, head, path)
            yield Problem(f.code, _with_value(f, where), where, f.help, f.severity)
    last = {f.code: f for f in findings}
    for code, number in counts.items():
        if number > MAX_PER_CODE:
            text = f"{number - MAX_PER_CODE:,} more faults of the kind {code} in this file"
            where = Where(path, 1, 1, 3, "---")
            yield Problem("article/many", text, where, "mend the others first", last[code].severity)


def _where(finding: Finding, found: dict[Path, Mark], head: str, path: str) -> Where:
    at = finding.path
    if at[:1] == ("authors",) and ("authors",) not in found:
        at = ("author", *at[1:])
    if finding.key and (*at, "#key") in found:
        return place(head, found[(*at, "#key")], path)._replace(key=finding.key)
    while at and at not in found:
        at = at[:-1]
    if not at:
        return Where(path, 1, 1, 3, "---")
    return place(head, found[at], path)


def _with_value(finding: Finding, where: Where) -> str:
    """Add the value as it is in the file to the message of a type fault."""
    if ": expected " not in finding.message or ", got " in finding.message or not where.column:
        return finding.message
    value = where.excerpt[where.column - 1 : where.column - 1 + where.length].strip()
    if value[:1] == value[-1:] and value[:1] in ("'", '"'):
        return f"{finding.message}, got {value}"  # quoted as it is
    return f"{finding.message}, got {shown(value)}" if value else finding.message
