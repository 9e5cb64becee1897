"""What a summary says and the text does not: named; what it says in other words: not."""

import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.check.claims import Evidence, _fold, claims
from site_gen.check.findings import Hit
from tests.check.planted import planted

TEXT = (
    "The ferry of Port Isaac left on 4 March with 1,240 passengers, said Maria Lindqvist of the "
    "Harbour Authority. It burns gas from mussel shells, a method that the University of Bergen "
    "patented in 2019. The council of Cornwall paid £4.9 million, twelve times what a diesel ship "
    "costs, and expects 41.2 per cent fewer emissions by 2030. Fishermen from Brittany asked "
    "whether the shells would not be missed on the reefs; Lindqvist said that a tenth was taken. "
    "A second ship will be built in Gdańsk, and the European Maritime Safety Agency wants to look "
    "at it before anyone else may copy what the islanders have done with so much patience."
)


def unsupported_claims(said: str, text: str = TEXT) -> list[str]:
    evidence = Evidence([text])
    return [claim.text for claim in claims(said) if not evidence.supports(claim)]


@pytest.mark.parametrize(
    "said",
    [
        "A ferry left Port Isaac with 1240 people aboard.",
        "It cost nearly 5 million pounds, says Lindqvist's authority.",
        "About 41 percent less, Bergen's researchers hope.",
        "The ship costs 12 times as much; the EMSA looks at it.",
        "A ferry runs on shells, with Cornish money.",
        "Two ships, one of them from Gdansk.",
        "On 4 March the first trip was made, see below.",
        "It left in Mar. as was said.",
    ],
)
def test_other_words_for_the_same_are_no_falsehood(said: str) -> None:
    assert unsupported_claims(said) == []


@pytest.mark.parametrize("date", ["Nov. 15", "2019-11-15", "15.11.2019", "15 November"])
def test_months_are_compared_in_each_form(date: str) -> None:
    text = f"The ship was launched on {date}, and nobody was there but the harbour master."
    assert unsupported_claims("It was launched in November.", text) == []
    assert unsupported_claims("It was launched, says a paper, in October.", text) == ["October"]


def test_words_that_begin_alike_are_no_forms_of_a_name() -> None:
    text = "The firewood of the harbour burns; a master of the quay, Ana Ortega, looks on."
    assert unsupported_claims("The ship of Firebird is late.", text) == ["Firebird"]
    assert unsupported_claims("The ship is late, as are Ortegas.", text) == []


@pytest.mark.parametrize(
    ("said", "text", "wrong"),
    [
        ("It was built by Lindqvist and Merkle.", "Merkel built it.", ["Lindqvist", "Merkle"]),
        ("It is one of the Ferrys of the year.", "Red Ferries of a Ferry line.", ["Ferrys"]),
        ("It is one of the Ferrys of the year.", "It is owned by a Ferry.", []),
        ("It is one of the Kennedys.", "A Kennedy looks on.", []),
    ],
)
def test_a_name_spelt_wrong_is_no_form_of_it(said: str, text: str, wrong: list[str]) -> None:
    assert unsupported_claims(said, text) == wrong


@pytest.mark.parametrize("digits", ["٤٢", "42"])
def test_figures_of_another_script_are_figures(digits: str) -> None:
    assert unsupported_claims("There are 42 of them.", f"They count {digits} ships.") == []
    assert unsupported_claims("There are 43 of them.", f"They count {digits} ships.") == ["43"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("A ferry left Port Ellen with 1,240 people.", ["Port Ellen"]),
        ("It left with 1,420 people.", ["1,420"]),
        ("It cost 6 million pounds.", ["6 million"]),
        ("The plan of Anna Berg for Cornwall.", ["Anna Berg"]),
        ("By 2035 it will pay.", ["2035"]),
        ("The plan stands at https://port.example/plan and nowhere else.",
         ["https://port.example/plan"]),
    ],
)  # fmt: skip
def test_a_falsehood_is_named(said: str, wrong: list[str]) -> None:
    assert unsupported_claims(said) == wrong


SUMMARY = (
    "The ferry of Port Isaac burns gas from shells, says Maria Lindqvist. With 1,240 people and "
    "£4.9 million from Cornwall it is the first; Bergen patented the method in 2019, and a second "
    "one comes from Gdańsk before 2030."
)
NAMES = ("Anna Berg", "Port Ellen", "Oslo", "Jutland", "Kowalski", "Trondheim", "Tobermory")


def test_of_planted_falsehoods_eight_in_ten_are_found() -> None:
    assert unsupported_claims(SUMMARY) == []
    made = [p.said for seed in range(40) for p in planted(SUMMARY, NAMES, random.Random(seed))]
    found = sum(bool(unsupported_claims(said)) for said in made)
    assert len(made) > 200
    assert found / len(made) >= 0.8


def test_excerpt_and_why_are_compared(hits: Callable[..., list[Hit]]) -> None:
    text = (
        '---\ntitle: A ferry\nprovider: {name: H}\nexcerpt: "The ferry of Port Ellen left."\n'
        'why: "Cornwall paid."\nsources: [{name: The Falmouth Packet}]\n---\n' + TEXT
    )
    found = [(h.rule, h.line, h.message) for h in hits(text) if h.rule == "grounded/summary"]
    assert found == [("grounded/summary", 4, 'excerpt: the name "Port Ellen" is not in the text')]


def test_an_entry_without_text_proves_nothing(hits: Callable[..., list[Hit]]) -> None:
    text = '---\ntitle: A\nprovider: {name: H}\nexcerpt: "Off to Port Ellen at 9."\n---\nShort.\n'
    assert hits(text) == []


def test_a_note_is_held_against_its_articles(site: Any) -> None:
    site.article("ferry", TEXT)
    site.put(
        "content/editions/2026-W10.md",
        "---\ntitle: The week\nlead: ferry\n---\n\nThis week Port Isaac, next week Tobermory.\n",
    )
    assert site.rules(only=("grounded",)) == [("grounded/note", "editions/2026-W10.md", 6)]
    assert site.rules(only=("grounded",), edition="open") == site.rules(only=("grounded",))


def test_a_figure_needs_no_word_of_the_text() -> None:
    evidence = Evidence([TEXT])
    assert [c.text for c in claims("Some 1,241 in all.") if not evidence.supports(c)] == ["1,241"]
    assert "_words" not in vars(evidence)
    assert next(c for c in claims("Of 12 nothing.") if evidence.supports(c))
    assert "_words" in vars(evidence)  # "twelve"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("5 million sailed", "5 million"), ("A 5-million quay", "5-million"), ("1.5m", "1.5m"),
        ("5 ferries", "5"), ("5, then 5 million", "5 million"), ("5 to 5 million", "5"),
    ],
)  # fmt: skip
def test_a_figure_is_told_with_the_word_that_scales_it(said: str, told: str) -> None:
    assert next(claims(said)).text == told


@given(st.text(st.sampled_from("aÄéİş’ \u0301\u0308\u0345ßﬁ–")))
def test_accents_are_taken_from_letters_and_nothing_else(text: str) -> None:
    parts = unicodedata.normalize("NFKD", text.replace("’", "'"))
    assert _fold(text) == "".join(x for x in parts if not unicodedata.combining(x)).casefold()
