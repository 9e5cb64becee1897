"""A caption and its credit come apart where the line shows the seam."""

import pytest

from site_gen.convert.text.deck import caption_of


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The crane at dusk. Bo REED / AFP", "The crane at dusk.", "Bo REED / AFP"),
        ("The crane, March 3, 2031. (Reuters)", "The crane, March 3, 2031.", "Reuters"),
        ("The crane at dusk (Photo by Bo Reed)", "The crane at dusk", "Bo Reed"),
        ("The crane at dusk", "The crane at dusk", None),
    ],
)  # fmt: skip
def test_caption_and_credit(text: str, caption: str, credit: str | None) -> None:
    image = caption_of(text)
    assert image["caption"] == caption
    assert image.get("credit") == credit
