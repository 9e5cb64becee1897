"""Finds names, numbers and addresses in a short text, and looks for them in a long one.

The comparison is tolerant, so that what it reports as missing is missing: figures may be rounded,
spelt out or scaled ("5 million"), names inflected or shortened to initials.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from site_gen.basics.files import non_ascii
from site_gen.check.claim_words import NOT_NAMES, RELATED_WORDS, SCALES, SPELT_NUMBERS

_WORD = re.compile(r"[^\W\d_]+(?:['’\-.&][^\W\d_]+)*\.?")
# A word that does not begin with a small ASCII letter: so the search skips most words.
_CAPITAL = re.compile(
    r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’\-.&].)" + _WORD.pattern.replace("+", "*", 1)
)
_NUMBER = re.compile(
    r"\d(?<![\w.,]\d)\d*(?:[.,\u2009\u202f\u00a0' ]\d{3})*(?:[.,]\d+)?(?!\w{0,64}@)"
)
_NEXT_WORD = re.compile(r"[\s\-\u00a0]?([^\W\d_]+)")
_DIGITS = re.compile(r"\d+")
_GAPS = re.compile(r"[\u2009\u202f\u00a0' ]")
_ADDRESS = re.compile(r"https?://[^\s<>()\"]+[^\s<>()\".,;:!?]")
_STOPS = '.!?:;…"“”„«»()[]|•–—'
NAME_PREFIX = 3
"""The number of first letters that two forms of a name must share."""
NAME_ENDING = 4
"""The number of last letters in which they may differ."""
MAX_FIGURE_DIGITS = 16
"""A run of this many digits is a code and no figure."""
SENTENCE_WINDOW = 40
"""Characters before a word that are searched for the end of a sentence."""
_COMPOUND_FIGURE = re.compile(
    r"\d(?!\d)(?:[.,\u2009\u202f\u00a0' ]\d{3}|[.,]\d"
    rf"|[\s\-\u00a0]?(?:{'|'.join(SCALES)})(?![^\W\d_]))",
    re.IGNORECASE,
)
"""A figure that is more than a run of digits: grouped, with decimals, or scaled by a word."""
_ASCII_DIGITS = bytes(n if chr(n).isdigit() else 32 for n in range(128)) + b" " * 128
_WORDS_BY_VALUE = {
    value: tuple(word for word, own in SPELT_NUMBERS.items() if own == value)
    for value in dict.fromkeys(SPELT_NUMBERS.values())
}
_MONTHS = {
    month[:3]: month
    for month in (
        "january february march april may june july august september october november december"
    ).split()
}
_SHORT_MONTHS = frozenset((*_MONTHS, "sept"))
_DATE = re.compile(r"\b\d{4}-(0[1-9]|1[0-2])-\d\d|\b\d{1,2}\.(0?[1-9]|1[0-2])\.\d{4}\b")
_ENDS_IN_YS = re.compile(r"[^\W\d_aeiou]ys$")
_SMALL_LETTERS = bytes(range(ord("a"), ord("z") + 1))
_JOINING_MARKS = frozenset("-.,'’&_")
"""Marks that may join a text to a longer word or figure."""


class Claim(NamedTuple):
    """A name, number or address in a short text, as written there.

    kind  "name", "number" or "address"
    """

    kind: str
    text: str


def numbers(text: str) -> Iterator[tuple[str, float, int]]:
    """Return each figure as written, its value scaled by the next word, and its decimals."""
    for found in _NUMBER.finditer(text):
        value, decimals = _value(found[0])
        scale = _scale(text, found.end())
        yield found[0], value * scale, decimals - round(_zeros(scale))


def _scale(text: str, end: int) -> float:
    """Return the factor that the word after a figure stands for, else 1."""
    after = _NEXT_WORD.match(text, end)
    if after is None or (len(after[1]) == 1 and text[end] in " \u00a0"):  # "5 m" may be metres
        return 1.0
    return SCALES.get(after[1].lower(), 1.0)


def _zeros(scale: float) -> int:
    return len(f"{scale:.0f}") - 1


def _value(text: str) -> tuple[float, int]:
    """Return value and decimals of a figure: its last mark is the decimal one, unless three digits
    follow."""
    if text.isdecimal():
        return float(text), 0
    plain = _GAPS.sub("", text)
    marks = [mark for mark in plain if mark in ".,"]
    head, mark, tail = re.match(r"(.*?)([.,]?)(\d*)$", plain).groups()  # type: ignore[union-attr]
    if not marks or (len(marks) == 1 and len(tail) == 3) or len(set(marks)) == 1 < len(marks):
        return float(re.sub(r"[.,]", "", plain)), 0
    head, _, tail = plain.rpartition(mark)
    return float(f"{re.sub(r'[.,]', '', head) or 0}.{tail or 0}"), len(tail)


class Evidence:
    """The texts that claims are looked for in. Each property is computed when first needed.

    texts   compared with claims
    urls    addresses, in addition to those in the texts
    beside  returns further texts, only called if `texts` do not contain a claim as written
    """

    def __init__(
        self,
        texts: Iterable[str],
        urls: Iterable[str] = (),
        beside: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._first = "\n".join(texts)
        self._given, self._beside = urls, beside

    @cached_property
    def _text(self) -> str:
        return "\n".join((self._first, *self._beside()))

    @cached_property
    def _urls(self) -> set[str]:
        return set(self._given) | set(_ADDRESS.findall(self._text))

    @cached_property
    def _folded(self) -> str:
        return _fold(self._text)

    @cached_property
    def _words(self) -> set[str]:
        found = {_without_genitive(word) for word in set(_WORD.findall(self._folded))}
        found |= {part for word in found for part in _parts(word)}
        found |= {_MONTHS[word[:3]] for word in found & _SHORT_MONTHS}
        dates = {int(iso or german) for iso, german in _DATE.findall(self._text)}
        return found | {month for n, month in enumerate(_MONTHS.values(), 1) if n in dates}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Folded words that begin with a capital, by their first letters."""
        found: dict[str, list[str]] = {}
        for word in set(_WORD.findall(self._text)):
            if word[0].isupper():
                own = _folded(word)
                for part in {own, *_parts(own)}:
                    found.setdefault(part[:NAME_PREFIX], []).append(part)
        return found

    @cached_property
    def _acronyms(self) -> set[str]:
        return set(_initials(self._text))

    @cached_property
    def _joined_words(self) -> str:
        return "".join(map(_without_genitive, _WORD.findall(self._folded)))

    @cached_property
    def _run_values(self) -> set[float]:
        """The values of runs of digits."""
        runs = _digit_runs(self._text)
        return {float(digits) for digits in runs if len(digits) < MAX_FIGURE_DIGITS}

    @cached_property
    def _figures(self) -> set[float]:
        """The values of compound figures, both scaled by the next word and not."""
        found = set[float]()
        for line in _lines_with_compound_figures(self._text):
            for figure in _NUMBER.finditer(line):
                value, _ = _value(figure[0])
                found.add(value)
                found.add(value * _scale(line, figure.end()))
        return found

    def supports(self, claim: Claim) -> bool:
        """Whether the texts contain the claim, or something that means the same."""
        if claim.kind != "address" and self._is_quoted(claim.text):
            return True
        if claim.kind == "number":
            return all(self._holds_number(v, d) for _, v, d in numbers(claim.text))
        if claim.kind == "address":
            return claim.text in self._urls
        return all(self._holds_word(word) for word in _WORD.findall(claim.text))

    def _is_quoted(self, said: str) -> bool:
        """Whether the texts contain these very words, as is nearly always true."""
        at = self._first.find(said)
        while at >= 0:
            around = self._first[max(0, at - 1) : at] + self._first[at + len(said) :][:1]
            if not any(map(str.isalnum, around)) and not set(around) & _JOINING_MARKS:
                return True
            at = self._first.find(said, at + 1)
        return False

    def _holds_number(self, value: float, decimals: int) -> bool:
        # Compare as exactly as the claim is: 41.2 supports "about 40", 4,973,000 "5 million".
        trailing = len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0")) if value >= 100 else 0
        digits = decimals if decimals > 0 else -max(trailing, -decimals)
        near = 10.0**-digits

        def fits(known: float) -> bool:
            if known in (value, value * 100):
                return True
            return known > 10 and abs(known - value) <= near and round(known, digits) == value

        if (
            value in self._run_values
            or any(map(fits, self._run_values))
            or any(map(fits, self._figures))
        ):
            return True
        spelt = (word for known, words in _WORDS_BY_VALUE.items() if fits(known) for word in words)
        return any(word in self._folded and word in self._words for word in spelt)

    def _holds_word(self, word: str) -> bool:
        own = _folded(word)
        own = _MONTHS.get(own[:3], own) if own in _SHORT_MONTHS else own
        if len(own) < 2 or own in self._words or own in NOT_NAMES or own in self._acronyms:
            return True
        if any(other in self._words for other in RELATED_WORDS.get(own, ())):
            return True
        for part in re.split(r"['’\-.&]", own):
            if len(part) > 2 and part not in self._words and not self._inflected(part):
                return own in self._joined_words and len(own) > 5
        return True

    def _inflected(self, word: str) -> bool:
        """Whether the texts contain a form of the name with the same beginning and another end.

        A form with the same letters in another order is a typing error, and so is a plural in "ys"
        where the text has "ies".
        """
        if _ENDS_IN_YS.search(word) and f"{word[:-2]}ies" in self._words:
            return False
        for other in self._names.get(word[:NAME_PREFIX], ()):
            same = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
                        min(len(word), len(other)))  # fmt: skip
            near = max(len(word), len(other)) - same <= NAME_ENDING
            if near and sorted(word) != sorted(other):
                return True
        return False


def _lines_with_compound_figures(text: str) -> Iterator[str]:
    """Return the lines with compound figures, found by one search in all of the text."""
    end = -1
    for found in _COMPOUND_FIGURE.finditer(text):
        if found.start() > end:
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if _COMPOUND_FIGURE.search(text, start, end):  # the match may have crossed a line end
                yield text[start:end]


def _digit_runs(text: str) -> set[str] | set[bytes]:
    if any(map(str.isdecimal, non_ascii(text))):  # of another script
        return set(_DIGITS.findall(text))
    return set(text.encode("utf-8", "surrogatepass").translate(_ASCII_DIGITS).split())


def claims(text: str, *, names: bool = True) -> Iterator[Claim]:
    """Return the addresses, numbers and, unless `names` is false, names in a short text."""
    bare = text
    if "://" in text:
        for url in _ADDRESS.findall(text):
            yield Claim("address", url)
        bare = _ADDRESS.sub(" ", text)
    for written, _, _ in numbers(bare):
        yield Claim("number", _including_scale(bare, written))
    if names:
        for name in _names(bare):
            yield Claim("name", name)


def _including_scale(text: str, written: str) -> str:
    """Return a figure and the scaling word after it, where it is first followed by a word."""
    at = text.find(written)
    while at >= 0:
        after = _NEXT_WORD.match(text, at + len(written))
        if after:
            scales = after[0].strip(" -\u00a0").lower() in SCALES
            return written + after[0] if scales else written
        at = text.find(written, at + 1)
    return written


def _names(text: str) -> Iterator[str]:
    """Return runs of capitalized words, except for words that begin a sentence."""
    if _in_capitals(text):
        return  # so capitals do not show names
    run: list[str] = []
    last = 0
    for found in _CAPITAL.finditer(text):
        word = found[0]
        start = found.start()
        if not word[0].isupper():
            continue
        if run and text[last:start].strip():
            yield " ".join(run)
            run = []
        near = text[max(0, start - SENTENCE_WINDOW) : start].rstrip()
        # The first word of a sentence is capitalized in any case.
        if near and near[-1] not in _STOPS and _folded(word) not in NOT_NAMES:
            run.append(word.rstrip("."))
        last = found.end()
    if run:
        yield " ".join(run)


def _in_capitals(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    if 2 * (len(data) - len(data.translate(None, _SMALL_LETTERS))) > len(text):
        return False  # nearly always, and faster
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def _initials(text: str) -> Iterator[str]:
    """Return the initials of all runs of capitalized words: "ecb" of "European Central Bank"."""
    run = ""
    last = 0
    for found in _WORD.finditer(text):
        small = found[0] in ("of", "and", "the", "for", "de", "la", "du", "und")
        gap = text[last : found.start()]
        if gap.strip() or (not found[0][0].isupper() and not small):
            run = ""
        if found[0][0].isupper():
            run = (run + found[0][0].lower())[-8:]
            yield from (run[n:] for n in range(len(run) - 1))
        last = found.end()


def _folded(word: str) -> str:
    return _without_genitive(_fold(word))


def _fold(text: str) -> str:
    """Return a text in small letters without accents, with one kind of apostrophe."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    marks = "".join(sorted(set(filter(unicodedata.combining, non_ascii(plain)))))
    return (re.sub(f"[{marks}]", "", plain) if marks else plain).casefold()


def _without_genitive(word: str) -> str:
    """Remove genitive and dots from a folded word."""
    return word.removesuffix("'s").rstrip("'").replace(".", "")


def _parts(word: str) -> list[str]:
    return re.split(r"['’\-&]", word) if not word.isalpha() else []
