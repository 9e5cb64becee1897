"""Short texts from long ones, and how long they are."""

import re
from functools import cache

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
    """Reading time of a body of this many words; 0 for none."""
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")  # 3 ms, and most texts have none


# The first bytes in UTF-8 of U+3000 to U+DFFF: without one of them there is no wide character, and
# that is sooner known so than by looking at each one.
_WIDE_BYTES = bytes(range(0xE3, 0xEE))


def wide(text: str) -> bool:
    """Whether `text` may have characters of which two count for a word."""
    if text.isascii():
        return False
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _WIDE_BYTES)) != len(data)


def words(text: str) -> int:
    """Words, a CJK character counting for half of one."""
    return len(text.split()) + (len(_wide().findall(text)) // 2 if wide(text) else 0)
