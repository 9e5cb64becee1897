"""Breaks text into lines at the largest size that fits a box."""

from collections.abc import Iterator
from typing import NamedTuple

from site_gen.formats.images.card_glyphs import text_width

LEADING = 1.22
"""Line height in ems."""


class TextBlock(NamedTuple):
    """Lines of text and their size in pixels per em."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """The height of all lines in pixels."""
        return len(self.lines) * line_height(self.size)


def line_height(size: int) -> int:
    """The line height in pixels."""
    return round(size * LEADING)


def fit_text(text: str, sizes: tuple[int, ...], box: tuple[int, int]) -> TextBlock:
    """`text` at the first of `sizes` at which it fits into `box` (width, height), else at the last,
    cut."""
    across, down = box
    for size in sizes:
        block = TextBlock(tuple(wrap_lines(text, size, across)), size)
        if block.height <= down:
            return block
    room = max(1, down // line_height(sizes[-1]))
    kept = block.lines[:room]
    return TextBlock((*kept[:-1], _cut_line(kept[-1], sizes[-1], across)), sizes[-1])


def wrap_lines(text: str, size: int, across: int) -> Iterator[str]:
    """The lines of `text`, each at most `across` pixels wide. Longer words are broken anywhere."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size) <= across:
            line = longer
            continue
        if line:
            yield line
        *full, line = _break_word(word, size, across)
        yield from full
    if line:
        yield line


def _break_word(word: str, size: int, across: int) -> list[str]:
    if text_width(word, size) <= across:
        return [word]
    parts = [""]
    for character in word:
        if parts[-1] and text_width(parts[-1] + character, size) > across:
            parts.append("")
        parts[-1] += character
    return parts


def _cut_line(line: str, size: int, across: int) -> str:
    while line and text_width(f"{line}…", size) > across:
        line = line[:-1]
    return f"{line.rstrip(' ,;:–—-')}…"
