"""Words to lines: the largest size at which a text fits its box, else cut."""

from collections.abc import Iterator
from typing import NamedTuple

from site_gen.formats.images.card_glyphs import width

LEADING = 1.22
"""Line height in ems."""


class Block(NamedTuple):
    """Lines of text at one size, in pixels an em."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """Pixels from the top of the first line to the end of the last."""
        return len(self.lines) * leading(self.size)


def leading(size: int) -> int:
    """Pixels from line to line."""
    return round(size * LEADING)


def fitted(text: str, sizes: tuple[int, ...], box: tuple[int, int]) -> Block:
    """`text` in a box of (width, height): at the first of `sizes` that fits; at the last, cut."""
    across, down = box
    for size in sizes:
        block = Block(tuple(wrapped(text, size, across)), size)
        if block.height <= down:
            return block
    room = max(1, down // leading(sizes[-1]))
    kept = block.lines[:room]
    return Block((*kept[:-1], _cut(kept[-1], sizes[-1], across)), sizes[-1])


def wrapped(text: str, size: int, across: int) -> Iterator[str]:
    """Lines of at most `across` pixels; a word that is longer is broken anywhere."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= across:
            line = longer
            continue
        if line:
            yield line
        *full, line = _broken(word, size, across)
        yield from full
    if line:
        yield line


def _broken(word: str, size: int, across: int) -> list[str]:
    if width(word, size) <= across:
        return [word]
    parts = [""]
    for character in word:
        if parts[-1] and width(parts[-1] + character, size) > across:
            parts.append("")
        parts[-1] += character
    return parts


def _cut(line: str, size: int, across: int) -> str:
    while line and width(f"{line}…", size) > across:
        line = line[:-1]
    return f"{line.rstrip(' ,;:–—-')}…"
