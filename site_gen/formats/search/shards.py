"""The file format of search shards: terms and the numbers of the documents that contain them.

A list of document numbers is written as the gaps between them, in a base-64 alphabet: each
character has five bits of a gap, and a sixth that says that more follow. A list of more than half
of all documents is written as "!" and the numbers that are not in it.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import sub
from typing import Any

from site_gen.formats.common.text import legal_xml
from site_gen.formats.search.terms import bucket_prefix, hash_prefix

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LOW = 32
Documents = defaultdict[str, list[int]]
"""Term -> documents, ascending."""

Postings = dict[str, tuple[list[int], list[int], list[int]]]
"""Term -> documents by field (title, excerpt, body), ascending."""


def build_postings(documents: Iterable[Sequence[str]]) -> Postings:
    """The postings of documents, each given as some or all lines of its `terms.GroupedTerms`."""
    fields: tuple[Documents, ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for number, lines in enumerate(documents):
        for line in lines:
            for found, words in zip(fields, line.split("|"), strict=True):
                if words:
                    # No Python bytecode per term: this loop is most of the work of an index.
                    places = map(found.__getitem__, words.split(" "))
                    deque(map(list.append, places, repeat(number)), maxlen=0)
    titles, excerpts, others = fields
    return {
        term: (titles.get(term, []), excerpts.get(term, []), others.get(term, []))
        for term in {**titles, **excerpts, **others}
    }


def encode_shards(found: Postings, count: int, buckets: int) -> dict[int, bytes]:
    """The files of a segment of `count` documents, by bucket: JSON, term -> "title|excerpt|body".
    Buckets without terms are left out."""
    parts: dict[int, dict[str, str]] = {}
    for term in sorted(found):
        lists = "|".join([pack_numbers(each, count) if each else "" for each in found[term]])
        parts.setdefault(hash_prefix(bucket_prefix(term)) % buckets, {})[term] = lists.rstrip("|")
    return {bucket: encode_json(part) for bucket, part in parts.items()}


def pack_numbers(numbers: Sequence[int], count: int) -> str:
    """Ascending numbers below `count` as text, see above."""
    if len(numbers) * 2 <= count:
        return _pack_gaps(numbers)
    inside = set(numbers)
    return "!" + _pack_gaps([n for n in range(count) if n not in inside])


def _pack_gaps(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:  # most terms are in one document
        return _PACKED_GAPS[numbers[0] + 1]
    return "".join(map(_PACKED_GAPS.__getitem__, map(sub, numbers, (-1, *numbers))))


class _PackedGaps(dict[int, str]):
    """A cache of the difference between two numbers -> its text."""

    def __missing__(self, step: int) -> str:
        gap, text = step - 1, ""
        while gap >= _LOW:
            text += ALPHABET[_LOW + gap % _LOW]
            gap //= _LOW
        self[step] = text + ALPHABET[gap]
        return self[step]


_PACKED_GAPS = _PackedGaps()


def encode_json(value: Any) -> bytes:
    """Compact JSON on one line, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return legal_xml(text + "\n").encode("utf-8", "replace")
