"""Problems as JSON, so that a build that reads nothing can still say what it knew."""

import json
from collections.abc import Iterable

from site_gen.problems import Problem, Where


def encode(problems: Iterable[Problem]) -> str:
    """Problems as text; "" for none."""
    rows = [
        [p.code, p.message, p.help, p.severity,
         [[w.path, w.line, w.column, w.length, w.excerpt, w.key]
          for w in (p.where, *p.also) if w]]
        for p in problems
    ]  # fmt: skip
    return json.dumps(rows) if rows else ""


def decode(text: str) -> list[Problem]:
    """The problems that `encode` wrote."""
    found = []
    for code, message, cure, severity, places in json.loads(text) if text else ():
        wheres = [Where(*place) for place in places]
        where = wheres[0] if wheres else None
        found.append(Problem(code, message, where, cure, severity, tuple(wheres[1:])))
    return found
