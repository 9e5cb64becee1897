"""Fit which line above a body is its title, judged by the titles that pages give themselves."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from benchmarks.text_model.gaps import odds_of
from benchmarks.text_model.lines import FOLDS, Sample, stored
from site_gen.convert.text import body, people, title
from site_gen.convert.text.line_model import LineModel
from site_gen.convert.text.marked_lines import Sheet

_ALIKE = 0.8
_SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 6, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "verbose": -1, "num_threads": 1, "deterministic": True, "force_col_wise": True, "seed": 1,
}  # fmt: skip
_TREES = 60
_LEASTS = (-3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0)


@dataclass(frozen=True)
class Titles:
    """The candidates of one text: numbers, and which say what the page's own titles say."""

    kind: str
    fold: int
    rows: Any
    labels: Sequence[bool]


_state: tuple[Sequence[Sample], Mapping[str, int], Sequence[LineModel]] = ((), {}, ())


def titles_of(
    samples: Sequence[Sample], folds: Mapping[str, int], models: Sequence[LineModel], jobs: int
) -> list[Titles]:
    """The candidates of each dump, by the line model that did not see its site."""
    global _state
    _state = (samples, folds, models)
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(_titles, range(len(samples)), chunksize=16))


def _titles(number: int) -> Titles:
    samples, folds, models = _state
    s = samples[number]
    fold = folds[s.dump.site]
    sheet = Sheet(page=s.page, rules=s.rules, odds=odds_of(models[fold], s.page, s.rules))
    body.decide(sheet)
    people.find_people(sheet)
    found = title.candidates(sheet)
    labels = [
        max((_alike(sheet.lines[at].text, own) for own in s.dump.titles), default=0.0) >= _ALIKE
        for at, _ in found
    ]
    return Titles(
        f"{s.dump.corpus} {s.dump.kind}", fold, np.array([row for _, row in found]), labels
    )


def _alike(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def fitted(found: Sequence[Titles]) -> Any:
    """A LightGBM model of these candidates; each text counts the same."""
    used = [t for t in found if t.labels]
    weights = [np.full(len(t.labels), 10 / len(t.labels)) for t in used]
    data = lightgbm.Dataset(
        np.vstack([t.rows for t in used]),
        np.hstack([t.labels for t in used]).astype(int),
        weight=np.hstack(weights),
    )
    return lightgbm.train(_SETTINGS, data, _TREES)


def by_folds(found: Sequence[Titles]) -> tuple[list[Any], float]:
    """The model of each fold, and the least score of a title; prints the share found."""
    models = [fitted([t for t in found if t.fold != fold]) for fold in range(FOLDS)]
    rows: dict[str, list[tuple[float, bool]]] = {}
    for t in found:
        scores = models[t.fold].predict(t.rows, raw_score=True) if t.labels else np.array([-99.0])
        at = int(np.argmax(scores))
        rows.setdefault(t.kind, []).append((float(scores[at]), bool(t.labels and t.labels[at])))
    every = [row for own in rows.values() for row in own]
    # a wrong title is worse than one that is derived and marked so
    least = max(_LEASTS, key=lambda x: sum((1 if y else -0.5) for score, y in every if score > x))
    for kind, own in sorted(rows.items()):
        right = np.mean([score > least and good for score, good in own])
        derived = np.mean([score <= least for score, _ in own])
        print(f"titles, {FOLDS} folds, {kind}: found {right:.3f}, derived {derived:.3f}")
    return models, least


def stored_with(model: Any, least: float) -> dict[str, Any]:
    """The stored form."""
    return {"least": least, "trees": stored(model)}
