"""Fit the model of boundaries between articles: gaps of single pages, pairs and brief ones."""

import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from benchmarks.text_model.lines import FOLDS, Sample, stored
from site_gen.convert.text import boundaries, features
from site_gen.convert.text.confidence import NEARLY
from site_gen.convert.text.line_model import LineModel
from site_gen.convert.text.lines import Page
from site_gen.convert.text.outlook import outlook
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import runs_of
from site_gen.convert.text.trees import Tree

SINGLES_CUT = 0.012
"""The share of single articles that may be cut in two: it sets the least score of a boundary."""
_BETWEEN = ("\n\n", "\n\n\n", "\n\n\n\n", "\n\n---\n\n", "\n\n* * *\n\n")
_SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 6, "min_data_in_leaf": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "verbose": -1, "num_threads": 1, "deterministic": True, "force_col_wise": True, "seed": 1,
}  # fmt: skip
_TREES = 80


@dataclass(frozen=True)
class Text:
    """A text of one or several articles of one fold.

    ends   for each boundary the last line of the article before and the first of the one after:
           a cut anywhere between parts them
    """

    kind: str
    fold: int
    text: str
    ends: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Gaps:
    """The gaps of one text: clues, and which are boundaries."""

    kind: str
    fold: int
    clues: Any
    labels: Sequence[bool]


def texts(samples: Sequence[Sample], folds: Mapping[str, int]) -> Iterator[Text]:
    """Each page in one style, pairs of pages, and brief articles beside others."""
    chance = random.Random(7)
    groups: dict[tuple[str, int, int], list[Sample]] = {}
    for number, s in enumerate(samples):
        fold = folds[s.dump.site]
        if number // 6 % 3 == s.dump.style:
            yield Text(s.dump.kind, fold, s.dump.text, ())
        groups.setdefault((s.dump.kind, s.dump.style, fold), []).append(s)
    for (kind, _, fold), group in sorted(groups.items(), key=lambda item: item[0]):
        chance.shuffle(group)
        for first, second in zip(group, group[1:] + group[:1], strict=True):
            if first.dump.corpus == second.dump.corpus == "html" or chance.random() < 0.3:
                between = chance.choice(_BETWEEN[:3])
                yield _joined(f"two {kind}", fold, [_whole(first), _whole(second)], between)
        if kind == "light":
            for number in range(len(group)):
                yield _briefs(fold, group, number, chance)


@dataclass(frozen=True)
class Part:
    """A text with the lines, from 0, where its article begins and ends."""

    text: str
    first: int
    last: int


def _whole(s: Sample) -> Part:
    kept = [line.number for line, label in zip(s.page.lines, s.labels, strict=True) if label]
    return Part(s.dump.text, min(kept, default=1) - 1, max(kept, default=1) - 1)


def _briefs(fold: int, group: Sequence[Sample], number: int, chance: random.Random) -> Text:
    between = chance.choice(_BETWEEN)
    some = [group[(number + step) % len(group)] for step in range(chance.choice((3, 4, 5)))]
    brief = [_brief(s, chance) for s in some]
    form = number % 3
    if form == 0:
        return _joined("brief", fold, brief, between)
    pair = [brief[0], _whole(some[1])] if form == 1 else [_whole(some[1]), brief[0]]
    return _joined("brief and long", fold, pair, between)


def _brief(s: Sample, chance: random.Random) -> Part:
    """The title and the first one to three paragraphs."""
    lines = zip(s.page.lines, s.labels, strict=True)
    kept = [line.text for line, label in lines if label and line.words > 15]
    title = s.dump.titles[0] if s.dump.titles else s.page.lines[0].text
    gap = chance.choice(("\n", "\n\n"))
    text = gap.join([title, *kept[: chance.choice((1, 2, 2, 3))]])
    return Part(text, len(gap), text.count("\n"))


def _joined(kind: str, fold: int, parts: Sequence[Part], between: str) -> Text:
    text, last, ends = "", 0, []
    for part in parts:
        text += between if text else ""
        start = text.count("\n")
        if start:
            ends.append((last, start + part.first + 1))
        last = start + part.last + 1
        text += part.text.rstrip("\n")
    return Text(kind, fold, text, tuple(ends))


def odds_of(model: LineModel, page: Page, rules: Sequence[Rule | None]) -> list[float]:
    """As the model itself, all lines at once."""
    rows = np.array(features.features(page, rules, model.words))
    first = _total(model.first, rows)
    more = np.array(outlook(page, runs_of(page, rules), first))
    return _total(model.second, np.hstack([rows, more]))


def _total(trees: Sequence[Tree], rows: Any) -> list[float]:
    found = np.zeros(len(rows))
    every = np.arange(len(rows))
    for tree in trees:
        feature, limit = np.array(tree.feature), np.array(tree.limit)
        low, high, leaves = np.array(tree.low), np.array(tree.high), np.array(tree.leaves)
        at = np.zeros(len(rows), dtype=int)
        while (at >= 0).any():
            safe = np.maximum(at, 0)
            step = np.where(rows[every, feature[safe]] <= limit[safe], low[safe], high[safe])
            at = np.where(at >= 0, step, at)
        found += leaves[-1 - at]
    return [float(value) for value in found]


_models: Sequence[LineModel] = ()


def gaps_of(every: Sequence[Text], models: Sequence[LineModel], jobs: int = 2) -> list[Gaps]:
    """The gaps of each text, by the line model that did not see its fold."""
    global _models
    _models = models
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(_gaps, every, chunksize=16))


def _gaps(one: Text) -> Gaps:
    page = read_page(one.text)
    rules = rules_of(page)
    span = boundaries.span_of(page, rules, odds_of(_models[one.fold], page, rules))
    near = {at: boundaries.near_clues(span, at) for at in range(len(span.prose) - 1)}
    found = boundaries.weighed(span, near, 0, len(span.prose))
    numbers = [page.lines[at].number for at in span.prose]
    labels = [
        any(numbers[gap.at] < first and numbers[gap.at + 1] > last for last, first in one.ends)
        for gap in found
    ]
    return Gaps(one.kind, one.fold, np.array([gap.clues for gap in found]), labels)


def fitted(found: Sequence[Gaps]) -> Any:
    """A LightGBM model of these gaps."""
    used = [g for g in found if g.labels]
    weights = [np.full(len(g.labels), 1.0 if len(g.kind.split()) > 1 else 2.0) for g in used]
    data = lightgbm.Dataset(
        np.vstack([g.clues for g in used]),
        np.hstack([g.labels for g in used]).astype(int),
        weight=np.hstack(weights),
    )
    return lightgbm.train(_SETTINGS, data, _TREES)


def by_folds(found: Sequence[Gaps]) -> tuple[list[Any], float]:
    """The model of each fold, and the least score that leaves singles whole; prints shares."""
    models = []
    rows: dict[str, list[tuple[float, bool, int]]] = {}
    for fold in range(FOLDS):
        model = fitted([g for g in found if g.fold != fold])
        models.append(model)
        for g in (g for g in found if g.fold == fold):
            scores = model.predict(g.clues, raw_score=True) if g.labels else np.array([-99.0])
            at = int(np.argmax(scores))
            rows.setdefault(g.kind, []).append(
                (float(scores[at]), bool(g.labels and g.labels[at]), 0)
            )
    singles = sorted((row[0] for kind in ("full", "light") for row in rows[kind]), reverse=True)
    least = singles[int(SINGLES_CUT * len(singles))]
    nearly = np.mean([least - NEARLY < score <= least for score in singles])
    print(f"single articles put aside as nearly several: {nearly:.3f}")
    for kind, own in sorted(rows.items()):
        cut = np.mean([score > least for score, _, _ in own])
        right = np.mean([score > least and good for score, good, _ in own])
        print(
            f"boundaries, {FOLDS} folds, {kind}: cut {cut:.3f}, "
            f"best at a boundary {right:.3f} of {len(own)}"
        )
    return models, least


def stored_with(model: Any, least: float) -> dict[str, Any]:
    """The stored form."""
    return {"least": round(least, 3), "trees": stored(model)}
