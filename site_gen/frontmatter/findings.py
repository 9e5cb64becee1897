"""Faults of one front matter: gathered by path, then placed in the file. Imports nothing heavy."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from site_gen.basics.schema import Fault
from site_gen.basics.yaml_values import Mark, Path
from site_gen.frontmatter.load import BOOLEANS, marks, place
from site_gen.problems import Problem, Severity, Where, shown

MOST = 100
"""Faults of one code in one file that are told one by one; a hostile file has 100,000."""


class Finding(NamedTuple):
    """A fault before it is placed: `path` leads from the top of the block to the value.

    key   the name of an unknown key, by which such faults are counted together
    """

    path: Path
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"
    key: str = ""


def name(path: Path) -> str:
    """`related[0].webUrl` for a path into the front matter."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def of_fault(fault: Fault) -> Finding:
    """A value of the wrong type."""
    key = str(fault.path[0]) if fault.path else "frontmatter"
    cure = "correct the value, or remove the line"
    if key in BOOLEANS:
        cure = f"write `{key}: true` or `{key}: false`, without quotes, or remove the line"
    return Finding(fault.path, f"article/{key}", f"{name(fault.path)}: {fault.message}", cure)


def placed(findings: list[Finding], head: str, path: str) -> Iterator[Problem]:
    """Each as a problem of the file `path` whose block is `head`; of one code MOST at most, and
    how many more there are."""
    found = marks(head)
    counts: Counter[str] = Counter()
    for f in findings:
        counts[f.code] += 1
        if counts[f.code] <= MOST:
            where = _where(f, found, head, path)
            yield Problem(f.code, _with_value(f, where), where, f.help, f.severity)
    last = {f.code: f for f in findings}
    for code, number in counts.items():
        if number > MOST:
            text = f"{number - MOST:,} more faults of the kind {code} in this file"
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
    """A type fault gains the value as it stands in the file."""
    if ": expected " not in finding.message or ", got " in finding.message or not where.column:
        return finding.message
    value = where.excerpt[where.column - 1 : where.column - 1 + where.length].strip()
    if value[:1] == value[-1:] and value[:1] in ("'", '"'):
        return f"{finding.message}, got {value}"  # quoted as it is
    return f"{finding.message}, got {shown(value)}" if value else finding.message
