"""One thing that was looked at."""

from typing import Literal, NamedTuple

Level = Literal["fine", "warning", "error"]


class Finding(NamedTuple):
    """What was looked at, how it stands, and, unless it is fine, what to do.

    level   "error": a build, or what was asked for in the settings, cannot work
    """

    level: Level
    name: str
    said: str
    cure: str = ""


def fine(name: str, said: str) -> Finding:
    return Finding("fine", name, said)


def warning(name: str, said: str, cure: str) -> Finding:
    return Finding("warning", name, said, cure)


def error(name: str, said: str, cure: str) -> Finding:
    return Finding("error", name, said, cure)
