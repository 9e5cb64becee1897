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
    """`text` with each run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def shingles(text: str) -> Shingles:
    """Every run of four words; a shorter text is one run."""
    found = words(text)
    return frozenset(tuple(found[i : i + SIZE]) for i in range(max(1, len(found) - SIZE + 1)))


def word_pairs(text: list[str]) -> list[tuple[str, ...]]:
    """Every pair of consecutive words, or the only word."""
    return [*pairwise(text)] if len(text) > 1 else [tuple(text)]


def coverage(text: str, known: Shingles) -> float:
    """The share of the shingles of `text` that are in `known`."""
    own = shingles(text)
    return sum(shingle in known for shingle in own) / len(own)


def agreement(one: Shingles, other: Shingles) -> float:
    """The similarity of two texts, 0 to 1 (the F1 score of their shingles)."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def similarity(one: Iterable[str], other: Iterable[str]) -> float:
    """The similarity of two lists of words, 0 to 1, regardless of order."""
    first, second = Counter(one), Counter(other)
    return 2 * sum((first & second).values()) / max(1, first.total() + second.total())


def ends_sentence(text: str) -> bool:
    """Whether `text` ends like a sentence."""
    return bool(_END.search(text.rstrip()))


def shorten(text: str, limit: int = 240) -> str:
    """`text` on one line of at most `limit` characters, cut between words with an ellipsis."""
    line = squeeze(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:-–—") + "…"
