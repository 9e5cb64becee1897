"""How likely each line belongs to the article's body: small decision trees, summed.

The trees are data (`weights/lines.json`). A node is `[feature, limit, at most, above]`, a leaf a
number; the sum of the leaves is a log-odds.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from site_gen.convert.text.core import score_lines
from site_gen.convert.text.features import NAMES, features
from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.weights import fitted

MOST = 20_000
Tree = float | tuple[int, float, "Tree", "Tree"]


def line_odds(page: Page, rules: Sequence[Rule | None]) -> list[float]:
    """The log-odds of each line of `page` to be kept: above 0 is more likely than not.

    Beyond `MOST` lines the scores of the rules stand in for them: that is no article's text, and
    the trees would take a minute.
    """
    if len(page.lines) > MOST:
        return score_lines(page, rules)
    bias, trees = _model()
    return [bias + sum(_leaf(tree, row) for tree in trees) for row in features(page, rules)]


def _leaf(tree: Tree, row: Sequence[float]) -> float:
    while not isinstance(tree, float):
        feature, limit, low, high = tree
        tree = low if row[feature] <= limit else high
    return tree


@cache
def _model() -> tuple[float, tuple[Tree, ...]]:
    data = fitted("lines")
    return float(data["bias"]), tuple(_tree(node) for node in data["trees"])


def _tree(node: Any) -> Tree:
    if isinstance(node, list):
        name, limit, low, high = node
        return (NAMES.index(name), float(limit), _tree(low), _tree(high))
    return float(node)
