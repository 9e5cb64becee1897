"""What a shard of the search index holds, as bytes: terms and where they stand.

A list of document numbers is written as its gaps, in a base-64 alphabet: five bits a character,
the sixth says that more follow. A list of more than half of all documents is written as those
that are not in it, after a "!".
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from site_gen.formats.common.text import legal
from site_gen.formats.search.terms import beginning, spread, terms, terms_of_html
from site_gen.model import Noun

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LOW = 32
FIELDS = ("title", "excerpt", "body")
"""Where a term may stand, best first: a document is listed under the best one only."""


class Text(Noun, frozen=True, kw_only=True):
    """What of an article is searched, but for its body; `body` says whether that may be shown.
    The text of an edition's note is here, as HTML: it is in no other place."""

    title: str
    excerpt: str = ""
    body: bool = False
    note: str = ""


Documents = defaultdict[str, list[int]]
"""Term -> documents, ascending."""

Postings = dict[str, tuple[list[int], list[int], list[int]]]
"""Term -> documents by field, ascending."""


def postings(texts: Sequence[Text], bodies: Sequence[Iterable[str]]) -> Postings:
    """The index of one segment; `bodies` are the distinct terms of the texts that have a body, in
    their order."""
    titles: Documents = defaultdict(list)
    excerpts: Documents = defaultdict(list)
    others: Documents = defaultdict(list)
    left = iter(bodies)
    for number, text in enumerate(texts):
        title = terms(text.title)
        excerpt = terms(text.excerpt) - title
        for term in title:
            titles[term].append(number)
        for term in excerpt:
            excerpts[term].append(number)
        better = title | excerpt
        for term in next(left) if text.body else terms_of_html(text.note):
            if term not in better:
                others[term].append(number)
    return {
        term: (titles.get(term, []), excerpts.get(term, []), others.get(term, []))
        for term in {**titles, **excerpts, **others}
    }


def shards(found: Postings, count: int, buckets: int) -> list[bytes]:
    """Files of a segment of `count` documents, by bucket: JSON, term -> "title|excerpt|body"."""
    parts: list[dict[str, str]] = [{} for _ in range(buckets)]
    for term in sorted(found):
        lists = "|".join([packed(each, count) if each else "" for each in found[term]])
        parts[spread(beginning(term)) % buckets][term] = lists.rstrip("|")
    return [encoded(part) for part in parts]


def packed(numbers: Sequence[int], count: int) -> str:
    """Ascending numbers below `count` as text."""
    if len(numbers) * 2 <= count:
        return _gaps(numbers)
    inside = set(numbers)
    return "!" + _gaps([n for n in range(count) if n not in inside])


def _gaps(numbers: Sequence[int]) -> str:
    written = []
    last = -1
    for number in numbers:
        gap = number - last - 1
        last = number
        while gap >= _LOW:
            written.append(ALPHABET[_LOW + gap % _LOW])
            gap //= _LOW
        written.append(ALPHABET[gap])
    return "".join(written)


def encoded(value: Any) -> bytes:
    """Compact JSON, one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return legal(text + "\n").encode("utf-8", "replace")
