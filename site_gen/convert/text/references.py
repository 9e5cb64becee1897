"""Decodes the character references (`&amp;`) of a text that was copied from a page's source."""

import html
import re

FEWEST = 2
"""References from which a text is such a copy; a single one may be what it is about."""
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,24}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_TAGS = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
_OF_TAGS = frozenset(["&lt;", "&gt;"])


def decoded(text: str) -> tuple[str, int]:
    """The text, and how many references were decoded: none in a text that shows tags."""
    if "&" not in text:
        return text, 0
    found = [each for each in _REFERENCE.findall(text) if _character(each) and each not in _OF_TAGS]
    if len(found) < FEWEST or _TAGS.search(text):
        return text, 0
    return _REFERENCE.sub(lambda each: _character(each[0]) or each[0], text), len(found)


def _character(reference: str) -> str:
    """The character, with a plain space for one that does not break; "" if it is none to print."""
    made = html.unescape(reference).replace("\u00a0", " ")
    return made if made != reference and made.isprintable() else ""
