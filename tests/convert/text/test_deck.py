"""A caption and its credit come apart where the line shows the seam."""

import pytest

from site_gen.convert.text import convert_text
from site_gen.convert.text.deck import caption_of
from site_gen.settings import Settings


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


PICTURES = (
    "Barges wait at the upper lock in 1938. Photograph: Harbour Office",
    "Children skate on the frozen basin. Photograph: Moran family",
    "The last boat leaves in October 1990. Photograph: Peter Sills",
    "Lorries tip rubble into the lower lock. Photograph: Lena Ark",
)


def test_the_captions_of_a_series_of_pictures_are_its_text() -> None:
    lead = (
        "Forty years after it was filled in, the canal is to be dug out again, and the archive of "
        "the harbour office holds twelve boxes of pictures."
    )
    text = "\n\n".join(("The canal then and now", "12 March 2031", lead, *PICTURES))
    (draft,) = convert_text(text, source="a.txt", settings=Settings())
    assert all(caption in draft.body for caption in PICTURES)
    assert "images" not in draft.matter


def test_the_excerpt_of_verse_is_its_opening() -> None:
    verse = (
        "She walked the pier at four o'clock\nwith pencil, lamp and tin,\nand wrote it down by hand"
        "\n\nThe clerks in town thanked her well\nand filed the sea away;\nand nobody came by"
        "\n\nThere is a box that counts the tide\nand blinks a little light,\nor finds it at night."
    )
    (draft,) = convert_text(
        f"The Gauge Keeper\nby Ruth Moran\n\n{verse}\n", source="a.txt", settings=Settings()
    )
    opening = "She walked the pier at four o'clock with pencil, lamp and tin, and wrote it"
    assert str(draft.matter["excerpt"]).startswith(opening)
