"""Issues with a file for each item: `2024/Jan/05/2-guides/1-knots.md`."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from posixpath import dirname
from typing import NamedTuple

from site_gen.importers.bodies import spans
from site_gen.importers.reading import names

FEWEST = 2
_DAY = re.compile(
    r"(?P<day>(?:.*?/)?(?:19|20)\d\d[-/](?:\d{1,2}|[^\W\d_]{3,9})[-/]\d{1,2})/(?P<inner>.+)"
)
_HEADING = re.compile(r"\s*#{1,6}[ \t]+\S[^\n]*+\s*+")
_DEFINED = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[ \t]*(\S+)", re.MULTILINE)


class Issue(NamedTuple):
    """An issue: its folder, the files in order, its text."""

    folder: str
    files: list[str]
    body: str


def issues(paths: Iterable[str], read: Callable[[str], str | None]) -> list[Issue]:
    """The issues that lie in pieces: below the folder of a day, in folders of their sections.

    read   the text of a file; None where it has a head, and so is a text of its own
    """
    found = [(match["day"], path) for path in paths if (match := _DAY.fullmatch(path))]
    made = []
    for folder, group in groupby(sorted(found), key=lambda pair: pair[0]):
        files = sorted((path for _, path in group), key=_order)
        in_sections = [path for path in files if "/" in path[len(folder) + 1 :]]
        if len(in_sections) < FEWEST or not names.named(f"{folder}/x.md").exact:
            continue
        texts = [read(path) for path in files]
        if None in texts or _clash(map(str, texts)):
            continue
        made.append(Issue(folder, files, _joined(folder, files, list(map(str, texts)))))
    return made


def _order(path: str) -> list[tuple[int, str]]:
    """As people count: 2 before 10."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path)
    ]


def _clash(texts: Iterable[str]) -> bool:
    """Whether two files give one name to two links: in one text the second would lead wrong."""
    known: dict[str, tuple[int, str]] = {}
    for number, text in enumerate(texts):
        for name, target in _DEFINED.findall(text):
            other, same = known.setdefault(name.casefold(), (number, target))
            if other != number and (same != target or name.startswith("^")):
                return True
    return False


def _joined(folder: str, files: list[str], texts: list[str]) -> str:
    """One text; each section has the heading of its first file, else the folder's name."""
    parts: list[str] = []
    section = ""
    for path, text in zip(files, texts, strict=True):
        inner = path[len(folder) + 1 :]
        own = inner.rpartition("/")[0]
        if own not in ("", section) and not _HEADING.fullmatch(text):
            parts.append(f"# {names.words(own.rpartition('/')[2]) or own}")
        section = own
        moved = spans.seen_from(text, dirname(path), folder)
        parts.append(moved.strip("\n"))
    return "\n\n".join(parts)
