"""The result of one check of `doctor`."""

from typing import Literal, NamedTuple

Level = Literal["fine", "warning", "error"]


class Finding(NamedTuple):
    """What was checked, the result, and what to do unless it is fine.

    level   "error" if a build, or something in the settings, cannot work
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
