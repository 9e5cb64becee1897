"""Fit the confidence: of drafts from 0.9 on at most 1 in 50 lost much, from 0.7 on 1 in 10."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.text_model.judged import Lost
from benchmarks.text_model.lines import FOLDS
from site_gen.convert.text.confidence import WITHOUT_ITEMS

TENTH = 0.1
_AIM = ((0.9, 1 / 75), (0.7, 1 / 12), (0.5, 1 / 4))
"""Confidences, and the share that may have lost much from each on: a little under the promise."""


def is_loss(one: Lost) -> bool:
    """A tenth of the article's words, or a listed item."""
    return one.words >= TENTH or one.items[0] < one.items[1]


def _fit(rows: Sequence[Lost]) -> tuple[Any, float]:
    numbers = np.array([list(one.numbers.values()) for one in rows])
    good = np.array([not is_loss(one) for one in rows])
    middle, spread = numbers.mean(0), numbers.std(0) + 1e-6
    model = LogisticRegression(C=0.0005, max_iter=3000).fit((numbers - middle) / spread, good)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - (weights * middle).sum())


def fitted(rows: Sequence[Lost]) -> tuple[dict[str, Any], list[tuple[float, bool]]]:
    """The stored form, and (confidence, lost much) of each draft by weights of other folds."""
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights, bias = _fit([one for one in rows if one.fold != fold])
        for at, one in enumerate(rows):
            if one.fold == fold:
                scores[at] = np.array(list(one.numbers.values())) @ weights + bias
    lost = np.array([is_loss(one) for one in rows])
    capped = np.array([one.numbers["items_perhaps"] > 0 for one in rows])
    knots = _knots(scores, lost, capped)
    weights, bias = _fit(rows)
    data = {
        "bias": round(bias, 4),
        "weights": {
            name: round(float(w), 5) for name, w in zip(rows[0].numbers, weights, strict=True)
        },
        "knots": knots,
    }
    x, y = zip(*knots, strict=True)
    sure = np.interp(scores, x, y)
    sure[capped] = np.minimum(sure[capped], WITHOUT_ITEMS)
    return data, [(float(c), bool(gone)) for c, gone in zip(sure, lost, strict=True)]


def _knots(scores: Any, lost: Any, capped: Any) -> list[list[float]]:
    """(score, confidence), rising: each of `_AIM` where the share above it is small enough; those
    `capped` never get as far as the first."""
    top = float(scores.max())
    knots = [[round(top, 3), 0.98]]
    last = top
    for sure, most in _AIM:
        order = np.argsort(-scores)
        order = order[~capped[order]] if sure > WITHOUT_ITEMS else order
        share = np.cumsum(lost[order]) / np.arange(1, len(order) + 1)
        within = np.flatnonzero(share <= most)
        at = float(scores[order[within[-1]]]) if len(within) else top
        last = min(last - 0.05, at)
        knots.append([round(last, 3), sure])
    knots.append([round(min(float(scores.min()), last - 1), 3), 0.05])
    return knots[::-1]


def table(rows: Sequence[tuple[float, bool]]) -> str:
    """The reliability table, in Markdown."""
    out = ["| confidence | drafts | lost a tenth of the words or an item |", "| --- | --- | --- |"]
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (0.0, 0.5)):
        own = [gone for sure, gone in rows if low <= sure < high]
        name = f"{low} and more" if high > 1 else f"{low} to {high}"
        out.append(f"| {name} | {len(own)} | {sum(own)} ({sum(own) / max(1, len(own)):.1%}) |")
    return "\n".join(out)
