"""Finds Markdown of other systems that is no Markdown here, and so is shown as it is written."""

import re
from bisect import bisect
from collections.abc import Iterator

from site_gen.importers.bodies import spans

_FEATURES = (
    (
        "definition list",
        re.compile(r"^[^\s:>#|-][^\n]*\n(?:[ \t]*\n)?:[ \t]+\S", re.MULTILINE),
    ),
    ("*[abbreviation]:", re.compile(r"^\*\[[^\]\n]{1,80}\]:", re.MULTILINE)),
    ("!!! admonition", re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+\w", re.MULTILINE)),
    ("[TOC]", re.compile(r"^\[TOC\][ \t]*$", re.MULTILINE)),
)
_HEAD = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


def found(text: str) -> Iterator[tuple[str, int]]:
    """(name, line) of each in the text of one of our files."""
    head = _HEAD.match(text)
    start = head.end() if head else 0
    code = [place for span in spans.code(text) for place in span]
    for name, pattern in _FEATURES:
        at, line = 0, 1
        for mark in pattern.finditer(text, start):
            line += text.count("\n", at, mark.start())
            at = mark.start()
            if bisect(code, at) % 2 == 0:  # between two listings, not in one
                yield name, line
