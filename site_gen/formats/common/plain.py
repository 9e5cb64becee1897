"""Plain text: for the text part of an e-mail, and short forms."""

import re
from html import unescape

from site_gen.formats.common.text import legal

_ITEM = re.compile(r"<li\b[^>]*>")
_WORDS = r"[^<]*+(?:<(?!/a>)[^<]*+)*+"
_LINK = re.compile(rf'<a\b[^>]*?\bhref="(https?://[^"]*)"[^>]*>({_WORDS})</a>')
_PICTURE = re.compile(r'<img\b[^>]*\balt="([^"]*)"[^>]*>')
_BREAK = re.compile(r"<(?:br|/p|/li|/h\d|/tr|/pre|/blockquote|/figure|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def plain_text(html: str) -> str:
    """Sanitised HTML as text: paragraphs apart, items with a dash, links after their words."""
    text = _PICTURE.sub(r"\1", html) if "<img" in html else html
    parts = _LINK.split(text)  # text, address, words, text ...: half of what a call a link takes
    parts[1::3] = map(_linked, parts[1::3], parts[2::3])
    del parts[2::3]
    text = "".join(parts).replace("<li>", "- ")
    if "<li " in text:
        text = _ITEM.sub("- ", text)
    text = _TAG.sub("", _BREAK.sub("\n\n", text))
    paragraphs = [" ".join(part.split()) for part in unescape(text).split("\n\n")]
    return "\n\n".join([part for part in paragraphs if part])


def one_line(text: str) -> str:
    """`text` without line breaks, runs of spaces and characters that XML forbids."""
    found = " ".join(legal(text).split())
    return text if found == text else found  # a plan holds most of these many times


def cut(text: str, length: int) -> str:
    """`text` in at most `length` characters, at a word's end where there is one."""
    if len(text) <= length:
        return text
    if length < 2:
        return ""
    head = text[: length - 1]
    short = head.rpartition(" ")[0]
    return (short if len(short) > length // 2 else head).rstrip(" ,;:.–-") + "…"


def _linked(url: str, words: str) -> str:
    if "<" in words:
        words = _TAG.sub("", words)
    words = words.strip()
    return url if words in ("", url) else f"{words} ({url})"
