"""Decodes bytes: by BOM, by declaration, by content. Doubts are reported."""

import codecs
import logging
import re
import unicodedata
import warnings
from typing import NamedTuple

from site_gen.convert.sources.alphabets import LANGUAGES, Language
from site_gen.model import RawDocument

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEAD = 4096
SAMPLE = 200_000
"""Bytes from which the encoding is detected."""
CERTAIN = 0.9
"""chardet's confidence from which its answer is used alone."""
LATIN = 0.95
"""How well a text must fit a language of a Latin encoding."""
MANY, FEW = 200, 0.02
"""A text with MANY letters is long; below the share FEW, it has few accented letters."""
FOREIGN = 0.4
"""Share of accented letters from which a text is in no Latin encoding."""

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})["']""")
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "iso8859-9": "cp1254",
    "iso8859-7": "cp1253", "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip
"""Encodings -> the supersets that browsers use instead (Encoding Standard, 4.2)."""
_SIGNS = frozenset("\xa0«»‘’“”‚„–—…•€£©®°·¿¡§´")
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
_DOUBLE_ENCODED = re.compile(r"[Â-ôÐÑØÙ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ\u017d\u017e\u0178]+")
"""A character in UTF-8 that was decoded as cp1252 and encoded again."""


class Decoded(NamedTuple):
    """The text, and why its encoding is in doubt, or ""."""

    text: str
    doubt: str = ""


def decode(raw: RawDocument) -> Decoded:
    """The text of `raw`, whatever encoding it declares."""
    data = raw.data
    marked = next((codec for mark, codec in BOMS if data.startswith(mark)), "") or _wide(data)
    if marked and (text := _as(data, marked)) is not None:
        return Decoded(text)
    if (text := _as(data, "utf-8")) is not None:
        return Decoded(_undo_double_encoding(text))
    for charset in filter(None, (raw.charset, declared(data[:HEAD]))):
        text = _as(data, charset)
        if text is not None and not _is_mislabelled(data, text, charset):
            return Decoded(text)
    return _detected(data)


def declared(head: bytes) -> str:
    """The charset that a page or XML declares, or ""."""
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii", "ignore") if found else ""


def is_binary(data: bytes) -> bool:
    """Whether bytes without a BOM are no text in any encoding."""
    head = data[:HEAD]
    if any(head.startswith(mark) for mark, _ in BOMS) or _wide(data):
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls > max(3, len(head) // 50)


def _wide(data: bytes) -> str:
    """UTF-16 without a BOM: every second byte of Latin text is zero."""
    head = data[:HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = len(head) // 8
    if min(even, odd) * 10 < max(even, odd) and max(even, odd) > max(1, least):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _as(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(_codec(charset))
    except (UnicodeError, LookupError):
        return None


def _codec(charset: str) -> str:
    name = codecs.lookup(charset.strip().strip("\"'"))
    if not getattr(name, "_is_text_encoding", True):
        raise LookupError(charset)
    return _WIDER.get(name.name, name.name)


def _undo_double_encoding(text: str) -> str:
    """Repair UTF-8 that was decoded as cp1252 and encoded again: `Ã©` becomes é."""
    runs = _DOUBLE_ENCODED.findall(text[:SAMPLE])
    if len(runs) < 2 or sum(_decode_run(run) != run for run in runs) < 0.8 * len(runs):
        return text
    return _DOUBLE_ENCODED.sub(lambda found: _decode_run(found[0]), text)


def _decode_run(run: str) -> str:
    try:
        return b"".join(_byte(c) for c in run).decode("utf-8")
    except UnicodeError:
        return run


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeError:
        return character.encode("latin-1")


def _is_foreign(text: str) -> bool:
    """Whether text decoded as Latin is in another script: half of its letters have accents."""
    plain = sum(c.isascii() and c.isalpha() for c in text[:SAMPLE])
    marked = sum("\x80" <= c < "\u0300" and c not in _SIGNS for c in text[:SAMPLE])
    return marked > max(3, FOREIGN * (plain + marked))


def _is_mislabelled(data: bytes, text: str, charset: str) -> bool:
    """Whether the text shows that its declared Latin encoding is another one."""
    codec = _codec(charset)
    if codec not in _LATIN:
        return False
    own = _fits(text[:SAMPLE], codec)
    return _is_foreign(text) or (own < 0.9 and any(g.score > 0.97 for g in _latin(data)))


def _detected(data: bytes) -> Decoded:
    guesses = _latin(data)
    best = guesses[0]
    if best.score < LATIN or _is_foreign(best.text):
        charset, sure = _by_library(data[:SAMPLE])
        if charset and (text := _as(data, charset)) is not None:
            return Decoded(text, "" if sure else _doubt(charset))
    rivals = [g for g in guesses if g.score >= best.score - 0.02 and g.text != best.text]
    return Decoded(best.text, _doubt(best.charset) if rivals or best.score < LATIN else "")


def _doubt(charset: str) -> str:
    name = charset.replace("cp125", "windows-125")
    return f"the encoding is a guess: {name} (save it as UTF-8 if that is wrong)"


def _by_library(sample: bytes) -> tuple[str, bool]:
    """A non-Latin encoding, and whether it is certain."""
    import chardet
    from charset_normalizer import from_bytes

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = chardet.detect(sample)
    first = str(found["encoding"] or "")
    if found["confidence"] >= CERTAIN and _is_other_script(sample, first):
        return first, True
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        best = from_bytes(sample).best()
    finally:
        logging.disable(before)
    second = best.encoding if best else ""
    if second and _is_other_script(sample, second):
        return second, bool(best and best.percent_chaos < 5)
    return "", False


def _is_other_script(sample: bytes, charset: str) -> bool:
    try:
        text = sample.decode(_codec(charset), "ignore")
    except LookupError:
        return False
    marked = [c for c in text if c.isalpha() and c > "\x7f"]
    other = sum(not unicodedata.name(c, "LATIN").startswith("LATIN") for c in marked)
    return other > 0.9 * max(1, len(marked))


class _Guess(NamedTuple):
    """Text decoded in an encoding, and how well it fits a language of that encoding."""

    charset: str
    text: str
    score: float


def _latin(data: bytes) -> list[_Guess]:
    """Guesses, the best first. A text with few accents counts as western."""
    western = _as(data, "cp1252") or data.decode("cp1252", "replace")
    guesses = [_Guess("cp1252", western, _fits(western[:SAMPLE], "cp1252"))]
    letters = [c for c in western[:SAMPLE] if c.isalpha()]
    if len(letters) < MANY or sum(c > "\x7f" for c in letters) > FEW * len(letters):
        texts = ((charset, _as(data, charset)) for charset in _LATIN[1:])
        guesses += [_Guess(c, text, _fits(text[:SAMPLE], c)) for c, text in texts if text]
    return sorted(guesses, key=lambda guess: -guess.score)


_INSIDE = re.compile(r"(?<=[^\W\d_])[\xa1-\xbf\ufffd](?=[^\W\d_])")


def _fits(text: str, charset: str) -> float:
    """How well the accented letters fit the best language of that encoding (0 to 1). A sign inside
    a word fits none; common words decide between languages."""
    lower = text.lower()
    marked = [c for c in lower if c > "\x7f" and c.isalpha()]
    whole = len(marked) + len(_INSIDE.findall(text))
    words = re.findall(r"[^\W\d_]+", lower)[:MANY]
    known = LANGUAGES[charset]
    if not whole:
        return 1.0 + max(_common(words, language) for language in known)
    one = max(sum(c in own.letters for c in marked) / whole + _common(words, own) for own in known)
    two = max(sum(c in a.letters + b.letters for c in marked) for a in known for b in known)
    return max(one, two / whole - 0.04)


def _common(words: list[str], language: Language) -> float:
    """Up to 0.2, for the share of common words of the language."""
    share = sum(word in language.words for word in words) / max(1, len(words))
    return min(0.2, share)
