"""Fit the two data files of `site_gen/convert/text/weights/` and print cross-validated figures.

    python benchmarks/train_convert_text.py [--folds-only]

Reads `../shared/corpora/html-dev` (pages with their article bodies), writes each page as text in
three styles, whole and from the article's container, and fits

- lines.json: gradient-boosted trees of four leaves that tell lines of the body from chrome;
- clues.json: logistic weights of the clues that a new article begins.

Needs scikit-learn, html-text and inscriptis, which the program itself never imports. The pages
stay outside the repository; only the numbers are kept. Folds are by page.
"""

import argparse
import copy
import gzip
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import html_text
import inscriptis
import lxml.etree
import lxml.html
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from site_gen.convert.text import boundaries, features  # noqa: E402
from site_gen.convert.text.lines import Page  # noqa: E402
from site_gen.convert.text.read import read_page, rules_of  # noqa: E402

PAGES = ROOT.parent / "shared" / "corpora" / "html-dev"
WEIGHTS = ROOT / "site_gen" / "convert" / "text" / "weights"
FOLDS = 5
TREES, LEAVES, RATE = 60, 4, 0.15
SINGLES_SPLIT = 0.015
"""The share of single articles that may be cut in two: it sets the bias of the clues."""
BLOCKS = frozenset(
    "address article aside blockquote br button dd div dl dt figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr li main nav ol option p pre section select table td th tr ul".split()
)


@dataclass(frozen=True)
class Dump:
    """One page as text, with its article's body."""

    page: str
    kind: str
    style: int
    text: str
    gold: str


@dataclass(frozen=True)
class Sample:
    """One dump as numbers: features, labels and weights of its lines."""

    dump: Dump
    read: Page
    rows: Any
    labels: Any
    weights: Any


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    w = words(text)
    return Counter(tuple(w[i : i + 4]) for i in range(max(1, len(w) - 3)))


def measure(pairs: list[tuple[str, str]]) -> float:
    """The benchmark's F1: of mean precision and mean recall over shingles of four words."""
    precisions, recalls = [], []
    for gold, text in pairs:
        a, b = shingles(gold), shingles(text)
        same = (a & b).total()
        recalls.append(same / max(1, a.total()))
        if words(text):
            precisions.append(same / b.total())
    p, r = float(np.mean(precisions)), float(np.mean(recalls))
    return 2 * p * r / (p + r)


def body_of(data: bytes) -> Any:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    tree = lxml.html.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    dead = "//script|//style|//noscript|//template|//svg|//iframe|//head|//comment()"
    for element in tree.xpath(dead):
        element.drop_tree()
    return (tree.xpath("//body") or [tree])[0]


def container(body: Any, gold: str) -> Any:
    """The smallest element that holds the article (97 % of what the whole page has of it)."""
    target = shingles(gold)

    def held(element: Any) -> int:
        return (shingles(" ".join(element.itertext())) & target).total()

    least = 0.97 * held(body)
    while True:
        inner = (c for c in body if isinstance(c.tag, str) and held(c) >= least)
        found = next(inner, None)
        if found is None:
            return body
        body = found


def compact(element: Any) -> str:
    """One line per block, no empty lines."""
    out: list[str] = []
    pending: list[str] = []

    def flush() -> None:
        line = " ".join("".join(pending).split())
        pending.clear()
        if line:
            out.append(line)

    def walk(node: Any) -> None:
        block = node.tag in BLOCKS
        if block:
            flush()
        pending.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str):
                walk(child)
            pending.append(child.tail or "")
        if block:
            flush()

    walk(element)
    flush()
    return "\n".join(out)


def spread(element: Any) -> str:
    return str(html_text.extract_text(element))


def laid_out(element: Any) -> str:
    return str(inscriptis.get_text(lxml.etree.tostring(element, encoding="unicode", method="html")))


STYLES: tuple[Callable[[Any], str], ...] = (spread, laid_out, compact)


def dumps() -> Iterator[Dump]:
    gold = json.loads((PAGES / "gold.json").read_text("utf-8"))
    for path in sorted(PAGES.glob("*.html.gz")):
        name = path.name.split(".")[0]
        article = gold[name]["articleBody"]
        body = body_of(gzip.decompress(path.read_bytes()))
        for kind, element in (("full", body), ("light", container(body, article))):
            for number, style in enumerate(STYLES):
                alone = copy.deepcopy(element)
                alone.tail = None
                yield Dump(name, kind, number, style(alone), article)


def labels_of(page: Page, gold: str) -> list[bool]:
    """A line is of the body when half of its shingles are; a short one when it stands there."""
    target = set(shingles(gold.lower()))
    whole = {" ".join(words(line.lower())) for line in gold.split("\n")}
    found = []
    for line in page.lines:
        if line.words >= 4:
            own = list(shingles(line.text.lower()))
            found.append(sum(s in target for s in own) >= 0.5 * len(own))
        else:
            found.append(" ".join(words(line.text.lower())) in whole)
    return found


def sample(dump: Dump) -> Sample | None:
    page = read_page(dump.text)
    if len(page.lines) < 3:
        return None
    weights = np.array([min(max(line.words, 3), 40) for line in page.lines])
    return Sample(
        dump=dump,
        read=page,
        rows=np.array(features.features(page, rules_of(page))),
        labels=np.array(labels_of(page, dump.gold)),
        weights=weights / weights.sum() * 1000,
    )


def fit_lines(samples: list[Sample]) -> Any:
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=40,
        l2_regularization=1.0, early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(
        np.vstack([s.rows for s in samples]),
        np.hstack([s.labels for s in samples]),
        sample_weight=np.hstack([s.weights for s in samples]),
    )


def kept(model: Any, one: Sample) -> str:
    keep = model.predict_proba(one.rows)[:, 1] >= 0.5
    return "\n".join(line.text for line, k in zip(one.read.lines, keep, strict=True) if k)


def as_tree(nodes: Any, at: int = 0) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 5)
    name = features.NAMES[int(node["feature_idx"])]
    low, high = as_tree(nodes, int(node["left"])), as_tree(nodes, int(node["right"]))
    return [name, round(float(node["num_threshold"]), 6), low, high]


@dataclass(frozen=True)
class Gaps:
    """The gaps of one text: clues, and which is the boundary between two articles."""

    kind: str
    fold: int
    boundaries: Any
    labels: list[bool]


def gaps(kind: str, fold: int, text: str, line: float, model: Any) -> Gaps:
    page = read_page(text)
    rules = rules_of(page)
    odds = model.decision_function(np.array(features.features(page, rules)))
    span = boundaries.span_of(page, rules, odds)
    near = {at: boundaries.near_clues(span, at) for at in range(len(span.prose) - 1)}
    found = boundaries.weighed(span, near, 0, len(span.prose))
    numbers = [page.lines[at].number for at in span.prose]
    labels = [numbers[gap.at] < line < numbers[gap.at + 1] for gap in found]
    return Gaps(kind, fold, np.array([gap.clues for gap in found]), labels)


def all_gaps(
    every: list[Dump], folds: dict[str, int], models: list[Any], chance: random.Random
) -> Iterator[Gaps]:
    """Each dump alone, and in pairs; `models` are the line models that did not see its fold."""
    for dump in every:
        fold = folds[dump.page]
        yield gaps(dump.kind, fold, dump.text, 0, models[fold])
    groups: dict[tuple[str, int, int], list[Dump]] = {}
    for dump in every:
        groups.setdefault((dump.kind, dump.style, folds[dump.page]), []).append(dump)
    for (kind, _, fold), group in sorted(groups.items(), key=lambda item: item[0]):
        chance.shuffle(group)
        for first, second in pairwise([*group, group[0]]):
            between = chance.choice(["\n\n", "\n\n\n", "\n\n\n\n"])
            head = first.text.strip("\n")
            boundary = head.count("\n") + between.count("\n") + 0.5
            both = head + between + second.text.strip("\n")
            yield gaps("two " + kind, fold, both, boundary, models[fold])


def fit_clues(found: list[Gaps]) -> tuple[Any, float]:
    """Weights and bias in the clues' own units."""
    used = [g for g in found if g.labels]
    rows = np.vstack([g.clues for g in used])
    labels = np.hstack([g.labels for g in used])
    weights = np.hstack([[1 if g.kind.startswith("two") else 3] * len(g.labels) for g in used])
    middle, spread_ = rows.mean(0), rows.std(0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=3000)
    model.fit((rows - middle) / spread_, labels, sample_weight=weights)
    own = model.coef_[0] / spread_
    return own, float(model.intercept_[0] - (own * middle).sum())


def best(weights: Any, bias: float, one: Gaps) -> tuple[float, bool]:
    if not one.labels:
        return -99.0, False
    scores = one.clues @ weights + bias
    at = int(np.argmax(scores))
    return float(scores[at]), one.labels[at]


def cross_validate_lines(samples: list[Sample], folds: dict[str, int]) -> list[Any]:
    """Prints the figures, and returns for each fold the model that did not see it."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    models = []
    for fold in range(FOLDS):
        model = fit_lines([s for s in samples if folds[s.dump.page] != fold])
        models.append(model)
        for one in (s for s in samples if folds[s.dump.page] == fold):
            pairs.setdefault(one.dump.kind, []).append((one.dump.gold, kept(model, one)))
    for kind, found in sorted(pairs.items()):
        print(f"lines, {FOLDS} folds, {kind}: F1 {measure(found):.3f} of {len(found)} dumps")
    return models


def cross_validate_clues(found: list[Gaps]) -> float:
    """Prints the share of texts cut, and returns the shift of the bias that keeps singles whole."""
    scores: dict[str, list[tuple[float, bool]]] = {}
    for fold in range(FOLDS):
        weights, bias = fit_clues([g for g in found if g.fold != fold])
        for one in (g for g in found if g.fold == fold):
            scores.setdefault(one.kind, []).append(best(weights, bias, one))
    singles = sorted((s for k in ("full", "light") for s, _ in scores[k]), reverse=True)
    shift = singles[int(SINGLES_SPLIT * len(singles))]
    for kind, rows in sorted(scores.items()):
        cut = np.mean([s > shift for s, _ in rows])
        right = np.mean([s > shift and y for s, y in rows])
        print(f"clues, {FOLDS} folds, {kind}: cut {cut:.3f}, at the right gap {right:.3f}")
    return shift


def write_lines(samples: list[Sample]) -> None:
    model = fit_lines(samples)
    trees = [as_tree(stage[0].nodes) for stage in model._predictors]
    bias = round(float(np.ravel(model._baseline_prediction)[0]), 5)
    rows = ",\n".join(json.dumps(tree) for tree in trees)
    (WEIGHTS / "lines.json").write_text(f'{{"bias": {bias}, "trees": [\n{rows}\n]}}\n', "utf-8")


def write_clues(found: list[Gaps], shift: float) -> None:
    weights, bias = fit_clues(found)
    named = {n: round(float(w), 3) for n, w in zip(boundaries.NAMES, weights, strict=True)}
    data = {"bias": round(bias - shift, 3), "weights": named}
    (WEIGHTS / "clues.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds-only", action="store_true", help="print figures, write nothing")
    only = parser.parse_args().folds_only
    chance = random.Random(7)
    every = list(dumps())
    pages = sorted({dump.page for dump in every})
    chance.shuffle(pages)
    folds = {page: at % FOLDS for at, page in enumerate(pages)}
    samples = [one for one in map(sample, every) if one is not None]
    models = cross_validate_lines(samples, folds)
    found = list(all_gaps(every, folds, models, chance))
    shift = cross_validate_clues(found)
    if not only:
        write_lines(samples)
        write_clues(found, shift)


if __name__ == "__main__":
    main()
