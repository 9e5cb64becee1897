"""Detects language and scripts of a text from its letters and most common words."""

import re
from collections import Counter
from functools import cache

from site_gen.convert.text.lexicon import stop_words

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_TOKEN = re.compile(r"[^\W\d_]+")
_TRADITIONAL = frozenset("這個們來說時會對學國發現經過還後開關於與為點實機電業應產開應該網")
_SIMPLIFIED = frozenset("这个们来说时会对学国发现经过还后开关于与为点实机电业应产网络动业护击")
_LISTED = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff]|^[\\W\\d_]*$")
"""A letter of a script with word lists, or a word without letters."""
_SAMPLE = 60_000
_LINE = 3000
_OWN_LANGUAGE = 8
_PROSE = 0.15
ENOUGH = 0.08


def guess_language(text: str) -> str:
    """The main language as a short tag (`en`, `zh-Hans`), or ""."""
    sample = text[:_SAMPLE]
    words = Counter(word.lower() for word in _TOKEN.findall(CJK.sub(" ", sample)))
    total = sum(words.values())
    letters = len(CJK.findall(sample))
    if letters > 0.3 * (letters + 5 * total):
        return script_language(sample)
    shares = {
        name: sum(words[word] for word in common) / max(1, total)
        for name, common in stop_words().items()
    }
    best = max(sorted(shares), key=lambda name: shares[name], default="")
    return best if best and shares[best] > ENOUGH else ""


def script_language(text: str) -> str:
    """The language of CJK letters: `ja`, `ko`, `zh-Hans`, `zh-Hant`; or ""."""
    if not CJK.search(text):
        return ""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    traditional = sum(c in _TRADITIONAL and c not in _SIMPLIFIED for c in text)
    simplified = sum(c in _SIMPLIFIED and c not in _TRADITIONAL for c in text)
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, common in sorted(stop_words().items()):
        for word in common:
            found[word] = (*found.get(word, ()), name)
    return found


def stop_share(text: str, language: str) -> float:
    """The share of common words in `text`, in its own language if that is not the page's.

    0.3, a usual share in prose, for languages without a list: CJK, and scripts other than Latin and
    Cyrillic.
    """
    known = stop_words()
    if CJK.search(text) or (language and language not in known) or not _LISTED.search(text):
        return 0.3
    words = [word.lower() for word in _TOKEN.findall(text[:_LINE])]
    counts = Counter(name for word in words for name in _languages_of().get(word, ()))
    main = counts[language] / max(1, len(words))
    if len(words) < _OWN_LANGUAGE or main >= _PROSE:
        return main
    return max(counts.values(), default=0) / len(words)
