"""Splits a text with several articles at the gaps with enough clues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from site_gen.convert.text.boundaries import (
    NAMES,
    Gap,
    Span,
    is_separator,
    near_clues,
    span_of,
    weighed,
)
from site_gen.convert.text.invitations import invites
from site_gen.convert.text.kept_lists import goods_of
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import LEADS
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.trees import Tree, total, trees_of
from site_gen.convert.text.weights import fitted

MOST = 64
FORCED = -4.0
OWN_TITLE = 2.0
"""The weight of a title of the text below, at a gap that is wider than all others."""
UNSEEN = 1.0
"""How much less doubt an uncut gap without visible clues raises."""
_TITLE, _BELOW = 20.0, 5
TEASERS, TEASER = 4, 50.0
"""Fewest teasers of a list, and most words of one."""
_ALONE, _NEW = NAMES.index("widest_alone"), NAMES.index("title_new")
_SHOWN = [NAMES.index(name) for name in ("title_new", "separator", "chrome", "widest_alone")]


@dataclass(frozen=True)
class Pieces:
    """Positions (start, end exclusive) of the articles, and the best score of a gap that was not
    cut."""

    pieces: list[tuple[int, int]]
    doubt: float | None = None


def pieces(
    page: Page,
    rules: Sequence[Rule | None],
    odds: Sequence[float],
    split: bool | None = None,
) -> Pieces:
    """The articles of a page; one piece when `split` is False.

    None cuts where the clues outweigh the doubt, True also where they nearly do.
    """
    whole = Pieces([(0, len(page.lines))])
    if split is False:
        return whole
    span = span_of(page, rules, odds)
    if len(span.prose) < 2:
        return whole
    near = {at: near_clues(span, at) for at in range(len(span.prose) - 1)}
    gaps, doubt = _best_gaps(span, near, FORCED if split else 0.0)
    goods = list(goods_of(page.lines))
    cuts = {gap.cut for gap in gaps if not any(gap.cut in lines for lines in goods)}
    edges = [0, *sorted(cuts.union(_marked(page))), len(page.lines)]
    found = [(a, b) for a, b in pairwise(edges) if b > a]
    if split:
        return Pieces(found)
    return _joined(page, rules, found, doubt)


def _marked(page: Page) -> list[int]:
    """Lines of marks that split a text into parts, each of which begins with a title."""
    marks = [at for at, line in enumerate(page.lines) if is_separator(line)]
    edges = [-1, *marks, len(page.lines)]
    parts = [page.lines[a + 1 : b] for a, b in pairwise(edges) if b > a + 1]
    titled = all(len(part) > 1 and _opens(part) for part in parts)
    return [at + 1 for at in marks if at + 1 < len(page.lines)] if titled else []


def _opens(part: Sequence[Line]) -> bool:
    """A short line without a full stop, with a paragraph a few lines below."""
    title, below = part[0], part[1:_BELOW]
    short = 2 <= title.words <= _TITLE and not title.ends and not title.marker
    return short and not title.text.endswith(LEADS) and any(map(is_prose, below))


def _joined(
    page: Page,
    rules: Sequence[Rule | None],
    found: Sequence[tuple[int, int]],
    doubt: float | None,
) -> Pieces:
    """The pieces; those that are no articles are joined to the one above.

    An invitation below an article is removed later. A list of teasers is never certain.
    """
    joined = [found[0]]
    for start, end in found[1:]:
        lines = [
            line for line, r in zip(page.lines[start:end], rules[start:end], strict=True) if not r
        ]
        teasers = are_teasers(lines)
        if teasers or invites(lines):
            joined[-1] = (joined[-1][0], end)
            doubt = 0.0 if teasers else doubt
        else:
            joined.append((start, end))
    return Pieces(joined, doubt)


def are_teasers(lines: Sequence[Line]) -> bool:
    """Whether all paragraphs are short and each is alone below a line of its own."""
    prose = [is_prose(line) for line in lines]
    words = [line.words for line, is_one in zip(lines, prose, strict=True) if is_one]
    beside = sum(a and b for a, b in pairwise(prose))
    return len(words) >= TEASERS and beside <= 1 and max(words) <= TEASER


def score(gap: Gap) -> float:
    """The log-odds of a gap to be a boundary, minus the threshold that keeps single articles
    whole."""
    least, trees = _boundary_model()
    alone = gap.clues[_ALONE] >= 1 and gap.clues[_NEW] >= 0.5
    return total(trees, gap.clues) - least + (OWN_TITLE if alone else 0.0)


@cache
def _boundary_model() -> tuple[float, tuple[Tree, ...]]:
    data = fitted("boundaries")
    return float(data["least"]), trees_of(data["trees"])


def _shows(gap: Gap) -> bool:
    """Whether the gap has visible clues: a title, a line of marks, menus, a wide space."""
    return any(gap.clues[clue] > 0 for clue in _SHOWN)


def _best_gaps(span: Span, near: Mapping[int, Gap], limit: float) -> tuple[list[Gap], float | None]:
    """Cut at the best gap, then continue on both sides."""
    found: list[Gap] = []
    doubt: float | None = None
    stretches = [(0, len(span.prose))]
    while stretches and len(found) < MOST:
        start, end = stretches.pop()
        gaps = weighed(span, near, start, end)
        if not gaps:
            continue
        points, _, best = max(((score(gap), -gap.at, gap) for gap in gaps), key=lambda row: row[:2])
        if points <= limit:
            points -= 0.0 if _shows(best) else UNSEEN
            doubt = points if doubt is None else max(doubt, points)
            continue
        found.append(best)
        stretches += [(start, best.at + 1), (best.at + 1, end)]
    return found, doubt
