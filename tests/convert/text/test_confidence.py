"""Confidence: what was left out lowers it; the numbers of a draft are those that were fitted."""

import pytest

from site_gen.convert.text import body, confidence
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.weights import fitted


def _sheet(text: str, odds: list[float]) -> Sheet:
    page = read_page(text)
    sheet = Sheet(page=page, rules=rules_of(page), odds=odds)
    body.decide(sheet)
    return sheet


@pytest.fixture
def paragraphs(orchard: str) -> list[str]:
    return [row for row in orchard.split("\n") if row][1:]


def test_every_number_has_a_weight(orchard: str) -> None:
    sheet = _sheet(orchard, [-3.0, 5.0, 5.0, 5.0, 5.0])
    assert list(confidence.numbers(sheet, None)) == list(fitted("confidence")["weights"])


def test_doubtful_lines_inside_lower_it(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    sure = confidence.confidence(_sheet(text, [5.0, 5.0, 5.0, 5.0]))
    torn = confidence.confidence(_sheet(text, [5.0, -0.5, -0.5, 5.0]))
    assert 0 <= torn < sure <= 1


def test_it_rises_between_the_knots() -> None:
    knots = fitted("confidence")["knots"]
    assert [knot[0] for knot in knots] == sorted(knot[0] for knot in knots)
    assert [knot[1] for knot in knots] == sorted(knot[1] for knot in knots)
    assert confidence._between(knots, -1e9) == knots[0][1]
    assert confidence._between(knots, 1e9) == knots[-1][1]


def test_nothing_kept_is_no_draft_to_trust() -> None:
    sheet = _sheet("Home\nShare", [-9.0, -9.0])
    sheet.keep[:] = [False, False]
    assert confidence.confidence(sheet) == 0.0
