"""Drawing: the picture itself, its font, its lines and its colours."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from site_gen.formats.images.card_drawing import CardText, Colours, draw_card, parse_colours
from site_gen.formats.images.card_glyphs import (
    FONT,
    has_glyphs,
    normalize,
    render_glyph,
    text_width,
)
from site_gen.formats.images.card_lines import fit_text, wrap_lines

COLOURS = Colours(paper="#fbfaf7", ink="#1b1a17", accent="#8a1c1c")
SIZES = (84, 56, 42)


def card(**changes: Any) -> Image.Image:
    said = {"name": "Weekly Wire", "title": "Said", "foot": "No. 1", "colours": COLOURS}
    return Image.open(io.BytesIO(draw_card(CardText(**{**said, **changes}))))


def margins(image: Image.Image) -> tuple[int, int]:
    """Columns left free on either side, between the bar at the top and the rule at the foot."""
    inner = image.convert("RGB").crop((0, 160, 1200, 590))
    paper = Image.new("RGB", inner.size, COLOURS.paper)
    from PIL import ImageChops

    left, _, right, _ = ImageChops.difference(inner, paper).getbbox() or (0, 0, 0, 0)
    return left, 1200 - right


def test_a_card_is_a_small_png_of_the_size_that_networks_ask_for() -> None:
    data = draw_card(
        CardText(name="Weekly Wire", title="Said " * 30, foot="No. 1", colours=COLOURS)
    )
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < 60_000


def test_a_card_has_the_colours_of_the_theme() -> None:
    image = card().convert("RGB")
    assert image.getpixel((600, 5)) == (0x8A, 0x1C, 0x1C)
    assert image.getpixel((5, 300)) == (0xFB, 0xFA, 0xF7)
    found = image.getcolors(8)
    assert found is not None, "more than eight colours"
    assert (0x1B, 0x1A, 0x17) in [colour for _, colour in found]


@pytest.mark.parametrize(
    "title", ["", "i", "W" * 300, "a long title of many words " * 12, "— … „Ω“ Ж " * 9]
)
def test_a_title_of_any_length_stays_inside(title: str) -> None:
    left, right = margins(card(title=title))
    assert left >= 74
    assert right >= 74


def test_right_to_left_sites_begin_at_the_right() -> None:
    left, right = margins(card(title="Said", foot="1 · 2024-W07", right=True))
    assert right < 90 < left


def test_a_card_without_name_and_title_is_still_a_card() -> None:
    assert card(name="", title="").size == (1200, 630)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=400))
def test_lines_fit_their_box_and_lose_nothing_but_the_end(text: str) -> None:
    text = " ".join(c for c in text.split())
    block = fit_text(text, SIZES, (1040, 350))
    assert block.height <= 350
    assert all(text_width(line, block.size) <= 1040 for line in block.lines)
    joined = "".join(block.lines).replace(" ", "")
    if joined != text.replace(" ", ""):
        assert joined.endswith("…")
        assert block.size == SIZES[-1]


def test_a_short_text_is_set_in_the_largest_size() -> None:
    assert fit_text("Said", SIZES, (1040, 350)).size == SIZES[0]
    assert fit_text("a long title of many words " * 5, SIZES, (1040, 350)).size < SIZES[0]


def test_words_stay_whole_where_they_can() -> None:
    words = "Nobody has any of the chips that everybody wants".split()
    lines = list(wrap_lines(" ".join(words), 84, 1040))
    assert " ".join(lines).split() == words


def test_the_table_of_characters_is_that_of_the_font() -> None:
    font = ImageFont.truetype(FONT, 40, layout_engine=ImageFont.Layout.BASIC)
    lacking = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for character in "AzÄßŁğΩжЇ„“–—…€№’":
        assert has_glyphs(character), character
        assert (font.getmask(character).getbbox(), bytes(font.getmask(character))) != lacking
    for character in "東ع\N{ROCKET}ש\u0301":
        assert not has_glyphs(character), character


def test_a_letter_is_drawn_once() -> None:
    assert render_glyph("A", 40) is render_glyph("A", 40)


def test_what_is_not_seen_is_not_set() -> None:
    assert normalize(" a\u200b\u202e b\n\tc\u00ad ") == "a b c"


def test_the_licence_lies_beside_the_font() -> None:
    text = (FONT.parent / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in text
    assert FONT.name in text
    assert FONT.stat().st_size < 400_000


def test_colours_are_the_first_that_a_style_sheet_names() -> None:
    css = ":root{--paper:#fff;--ink: #123456 ;--accent:red}@media x{:root{--paper:#000}}"
    assert parse_colours(css) == Colours(paper="#ffffff", ink="#123456")
    assert parse_colours("") == Colours()
