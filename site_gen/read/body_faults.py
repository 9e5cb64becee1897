"""Faults of a body, and the problems that they become."""

from typing import NamedTuple

from site_gen.problems import Problem, Where
from site_gen.read.parser import MAX_NESTING


class Fault(NamedTuple):
    """Something wrong in a body: line within the body (1-based), and whether it is an error."""

    line: int
    message: str
    help: str
    error: bool = True
    code: str = "article/body"


def nested(line: int, what: str) -> Fault:
    """The fault of a body with too many levels of `what`."""
    message = f"is nested more than {MAX_NESTING - 1} deep"
    return Fault(line, message, f"take out some of the {what}")


def to_problems(faults: tuple[Fault, ...], path: str, body: str, first: int) -> list[Problem]:
    """Faults as problems of the file `path` whose body starts at line `first`."""
    lines = body.split("\n") if faults else []
    return [
        Problem(
            f.code,
            f"the body {f.message}" if f.message.startswith(("is ", "makes ")) else f.message,
            Where(path, f.line + first - 1, 0, 1, "".join(lines[f.line - 1 : f.line])),
            f.help,
            "error" if f.error else "warning",
        )
        for f in faults
    ]
