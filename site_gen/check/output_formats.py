"""Output formats for other programs: JSON, annotations of GitHub, SARIF 2.1.0."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from site_gen import __version__
from site_gen.check.findings import Level
from site_gen.check.rules.rule import Rule
from site_gen.problems import Problem, as_data, clean

_GITHUB = {"error": "error", "warning": "warning", "note": "notice", "hint": "notice"}
_SARIF = {"error": "error", "warning": "warning", "note": "note", "hint": "note"}


def count_by_severity(
    problems: list[Problem], only_counted: Mapping[tuple[str, Level], int] = MappingProxyType({})
) -> str:
    """Return a text such as "2 warnings, 1 hint", "" for none.

    `only_counted` is the number of further findings by rule and level.
    """
    found: Counter[str] = Counter(problem.severity for problem in problems)
    for (_, level), count in only_counted.items():
        found[level] += count
    return ", ".join(f"{found[x]} {x}{'s' * (found[x] != 1)}" for x in _GITHUB if found[x])


def json_data(problems: list[Problem], ignored: int) -> dict[str, Any]:
    """Return the JSON output: all findings with their counts."""
    counts = {level: sum(p.severity == level for p in problems) for level in _GITHUB}
    return {"counts": {**counts, "ignored": ignored}, "findings": [as_data(p) for p in problems]}


def with_prefix(prefix: str, problems: list[Problem]) -> list[Problem]:
    """Prefix the paths, so that they are relative to the repository instead of the site."""
    return [
        p._replace(where=p.where._replace(path=f"{prefix}{p.where.path}"))
        if prefix and p.where and p.where.path and not p.where.path.startswith("/")
        else p
        for p in problems
    ]


def github_line(problem: Problem) -> str:
    """Return a workflow command of GitHub Actions that annotates a line."""
    where = problem.where
    place = []
    if where is not None:
        place.append(f"file={_property(where.path)}")
        if where.line:
            place.append(f"line={where.line}")
        if where.column:
            place.append(f"col={where.column}")
    place.append(f"title={_property(problem.code)}")
    text = problem.message + (f" - {problem.help}" if problem.help else "")
    return f"::{_GITHUB[problem.severity]} {','.join(place)}::{_message(text)}"


def _message(text: str) -> str:
    return clean(text, 1000).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: list[Problem], known: Mapping[str, Rule]) -> dict[str, Any]:
    """Return a log as defined by OASIS SARIF 2.1.0 (docs.oasis-open.org/sarif)."""
    rules = [
        {"id": r.name, "shortDescription": {"text": r.about}, "help": {"text": r.cure}}
        for r in known.values()
    ]
    others = dict.fromkeys(p.code for p in problems if p.code not in known)
    rules += [{"id": code, "shortDescription": {"text": f"said by a build: {code}"}}
              for code in others]  # fmt: skip
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "site_gen", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(p) for p in problems],
            }
        ],
    }


def _result(problem: Problem) -> dict[str, Any]:
    data = as_data(problem)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": _SARIF[problem.severity],
        "message": {"text": ". ".join(t for t in (data["message"], data["help"]) if t)},
    }
    if data["path"]:
        region = {"startLine": max(1, data["line"])}
        if data["column"]:
            region["startColumn"] = data["column"]
        result["locations"] = [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(data["path"])},
                    "region": region,
                }
            }
        ]
    return result
