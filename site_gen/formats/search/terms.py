"""Text to search terms. `search.js` in the theme does the same to a query, with the same tables.

A term is a folded word (case, accents, width gone), or two neighbouring characters of a script
that is written without spaces. What finds a term is its bucket: a hash of how it begins, so that
a word that is still being typed leads to the same file as the whole one.
"""

import re
import unicodedata
from collections.abc import KeysView
from functools import lru_cache
from html import unescape
from itertools import filterfalse
from typing import NamedTuple

from site_gen.basics import digest

LONGEST = 32
"""Characters of a word that count."""

PREFIX = 3
"""Characters of a word that decide its bucket; shorter words are found only whole."""

SPECIAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
    "ħ": "h", "ı": "i", "ς": "σ", "\u0640": "",
}  # fmt: skip
"""Letters that Unicode does not take apart."""

ACCENTS = (
    (0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670),
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Marks that are dropped: accents, and the vowel points of Hebrew and Arabic. Marks that make
another letter (Japanese voicing, Indic vowels) stay."""

DENSE = (
    (0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Scripts whose words are not parted by spaces, or carry endings: found by pairs."""

_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in DENSE)
_TAG = re.compile(r"<[^>]*>")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_DENSE = re.compile(f"[{_CLASS}]+")
_ASCII = bytes(ord(c.lower() if c.isalnum() else " ") for c in map(chr, range(128))) + bytes(
    range(128, 256)
)
"""What each byte of UTF-8 becomes; those of other characters than ASCII stay."""


class _Fold(dict[int, str]):
    """What each character becomes: folded letters, "" for a dropped mark, a space for the rest."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code)).lower()
        kept = "".join(SPECIAL.get(c, c) for c in parts if not _within(ord(c), ACCENTS))
        folded = unicodedata.normalize("NFC", kept)
        found = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded)
        self[code] = found
        return found


_FOLD = _Fold()


def terms(text: str) -> KeysView[str]:
    """The distinct terms of plain text: of words of ASCII in their order, then of the others."""
    # Most of a text is ASCII, which a table of bytes folds at once; of the rest each word is once.
    data = text.encode("utf-8", "surrogatepass").translate(_ASCII)
    words = dict.fromkeys(data.decode("utf-8", "surrogatepass").split())
    if len(data) != len(text):
        foreign = list(filterfalse(str.isascii, words))
        for word in foreign:
            del words[word]
        words |= _foreign_terms(" ".join(foreign))
    if words and max(map(len, words)) > LONGEST:
        words = dict.fromkeys(word[:LONGEST] for word in words)
    return words.keys()


def _foreign_terms(text: str) -> dict[str, None]:
    plain = folded(text)
    found: dict[str, None] = {}
    if not plain.isascii() and _DENSE.search(plain):
        found = dict.fromkeys(pair for run in _DENSE.findall(plain) for pair in _pairs(run))
        plain = _DENSE.sub(" ", plain)
    return found | dict.fromkeys(plain.split())


def folded(text: str) -> str:
    """`text` in lower case, without accents; anything but letters and digits is a space."""
    if not text.isascii():
        # Few letters of most texts are foreign; `translate` is fast for plain ASCII only.
        text = _FOREIGN.sub(_foreign, unicodedata.normalize("NFC", text))
        text = unicodedata.normalize("NFC", text)
    return text.translate(_FOLD)


def _foreign(found: re.Match[str]) -> str:
    return _folded(found[0])


@lru_cache(maxsize=8192)  # an accented letter, most of them, or a word
def _folded(run: str) -> str:
    return run.translate(_FOLD)


def terms_of_html(html: str) -> KeysView[str]:
    """The distinct terms of sanitised HTML: its text, without addresses."""
    text = _TAG.sub(" ", html)
    return terms(unescape(text) if "&" in text else text)


MOST_KNOWN = 65536
GROUPS = 8
"""Groups that terms are kept in, by the hash that decides their bucket: an edit concerns those that
its words are in. A power of two."""


class Grouped(NamedTuple):
    """The terms of one text.

    lines  one for each group: those of title, of excerpt and of body, a bar between; each term
           stands where it counts most
    seals  digests of these lines, one after the other
    """

    lines: list[str]
    seals: bytes


def grouped(title: str, excerpt: str, html: str) -> Grouped:
    """The terms of a text with this body, "" for none that may be shown."""
    fields, better = [], set[str]()
    for found in (terms(title), terms(excerpt), terms_of_html(html)):
        own = list(filterfalse(better.__contains__, found))
        groups: list[list[str]] = [[] for _ in range(GROUPS)]
        for group, term in zip(map(_GROUP.__getitem__, own), own, strict=True):
            groups[group].append(term)
        fields.append(groups)
        if len(fields) < 3:
            better.update(own)
    lines = ["|".join(map(" ".join, parts)) for parts in zip(*fields, strict=True)]
    return Grouped(lines, b"".join([digest.binary(line.encode()) for line in lines]))


def seal_of(seals: bytes, group: int) -> bytes:
    """The digest of one line."""
    return seals[group * digest.SIZE : (group + 1) * digest.SIZE]


class _Groups(dict[str, int]):
    """The group of each term that was met: a text has hundreds, most of which others have too."""

    def __missing__(self, term: str) -> int:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[term] = found = spread(beginning(term)) % GROUPS
        return found


_GROUP = _Groups()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def beginning(term: str) -> str:
    """The characters of a term that decide its bucket."""
    return term[: 1 if _within(ord(term[0]), DENSE) else PREFIX]


@lru_cache(maxsize=65536)
def spread(start: str) -> int:
    """FNV-1a over the code points of a term's beginning; a bucket is this modulo their number."""
    found = 0x811C9DC5
    for character in start:
        found = (found ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return found ^ found >> 15
