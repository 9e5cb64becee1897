"""Finds the core of an article: the run of lines with the largest sum of scores."""

from collections.abc import Sequence

from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_prose

Run = tuple[int, int]
"""First and last index of a run of lines."""

_EFFECT_SCORE = {"tail": -25.0, "cut": -12.0, "drop": -4.0, "move": -2.0}


def score_lines(page: Page, rules: Sequence[Rule | None]) -> list[float]:
    """Prose scores high, boilerplate low; a line in a long run of short lines counts less than a
    single one."""
    scores: list[float] = []
    short = 0
    for line, rule in zip(page.lines, rules, strict=True):
        prose = rule is None and is_prose(line)
        short = 0 if prose or rule else short + 1
        scores.append(_score(line, rule, prose, short))
    return scores


def _score(line: Line, rule: Rule | None, prose: bool, short: int) -> float:
    if rule is not None:
        return _EFFECT_SCORE[rule.effect]
    if prose:
        return min(line.words, 60) * 0.6 + 2
    if line.ends and line.words >= 3:
        return 1.0
    if short > 6:
        return -0.7
    return -3.0 if line.words < 12 else -1.5


def best_run(scores: Sequence[float]) -> Run:
    """The run with the largest sum (Kadane's algorithm); all lines if no score is positive."""
    best, run, start = 0.0, 0.0, 0
    found: Run = (0, max(0, len(scores) - 1))
    for at, score in enumerate(scores):
        if run <= 0:
            run, start = 0.0, at
        run += score
        if run > best:
            best, found = run, (start, at)
    return found
