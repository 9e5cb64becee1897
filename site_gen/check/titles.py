"""An index of titles that finds those like a given one."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from site_gen.convert import similarity

FEW = 4
"""A title of fewer words is too short to compare."""

Item = TypeVar("Item")

_words = lru_cache(maxsize=1)(similarity.words)  # a title is looked up and then added


class Titles(Generic[Item]):
    """Items with their titles, indexed by words."""

    def __init__(self) -> None:
        self._known: list[tuple[Item, list[str], set[str]]] = []
        self._fewest = sys.maxsize
        self._by_word: dict[str, list[int]] = defaultdict(list)

    def add(self, title: str, item: Item) -> None:
        """Add an item, unless its title is too short."""
        words = _words(title)
        if len(words) >= FEW:
            own = set(words)
            for word in own:
                self._by_word[word].append(len(self._known))
            self._known.append((item, words, own))
            self._fewest = min(self._fewest, len(own))

    def near(self, title: str, limit: float) -> Iterator[Item]:
        """Return the items with a title of at least this similarity (`limit`: above 0.5, to 1), in
        the order in which they were added."""
        words = _words(title)
        if len(words) < FEW:
            return
        own = set(words)
        by_word = self._by_word
        # Such titles share more than half of the words of the shorter one. So at least one shared
        # word remains without the most common half, and fewer titles need to be compared.
        common = min(len(own), self._fewest) // 2
        rare = sorted(own, key=lambda word: len(by_word.get(word, ())))[: len(own) - common]
        for place in sorted({n for word in rare for n in by_word.get(word, ())}):
            item, theirs, their_own = self._known[place]
            few = 2 * len(own & their_own) <= min(len(own), len(their_own))
            if not few and similarity.similarity(words, theirs) >= limit:
                yield item
