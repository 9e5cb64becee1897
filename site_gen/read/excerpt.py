"""Short texts from long ones, and how long they are."""

import re

LENGTH = 240
WORDS_A_MINUTE = 220


def excerpt(text: str, length: int = LENGTH) -> str:
    """`text` cut at a word to at most `length` characters, with an ellipsis where cut."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    space = kept.rfind(" ")
    if space > length // 2:
        kept = kept[:space]
    return kept.rstrip(" ,;:.–—-") + "…"


def minutes(words: int) -> int:
    """Reading time of a body of so many words; 0 for none."""
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")


def words(text: str) -> int:
    """Words, a CJK character counting for half of one."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2
