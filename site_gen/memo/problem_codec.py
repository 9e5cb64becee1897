"""Encodes problems as JSON, so that a build can repeat those of files that it need not read."""

import json
from collections.abc import Iterable

from site_gen.problems import Problem, Where


def encode_problems(problems: Iterable[Problem]) -> str:
    """Problems as JSON; "" for none."""
    rows = [
        [p.code, p.message, p.help, p.severity,
         [[w.path, w.line, w.column, w.length, w.excerpt, w.key]
          for w in (p.where, *p.also) if w]]
        for p in problems
    ]  # fmt: skip
    return json.dumps(rows) if rows else ""


def decode_problems(text: str) -> list[Problem]:
    """The problems that `encode_problems` wrote."""
    found = []
    for code, message, cure, severity, places in json.loads(text) if text else ():
        wheres = [Where(*place) for place in places]
        where = wheres[0] if wheres else None
        found.append(Problem(code, message, where, cure, severity, tuple(wheres[1:])))
    return found
