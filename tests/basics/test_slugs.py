"""Slugs: safe on every file system, stable, as close to the text as may be."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_gen.basics import slugs
from site_gen.basics.output_paths import path_fault


@given(st.text(max_size=80))
@example("con")
@example("con.txt")
@example("COM1.tar.gz")
@example("e\u0301" * 70)
@example("a._")
@example("a-..-b")
@example(".-.")
@example("ß" * 80)
def test_a_safe_slug_is_legal_and_stays_as_it_is(text: str) -> None:
    slug = slugs.safe(text)
    assert slugs.safe(slug) == slug
    assert len(slug.encode()) <= slugs.MAX_BYTES
    assert unicodedata.is_normalized("NFC", slug)
    assert not set(slug) & set('/\\?#%<>:"|*& \x00')
    if slug:
        assert path_fault(slug) == ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("2024-02-17-openai-blocks-groups", "2024-02-17-openai-blocks-groups"),
        ("Mixed_Case.v2", "Mixed_Case.v2"),
        ("a b/c\\d?e#f", "a-b-c-d-e-f"),
        ("../../etc/passwd", "etc-passwd"),
        ("--- ---", ""),
        ("...", ""),
        ("日本語の記事", "日本語の記事"),
        ("cafe\u0301", "café"),
        ("हिन्दी", "हिन्दी"),
        ("nul", "-nul"),
        ("nul.md", "nul-md"),
        ("console", "console"),
    ],
)
def test_what_a_stem_becomes(text: str, slug: str) -> None:
    assert slugs.safe(text) == slug


def test_long_names_are_cut_and_stay_apart() -> None:
    one, two = slugs.safe("a" * 200 + "x"), slugs.safe("a" * 200 + "y")
    assert one != two
    assert len(one) == len(two) == slugs.MAX_BYTES
    assert one.startswith("a" * 100)


def test_vowel_signs_keep_words_apart() -> None:
    assert slugs.safe("कि") != slugs.safe("का")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("AI in Security", "ai-in-security"),
        ("A.I.", "a-i"),
        ("Überwachung", "uberwachung"),
        ("The People’s Daily", "the-peoples-daily"),
        ("C++ & Rust", "c-rust"),
        ("ＡＩ", "ai"),
        ("\U0001f916", ""),
    ],
)
def test_what_a_name_becomes(name: str, slug: str) -> None:
    assert slugs.slugify(name) == slug


@given(st.text(max_size=60))
def test_a_slug_of_a_name_is_safe(name: str) -> None:
    slug = slugs.slugify(name)
    assert slugs.safe(slug) == slug


def test_paths_collide_as_file_systems_see_them() -> None:
    assert slugs.folded("Stra\u00dfe") == slugs.folded("STRASSE")
    assert slugs.folded("Cafe\u0301") == slugs.folded("caf\u00e9")
    assert slugs.folded("a") != slugs.folded("b")
