"""Fit the line model, and judge it by folds over sites: no site is ever on both sides."""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from math import log
from typing import Any

import lightgbm
import numpy as np

from benchmarks.text_model.blind import Sites, no_lexicons, sites_of
from benchmarks.text_model.labels import labels_of
from benchmarks.text_model.pages import Dump
from site_gen.convert.text import features, outlook, word_odds
from site_gen.convert.text.line_model import LineModel, trees_of
from site_gen.convert.text.lines import Page
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import runs_of

FOLDS = 5
_SETTINGS = {
    "objective": "binary", "learning_rate": 0.06, "min_data_in_leaf": 60, "feature_fraction": 0.3,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 2.0, "verbose": -1, "num_threads": 1,
    "deterministic": True, "force_col_wise": True, "max_bin": 63, "seed": 1,
}  # fmt: skip
_FIRST = (200, 12, 4)
_SECOND = (150, 10, 8)
"""Trees, leaves, and the words that a line counts for at least."""
_UNKNOWN = 0.7
"""The weight of a page read as though its language were unknown; one style of each is."""
_BARE_STYLE = 0
_STOP = 0.3
_LEAST_SITES = 4


@dataclass
class Sample:
    """One dump, read, with labels and the numbers of its lines that no other page decides.

    bare, bare_rules, bare_rows   the same page as one in an unknown language
    """

    dump: Dump
    page: Page
    rules: list[Rule | None]
    rows: Any
    labels: Any
    bare: Page
    bare_rules: list[Rule | None]
    bare_rows: Any


def sampled(every: Sequence[Dump]) -> tuple[list[Sample], Sites]:
    """The dumps as samples, and the lexicons' sites."""
    pages = [read_page(dump.text) for dump in every]
    lines = (
        (d.site, line.core) for d, page in zip(every, pages, strict=True) for line in page.lines
    )
    sites = sites_of(lines)
    found = [_sample(d, page, sites) for d, page in zip(every, pages, strict=True)]
    return found, sites


def _sample(dump: Dump, page: Page, sites: Sites) -> Sample:
    with sites.blind(dump.site):
        rules = rules_of(page)
    bare = Page(lines=tuple(replace(line, stop=_STOP) for line in page.lines), language="")
    with no_lexicons():
        bare_rules = rules_of(bare)
    return Sample(
        dump=dump,
        page=page,
        rules=rules,
        rows=_array(features.without_words(page, rules)),
        labels=np.array(labels_of(page, dump.gold)),
        bare=bare,
        bare_rules=bare_rules,
        bare_rows=_array(features.without_words(bare, bare_rules)),
    )


def _array(rows: Sequence[Sequence[float]]) -> Any:
    return np.array(rows, dtype=np.float32)


def folds_of(samples: Sequence[Sample]) -> dict[str, int]:
    """The fold of each site; those of the first corpus are dealt out first."""
    corpora = {s.dump.site: s.dump.corpus for s in samples}
    order = sorted(corpora, key=lambda s: (corpora[s], hashlib.sha256(s.encode()).hexdigest()))
    return {site: number % FOLDS for number, site in enumerate(order)}


Words = Mapping[str, tuple[frozenset[str], frozenset[str]]]


def words_of(samples: Sequence[Sample]) -> Words:
    """The sites of each word, in the frame and in articles."""
    lines = [
        (s.dump.site, line.text, bool(kept))
        for s in samples
        if s.dump.style == 0
        for line, kept in zip(s.page.lines, s.labels, strict=True)
        if line.words <= 40
    ]
    return _learnt(lines, _LEAST_SITES)


def _learnt(
    lines: Sequence[tuple[str, str, bool]], least: int
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For each word the sites where it stands in the frame, and those where in an article.

    lines   (site, text, whether it is of the article)
    least   words of fewer sites are left out
    """
    frame: dict[str, set[str]] = {}
    body: dict[str, set[str]] = {}
    for site, text, kept in lines:
        for word in set(word_odds.tokens(text)):
            (body if kept else frame).setdefault(word, set()).add(site)
    return {
        word: (frozenset(frame.get(word, ())), frozenset(body.get(word, ())))
        for word in sorted({*frame, *body})
        if len(frame.get(word, set()) | body.get(word, set())) >= least
    }


def odds_of(words: Words, site: str = "") -> dict[str, float]:
    """The log-odds of words, without what `site` had to say."""
    found = {}
    for word, (frame, body) in words.items():
        above, below = len(frame) - (site in frame), len(body) - (site in body)
        if above + below >= _LEAST_SITES - 1:
            found[word] = round(log((above + 0.5) / (below + 0.5)), 3)
    return found


@dataclass
class _Rows:
    """The numbers of all samples, with words of other sites only."""

    full: list[Any]
    bare: list[Any]

    @classmethod
    def of(cls, samples: Sequence[Sample], words: Words) -> "_Rows":
        odds: dict[str, dict[str, float]] = {}
        full, bare = [], []
        for s in samples:
            if s.dump.site not in odds:
                odds[s.dump.site] = odds_of(words, s.dump.site)
            more = _array(features.of_words(s.page, s.rules, odds[s.dump.site]))
            full.append(np.hstack([s.rows, more]))
            bare.append(np.hstack([s.bare_rows, np.zeros_like(more)]))
        return cls(full, bare)


def _fit(
    samples: Sequence[Sample], rows: _Rows, use: Sequence[int], size: tuple[int, int, int]
) -> Any:
    trees, leaves, least = size
    parts, labels, weights = [], [], []
    for at in use:
        own = np.array([min(max(line.words, least), 40) for line in samples[at].page.lines])
        own = own / own.sum() * min(1000, 300 + 2 * len(own))
        parts.append(rows.full[at])
        labels.append(samples[at].labels)
        weights.append(own)
        if samples[at].dump.style == _BARE_STYLE:
            parts.append(rows.bare[at])
            labels.append(samples[at].labels)
            weights.append(own * _UNKNOWN)
    data = lightgbm.Dataset(
        np.vstack(parts), np.hstack(labels).astype(int), weight=np.hstack(weights)
    )
    return lightgbm.train({**_SETTINGS, "num_leaves": leaves}, data, trees)


def fitted(
    samples: Sequence[Sample], use: Sequence[int], folds: Mapping[str, int]
) -> dict[str, Any]:
    """The model of the samples `use`, in its stored form.

    The second pass learns from first passes that did not see the site in hand.
    """
    words = words_of([samples[at] for at in use])
    rows = _Rows.of(samples, words)
    seen: dict[int, Any] = {}
    for fold in sorted({folds[samples[at].dump.site] for at in use}):
        others = [at for at in use if folds[samples[at].dump.site] != fold]
        model = _fit(samples, rows, others, _FIRST)
        for at in use:
            if folds[samples[at].dump.site] == fold:
                seen[at] = (
                    model.predict(rows.full[at], raw_score=True),
                    model.predict(rows.bare[at], raw_score=True),
                )
    first = _fit(samples, rows, use, _FIRST)
    more = _Rows([None] * len(samples), [None] * len(samples))
    for at in use:
        s = samples[at]
        full = outlook.outlook(s.page, runs_of(s.page, s.rules), seen[at][0])
        bare = outlook.outlook(s.bare, runs_of(s.bare, s.bare_rules), seen[at][1])
        more.full[at] = np.hstack([rows.full[at], _array(full)])
        more.bare[at] = np.hstack([rows.bare[at], _array(bare)])
    second = _fit(samples, more, use, _SECOND)
    return {"words": odds_of(words), "first": stored(first), "second": stored(second)}


def stored(model: Any) -> list[Any]:
    """A LightGBM model's trees as lists: features, limits, nodes below, leaves."""
    return [_tree(info["tree_structure"]) for info in model.dump_model()["tree_info"]]


def _tree(root: Mapping[str, Any]) -> list[list[Any]]:
    feature: list[int] = []
    limit: list[float] = []
    low: list[int] = []
    high: list[int] = []
    leaves: list[float] = []

    def placed(node: Mapping[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(float(node["leaf_value"]), 5))
            return -len(leaves)
        at = len(feature)
        feature.append(int(node["split_feature"]))
        limit.append(float(f"{node['threshold']:.7g}"))
        low.append(0)
        high.append(0)
        low[at] = placed(node["left_child"])
        high[at] = placed(node["right_child"])
        return at

    if "leaf_value" in root:
        return [[0], [0.0], [-1], [-1], [round(float(root["leaf_value"]), 5)]]
    placed(root)
    return [feature, limit, low, high, leaves]


def model_of(data: Mapping[str, Any]) -> LineModel:
    """The stored form as the program reads it."""
    return LineModel(data["words"], trees_of(data["first"]), trees_of(data["second"]))


_shared: tuple[Sequence[Sample], Mapping[str, int]] = ((), {})


def by_folds(
    samples: Sequence[Sample], folds: Mapping[str, int], jobs: int = 2
) -> list[dict[str, Any]]:
    """For each fold the model that saw none of its sites, in its stored form."""
    global _shared
    _shared = (samples, folds)
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(_without, range(FOLDS)))


def _without(fold: int) -> dict[str, Any]:
    samples, folds = _shared
    return fitted(
        samples, [at for at, s in enumerate(samples) if folds[s.dump.site] != fold], folds
    )
