"""Compares measured ratios with those in docs/performance.md."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from contenders import ROOT

DOCS = ROOT / "docs" / "performance.md"
SLACK = 0.10
"""How far a ratio may be above the documented one: as much as the same command differs from run to
run on a quiet machine."""

_HEADING = re.compile(r"#+ ([\d,]+) articles of `(\w+)\.py`")


class Key(NamedTuple):
    """What a line of a table measures. `corpus` is the program that wrote the articles."""

    articles: int
    corpus: str
    case: str
    site: str


class Ratios(NamedTuple):
    """The ratios of site_gen to its peer: wall time, CPU seconds, peak memory."""

    wall: float
    cpu: float
    memory: float


def read_line(line: str, articles: int, corpus: str) -> dict[Key, Ratios]:
    """Parse a line of the table that build.py prints; {} if it has no ratios."""
    case, site, *figures = (cell.strip() for cell in line.strip("|").split("|"))
    if len(figures) != 6 or not figures[-1][:1].isdigit():
        return {}
    return {Key(articles, corpus, case, site): Ratios(*map(float, figures[3:]))}


def documented(path: Path = DOCS) -> dict[Key, Ratios]:
    """Read the tables below headings such as "### 1,000 articles of `generate.py`"."""
    found: dict[Key, Ratios] = {}
    heading: re.Match[str] | None = None
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = _HEADING.match(line)
        elif heading and line.startswith("|"):
            found |= read_line(line, int(heading[1].replace(",", "")), heading[2])
    return found


def verdict(measured: Mapping[Key, Ratios], known: Mapping[Key, Ratios]) -> Iterator[str]:
    """Return lines that name the ratios worse than documented, or say that there are none."""
    both = [key for key in measured if key in known]
    worse = [line for key in both for line in _worse(key, measured[key], known[key])]
    if worse:
        yield f"More than {SLACK:.0%} worse than in docs/{DOCS.name}:"
        yield from worse
    elif both:
        yield f"None of {len(both)} lines is {SLACK:.0%} worse than in docs/{DOCS.name}."
    if others := len(measured) - len(both):
        yield f"docs/{DOCS.name} has no ratios for {others} of these lines."


def _worse(key: Key, measured: Ratios, known: Ratios) -> Iterator[str]:
    for name, now, then in zip(Ratios._fields, measured, known, strict=True):
        # Both are rounded to two places: .01 and .02 may be the same.
        if now > then * (1 + SLACK) and now - then > 0.015:
            yield (
                f"- {key.articles:,} articles of {key.corpus}.py, {key.case}, {key.site}: {name} "
                f"{now:.2f} of the peer's, documented {then:.2f}"
            )
