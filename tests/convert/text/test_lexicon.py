"""The small language of the lexicons."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.convert.text import rules
from site_gen.convert.text.lexicon import (
    FOLDER,
    clues,
    compiled,
    core,
    lexicon,
    lines_of,
    stop_words,
)


@pytest.mark.parametrize(
    ("phrase", "fits", "misses"),
    [
        ("share", "share", "shared"),
        ("# comments", "1,204 comments", "many comments"),
        ("read * now", "read it all now", "reading now"),
        ("read * now", "read now", "read it"),
        ("(log|sign) in", "sign in", "sing in"),
        ("sign up [now|today]", "sign up today", "sign up todays"),
        ("[the] tide *", "the tide turns", "other tide"),
        ("* is a (writer|editor) [for|*]", "ada is a writer for us", "this a writer"),
        ("tags: *", "tags: a, b", "tagsa"),
        ("関連[記事]", "関連記事", "記事"),
    ],
)
def test_phrase(phrase: str, fits: str, misses: str) -> None:
    held = compiled((phrase,))
    assert held.holds(fits)
    assert not held.holds(misses)


def test_core_drops_marks_and_case() -> None:
    assert core("  » Don’t Miss! … ") == "don't miss"


@given(st.text("ab ()[]|*#", max_size=20), st.text("ab ", max_size=10))
def test_any_phrase_compiles(phrase: str, text: str) -> None:
    assert compiled((phrase,)).holds(text) in (True, False)


def test_every_file_says_something() -> None:
    for path in sorted(FOLDER.rglob("*.txt")):
        assert lines_of(path), path


def test_languages_are_added_by_a_file() -> None:
    assert {"en", "de", "fr", "es"} <= set(stop_words())
    assert lexicon("advertisement").holds("anzeige")


def _written(phrase: str, filler: str, choose: random.Random) -> str:
    """A line that the phrase holds, and maybe one that it does not quite."""
    text = phrase.replace("*", filler).replace("#", "7")
    while found := re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", text):
        own = [*found[1].split("|"), ""] if found[1] is not None else found[2].split("|")
        text = text[: found.start()] + choose.choice(own) + text[found.end() :]
    return " ".join(text.split())


@pytest.mark.parametrize("name", rules.LEXICONS)
def test_a_line_without_a_clue_is_no_phrase(name: str) -> None:
    choose = random.Random(name)
    phrases = [line for path in sorted(FOLDER.glob(f"*/{name}.txt")) for line in lines_of(path)]
    for phrase in phrases:
        for filler in ("", "some thing", "x"):
            line = _written(phrase, filler, choose)
            page = rules.alone(line)
            wanted = next((r.name for r in rules.BOILERPLATE if r.test(page, 0)), "")
            assert rules.boilerplate(line) == wanted, line
    assert phrases


def test_phrases_are_compiled_before_the_first_line_is_asked() -> None:
    lexicon.cache_clear()
    clues.cache_clear()
    rules.prepare()
    before = (lexicon.cache_info().misses, clues.cache_info().misses)
    for line in ("Read more", "Share this (2)", "where the harbour was rebuilt", "© 2026 Sol"):
        rules.boilerplate(line)
    assert (lexicon.cache_info().misses, clues.cache_info().misses) == before


def test_most_lines_have_no_clue() -> None:
    words, rest = clues(rules.LEXICONS)
    plain = "where the harbour was rebuilt and what it cost"
    assert words.isdisjoint(plain.split())
    assert not rest.fullmatch(plain)
