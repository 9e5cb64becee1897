"""Folding and terms: what a text is found by."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_gen.formats.search.terms import (
    DENSE,
    MAX_TERM,
    bucket_prefix,
    fold,
    hash_prefix,
    terms_of_html,
    terms_of_text,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Plain Words, plain words.", {"plain", "words"}),
        ("Zürich CAFÉ Straße", {"zurich", "cafe", "strasse"}),
        ("cafe\u0301", {"cafe"}),
        ("Łódź Đà Þór ﬁne", {"lodz", "da", "thor", "fine"}),
        ("ΣΊΣΥΦΟΣ σίσυφος", {"σισυφοσ"}),
        ("İstanbul ISTANBUL", {"istanbul"}),
        ("don't stop at 3.5%", {"don", "t", "stop", "at", "3", "5"}),
        ("北京市", {"北京", "京市"}),
        ("京", {"京"}),
        ("3D打印机", {"3d", "打印", "印机"}),
        ("ﾊﾟﾘ パリ", {"パリ"}),
        ("バリ", {"バリ"}),
        ("검색", {"검색"}),
        ("الأَخْبَارُ العـــربية", {"الاخبار", "العربية"}),
        ("हिन्दी ख़बर", {"हिन्दी", "ख़बर"}),
        ("w" * 50, {"w" * MAX_TERM}),
        ("— … 😀", set()),
        ("", set()),
    ],
)
def test_terms(text: str, found: set[str]) -> None:
    assert terms_of_text(text) == {unicodedata.normalize("NFC", term) for term in found}


WORDS = "aB9 .<>=-&é\u0301\u0338“”—ßİıΣσς京市語3ﾊﾟパ검색हि\u200d\u00a0\u2028\ud800😀\n\t\x1c\x85"


@given(st.text(st.sampled_from(WORDS), max_size=24))
@example("<\u0338a =\u0338b")
@example("京a 市“語”b")
def test_words_one_by_one_come_to_what_the_whole_text_does(text: str) -> None:
    whole = fold(text)
    dense = re.compile(f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in DENSE)}]+")
    pairs = {run[i : i + 2] for run in dense.findall(whole) for i in range(max(1, len(run) - 1))}
    words = {word[:MAX_TERM] for word in dense.sub(" ", whole).split()}
    assert terms_of_text(text) == pairs | words


def test_html_is_searched_by_its_text() -> None:
    html = '<p>One &amp; <a href="https://far.example/hidden">two</a></p><p>three</p>'
    assert terms_of_html(html) == {"one", "two", "three"}


def test_a_pair_begins_with_its_first_character() -> None:
    assert bucket_prefix("北京") == "北"
    assert bucket_prefix("quantum") == "qua"
    assert bucket_prefix("ai") == "ai"
    assert all(first <= last for first, last in DENSE)


def test_beginnings_spread_over_the_shards() -> None:
    words = {f"{a}{b}{c}" for a in "abcdefghij" for b in "aeiou" for c in "klmnprst"}
    filled = [0] * 32
    for word in words:
        filled[hash_prefix(word) % 32] += 1
    assert min(filled) > 0
    assert max(filled) < 4 * len(words) / 32


@pytest.mark.parametrize(
    ("text", "hashed"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)]
)
def test_spread_is_fnv_1a_with_its_high_bits_folded_in(text: str, hashed: int) -> None:
    assert hash_prefix(text) == hashed ^ hashed >> 15
