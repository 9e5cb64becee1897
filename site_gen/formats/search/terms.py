"""Splits text into search terms. `search.js` in the theme treats queries in the same way.

A term is a folded word (without case, accents and width), or two neighbouring characters of a
script that is written without spaces. The bucket of a term is a hash of its prefix, so that a word
that is still being typed is in the same file as the whole word.
"""

import re
import unicodedata
from collections.abc import KeysView
from functools import lru_cache
from html import unescape
from itertools import filterfalse
from typing import NamedTuple

from site_gen.basics import digest

MAX_TERM = 32
"""Words are cut to so many characters."""

PREFIX = 3
"""Characters of a word that are hashed into its bucket. Shorter words are found only whole."""

SPECIAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
    "ħ": "h", "ı": "i", "ς": "σ", "\u0640": "",
}  # fmt: skip
"""Letters that Unicode does not decompose."""

ACCENTS = (
    (0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670),
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Marks that are removed: accents, and the vowel points of Hebrew and Arabic. Marks that make
another letter (Japanese voicing, Indic vowels) are kept."""

DENSE = (
    (0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Scripts without spaces between words, or with many endings: their terms are pairs of characters.
"""

_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in DENSE)
_TAG = re.compile(r"<[^>]*>")
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_DENSE = re.compile(f"[{_CLASS}]+")
_ASCII_FOLD = bytes(ord(c.lower() if c.isalnum() else " ") for c in map(chr, range(128))) + bytes(
    range(128, 256)
)
"""A table for bytes of UTF-8: folds ASCII, leaves the bytes of other characters unchanged."""


class _Fold(dict[int, str]):
    """A cache of code point -> folded letters, "" for a removed mark, a space for the rest."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code)).lower()
        kept = "".join(SPECIAL.get(c, c) for c in parts if not _in_ranges(ord(c), ACCENTS))
        found = unicodedata.normalize("NFC", kept)
        found = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in found)
        self[code] = found
        return found


_FOLD = _Fold()


def terms_of_text(text: str) -> KeysView[str]:
    """The distinct terms of plain text: ASCII words in their order, then the others."""
    # Most text is ASCII, which one table folds at once. Each other word is folded only once.
    data = text.encode("utf-8", "surrogatepass").translate(_ASCII_FOLD)
    words = dict.fromkeys(data.decode("utf-8", "surrogatepass").split())
    if len(data) != len(text):
        foreign = list(filterfalse(str.isascii, words))
        for word in foreign:
            del words[word]
        words |= _non_ascii_terms(" ".join(foreign))
    if words and max(map(len, words)) > MAX_TERM:
        words = dict.fromkeys(word[:MAX_TERM] for word in words)
    return words.keys()


def _non_ascii_terms(text: str) -> dict[str, None]:
    plain = fold(text)
    found: dict[str, None] = {}
    if not plain.isascii() and _DENSE.search(plain):
        found = dict.fromkeys(pair for run in _DENSE.findall(plain) for pair in _pairs(run))
        plain = _DENSE.sub(" ", plain)
    return found | dict.fromkeys(plain.split())


def fold(text: str) -> str:
    """`text` in lower case, without accents; anything but letters and digits is a space."""
    if not text.isascii():
        # Most texts have few other letters, and `translate` is fast for ASCII only.
        text = _NON_ASCII.sub(_fold_match, unicodedata.normalize("NFC", text))
        text = unicodedata.normalize("NFC", text)
    return text.translate(_FOLD)


def _fold_match(found: re.Match[str]) -> str:
    return _fold_run(found[0])


@lru_cache(maxsize=8192)  # a run is mostly one accented letter, or a word
def _fold_run(run: str) -> str:
    return run.translate(_FOLD)


def terms_of_html(html: str) -> KeysView[str]:
    """The distinct terms of sanitised HTML: of its text, without URLs."""
    text = _TAG.sub(" ", html)
    return terms_of_text(unescape(text) if "&" in text else text)


CACHE_SIZE = 65536
GROUPS = 8
"""The number of groups of terms, by the hash of their prefix. An edit affects only the shards of
groups whose terms changed. A power of two."""


class GroupedTerms(NamedTuple):
    """The terms of one text.

    lines    for each group "title|excerpt|body", the terms of each separated by spaces; a term is
             in the first of these that has it
    digests  of these lines, one after the other
    """

    lines: list[str]
    digests: bytes


def group_terms(title: str, excerpt: str, html: str) -> GroupedTerms:
    """The terms of an article; `html` is its body, "" if it may not be shown."""
    fields, better = [], set[str]()
    for found in (terms_of_text(title), terms_of_text(excerpt), terms_of_html(html)):
        own = list(filterfalse(better.__contains__, found))
        groups: list[list[str]] = [[] for _ in range(GROUPS)]
        for group, term in zip(map(_GROUP.__getitem__, own), own, strict=True):
            groups[group].append(term)
        fields.append(groups)
        if len(fields) < 3:
            better.update(own)
    lines = ["|".join(map(" ".join, parts)) for parts in zip(*fields, strict=True)]
    return GroupedTerms(lines, b"".join([digest.binary(line.encode()) for line in lines]))


def group_digest(digests: bytes, group: int) -> bytes:
    """The digest of a group's line, taken from `GroupedTerms.digests`."""
    return digests[group * digest.SIZE : (group + 1) * digest.SIZE]


class _Groups(dict[str, int]):
    """A cache of term -> group: texts have hundreds of terms, most of them in common."""

    def __missing__(self, term: str) -> int:
        if len(self) >= CACHE_SIZE:
            self.clear()
        self[term] = found = hash_prefix(bucket_prefix(term)) % GROUPS
        return found


_GROUP = _Groups()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _in_ranges(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def bucket_prefix(term: str) -> str:
    """The characters of a term that are hashed into its bucket."""
    return term[: 1 if _in_ranges(ord(term[0]), DENSE) else PREFIX]


@lru_cache(maxsize=65536)
def hash_prefix(start: str) -> int:
    """A hash (FNV-1a over code points) of a term's prefix. Its bucket is this modulo the number of
    buckets."""
    found = 0x811C9DC5
    for character in start:
        found = (found ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return found ^ found >> 15
