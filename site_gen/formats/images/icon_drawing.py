"""Draws the icon of a site: a letter on the theme's accent colour, or the lines of a page."""

import io

from site_gen.formats.images.card_drawing import Colours
from site_gen.formats.images.card_glyphs import has_glyphs, render_glyph

REVISION = "1"
"""Part of the fingerprint. Raise it when the drawing of icons changes."""

LETTER_SHARE = 0.56
"""Size of the letter as a share of the icon. Masks of systems cut 20 % off each side."""

LINES = ((0.26, 0.30, 0.48, 0.10), (0.26, 0.50, 0.48, 0.05), (0.26, 0.60, 0.48, 0.05))
"""(left, top, width, height) as shares of the icon: a headline and two lines of text."""


def draw_icon(size: int, letter: str, colours: Colours) -> bytes:
    """A square icon of `size` pixels, as PNG, with lines if the font lacks `letter`."""
    from PIL import Image

    image = Image.new("RGB", (size, size), colours.accent)
    if letter and has_glyphs(letter):
        found = render_glyph(letter, round(size * LETTER_SHARE))
        if found.picture is not None:
            across, down = found.picture.size
            place = ((size - across) // 2, (size - down) // 2)
            image.paste(colours.paper, place, found.picture)
    else:
        for left, top, width, height in LINES:
            box = (left * size, top * size, (left + width) * size, (top + height) * size)
            image.paste(colours.paper, (round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
