"""Plain text made safe as Markdown: it shows what it says and means nothing else."""

import re

_ANYWHERE = re.compile(r"([\\`*_<\[\]]|~(?=~)|&(?=#?\w{1,32};))")
_START = re.compile(r"^(#{1,6}(?=\s|$)|[>+=-]|~|\||:(?=[:-]))")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(#+)\s*$")


def paragraph(text: str) -> str:
    """One line of text as a paragraph: marks that Markdown would read are escaped."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return _NUMBER.sub(r"\1\\\2", _START.sub(r"\\\1", line))


def heading(text: str, level: int = 2) -> str:
    """The same as an ATX heading."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return "#" * level + " " + _CLOSING.sub(r"\\\1", line)


def item(text: str) -> str:
    """The same as an item of a bullet list."""
    return "- " + paragraph(text)
