"""Words of a text, and the similarity of two texts."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

Shingles = frozenset[tuple[str, ...]]

SIZE = 4
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*$""")


def words(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def squeeze(text: str) -> str:
    """`text` with each run of white space made one space."""
    return _SPACE.sub(" ", text).strip()


def shingles(text: str) -> Shingles:
    """Every run of four words; one shorter run for a shorter text."""
    found = words(text)
    return frozenset(tuple(found[i : i + SIZE]) for i in range(max(1, len(found) - SIZE + 1)))


def runs(text: list[str]) -> list[tuple[str, ...]]:
    """Every pair of words in a row, and each word alone where there is but one."""
    return [*pairwise(text)] if len(text) > 1 else [tuple(text)]


def covered(text: str, known: Shingles) -> float:
    """The share of the shingles of `text` that `known` holds."""
    own = shingles(text)
    return sum(shingle in known for shingle in own) / len(own)


def agreement(one: Shingles, other: Shingles) -> float:
    """How alike two texts are, 0 to 1 (the F1 of their shingles)."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def similarity(one: Iterable[str], other: Iterable[str]) -> float:
    """How alike two lists of words are, 0 to 1, whatever their order."""
    first, second = Counter(one), Counter(other)
    return 2 * sum((first & second).values()) / max(1, first.total() + second.total())


def ends(text: str) -> bool:
    """Whether `text` ends as a sentence does."""
    return bool(_END.search(text.rstrip()))


def shorten(text: str, limit: int = 240) -> str:
    """`text` in one line of at most `limit` characters, cut at a word with an ellipsis."""
    line = squeeze(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:-–—") + "…"
