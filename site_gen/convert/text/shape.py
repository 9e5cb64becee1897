"""The form of a line, regardless of its words: prose, a heading, a list item."""

import re

from site_gen.convert.text.language import CJK
from site_gen.convert.text.lines import Line

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_INNER_STOP = re.compile(r"[.!?]\s")


def is_prose(line: Line) -> bool:
    """A whole sentence or more, as in a paragraph: long, with common words and an end."""
    if line.words >= 40 and line.stop >= 0.15:
        return True
    if not line.ends:
        return False
    long_enough = line.words >= 18 and line.stop >= 0.06
    return long_enough or _plain_sentence(line)


def _plain_sentence(line: Line) -> bool:
    return (line.words >= 9 and line.stop >= 0.15) or (line.words >= 6 and line.stop >= 0.25)


def is_heading_like(line: Line) -> bool:
    """Two to sixteen words, most of them capitalised, without a full stop."""
    if not 2 <= line.words <= 16 or line.text.endswith((".", ":", ";", ",", "!")):
        return False
    if line.text[:1] in "\"“‘'" or CJK.search(line.text) or _INNER_STOP.search(line.text):
        return False
    words = _WORD.findall(line.text)
    long_words = [word for word in words if len(word) > 3]
    return bool(long_words) and _capitals(long_words) >= 0.75 and _capitals(words) >= 0.5


def _capitals(words: list[str]) -> float:
    return sum(word[0].isupper() for word in words) / len(words)
