"""Detects a second article by its head: a name and a date below a title amid the body."""

from collections.abc import Iterator

from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_prose

_HEAD = frozenset({"byline", "dateline"})
_OPENS = 3
"""How far below the first line of the body the head of the first article may be."""


def has_one(sheet: Sheet) -> bool:
    """Whether another name with a date stands below a short line amid the body, as at the top of
    another article."""
    heads = dict(_heads(sheet))
    kept = sheet.kept()
    first = next((name for at, name in heads.items() if kept and at < kept[0] + _OPENS), None)
    return first is not None and any(
        kept[0] < at < kept[-1]
        and sheet.keep[at - 1]
        and sheet.keep[at + 2]
        and is_prose(sheet.lines[at + 2])
        and name != first
        for at, name in heads.items()
    )


def _heads(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Where a byline and a date stand together below a line that is no sentence; the byline."""
    for at in range(1, len(sheet.lines) - 2):
        pair = (sheet.fired(at), sheet.fired(at + 1))
        if set(pair) == _HEAD and not sheet.lines[at - 1].ends:
            yield at, sheet.lines[at + pair.index("byline")].core
