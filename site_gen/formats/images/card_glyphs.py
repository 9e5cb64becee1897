"""The vendored font of share cards: its characters and their cached pictures.

Letters are drawn one by one, as text shaping differs between installations.
"""

import struct
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image, ImageFont

FONT = Path(__file__).parent / "fonts" / "NotoSerif-Bold.ttf"
PLATFORM = (3, 1)
"""Platform and encoding (Windows, Unicode BMP) of the `cmap` table that every font has."""


class Glyph(NamedTuple):
    """A character at one size: its picture (None for a blank), the offset of that in pixels, and
    the distance to the next character."""

    picture: "Image.Image | None"
    left: int
    top: int
    advance: float


def normalize(text: str) -> str:
    """`text` on one line in NFC, without invisible characters."""
    kept = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


def has_glyphs(text: str) -> bool:
    """Whether the font can draw every character of `text`. Combining marks cannot be drawn."""
    known = _font_characters()
    return all(c == " " or (ord(c) in known and not unicodedata.combining(c)) for c in text)


@cache
def _font_characters() -> frozenset[int]:
    """The code points in the font's `cmap` table, format 4."""
    data = FONT.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = struct.unpack_from(">H", data, start + 2)[0]
    entries = (struct.unpack_from(">HHL", data, start + 4 + 8 * i) for i in range(count))
    table = start + next(offset for *platform, offset in entries if tuple(platform) == PLATFORM)
    segments = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, table + 14)
    starts = struct.unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
    found = (range(a, b + 1) for a, b in zip(starts, ends, strict=True) if a != 0xFFFF)
    return frozenset(point for each in found for point in each)


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def render_glyph(character: str, size: int) -> Glyph:
    """A character at `size` pixels per em."""
    from PIL import Image, ImageDraw

    font = _font(size)
    advance = font.getlength(character)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(character))
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0, advance)
    picture = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(picture).text((-left, -top), character, fill=255, font=font)
    return Glyph(picture, left, top, advance)


def text_width(text: str, size: int) -> float:
    """The width of a line in pixels."""
    return sum(render_glyph(character, size).advance for character in text)
