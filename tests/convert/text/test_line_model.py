"""The model's file fits the features, and stands aside for texts without end."""

from site_gen.convert.text import line_model
from site_gen.convert.text.features import NAMES, features
from site_gen.convert.text.outlook import NAMES as MORE
from site_gen.convert.text.outlook import outlook
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.runs import runs_of
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
    rules = rules_of(page)
    assert [len(row) for row in features(page, rules, {"menu": 2.0})] == [len(NAMES)] * 3
    more = outlook(page, runs_of(page, rules), [-1.0, 2.0, -2.0])
    assert [len(row) for row in more] == [len(MORE)] * 3


def test_the_file_was_fitted_to_these_features() -> None:
    assert fitted("lines")["names"] == [*NAMES, *MORE]


def test_beyond_the_most_lines_rules_stand_in(monkeypatch) -> None:
    monkeypatch.setattr(line_model, "MOST", 2)
    monkeypatch.setattr(line_model, "line_model", None)
    page = read_page(TEXT)
    assert len(line_model.line_odds(page, rules_of(page))) == 3
