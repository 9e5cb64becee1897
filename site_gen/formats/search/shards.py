"""What a shard of the search index holds, as bytes: terms and where they stand.

A list of document numbers is written as its gaps, in a base-64 alphabet: five bits a character,
the sixth says that more follow. A list of more than half of all documents is written as those
that are not in it, after a "!".
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import sub
from typing import Any

from site_gen.formats.common.text import legal
from site_gen.formats.search.terms import beginning, spread

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LOW = 32
Documents = defaultdict[str, list[int]]
"""Term -> documents, ascending."""

Postings = dict[str, tuple[list[int], list[int], list[int]]]
"""Term -> documents by field (title, excerpt, body), ascending."""


def postings(documents: Iterable[Sequence[str]]) -> Postings:
    """The index of documents, each given as some or all of its lines of terms (`terms.Grouped`)."""
    fields: tuple[Documents, ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for number, lines in enumerate(documents):
        for line in lines:
            for found, words in zip(fields, line.split("|"), strict=True):
                if words:
                    # No step of Python for a term: they are most of what is done for an index.
                    places = map(found.__getitem__, words.split(" "))
                    deque(map(list.append, places, repeat(number)), maxlen=0)
    titles, excerpts, others = fields
    return {
        term: (titles.get(term, []), excerpts.get(term, []), others.get(term, []))
        for term in {**titles, **excerpts, **others}
    }


def shards(found: Postings, count: int, buckets: int) -> dict[int, bytes]:
    """Files of a segment of `count` documents, by bucket: JSON, term -> "title|excerpt|body". Those
    of buckets that no term is in are left out."""
    parts: dict[int, dict[str, str]] = {}
    for term in sorted(found):
        lists = "|".join([packed(each, count) if each else "" for each in found[term]])
        parts.setdefault(spread(beginning(term)) % buckets, {})[term] = lists.rstrip("|")
    return {bucket: encoded(part) for bucket, part in parts.items()}


def packed(numbers: Sequence[int], count: int) -> str:
    """Ascending numbers below `count` as text."""
    if len(numbers) * 2 <= count:
        return _gaps(numbers)
    inside = set(numbers)
    return "!" + _gaps([n for n in range(count) if n not in inside])


def _gaps(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:  # most terms are in one document
        return _WRITTEN[numbers[0] + 1]
    return "".join(map(_WRITTEN.__getitem__, map(sub, numbers, (-1, *numbers))))


class _Written(dict[int, str]):
    """A step from one number to the next as text."""

    def __missing__(self, step: int) -> str:
        gap, text = step - 1, ""
        while gap >= _LOW:
            text += ALPHABET[_LOW + gap % _LOW]
            gap //= _LOW
        self[step] = text + ALPHABET[gap]
        return self[step]


_WRITTEN = _Written()


def encoded(value: Any) -> bytes:
    """Compact JSON, one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return legal(text + "\n").encode("utf-8", "replace")
