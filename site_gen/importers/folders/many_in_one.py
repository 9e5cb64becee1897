"""One file that holds all issues, one below the other: each as a text of its own."""

import re
from datetime import tzinfo
from typing import NamedTuple

from site_gen.basics import slugs, written_dates
from site_gen.importers.reading import names

FEWEST = 2
FEW = 40
"""Characters beside date and number in a heading that is about them."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,3})[ \t]+(.+?)[ \t]*#*[ \t]*$")


class Issue(NamedTuple):
    """An issue of the file: its heading, name, the line where it begins (from 1), its text."""

    title: str
    stem: str
    line: int
    body: str


class Parts(NamedTuple):
    """What stands above the first issue, and the issues."""

    before: str
    issues: list[Issue]


def split(text: str, zone: tzinfo) -> Parts | None:
    """The issues of a text; None where its headings of one level do not each name a day.

    A heading counts that says a date, and little else but a number and a name.
    """
    lines = text.split("\n")
    found = _headings(lines)
    for level in (1, 2, 3):
        own = [(number, title) for number, depth, title in found if depth == level]
        if len(own) < FEWEST:
            continue
        days = [_day(title, zone) for _, title in own]
        if None in days or len(set(days)) != len(days):
            continue
        ends = [number for number, _ in own[1:]] + [len(lines)]
        issues = [
            Issue(
                title,
                _stem(title, str(day)),
                number + 1,
                "\n".join(lines[number + 1 : end]).strip("\n"),
            )
            for (number, title), end, day in zip(own, ends, days, strict=True)
        ]
        return Parts("\n".join(lines[: own[0][0]]).strip("\n"), issues)
    return None


def _headings(lines: list[str]) -> list[tuple[int, int, str]]:
    """Line (from 0), level and words of each heading outside of code."""
    found, fence = [], ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.match(line):
            found.append((number, len(heading[1]), heading[2]))
    return found


def _day(title: str, zone: tzinfo) -> str | None:
    found = written_dates.find(title, zone)
    if not found or len(title) - (found.span[1] - found.span[0]) > FEW:
        return None
    return found.moment.astimezone(zone).date().isoformat()


def _stem(title: str, day: str) -> str:
    number = names.number(title)
    return f"issue-{number}" if number is not None else slugs.slugify(day)
