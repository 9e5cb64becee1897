"""Names of months in the languages that Babel knows, as numbers.

English needs no library; names of other languages are loaded when a text contains one.
"""

import unicodedata
from functools import cache

ENGLISH = (
    "january february march april may june july august september october november december"
).split()
LANGUAGES = (
    "de de_AT fr es it pt nl sv da nb nn fi is pl cs sk hu ro bg ru uk be sr sr_Latn hr sl mk el tr"
    " ar ar_SY ar_DZ ar_MA he fa hi mr bn ta te ur id ms fil vi th ko ja zh et lv lt ca eu gl ga cy"
    " sq ka hy az kk uz sw af"
).split()
_WIDTHS = ("wide", "abbreviated")
_BEFORE = ("d’", "d'", "ב")
"""Prefixes of month names in some languages."""


def number(word: str, language: str = "") -> int:
    """The number of a month, 1 to 12, or 0. An ambiguous name is looked up in `language`."""
    name = _plain(word)
    if len(name) >= 3 and (english := _english(name)):
        return english
    found = _all().get(name, {})
    own = found.get(language.partition("-")[0].lower())
    different = set(found.values())
    return own or (different.pop() if len(different) == 1 else 0)


def _english(name: str) -> int:
    short = "sep" if name == "sept" else name
    for at, month in enumerate(ENGLISH, 1):
        if short in (month, month[:3]):
            return at
    return 0


def _plain(word: str) -> str:
    name = unicodedata.normalize("NFC", word).casefold().strip(".,")
    for mark in _BEFORE:
        if name.startswith(mark) and len(name) > len(mark) + 2:
            name = name.removeprefix(mark)
    return name


@cache
def _all() -> dict[str, dict[str, int]]:
    """Name -> language -> number of the month, from all forms and widths."""
    from babel import Locale

    names: dict[str, dict[str, int]] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for form in ("format", "stand-alone"):
            for width in _WIDTHS:
                for at, name in months[form][width].items():
                    word = _plain(str(name).rpartition(" ")[2])
                    if not word.isdecimal():
                        names.setdefault(word, {}).setdefault(language.partition("_")[0], at)
    return names
