"""What the first pass of the line model decided about the lines around one, as numbers for the
second."""

from collections.abc import Sequence
from itertools import accumulate
from math import exp

from site_gen.convert.text.core import best_run
from site_gen.convert.text.lines import Page
from site_gen.convert.text.runs import MARKED, PROSE, SHORT, Run

REACH = (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)
NAMES = (
    "first",
    *(f"first{step:+d}" for step in REACH),
    "run_first", "run_first_most", "run_first_least",
    "run_before", "run_after", "prose_first_before", "prose_first_after",
    "two_before", "two_after", "window", "window_before", "window_after",
    "span", "span_from", "span_to", "body_before", "body_after", "lead",
)  # fmt: skip
_ABSENT = -4.0
_FAR = 30.0
_NEAR, _WIDE = 4, 12
_LEAD = 8.0


def outlook(page: Page, runs: Sequence[Run], first: Sequence[float]) -> list[list[float]]:
    """The numbers of `NAMES` for each line; `first` are the log-odds of the first pass."""
    count = len(page.lines)
    odds = [max(-6.0, min(6.0, value)) for value in first]
    sure = [1 / (1 + exp(-value)) for value in odds]
    words = [min(line.words, 60.0) * chance for line, chance in zip(page.lines, sure, strict=True)]
    body = [0.0, *accumulate(words)]
    sums = [0.0, *accumulate(sure)]
    scores = [
        value * min(line.words + 2, 30.0) for value, line in zip(odds, page.lines, strict=True)
    ]
    start, end = best_run(scores)
    means = [sum(odds[run.start : run.end]) / len(run) for run in runs]
    before, after = _prose_beside(runs, means)
    rows: list[list[float]] = []
    for number, run in enumerate(runs):
        inside = odds[run.start : run.end]
        shared = [
            means[number], max(inside), min(inside),
            _at(means, number - 1), _at(means, number + 1),
            before[number], after[number],
            _at(means, number - 2), _at(means, number + 2),
        ]  # fmt: skip
        lead = page.lines[run.start - 1].text[-1] in ":：" if run.start else False
        lead_odds = odds[run.start - 1] if lead and run.kind in (MARKED, SHORT) else -_LEAD
        for at in range(run.start, run.end):
            low, high = max(0, at - _NEAR), min(count, at + _NEAR + 1)
            far_low, far_high = max(0, at - _WIDE), min(count, at + _WIDE + 1)
            rows.append(
                [
                    odds[at],
                    *(odds[at + step] if 0 <= at + step < count else _ABSENT for step in REACH),
                    *shared,
                    (sums[high] - sums[low]) / (high - low),
                    (sums[at] - sums[far_low]) / max(1, at - far_low),
                    (sums[far_high] - sums[at + 1]) / max(1, far_high - at - 1),
                    float(start <= at <= end),
                    max(-_FAR, min(_FAR, float(at - start))),
                    max(-_FAR, min(_FAR, float(at - end))),
                    body[at] / max(1.0, body[-1]),
                    (body[-1] - body[at + 1]) / max(1.0, body[-1]),
                    lead_odds,
                ]
            )
    return rows


def _at(values: Sequence[float], at: int) -> float:
    return values[at] if 0 <= at < len(values) else _ABSENT


def _prose_beside(runs: Sequence[Run], means: Sequence[float]) -> tuple[list[float], list[float]]:
    """The log-odds of the nearest prose before and after each run."""

    def nearest(order: Sequence[int]) -> list[float]:
        found, last = [0.0] * len(runs), _ABSENT
        for number in order:
            found[number] = last
            if runs[number].kind == PROSE:
                last = means[number]
        return found

    return nearest(range(len(runs))), nearest(range(len(runs) - 1, -1, -1))
