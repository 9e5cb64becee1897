"""Escapes plain text for Markdown."""

import re

_ANYWHERE = re.compile(r"([\\`*_<\[\]]|~(?=~)|&(?=#?\w{1,32};))")
_START = re.compile(r"^(#{1,6}(?=\s|$)|[>+=-]|~|\||:(?=[:-]))")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(#+)\s*$")


def paragraph(text: str) -> str:
    """One line of text as a paragraph, with Markdown's special characters escaped."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return _NUMBER.sub(r"\1\\\2", _START.sub(r"\\\1", line))


def heading(text: str, level: int = 2) -> str:
    """One line as an ATX heading."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return "#" * level + " " + _CLOSING.sub(r"\\\1", line)


def item(text: str) -> str:
    """One line as an item of a bullet list."""
    return "- " + paragraph(text)
