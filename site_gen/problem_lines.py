"""Lines of problems that know only a file and the key at fault: looked up when they are said."""

import re
from pathlib import Path

from site_gen.basics import files
from site_gen.problems import Problem, Where

SETTINGS, PROJECT = "site.toml", "pyproject.toml"


def placed(problem: Problem, root: Path) -> Problem:
    """The problem with lines for those of its places that name a key."""
    known = [where for where in (problem.where, *problem.also) if where]
    if all(where.line or not where.key for where in known):
        return problem
    wheres = [_where(where, root) for where in known]
    return problem._replace(where=wheres[0], also=tuple(wheres[1:]))


def _where(where: Where, root: Path) -> Where:
    if where.line or not where.key:
        return where
    if where.path == SETTINGS and not (root / SETTINGS).is_file():
        where = where._replace(path=PROJECT)
    try:
        lines = files.decode(files.read_bytes(root / where.path, files.HARD_LIMIT)).text.split("\n")
    except (files.Unreadable, OSError):
        return where
    if "[" in where.key:
        return _of_a_list(where, lines)
    key = re.escape(where.key)
    toml = rf"(\s*\[?(?:[\w.-]+\.)?){key}\s*[=\]]"
    pattern = re.compile(toml if where.path.endswith((".toml", ".lock")) else rf"(){key}:")
    for number, line in enumerate(lines, 1):
        if found := pattern.match(line):
            column = found.end(1) + 1
            return Where(where.path, number, column, len(where.key), line, where.key)
        if number > 1 and line.rstrip() == "---" and where.path.endswith(".md"):
            break
    return where


def _of_a_list(where: Where, lines: list[str]) -> Where:
    """The place of a key such as `sections[1].topics` in the settings."""
    from site_gen.settings.key_positions import KeyPositions

    prefix = ("tool", "site_gen") if where.path == PROJECT else ()
    parts = re.findall(r"[^.\[\]]+", where.key)
    path = tuple(int(part) if part.isdigit() else part for part in parts)
    found = KeyPositions("\n".join(lines), where.path, prefix)(path)
    return found._replace(key=where.key)
