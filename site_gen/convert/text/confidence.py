"""The confidence that a draft has the whole article, and reasons to quarantine it.

The numbers are fitted on pages of other sites (`weights/confidence.json`), so that 0.9 and 0.7 mean
what docs/convert.md says.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from math import exp, log1p

from site_gen.convert.text.lexicon import lexicon
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.runs import MARKED, SHORT, Run, runs_of
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.weights import fitted
from site_gen.settings import Settings

SHORTEST, SHORTEST_PART = 40.0, 15.0
"""A body with fewer words is too short for an article; the second is for one of several in a
text."""
COMPLETE = 250.0
"""With more words, a line that advertises the rest does not matter."""
NEARLY = 1.2
"""How far below 0 the best gap's score may be for several articles to be suspected."""
WITHOUT_ITEMS = 0.89
"""The highest confidence of a draft without a list item of which the model is not sure."""
SEVERAL = "several titles: the text may hold more than one article"
_TOP = 25
_EDGE = 12
_PERHAPS = -4.2
"""Log-odds below which a cut line is certainly part of a menu."""


def confidence(sheet: Sheet, doubt: float | None = None) -> float:
    """The probability, 0 to 1, that the body has the whole article; 0 without a body."""
    if not sheet.kept():
        return 0.0
    data = fitted("confidence")
    values = numbers(sheet, doubt)
    score = data["bias"] + sum(data["weights"][name] * value for name, value in values.items())
    most = WITHOUT_ITEMS if values["items_perhaps"] else 1.0
    return round(max(0.0, min(most, _between(data["knots"], score))), 3)


def numbers(sheet: Sheet, doubt: float | None) -> dict[str, float]:
    """Clues for and against a draft, by the names of their weights."""
    kept, lines = sheet.kept(), sheet.lines
    first, last = kept[0], kept[-1]
    sure = list(map(_sure, sheet.odds))
    count = max(1.0, sheet.body_words())
    share = partial(_share, sheet, sure)
    words = partial(_share, sheet, [1.0] * len(lines))
    gone = [at for at in range(len(lines)) if not sheet.keep[at]]
    cut = [at for at in gone if at not in sheet.cuts and not sheet.firm(at)]
    labelled = [at for at in gone if sheet.cuts.get(at, ("", "x"))[1] == "" and not sheet.firm(at)]
    inside = [at for at in cut if first < at < last]
    edge = [at for at in cut if first - _EDGE <= at < first or last < at <= last + _EDGE]
    prose = [at for at in cut if lines[at].words >= 12]
    lost = _lost_runs(sheet)
    moved = [at for at in sheet.cuts if first < at < last and sheet.cuts[at][1]]
    perhaps = [
        at for at in gone if sheet.odds[at] > _PERHAPS and not sheet.firm(at) and at not in moved
    ]
    below = [at for at in gone if last < at and sheet.kinds[at] in (MARKED, SHORT)]
    return {
        "doubt_inside": share(inside),
        "doubt_edge": share(edge),
        "doubt_most": max([sure[at] for at in (*cut, *labelled)], default=0.0),
        "cut_inside": words(inside),
        "runs_cut_inside": float(min(6, sum(first < run.start < last for run in lost))),
        "runs_cut_after": float(min(6, sum(last < run.start <= last + 2 for run in lost))),
        "kept_doubt": sum(lines[at].words * (1 - sure[at]) for at in kept) / count,
        "prose_cut": share(prose),
        "prose_cut_after": share([at for at in prose if at > last]),
        "body": log1p(count),
        "length": log1p(len(lines)),
        "language": float(not sheet.page.language),
        "title_derived": float(bool(sheet.found.get("titleDerived"))),
        "moved_inside": words(moved),
        "clear": share(cut),
        "gap": max(-6.0, min(2.0, doubt)) if doubt is not None else -6.0,
        "labelled": words(labelled),
        "labelled_items": log1p(sum(bool(lines[at].marker) for at in labelled)),
        "items_cut": log1p(sum(bool(lines[at].marker) for at in cut if at > first - _EDGE)),
        "short_below": log1p(len(below)),
        "ruled_inside": log1p(sum(first < at < last and sheet.firm(at) for at in gone)),
        "kept_share": len(kept) / len(lines),
        "kept_least": min(sure[at] for at in kept),
        "above": log1p(first),
        "prose_share": sum(is_prose(lines[at]) for at in kept) / len(kept),
        "items_perhaps": log1p(sum(bool(lines[at].marker) for at in perhaps)),
        "short_perhaps": log1p(sum(not lines[at].marker for at in perhaps)),
    }


def _share(sheet: Sheet, chance: Sequence[float], places: Sequence[int]) -> float:
    """The words of these lines, weighted by their probability, relative to the body's words."""
    words = sum(sheet.lines[at].words * chance[at] for at in places)
    return log1p(100 * words / max(1.0, sheet.body_words()))


def _lost_runs(sheet: Sheet) -> list[Run]:
    """Lists and runs of short lines of which nothing is kept."""
    runs = (run for run in runs_of(sheet.page, sheet.rules) if run.kind in (MARKED, SHORT))
    return [run for run in runs if len(run) > 1 and not any(sheet.keep[run.start : run.end])]


def _sure(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _between(knots: Sequence[Sequence[float]], score: float) -> float:
    """The confidence at `score`, interpolated linearly between ascending (score, confidence)."""
    if score <= knots[0][0]:
        return knots[0][1]
    for (low, below), (high, above) in pairwise(knots):
        if score <= high:
            return below + (above - below) * (score - low) / (high - low)
    return knots[-1][1]


def reasons_against(sheet: Sheet, settings: Settings, doubt: float | None) -> list[str]:
    """Why an editor should look at the draft; `doubt` is the score of the best gap that was not
    cut."""
    words, sure = sheet.body_words(), confidence(sheet, doubt)
    found = []
    if words < COMPLETE and any(name == "paywall" for name in map(sheet.fired, _all(sheet))):
        found.append("paywall: a line sells the rest of the article")
    if words < COMPLETE and _error_page(sheet):
        found.append("error page: the text says that there is no such page")
    if words < (SHORTEST_PART if sheet.part else SHORTEST):
        found.append(f"body too short: {round(words)} words")
    if doubt is not None and doubt > -NEARLY:
        found.append(SEVERAL)
    least = settings.convert.quarantine_below
    if sure < least:
        found.append(f"confidence {sure:.2f} is below {least:.2f}")
    return found


def _all(sheet: Sheet) -> range:
    return range(len(sheet.lines))


def _error_page(sheet: Sheet) -> bool:
    return any(
        line.words <= 14 and lexicon("error_page").holds(line.core) for line in sheet.lines[:_TOP]
    )
