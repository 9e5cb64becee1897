"""Problems: what a user can fix, with place and cure, and how such a message is laid out.

This is the only error type that crosses rooms. Anything else that escapes is our own bug.
"""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "note", "hint"]
"""A note is said as a warning is, but `--strict` lets it pass: nothing is to be mended. Hints are
of `check`."""

WIDTH = 80


class Where(NamedTuple):
    """A place in a file: 1-based line and column, 0 where unknown; `excerpt` is that line.

    Without a line, `key` is the key at fault: whoever has the file at hand finds its line.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1
    excerpt: str = ""
    key: str = ""

    def __str__(self) -> str:
        parts = [clean(self.path, 400), *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Problem(NamedTuple):
    """One fault: a permanent code, what is wrong, where, and the cure.

    `Where.key` of an unknown key is its name: such faults are one kind for each name.
    Fields hold values from outside as they came; `layout` and `as_data` make them safe to print.
    """

    code: str
    message: str
    where: Where | None = None
    help: str = ""
    severity: Severity = "error"
    also: tuple[Where, ...] = ()


class SiteError(Exception):
    """Problems that stop a stage. Exit code 1."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))


class UsageError(SiteError):
    """A wrong call of the program. Exit code 2."""

    exit_code = 2


def clean(text: str, width: int = WIDTH) -> str:
    """Text from outside made fit for a terminal: no control or bidi characters, cut to `width`."""
    if text.isprintable():
        return text if len(text) <= width else text[: width - 1] + "…"
    import unicodedata  # nothing is said by most builds

    kept = "".join(
        c if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029" else " " for c in text
    )
    return kept if len(kept) <= width else kept[: width - 1] + "…"


def shown(value: object) -> str:
    """A value from outside, quoted for a message."""
    text = value if isinstance(value, str) else repr(value)
    return '"' + clean(text, 40) + '"' if isinstance(value, str) else clean(text, 40)


MOST_COMPARED = 100
"""So many words are compared letter by letter: of a site's paths those that begin, and those that
end, most like the wrong one."""


def _alike(word: str, known: list[str]) -> list[str]:
    if len(known) <= MOST_COMPARED:
        return known
    backwards = sorted(each[::-1] for each in known)
    near = _around(word, known) + [each[::-1] for each in _around(word[::-1], backwards)]
    return sorted(set(near))


def _around(word: str, known: list[str]) -> list[str]:
    from bisect import bisect

    at = bisect(known, word)
    return known[max(0, at - MOST_COMPARED // 4) : at + MOST_COMPARED // 4]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?` for the nearest known word, else the empty string."""
    from difflib import get_close_matches  # only an error pays for it

    near = get_close_matches(word, _alike(word, sorted(known)), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


MOST_KEYS = 10
"""Unknown keys that are named, those of most files first; the others are counted."""
UNKNOWN = "/unknown-key"


def gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each error as it is; of warnings and notes one for each kind, with a count and the first
    place. Order: as the first of each kind came."""
    kinds: dict[tuple[str, ...], list[Problem]] = {}
    for number, each in enumerate(problems):
        key = each.where.key if each.where and each.code.endswith(UNKNOWN) else ""
        own = (str(number),) if each.severity == "error" else ()
        kinds.setdefault((each.code, each.severity, key, *own), []).append(each)
    keys = {k: None for k in kinds if k[0].endswith(UNKNOWN) and k[1] != "error"}
    named = set(sorted(keys, key=lambda k: (-len(kinds[k]), k))[:MOST_KEYS])
    rest = [each for k in keys if k not in named for each in kinds[k]]
    found = [_of_kind(group) for k, group in kinds.items() if k in named or k not in keys]
    return (*found, *([_others(rest, len(keys) - len(named))] if rest else ()))


def _of_kind(group: list[Problem]) -> Problem:
    first = group[0]
    if len(group) == 1:
        return first
    files = len({p.where.path for p in group if p.where})
    if first.code.endswith(UNKNOWN):
        text = f"{first.message.rstrip('.')} in {files:,} file{'s' * (files != 1)}"
        text = text if files > 1 else f"{first.message.rstrip('.')}, {len(group):,} times"
    else:
        where = f", in {files:,} files" if files > 1 else ""
        text = f"{first.message} (and {len(group) - 1:,} more of this kind{where})"
    cure = f"{first.help}; -v shows each" if first.help else "-v shows each"
    return first._replace(message=text, help=cure)


def _others(rest: list[Problem], names: int) -> Problem:
    files = len({p.where.path for p in rest if p.where})
    text = f"{names:,} more unknown keys in {files:,} file{'s' * (files != 1)}"
    return rest[0]._replace(message=text, help="unknown keys are published nowhere; -v shows each")


def layout(problem: Problem) -> str:
    """The message as people read it, several lines, without a trailing newline."""
    lines = [f"{problem.severity}[{problem.code}] {clean(problem.message, 400)}"]
    for number, where in enumerate(w for w in (problem.where, *problem.also) if w):
        lines.append(f"  {'-->' if number == 0 else 'and'} {where}")
        lines += _excerpt(where)
    if problem.help:
        lines.append(f"help: {clean(problem.help, 400)}")
    return "\n".join(lines)


def _excerpt(where: Where) -> list[str]:
    if not where.excerpt:
        return []
    start = max(0, where.column - 1 - WIDTH // 2) if where.column > WIDTH - 10 else 0
    text = clean(where.excerpt.rstrip("\n")[start:])
    lines = [f"{where.line:>5} | {text}"]
    if where.column:
        at = where.column - 1 - start
        length = max(1, min(where.length, len(text) - at))
        lines.append(f"      | {' ' * at}{'^' * length}")
    return lines


def as_data(problem: Problem) -> dict[str, Any]:
    """The same message as plain data, for `--format json`."""
    where = problem.where or Where("")
    return {
        "code": problem.code,
        "severity": problem.severity,
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "message": problem.message,
        "help": problem.help,
        "excerpt": where.excerpt.rstrip("\n"),
        "also": [{"path": w.path, "line": w.line, "column": w.column} for w in problem.also],
    }
