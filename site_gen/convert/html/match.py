"""Finds the blocks of a page that the lines of a body came from."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from site_gen.convert import similarity
from site_gen.convert.html.blocks import Block

MAX_JOINED = 12
MAX_TRIED = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of the body with the positions of the blocks that contain exactly them; none = not
    found."""

    text: str
    blocks: tuple[int, ...] = ()


def placed(lines: tuple[str, ...], blocks: list[Block]) -> list[Piece]:
    """All lines in order. A block is used once; the one after the last is preferred."""
    index = _index(blocks)
    used: set[int] = set()
    pieces: list[Piece] = []
    after = at = 0
    while at < len(lines):
        taken, hit = _find(lines, at, blocks, _near(index, lines[at], after, used))
        pieces.append(Piece("\n".join(lines[at : at + taken]), hit))
        used.update(hit)
        after = hit[-1] + 1 if hit else after
        at += taken
    return pieces


def _index(blocks: list[Block]) -> dict[str, list[int]]:
    """Positions of blocks by their first word."""
    index: dict[str, list[int]] = defaultdict(list)
    for position, block in enumerate(blocks):
        if block.words:
            index[block.words[0]].append(position)
    return index


def _near(index: dict[str, list[int]], line: str, after: int, used: set[int]) -> list[int]:
    own = similarity.words(line)
    known = index.get(own[0], []) if own else []
    middle = bisect_left(known, after)
    nearest = known[middle : middle + MAX_TRIED] + known[max(0, middle - MAX_TRIED) : middle][::-1]
    return [at for at in nearest if at not in used]


def _find(
    lines: tuple[str, ...], at: int, blocks: list[Block], near: list[int]
) -> tuple[int, tuple[int, ...]]:
    """How many lines from `at` on match which blocks; either is only one."""
    own = tuple(similarity.words(lines[at]))
    for position in near:
        if blocks[position].words == own:
            return 1, (position,)
    for position in near:
        if blocks[position].words[: len(own)] == own:
            count = _lines_of(blocks[position], lines, at)
            if count:
                return count, (position,)
    for position in near:
        joined = _blocks_of(own, blocks, position)
        if joined:
            return 1, joined
    return 1, ()


def _lines_of(block: Block, lines: tuple[str, ...], at: int) -> int:
    """How many lines from `at` on make up the whole of `block`, or 0."""
    gathered: list[str] = []
    for count, line in enumerate(lines[at:], 1):
        gathered += similarity.words(line)
        if len(gathered) >= len(block.words):
            return count if tuple(gathered) == block.words else 0
    return 0


def _blocks_of(own: tuple[str, ...], blocks: list[Block], first: int) -> tuple[int, ...]:
    """Consecutive blocks from `first` on that make up the words `own`, or ()."""
    gathered: list[str] = []
    for position in range(first, min(first + MAX_JOINED, len(blocks))):
        gathered += blocks[position].words
        if len(gathered) >= len(own):
            return tuple(range(first, position + 1)) if tuple(gathered) == own else ()
    return ()
