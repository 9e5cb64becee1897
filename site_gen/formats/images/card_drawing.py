"""Draws share cards with eight colours and cached glyphs, as small PNGs."""

import io
import re
from functools import lru_cache

from site_gen.formats.images.card_glyphs import render_glyph, text_width
from site_gen.formats.images.card_lines import TextBlock, fit_text, line_height
from site_gen.model import Record

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
INNER = WIDTH - 2 * MARGIN
TOP, FOOT = 172, 538
"""Vertical positions in pixels of the title and of the line with number and dates."""

TITLE_SIZES = (84, 74, 64, 56, 48, 42)
NAME_SIZES = (44, 36, 30)
LONE_NAME_SIZES = (104, 88, 72, 60, 48)
FOOT_SIZES = (32, 26)

INK, ACCENT = 6, 7
"""Palette indexes. 0 is paper, between it and ink are shades. Twice as many shades look the same
and make a card 20 % larger."""

GREY, RULE = 4, 2
"""Palette indexes of the foot, and of the line below the site's name."""

RLE = 3
"""zlib's strategy for pictures of flat colours: three times as fast as the default."""


class Colours(Record, frozen=True, kw_only=True):
    """The colours of a card, as `#rrggbb`."""

    paper: str = "#ffffff"
    ink: str = "#1b1b1b"
    accent: str = "#8a1c1c"


class CardText(Record, frozen=True, kw_only=True):
    """The texts on a card, "" for one left out. The font must have all characters."""

    name: str
    title: str
    foot: str
    colours: Colours
    right: bool = False


def draw_card(face: CardText) -> bytes:
    """The card as PNG, 1200 by 630 pixels."""
    canvas = _Canvas(face.right)
    if face.title:
        canvas.text(fit_text(face.name, NAME_SIZES, (INNER, 60)), 74, INK)
        canvas.line(140)
        canvas.text(fit_text(face.title, TITLE_SIZES, (INNER, FOOT - TOP - 16)), TOP, INK)
    else:
        name = fit_text(face.name, LONE_NAME_SIZES, (INNER, FOOT - TOP - 16))
        canvas.text(name, max(TOP - 60, (HEIGHT - name.height) // 2 - 40), INK)
    canvas.text(fit_text(face.foot, FOOT_SIZES, (INNER, 44)), FOOT, GREY)
    return canvas.png(face.colours)


class _Canvas:
    def __init__(self, right: bool) -> None:
        from PIL import Image

        self.image = Image.new("P", (WIDTH, HEIGHT))
        self.right = right

    def text(self, block: TextBlock, top: int, ink: int) -> None:
        for number, line in enumerate(block.lines):
            self._line(line, block.size, top + number * line_height(block.size), ink)

    def _line(self, line: str, size: int, top: int, ink: int) -> None:
        x = WIDTH - MARGIN - text_width(line, size) if self.right else float(MARGIN)
        for character in line:
            found = render_glyph(character, size)
            if found.picture is not None:
                self.image.paste(ink, (round(x) + found.left, top + found.top), found.picture)
            x += found.advance

    def line(self, top: int) -> None:
        self.image.paste(RULE, (MARGIN, top, WIDTH - MARGIN, top + 2))

    def png(self, colours: Colours) -> bytes:
        image = self.image
        image.paste(ACCENT, (0, 0, WIDTH, 14))
        image.paste(ACCENT, (MARGIN, HEIGHT - 36, WIDTH - MARGIN, HEIGHT - 32))
        image.putpalette(_palette(colours))
        buffer = io.BytesIO()
        image.save(buffer, "PNG", bits=4, compress_level=1, compress_type=RLE)
        return buffer.getvalue()


@lru_cache(maxsize=4)
def _palette(colours: Colours) -> bytes:
    paper, ink, accent = (_rgb(c) for c in (colours.paper, colours.ink, colours.accent))
    ramp = [
        round(p + (i - p) * step / INK)
        for step in range(INK + 1)
        for p, i in zip(paper, ink, strict=True)
    ]
    return bytes([*ramp, *accent])


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


_CUSTOM_PROPERTY = re.compile(r"--(paper|ink|accent)\s*:\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\s*[;}]")


def parse_colours(css: str) -> Colours:
    """The colours of the custom properties `--paper`, `--ink` and `--accent` in a style sheet, else
    defaults. The first value of each counts, which is that of the light scheme.
    """
    found: dict[str, str] = {}
    for name, value in _CUSTOM_PROPERTY.findall(css):
        long = value if len(value) == 6 else "".join(2 * digit for digit in value)
        found.setdefault(name, f"#{long.lower()}")
    return Colours(**found)
