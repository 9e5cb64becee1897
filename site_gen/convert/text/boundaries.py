"""Clues that a new article begins between two paragraphs, as numbers; none decides alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log1p
from statistics import median

from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.vocabulary import content_words, names, overlaps, window_overlap

LEAST_WORDS = 25.0
LEAST_LINES = 1
_STRETCH = ("names_shared", "words_shared", "smaller_side", "smaller_body", "least_body_share")
_NEAR = (
    "names_shared_near",
    "words_shared_near",
    "words_shared_next",
    "blank_gap",
    "title_new",
    "title_repeated",
    "masthead",
    "ending",
    "restart",
    "chrome",
    "indent_change",
    "dateline_after",
    "adjacent",
    "separator",
    "widest",
    "between",
    "between_odds",
    "dated",
    "odds_before",
    "odds_after",
    "title_words",
    "starts_sentence",
)
_COMPARED = ("words_shared", "words_shared_near", "names_shared_near", "words_shared_next")
NAMES = (
    *_STRETCH,
    *_NEAR,
    *(f"{name}_below_median" for name in _COMPARED),
    *(f"{name}_least" for name in _COMPARED),
    "widest_alone",
)
_WIDEST = (*_STRETCH, *_NEAR).index("widest")
_RELATIVE = tuple((*_STRETCH, *_NEAR).index(name) for name in _COMPARED)
_SEPARATOR = re.compile(r"(?:([-=*_~#+•—–])[ ]?)(?:\1[ ]?){2,}")
_REACH = 10
_NEXT = 3
_GAP_LINES = 400
_ENDINGS = frozenset({"comments", "related", "tags", "author", "legal", "sources", "wire_credit"})
_MASTHEAD = frozenset({"byline", "dateline", "picture_credit", "share", "twin_sentence"})


@dataclass(frozen=True)
class Gap:
    """A place between two paragraphs: `at` is the paragraph, `cut` the line before which to cut."""

    at: int
    cut: int
    clues: tuple[float, ...]


@dataclass(frozen=True)
class Span:
    """What gaps are judged by: the paragraphs of a page.

    prose    their positions
    weights  their words
    body     the words of those that the line model takes for an article's body, 0 for others
    odds     of every line of the page, from the line model
    """

    page: Page
    rules: Sequence[Rule | None]
    prose: Sequence[int]
    names: Sequence[frozenset[str]]
    words: Sequence[frozenset[str]]
    weights: Sequence[float]
    body: Sequence[float]
    odds: Sequence[float]


def span_of(page: Page, rules: Sequence[Rule | None], odds: Sequence[float]) -> Span:
    """The paragraphs of a page; `odds` are from the line model."""
    lines = page.lines
    prose = [at for at, line in enumerate(lines) if rules[at] is None and is_prose(line)]
    texts = [lines[at].text[:2000] for at in prose]
    return Span(
        page=page,
        rules=rules,
        prose=prose,
        names=[names(text) for text in texts],
        words=[content_words(text) for text in texts],
        weights=[lines[at].words for at in prose],
        body=[lines[at].words if odds[at] > 0 else 0.0 for at in prose],
        odds=odds,
    )


def near_clues(span: Span, at: int) -> Gap:
    """Clues around the gap after paragraph `at`."""
    before, after = span.prose[at], span.prose[at + 1]
    title, new = _title(span, at)
    between = range(before + 1, min(after, before + _GAP_LINES))
    fired = [span.rules[i] for i in between]
    kinds = [rule.name for rule in fired if rule is not None]
    lines = span.page.lines
    usual = _usual_blanks(span, at)
    widest = max(lines[i].blanks for i in (*between, after))
    clues = (
        window_overlap(span.names, at, _REACH),
        window_overlap(span.words, at, _REACH),
        window_overlap(span.words, at, _NEXT),
        float(min(3, max(0, widest - usual))),
        new,
        float(title is not None and lines[title].copies >= 2),
        float(any(kind in _MASTHEAD for kind in kinds)),
        float(any(kind in _ENDINGS for kind in kinds)),
        float(_restarts(kinds)),
        log1p(len(kinds)),
        float(_indent(span, at) != _indent(span, at + 1)),
        float(_has_place(lines[after])),
        float(after - before == 1),
        float(any(is_separator(lines[i]) for i in between)),
        float(min(5, widest)),
        log1p(after - before - 1),
        _mean([span.odds[i] for i in between]),
        float("dateline" in kinds),
        _clipped(span.odds[before]),
        _clipped(span.odds[after]),
        lines[title].words if title is not None else 0.0,
        float(lines[after].text[:1].isupper()),
    )
    return Gap(at=at, clues=clues, cut=_cut(span, at, title, usual, widest))


def is_separator(line: Line) -> bool:
    """A line of marks between two texts: `---`, `* * *`."""
    return _SEPARATOR.fullmatch(line.text) is not None


def _mean(values: Sequence[float]) -> float:
    return _clipped(sum(values) / len(values)) if values else 0.0


def _clipped(value: float) -> float:
    return max(-6.0, min(6.0, value))


def weighed(span: Span, near: Mapping[int, Gap], start: int, end: int) -> list[Gap]:
    """The gaps of paragraphs `start` to `end` (exclusive) with all clues of `NAMES`.

    A gap counts with enough text on both sides. Overlaps are also given against the median of
    the stretch: a list of gifts shares less from one paragraph to the next than a report does.
    """
    inner = [at for at in _with_enough_text(span, start, end) if at in near]
    if not inner:
        return []
    shared_names = overlaps(span.names[start:end])
    shared_words = overlaps(span.words[start:end])
    sides = _sides(span, start, end)
    rows = [
        (shared_names[at - start], shared_words[at - start], *sides(at), *near[at].clues)
        for at in inner
    ]
    middles = [median(row[column] for row in rows) for column in _RELATIVE]
    least = [min(row[column] for row in rows) for column in _RELATIVE]
    wide = sorted((row[_WIDEST] for row in rows), reverse=True)
    return [
        Gap(
            at=at,
            cut=near[at].cut,
            clues=(*row, *_relative(row, middles, least), _lead(row[_WIDEST], wide)),
        )
        for at, row in zip(inner, rows, strict=True)
    ]


def _lead(own: float, wide: Sequence[float]) -> float:
    """How much wider a gap is than the widest of the others."""
    others = wide[1] if own == wide[0] and len(wide) > 1 else wide[0]
    return max(-3.0, own - others)


def _sides(span: Span, start: int, end: int) -> Callable[[int], tuple[float, float, float]]:
    """For a gap, the smaller of both sides' words, body words and body shares."""
    weights = [0.0, *accumulate(span.weights[start:end])]
    body = [0.0, *accumulate(span.body[start:end])]

    def measured(at: int) -> tuple[float, float, float]:
        left, left_body = weights[at + 1 - start], body[at + 1 - start]
        right, right_body = weights[-1] - left, body[-1] - left_body
        share = min(left_body / max(1.0, left), right_body / max(1.0, right))
        return log1p(min(left, right)), log1p(min(left_body, right_body)), share

    return measured


def _relative(
    row: Sequence[float], middles: Sequence[float], least: Sequence[float]
) -> Iterator[float]:
    for column, middle in zip(_RELATIVE, middles, strict=True):
        yield row[column] - middle
    for column, lowest in zip(_RELATIVE, least, strict=True):
        yield float(row[column] <= lowest)


def _with_enough_text(span: Span, start: int, end: int) -> list[int]:
    weights = [0.0, *accumulate(span.weights[start:end])]
    return [
        at
        for at in range(start + LEAST_LINES - 1, end - LEAST_LINES)
        if LEAST_WORDS <= weights[at + 1 - start] <= weights[-1] - LEAST_WORDS
    ]


def _usual_blanks(span: Span, at: int) -> int:
    near = [span.page.lines[i].blanks for i in span.prose[max(0, at - 10) : at + 1]]
    return sorted(near)[len(near) // 2]


def _indent(span: Span, at: int) -> int:
    near = [span.page.lines[i].indent for i in span.prose[max(0, at - 1) : at + 2]]
    return sorted(near)[len(near) // 2]


def _title(span: Span, at: int) -> tuple[int | None, float]:
    """The title-like line of the gap that shares most words with the text after it and fewest with
    the text before, and its share."""
    before, after = span.prose[at], span.prose[at + 1]
    following = frozenset().union(*span.words[at + 1 : at + 7])
    preceding = frozenset().union(*span.words[max(0, at - 11) : at + 1])
    best: tuple[int | None, float] = (None, 0.0)
    for i in range(max(before + 1, after - _GAP_LINES), after):
        line = span.page.lines[i]
        if not _title_like(line, span.rules[i]):
            continue
        words = content_words(line.text)
        if len(words) < 2:
            continue
        new = (len(words & following) - len(words & preceding)) / len(words)
        if new > best[1]:
            best = (i, new)
    return best


def _title_like(line: Line, rule: Rule | None) -> bool:
    fits = rule is None or rule.name in ("repeated_line", "picture_credit")
    plain = not line.text.endswith((".", ";", ",", ":")) and not line.marker
    return fits and plain and 3 <= line.words <= 28


def _restarts(kinds: Sequence[str]) -> bool:
    """A menu after the end of a page."""
    ends = [at for at, kind in enumerate(kinds) if kind in ("legal", "comments", "related")]
    return bool(ends) and sum(kind == "navigation" for kind in kinds[ends[0] :]) >= 4


def _has_place(line: Line) -> bool:
    """`CITY (Agency) — text`: how articles of agencies begin."""
    head = line.text[:60]
    dash = next((head.find(mark) for mark in ("—", "–", " - ", "--") if mark in head), -1)
    return dash > 2 and head[:dash].split(",")[0].split("(")[0].strip().isupper()


def _cut(span: Span, at: int, title: int | None, usual: int, widest: int) -> int:
    """The first line of the new article: at the widest gap, else at its title, else at its text."""
    before, after = span.prose[at], span.prose[at + 1]
    if widest > usual + 1 or (widest > usual and title is None):
        spots = [i for i in range(before + 1, after + 1) if span.page.lines[i].blanks == widest]
        return next((i for i in reversed(spots) if title is None or i <= title), spots[0])
    if title is None:
        return after
    text = span.page.lines[title].text
    same = [i for i in span.page.places[text] if before < i <= title and title - i <= 20]
    return min(same, default=title)
