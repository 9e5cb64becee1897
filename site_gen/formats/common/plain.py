"""Plain text: HTML converted to text, single lines, shortened text."""

import re
from html import unescape

from site_gen.formats.common.text import legal_xml

_ITEM = re.compile(r"<li\b[^>]*>")
_WORDS = r"[^<]*+(?:<(?!/a>)[^<]*+)*+"
_LINK = re.compile(rf'<a\b[^>]*?\bhref="(https?://[^"]*)"[^>]*>({_WORDS})</a>')
_PICTURE = re.compile(r'<img\b[^>]*\balt="([^"]*)"[^>]*>')
_BREAK = re.compile(r"<(?:br|/p|/li|/h\d|/tr|/pre|/blockquote|/figure|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def plain_text(html: str) -> str:
    """Sanitised HTML as text: paragraphs with an empty line between them, list items with a dash,
    the URL of a link in brackets after its text."""
    text = _PICTURE.sub(r"\1", html) if "<img" in html else html
    parts = _LINK.split(
        text
    )  # text, url, link text, text ...: twice as fast as `sub` with a function
    parts[1::3] = map(_link_text, parts[1::3], parts[2::3])
    del parts[2::3]
    text = "".join(parts).replace("<li>", "- ")
    if "<li " in text:
        text = _ITEM.sub("- ", text)
    text = _TAG.sub("", _BREAK.sub("\n\n", text))
    paragraphs = [" ".join(part.split()) for part in unescape(text).split("\n\n")]
    return "\n\n".join([part for part in paragraphs if part])


def one_line(text: str) -> str:
    """`text` on one line, without runs of spaces and characters that XML forbids."""
    found = " ".join(legal_xml(text).split())
    return (
        text if found == text else found
    )  # the same object saves memory: a plan has most texts many times


def cut(text: str, length: int) -> str:
    """`text` in at most `length` characters, cut after a word if possible, with "…"."""
    if len(text) <= length:
        return text
    if length < 2:
        return ""
    head = text[: length - 1]
    short = head.rpartition(" ")[0]
    return (short if len(short) > length // 2 else head).rstrip(" ,;:.–-") + "…"


def _link_text(url: str, words: str) -> str:
    if "<" in words:
        words = _TAG.sub("", words)
    words = words.strip()
    return url if words in ("", url) else f"{words} ({url})"
