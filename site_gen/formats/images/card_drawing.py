"""Drawing one card: eight colours, letters pasted from a store, the flattest PNG there is."""

import io
import re
from functools import lru_cache

from site_gen.formats.images.card_glyphs import glyph, width
from site_gen.formats.images.card_lines import Block, fitted, leading
from site_gen.model import Noun

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
INNER = WIDTH - 2 * MARGIN
TOP, FOOT = 172, 538
"""Where the title begins, and the line of number and dates."""

TITLE_SIZES = (84, 74, 64, 56, 48, 42)
NAME_SIZES = (44, 36, 30)
ALONE_SIZES = (104, 88, 72, 60, 48)
FOOT_SIZES = (32, 26)

INK, ACCENT = 6, 7
"""Numbers of colours; 0 is paper, and between it and ink are shades. Twice as many look the same
and make a card a fifth larger."""

GREY, RULE = 4, 2
"""The shades of the foot, and of the line below the name of the site."""

RLE = 3
"""zlib's strategy for pictures of flat colour: a third of the time of the usual one."""


class Colours(Noun, frozen=True, kw_only=True):
    """Of a card, as `#rrggbb`."""

    paper: str = "#ffffff"
    ink: str = "#1b1b1b"
    accent: str = "#8a1c1c"


class Face(Noun, frozen=True, kw_only=True):
    """What stands on a card: every character is one the font has, "" = left out."""

    name: str
    title: str
    foot: str
    colours: Colours
    right: bool = False


def png(face: Face) -> bytes:
    """The card, 1200 by 630 pixels."""
    canvas = _Canvas(face.right)
    if face.title:
        canvas.text(fitted(face.name, NAME_SIZES, (INNER, 60)), 74, INK)
        canvas.line(140)
        canvas.text(fitted(face.title, TITLE_SIZES, (INNER, FOOT - TOP - 16)), TOP, INK)
    else:
        name = fitted(face.name, ALONE_SIZES, (INNER, FOOT - TOP - 16))
        canvas.text(name, max(TOP - 60, (HEIGHT - name.height) // 2 - 40), INK)
    canvas.text(fitted(face.foot, FOOT_SIZES, (INNER, 44)), FOOT, GREY)
    return canvas.png(face.colours)


class _Canvas:
    """Colours by number."""

    def __init__(self, right: bool) -> None:
        from PIL import Image

        self.image = Image.new("P", (WIDTH, HEIGHT))
        self.right = right

    def text(self, block: Block, top: int, ink: int) -> None:
        for number, line in enumerate(block.lines):
            self._line(line, block.size, top + number * leading(block.size), ink)

    def _line(self, line: str, size: int, top: int, ink: int) -> None:
        x = WIDTH - MARGIN - width(line, size) if self.right else float(MARGIN)
        for character in line:
            found = glyph(character, size)
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


_VARIABLE = re.compile(r"--(paper|ink|accent)\s*:\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\s*[;}]")


def colours_of(css: str) -> Colours:
    """The colours that a style sheet names first: custom properties `--paper`, `--ink`, `--accent`.

    A card is seen on somebody else's page: it has the light ones, and ours where there are none.
    """
    found: dict[str, str] = {}
    for name, value in _VARIABLE.findall(css):
        long = value if len(value) == 6 else "".join(2 * digit for digit in value)
        found.setdefault(name, f"#{long.lower()}")
    return Colours(**found)
