"""Stored trees are walked by their limits."""

from site_gen.convert.text.trees import total, trees_of

STORED = [[0, 1], [5.0, 0.5], [-1, -2], [1, -3], [-1.0, 2.0, 3.0]]


def test_a_leaf_is_found_by_its_limits() -> None:
    (tree,) = trees_of([STORED])
    assert [tree.value(row) for row in ([5, 0], [6, 0], [6, 1])] == [-1.0, 2.0, 3.0]


def test_leaves_are_summed() -> None:
    assert total(trees_of([STORED, STORED]), [6, 1]) == 6.0
