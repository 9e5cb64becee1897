"""Detects Markdown: by file name and one mark, or by marks that copied pages never have."""

import re

NAMES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")

_STRONG = (
    re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,300}\]\((?:https?:|/|\.|#|mailto:)\S*\)"),
    re.compile(r"^ {0,3}\|?(?: ?:?-{3,}:? ?\|)+ ?:?-*:? ?$", re.MULTILINE),
    re.compile(r"(?<!\w)\*\*\S[^*\n]*\*\*(?!\w)"),
)
_WEAK = (
    re.compile(r"^ {0,3}[-*+] \S", re.MULTILINE),
    re.compile(r"^ {0,3}\d{1,3}[.)] \S", re.MULTILINE),
    re.compile(r"^ {0,3}> ?\S", re.MULTILINE),
    re.compile(r"^\S.*\n=+[ \t]*$", re.MULTILINE),
    re.compile(r"(?<!\w)[*_]\S[^*_\n]*[*_](?!\w)"),
)
_TITLE = re.compile(r" {0,3}# \S")


def is_named(name: str) -> bool:
    """Whether the file name has a Markdown extension."""
    return name.lower().endswith(NAMES)


def is_markdown(text: str, name: str) -> bool:
    """Whether `text` is Markdown, not text copied from a page."""
    strong = sum(pattern.search(text) is not None for pattern in _STRONG)
    if is_named(name):
        return strong > 0 or any(pattern.search(text) for pattern in _WEAK)
    return _TITLE.match(text) is not None and strong > 1
