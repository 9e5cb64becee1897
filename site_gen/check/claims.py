"""Names, numbers and addresses of a short text, and whether a long one bears them out.

Tolerant on purpose: figures may be rounded, spelt out or scaled ("5 million"), names inflected,
shortened to initials. What is said to be missing should be missing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from site_gen.basics.files import unusual

_WORD = re.compile(r"[^\W\d_]+(?:['’\-.&][^\W\d_]+)*\.?")
# The same where it begins with no small letter of ASCII: so the search skips most words.
_CAPITAL = re.compile(
    r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’\-.&].)" + _WORD.pattern.replace("+", "*", 1)
)
_NUMBER = re.compile(
    r"\d(?<![\w.,]\d)\d*(?:[.,\u2009\u202f\u00a0' ]\d{3})*(?:[.,]\d+)?(?!\w{0,64}@)"
)
_AFTER = re.compile(r"[\s\-\u00a0]?([^\W\d_]+)")
_DIGITS = re.compile(r"\d+")
_GAPS = re.compile(r"[\u2009\u202f\u00a0' ]")
_ADDRESS = re.compile(r"https?://[^\s<>()\"]+[^\s<>()\".,;:!?]")
_STOPS = '.!?:;…"“”„«»()[]|•–—'
START = 3
"""Letters that two forms of a name share at least."""
ENDS = 4
"""Letters in which their ends may differ."""
LONG = 16
"""Digits from which a run is no figure but a code."""
NEAR = 40
"""Characters before a word in which the end of a sentence is looked for."""
_SCALES = {
    **dict.fromkeys(("hundred", "hundert", "cent", "cien"), 1e2),
    **dict.fromkeys(("thousand", "k", "tausend", "mille", "mil", "tsd"), 1e3),
    **dict.fromkeys(
        ("million", "millions", "m", "mn", "mio", "millionen", "millones", "milhões"), 1e6
    ),
    **dict.fromkeys(("billion", "billions", "b", "bn", "milliarden", "milliards", "mrd"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn", "billionen"), 1e12),
}
_COMPOUND = re.compile(
    r"\d(?!\d)(?:[.,\u2009\u202f\u00a0' ]\d{3}|[.,]\d"
    rf"|[\s\-\u00a0]?(?:{'|'.join(_SCALES)})(?![^\W\d_]))",
    re.IGNORECASE,
)
"""Without one of these each figure of a line is a run of digits."""
_ASCII_DIGITS = bytes(n if chr(n).isdigit() else 32 for n in range(128)) + b" " * 128
_SPELT = {
    word: float(number)
    for number, words in enumerate(
        (
            "zero null", "one first once a an ein eine un une uno una single",
            "two second twice both pair couple zwei zweite deux dos", "three third drei trois tres",
            "four fourth vier quatre cuatro", "five fifth fünf cinq cinco", "six sixth sechs seis",
            "seven seventh sieben sept siete", "eight eighth acht huit ocho",
            "nine ninth neun neuf nueve", "ten tenth decade zehn dix diez", "eleven eleventh elf",
            "twelve twelfth dozen zwölf", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "twenty", "twenty-one", "twenty-two", "twenty-three",
            "twenty-four",
        )
    )
    for word in words.split()
} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
    "ninety": 90.0, "hundred": 100.0, "hundreds": 100.0, "half": 50.0, "quarter": 25.0,
    "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0, "thousand": 1000.0,
    "million": 1e6, "billion": 1e9,
}  # fmt: skip
_BY_VALUE = {
    value: tuple(word for word, own in _SPELT.items() if own == value)
    for value in dict.fromkeys(_SPELT.values())
}
# Capitals that name nobody: what stands before names, "I" and its like, days of the week (a text
# says "yesterday" where its summary says "Tuesday").
_NO_NAMES = frozenset(
    "i i'm i've i'd i'll the a an in on at of and or but for to from with by as is are was were it "
    "its this that these those he she they we you his her their our your my if when where why how "
    "what who which after before while since until new read more here mr mrs ms dr sir lord lady "
    "prof st president minister prime senator sen rep gov governor chief executive officer ceo cfo "
    "cto director king queen prince princess pope saint court state city county university company "
    "inc ltd llc plc corp co gmbh ag se sa monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
# Short forms whose long form shares no letters that a rule could see.
_ALSO = {
    "us": ("america", "american", "united"), "usa": ("america", "american", "united"),
    "uk": ("britain", "british", "united"), "british": ("britain", "uk", "english"),
    "britain": ("uk", "british"), "american": ("us", "usa", "united"), "eu": ("european", "europe"),
    "america": ("us", "usa", "united"), "un": ("united",), "french": ("france", "paris"),
    "dutch": ("netherlands", "holland"), "chinese": ("china", "beijing"), "china": ("chinese",),
    "german": ("germany", "berlin"), "spanish": ("spain", "madrid"), "greek": ("greece", "athens"),
    "ai": ("artificial",), "ukrainian": ("ukraine", "kyiv"), "swiss": ("switzerland",),
    "pm": ("prime",), "welsh": ("wales",), "scottish": ("scotland",), "irish": ("ireland",),
    "polish": ("poland",), "danish": ("denmark",), "turkish": ("turkey", "türkiye"),
    "tv": ("television",), "dc": ("washington",), "nyc": ("york",), "la": ("los",),
    "gop": ("republican",), "wi-fi": ("wifi",), "covid": ("coronavirus", "pandemic"),
    "coronavirus": ("covid",), "xmas": ("christmas",), "uae": ("emirates",),
}  # fmt: skip


_MONTHS = {
    month[:3]: month
    for month in (
        "january february march april may june july august september october november december"
    ).split()
}
_SHORT_MONTHS = frozenset((*_MONTHS, "sept"))
_DATE = re.compile(r"\b\d{4}-(0[1-9]|1[0-2])-\d\d|\b\d{1,2}\.(0?[1-9]|1[0-2])\.\d{4}\b")
_IN_YS = re.compile(r"[^\W\d_aeiou]ys$")
_SMALL = bytes(range(ord("a"), ord("z") + 1))
_WITHIN = frozenset("-.,'’&_")
"""Marks beside which something may be but a part of a longer word or figure."""


class Claim(NamedTuple):
    """Something that a short text says: a name, a number or an address, as it stands there."""

    kind: str
    text: str


def numbers(text: str) -> Iterator[tuple[str, float, int]]:
    """Each figure: as written, its value (scaled by the word after it), its decimals."""
    for found in _NUMBER.finditer(text):
        value, decimals = _value(found[0])
        scale = _scale(text, found.end())
        yield found[0], value * scale, decimals - round(_digits(scale))


def _scale(text: str, end: int) -> float:
    """By what the word after a figure multiplies it; a single letter must stand close to it."""
    after = _AFTER.match(text, end)
    if after is None or (len(after[1]) == 1 and text[end] in " \u00a0"):
        return 1.0
    return _SCALES.get(after[1].lower(), 1.0)


def _digits(scale: float) -> int:
    return len(f"{scale:.0f}") - 1


def _value(text: str) -> tuple[float, int]:
    """A figure as people write it: the last mark is the decimal one, unless three digits follow."""
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
    """What a text bears out, and what may beside it. Each part is made when a claim needs it."""

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
        found = {_bare(word) for word in set(_WORD.findall(self._folded))}
        found |= {part for word in found for part in _parts(word)}
        found |= {_MONTHS[word[:3]] for word in found & _SHORT_MONTHS}
        dates = {int(iso or german) for iso, german in _DATE.findall(self._text)}
        return found | {month for n, month in enumerate(_MONTHS.values(), 1) if n in dates}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Words that are written like names, by their first letters."""
        found: dict[str, list[str]] = {}
        for word in set(_WORD.findall(self._text)):
            if word[0].isupper():
                own = _folded(word)
                for part in {own, *_parts(own)}:
                    found.setdefault(part[:START], []).append(part)
        return found

    @cached_property
    def _acronyms(self) -> set[str]:
        return set(_initials(self._text))

    @cached_property
    def _joined(self) -> str:
        return "".join(map(_bare, _WORD.findall(self._folded)))

    @cached_property
    def _runs(self) -> set[float]:
        """Its runs of digits, each a figure of its own."""
        return {float(digits) for digits in _runs_of_digits(self._text) if len(digits) < LONG}

    @cached_property
    def _figures(self) -> set[float]:
        """Its other figures: with the word after them, and without it."""
        found = set[float]()
        for line in _compound_lines(self._text):
            for figure in _NUMBER.finditer(line):
                value, _ = _value(figure[0])
                found.add(value)
                found.add(value * _scale(line, figure.end()))
        return found

    def bears(self, claim: Claim) -> bool:
        """Whether the text holds what the claim says."""
        if claim.kind != "address" and self._stands(claim.text):
            return True
        if claim.kind == "number":
            return all(self._holds_number(v, d) for _, v, d in numbers(claim.text))
        if claim.kind == "address":
            return claim.text in self._urls
        return all(self._holds_word(word) for word in _WORD.findall(claim.text))

    def _stands(self, said: str) -> bool:
        """Whether it stands in the text letter by letter, as most of what is true does."""
        at = self._first.find(said)
        while at >= 0:
            around = self._first[max(0, at - 1) : at] + self._first[at + len(said) :][:1]
            if not any(map(str.isalnum, around)) and not set(around) & _WITHIN:
                return True
            at = self._first.find(said, at + 1)
        return False

    def _holds_number(self, value: float, decimals: int) -> bool:
        # "about 40" of 41.2, "5 million" of 4,973,000: as exact as the claim itself is.
        trailing = len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0")) if value >= 100 else 0
        digits = decimals if decimals > 0 else -max(trailing, -decimals)
        near = 10.0**-digits

        def fits(known: float) -> bool:
            if known in (value, value * 100):
                return True
            return known > 10 and abs(known - value) <= near and round(known, digits) == value

        if value in self._runs or any(map(fits, self._runs)) or any(map(fits, self._figures)):
            return True
        spelt = (word for known, words in _BY_VALUE.items() if fits(known) for word in words)
        return any(word in self._folded and word in self._words for word in spelt)

    def _holds_word(self, word: str) -> bool:
        own = _folded(word)
        own = _MONTHS.get(own[:3], own) if own in _SHORT_MONTHS else own
        if len(own) < 2 or own in self._words or own in _NO_NAMES or own in self._acronyms:
            return True
        if any(other in self._words for other in _ALSO.get(own, ())):
            return True
        for part in re.split(r"['’\-.&]", own):
            if len(part) > 2 and part not in self._words and not self._inflected(part):
                return own in self._joined and len(own) > 5
        return True

    def _inflected(self, word: str) -> bool:
        """Whether another form of the name stands there: the same beginning, another end. Letters
        that changed places are no form of it, nor is a plural that the text spells otherwise."""
        if _IN_YS.search(word) and f"{word[:-2]}ies" in self._words:
            return False
        for other in self._names.get(word[:START], ()):
            same = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
                        min(len(word), len(other)))  # fmt: skip
            near = max(len(word), len(other)) - same <= ENDS
            if near and sorted(word) != sorted(other):
                return True
        return False


def _compound_lines(text: str) -> Iterator[str]:
    """The lines with a figure that is no run of digits, found in one search through all of them."""
    end = -1
    for found in _COMPOUND.finditer(text):
        if found.start() > end:
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if _COMPOUND.search(text, start, end):  # a blank in it may have been the line's end
                yield text[start:end]


def _runs_of_digits(text: str) -> set[str] | set[bytes]:
    if any(map(str.isdecimal, unusual(text))):  # of another script
        return set(_DIGITS.findall(text))
    return set(text.encode("utf-8", "surrogatepass").translate(_ASCII_DIGITS).split())


def claims(text: str, *, names: bool = True) -> Iterator[Claim]:
    """What a short text says that could be wrong."""
    bare = text
    if "://" in text:
        for url in _ADDRESS.findall(text):
            yield Claim("address", url)
        bare = _ADDRESS.sub(" ", text)
    for written, _, _ in numbers(bare):
        yield Claim("number", _with_scale(bare, written))
    if names:
        for name in _names(bare):
            yield Claim("name", name)


def _with_scale(text: str, written: str) -> str:
    """A figure with the word after it that scales it: that of its first place with a word."""
    at = text.find(written)
    while at >= 0:
        after = _AFTER.match(text, at + len(written))
        if after:
            scales = after[0].strip(" -\u00a0").lower() in _SCALES
            return written + after[0] if scales else written
        at = text.find(written, at + 1)
    return written


def _names(text: str) -> Iterator[str]:
    """Runs of capitals that do not only begin a sentence."""
    if _in_capitals(text):
        return  # nothing stands out
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
        near = text[max(0, start - NEAR) : start].rstrip()
        # The first word of a sentence is capital by its place.
        if near and near[-1] not in _STOPS and _folded(word) not in _NO_NAMES:
            run.append(word.rstrip("."))
        last = found.end()
    if run:
        yield " ".join(run)


def _in_capitals(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    if 2 * (len(data) - len(data.translate(None, _SMALL))) > len(text):
        return False  # as nearly always, and soon known
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def _initials(text: str) -> Iterator[str]:
    """ "European Central Bank" stands for ECB."""
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
    return _bare(_fold(word))


def _fold(text: str) -> str:
    """Small letters without accents; one kind of apostrophe."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    marks = "".join(sorted(set(filter(unicodedata.combining, unusual(plain)))))
    return (re.sub(f"[{marks}]", "", plain) if marks else plain).casefold()


def _bare(word: str) -> str:
    """A folded word without its genitive and its dots."""
    return word.removesuffix("'s").rstrip("'").replace(".", "")


def _parts(word: str) -> list[str]:
    return re.split(r"['’\-&]", word) if not word.isalpha() else []
