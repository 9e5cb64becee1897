"""Text to search terms. `search.js` in the theme does the same to a query, with the same tables.

A term is a folded word (case, accents, width gone), or two neighbouring characters of a script
that is written without spaces. What finds a term is its bucket: a hash of how it begins, so that
a word that is still being typed leads to the same file as the whole one.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape

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


def terms(text: str) -> set[str]:
    """The distinct terms of plain text."""
    plain = folded(text)
    found: set[str] = set()
    if not plain.isascii() and _DENSE.search(plain):
        found.update(pair for run in _DENSE.findall(plain) for pair in _pairs(run))
        plain = _DENSE.sub(" ", plain)
    words = set(plain.split())
    if words and max(map(len, words)) > LONGEST:
        words = {word[:LONGEST] for word in words}
    return found | words if found else words


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


def terms_of_html(html: str) -> set[str]:
    """The distinct terms of sanitised HTML: its text, without addresses."""
    text = _TAG.sub(" ", html)
    return terms(unescape(text) if "&" in text else text)


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
