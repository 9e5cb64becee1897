"""The model's file is walked as it says, and stands aside for texts without end."""

from site_gen.convert.text import line_model
from site_gen.convert.text.features import NAMES, features
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.weights import fitted

TEXT = (
    "Share\nThe harbour of the town was closed on Monday because of the storm in the night.\nMenu"
)


def test_prose_is_likelier_than_chrome() -> None:
    page = read_page(TEXT)
    share, prose, menu = line_model.line_odds(page, rules_of(page))
    assert prose > max(share, menu)


def test_every_line_has_every_feature() -> None:
    page = read_page(TEXT)
    assert [len(row) for row in features(page, rules_of(page))] == [len(NAMES)] * 3


def test_the_file_names_known_features_only() -> None:
    def named(node: object) -> set[str]:
        return {node[0]} | named(node[2]) | named(node[3]) if isinstance(node, list) else set()

    used = set().union(*(named(tree) for tree in fitted("lines")["trees"]))
    assert used
    assert used <= set(NAMES)


def test_a_leaf_is_found_by_its_limits() -> None:
    tree = (0, 5.0, -1.0, (1, 0.5, 2.0, 3.0))
    assert [line_model._leaf(tree, row) for row in ([5, 0], [6, 0], [6, 1])] == [-1.0, 2.0, 3.0]
