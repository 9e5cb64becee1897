"""Derived titles say what the sentence says, in its words."""

import pytest

from site_gen.convert.text.title import LONGEST, derived_title


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The harbour opened its crane.", "The harbour opened its crane"),
        (
            "After a long winter, the harbour opened its tallest crane.",
            "The harbour opened its tallest crane",
        ),
        (
            "The harbour opened its tallest crane, which came by sea.",
            "The harbour opened its tallest crane",
        ),
        ("In brief.", "In brief"),
        ("", ""),
    ],
)
def test_clauses_go(sentence: str, title: str) -> None:
    assert derived_title(sentence) == title


def test_it_is_bounded() -> None:
    assert len(derived_title("crane " * 100)) <= LONGEST
