"""Small decision trees as plain data, evaluated in plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree: node 0 is the root; `low` and `high` are nodes, or leaves `-1 - x` if negative."""

    feature: tuple[int, ...]
    limit: tuple[float, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    leaves: tuple[float, ...]

    def value(self, row: Sequence[float]) -> float:
        """The value of the leaf for `row`."""
        feature, limit, low, high = self.feature, self.limit, self.low, self.high
        at = 0
        while at >= 0:
            at = low[at] if row[feature[at]] <= limit[at] else high[at]
        return self.leaves[-1 - at]


def total(trees: Sequence[Tree], row: Sequence[float]) -> float:
    """The sum of all trees for `row`."""
    return sum(tree.value(row) for tree in trees)


def trees_of(data: Sequence[Any]) -> tuple[Tree, ...]:
    """Trees from their stored form, five lists each."""
    return tuple(Tree(*(tuple(part) for part in tree)) for tree in data)
