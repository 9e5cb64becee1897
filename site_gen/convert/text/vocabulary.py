"""How much two parts of a text have in common: names and content words on both sides of a gap."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from site_gen.convert.text.language import CJK
from site_gen.convert.text.lexicon import stop_words

_TOKEN = re.compile(r"[^\W\d_]\w*")
_NAME = re.compile(r"(?<=[^.!?\"“”'‘:] )[^\W\d_a-z][\w’'-]{2,40}")
_LONGEST = 2000


@cache
def _common() -> frozenset[str]:
    return frozenset().union(*stop_words().values())


def content_words(text: str) -> frozenset[str]:
    """The words of `text` that carry meaning; a pair of CJK letters is a word."""
    text = text[:_LONGEST]
    common = _common()
    words = {w.lower() for w in _TOKEN.findall(text)}
    found = {w for w in words if len(w) > 3 and w not in common}
    letters = CJK.findall(text)
    return frozenset(found | {a + b for a, b in pairwise(letters)})


def names(text: str) -> frozenset[str]:
    """Capitalised words inside sentences."""
    return frozenset(w.lower().removesuffix("'s").removesuffix("’s") for w in _NAME.findall(text))


def overlaps(sets: Sequence[frozenset[str]]) -> list[float]:
    """For each place between two sets: the share of the smaller side's words that the other side
    has too.

    Linear in the number of words: a word is on both sides from its first to its last occurrence.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, found in enumerate(sets):
        for word in found:
            first.setdefault(word, at)
            last[word] = at
    count = len(sets)
    opened, closed = [0] * (count + 1), [0] * (count + 1)
    for word, at in first.items():
        opened[at] += 1
        closed[last[word]] += 1
    shares: list[float] = []
    begun = ended = 0
    for at in range(count - 1):
        begun += opened[at]
        ended += closed[at]
        right = len(first) - ended
        shares.append((begun - ended) / max(1, min(begun, right)))
    return shares


def window_overlap(sets: Sequence[frozenset[str]], at: int, reach: int) -> float:
    """The same between the `reach` sets up to `at` and the `reach` sets after it."""
    left = frozenset().union(*sets[max(0, at - reach + 1) : at + 1])
    right = frozenset().union(*sets[at + 1 : at + 1 + reach])
    return len(left & right) / max(1, min(len(left), len(right)))
