"""Titles that say the same: of many, those near to one."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from site_gen.convert import similarity

FEW = 4
"""Words below which a title is too short to be compared."""

Item = TypeVar("Item")

_words = lru_cache(maxsize=1)(similarity.words)  # a title is looked up and then added


class Titles(Generic[Item]):
    """Titles with what they are of, looked up by their words."""

    def __init__(self) -> None:
        self._known: list[tuple[Item, list[str], set[str]]] = []
        self._fewest = sys.maxsize
        self._by_word: dict[str, list[int]] = defaultdict(list)

    def add(self, title: str, item: Item) -> None:
        """One more, unless it is too short."""
        words = _words(title)
        if len(words) >= FEW:
            own = set(words)
            for word in own:
                self._by_word[word].append(len(self._known))
            self._known.append((item, words, own))
            self._fewest = min(self._fewest, len(own))

    def near(self, title: str, limit: float) -> Iterator[Item]:
        """What has a title whose similarity to this one is `limit` (above a half, to 1) or more, in
        the order in which they were added."""
        words = _words(title)
        if len(words) < FEW:
            return
        own = set(words)
        by_word = self._by_word
        # So alike, more than half of the words of the shorter one must be shared: not all of them
        # are among so many of the commonest, where most titles would have to be looked at.
        common = min(len(own), self._fewest) // 2
        rare = sorted(own, key=lambda word: len(by_word.get(word, ())))[: len(own) - common]
        for place in sorted({n for word in rare for n in by_word.get(word, ())}):
            item, theirs, their_own = self._known[place]
            few = 2 * len(own & their_own) <= min(len(own), len(their_own))
            if not few and similarity.similarity(words, theirs) >= limit:
                yield item
