"""Cases from their data files: one a line, `outcome :: payload`, with a few escapes; and the site
that they are built in."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SETTINGS = """\
title = "Hostile <script>canary()</script>"
base_url = "https://t.example"
theme = "broadsheet"
[feeds]
tag = "t.example,2024"
"""
FOLDER = Path(__file__).resolve().parent / "cases"
_ESCAPE = re.compile(r"\\(?:([ntr\\])|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_REPEAT = re.compile(r"⟪(\d+)×(.*?)⟫", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


class Case(NamedTuple):
    """One line of a data file. `name` is unique and fit for a file name."""

    name: str
    outcome: str
    payload: str


def cases(file: str) -> list[Case]:
    """The cases of `file`; a line without an outcome is `safe`."""
    stem = file.partition(".")[0]
    found = []
    lines = (FOLDER / file).read_text("utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("# "):
            continue
        outcome, mark, text = line.partition(" :: ")
        outcome, text = (outcome, text) if mark else ("safe", line)
        found.append(Case(f"{stem}-{number:03}", unescaped(outcome), unescaped(text)))
    return found


def unescaped(text: str) -> str:
    """Escapes as characters, repetitions written out."""
    made = _ESCAPE.sub(_character, text)
    return _REPEAT.sub(lambda found: found[2] * int(found[1]), made)


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return _PLAIN[found[1]]
    return chr(int(found[2] or found[3] or found[4], 16))
