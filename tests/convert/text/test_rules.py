"""Each rule names the lines it is for, and leaves the ones it only seems to be for."""

import pytest

from site_gen.convert.text.lexicon import compiled
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.rules import RULES, boilerplate


def test_line_has_its_rule(case_of_lines: tuple[str, str, str]) -> None:
    _, text, expected = case_of_lines
    rule = rules_of(read_page(text))[0]
    assert (rule.name if rule else "") == expected


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_repeated_sentence_is_a_caption() -> None:
    text = "The barge lay at the quay for most of the day.\n" * 2 + "Other words.\n"
    assert [r.name if r else "" for r in rules_of(read_page(text))][:2] == ["twin_sentence"] * 2


def test_lines_of_a_provider_come_first() -> None:
    page = read_page("The Harbour Herald, every Friday\nShare")
    rules = rules_of(page, compiled(("the harbour herald, *",)))
    assert [rule.name for rule in rules if rule] == ["provider_line", "share"]


@pytest.mark.parametrize(("text", "name"), [("Share this", "share"), ("It rained.", "")])
def test_boilerplate_looks_at_one_text(text: str, name: str) -> None:
    assert boilerplate(text) == name
