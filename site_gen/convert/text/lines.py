"""A text as lines, each with its number in the raw document and what rules look at."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from site_gen.convert.text.language import CJK, stop_share
from site_gen.convert.text.lexicon import core
from site_gen.convert.text.unwrap import unwrap

_TOKEN = re.compile(r"\w+")
_MARKER = re.compile(
    r"(?:([-*+•·▪◦‣–○●■□・►➤✓✔\uf0a7\uf0b7\uf0d8]|\(?\d{1,3}[.)]|\d{1,3}/|\(?[a-z]\))[ \t\xa0]+"
    r"|([•・])(?=\w)|([o§])(?:\t|[ \xa0]{3})\s*)"
)
"""A bullet, a number or a letter. Word's bullets become `o` and `§` with a tab."""
_DAY = re.compile(r"\d{1,2}\.\s+[^\W\d]+\.?\s+\d{4}\b")
"""A date in many languages: `4. May 2031` is no fourth item."""
_MARKS = re.compile(r"[\W_]+")
_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*(?:\s?\[(?:\w{1,4}|[^\W\d]+ needed)\])*$""")
"""A full stop, and the numbers of footnotes after it."""
_INVISIBLE = re.compile("[\u200b\u2060\u00ad\ufeff]")
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty.

    number  1-based in the raw document
    marker  its list marker, or ""; `text` is without it
    indent  spaces before it
    blanks  empty lines before it
    words   number of words; a CJK letter counts half
    stop    share of words that are the most common in the text's language
    copies  number of equal lines in the text
    core    `text` as lexicons compare it
    raw     as in the document, with tabs and spaces
    """

    number: int
    text: str
    marker: str
    indent: int
    blanks: int
    words: float
    stop: float
    copies: int
    core: str
    raw: str = ""

    @property
    def ends(self) -> bool:
        """Whether it ends like a sentence."""
        return _END.search(self.text[-40:]) is not None


@dataclass(frozen=True)
class Page:
    """The lines of a text, and what they have in common."""

    lines: tuple[Line, ...]
    language: str

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The positions of each text in `lines`."""
        found: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines):
            found.setdefault(line.text, []).append(at)
        return found

    def repeated_near(self, at: int, reach: int) -> bool:
        """Whether an equal line is within `reach` lines of the one at that position."""
        line = self.lines[at]
        if line.copies < 2:
            return False
        near = self.lines[max(0, at - reach) : at] + self.lines[at + 1 : at + 1 + reach]
        return any(other.text == line.text for other in near)


def tidy(text: str) -> str:
    """One line in NFC, without invisible and broken characters, with single spaces."""
    text = _INVISIBLE.sub("", _BROKEN.sub(" ", unicodedata.normalize("NFC", text)))
    return " ".join(text.split())


def count_words(text: str) -> float:
    """The number of words in `text`; a CJK letter counts half."""
    letters = len(CJK.findall(text))
    spaced = CJK.sub(" ", text) if letters else text
    return len(_TOKEN.findall(spaced)) + letters / 2


def split_lines(text: str) -> list[tuple[int, int, int, str, str, str]]:
    """(number, blanks before, indent, marker, text, raw) of each line that is not empty."""
    rows: list[tuple[int, int, int, str, str, str]] = []
    blanks = 0
    for number, raw in unwrap(text):
        stripped = raw.strip()
        unmarked = _MARKS.fullmatch(stripped) or _DAY.match(stripped)
        found = None if unmarked else _MARKER.match(stripped)
        body = tidy(stripped[found.end() :] if found else stripped)
        if not body:
            blanks += 1
            continue
        indent = len(raw) - len(raw.lstrip())
        marker = next(filter(None, found.groups())) if found else ""
        rows.append((number, blanks, indent, marker, body, raw))
        blanks = 0
    return rows


def read_lines(text: str, language: str) -> tuple[Line, ...]:
    """The lines of `text`; `language` decides which words are common."""
    rows = split_lines(text)
    copies = Counter(row[4] for row in rows)
    return tuple(
        Line(
            number=number,
            text=body,
            marker=marker,
            indent=indent,
            blanks=blanks,
            words=count_words(body),
            stop=stop_share(body, language),
            copies=copies[body],
            core=core(body),
            raw=raw,
        )
        for number, blanks, indent, marker, body, raw in rows
    )
