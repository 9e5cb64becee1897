"""What was begun in a body and not finished, so that readers see its marks, or code to the end.

Fences, comments and PHP without an end, marks without a note, links with a space inside.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from site_gen.problems import shown
from site_gen.read.dropped import Dropped

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST = 20
"""Faults of one kind that are reported; the others are counted."""

_HINTS = ("[^", "] (", "<!--", "<?php", "<![CDATA[")
"""Without one of these nothing of a line is unfinished."""
# A set of letters, as patterns have it, is none: [^a-z].
_FOOTNOTE = re.compile(r"\[\^(?!\w-\w)[\w-]{1,40}\](?!:)")
_ESCAPED = re.compile(r"\\\[\^[\w-]{1,40}\]")
_CLOSED = re.compile(r"<!--(?!>|->).*?-->", re.DOTALL)
_KINDS = (
    ("a comment", "<!--", "-->"),
    ("PHP", "<?php", "?>"),
    ("a block of text", "<![CDATA[", "]]>"),
)
_APART = re.compile(
    r"(!?\[)(?!\^|\d+\])([^\[\]\n]{1,200})\] \(((?:https?://|mailto:|tel:|www\.|\.{0,2}/|#)[^\s()]+"
    r"|[\w./-]+\.(?:md|html?))\)"
)


def unfinished(tokens: "Sequence[Token]", text: str) -> Iterator[Dropped]:
    """Of a body `text` that was parsed to `tokens`."""
    if "```" in text or "~~~" in text:
        yield from _few(_fences(tokens, text.split("\n")))
    if any(hint in text for hint in _HINTS):
        lines = [(token, line, said) for token, line, said in _lines(tokens)]
        for kind in (_notes, _links, _comments):
            yield from _few(each for line in lines for each in kind(*line))


_OF_CODE = ("fence", "code_block", "html_block")


def conflict(tokens: "Sequence[Token]", text: str) -> int:
    """The line at which a merge begins that nobody finished, outside of code; 0 for none."""
    if "<<<<<<< " not in text:
        return 0
    code = [t.map for t in tokens if t.type in _OF_CODE and t.map]
    begin, middle = 0, False
    for number, line in enumerate(text.split("\n"), 1):
        if any(first < number <= last for first, last in code):
            continue
        if line.startswith("<<<<<<< "):
            begin, middle = number, False
        elif line == "=======" and begin:
            middle = True
        elif line.startswith(">>>>>>> ") and middle:
            return begin
    return 0


def _few(found: Iterator[Dropped]) -> Iterator[Dropped]:
    """The first of a kind, with how many more there are."""
    last: Dropped | None = None
    for count, each in enumerate(found):
        if count < MOST:
            if last:
                yield last
            last = each
    if last:
        more = f" ({count + 1 - MOST} more of this kind follow)" if count >= MOST else ""
        yield last._replace(message=f"{last.message}{more}")


def _fences(tokens: "Sequence[Token]", lines: Sequence[str]) -> Iterator[Dropped]:
    for token in tokens:
        if token.type != "fence" or not token.map:
            continue
        begin, end = token.map
        last = lines[end - 1].strip(" \t>") if end - 1 > begin else ""
        if len(last) < len(token.markup) or last.strip(token.markup[0]):
            yield Dropped(
                begin + 1,
                "code begins here and has no end: readers see all that follows as code",
                f"write {token.markup} on a line of its own where it ends",
            )


def _lines(tokens: "Sequence[Token]") -> Iterator[tuple[str, int, str]]:
    """Lines of text with their numbers: as they are written, and what is left of each as text."""
    for token in tokens:
        if token.type not in ("inline", "html_block") or not token.map:
            continue
        if not any(hint in token.content for hint in _HINTS):
            continue
        left = "".join(map(_left, token.children or []))
        if token.type == "html_block":  # whose lines are no longer told apart
            left = _without_comments(token.content) if "<!--" in left else ""
        said = left.split("\n")
        for more, (line, rest) in enumerate(zip(token.content.split("\n"), said, strict=False)):
            yield line, token.map[0] + 1 + more, rest


def _without_comments(text: str) -> str:
    """The text with comments blanked. Behind the last end none is looked for: from each begin to
    the end of the text would take the square of its length."""
    at = text.rfind("-->")
    end = at + 3 if at >= 0 else 0
    return _CLOSED.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text[:end]) + text[end:]


def _left(child: "Token") -> str:
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return child.content if child.type in ("text", "text_special") else "\u00b7"


def _notes(written: str, line: int, said: str) -> Iterator[Dropped]:
    escaped = Counter(mark[1:] for mark in _ESCAPED.findall(written))
    for mark, count in Counter(_FOOTNOTE.findall(said)).items():
        if count > escaped[mark]:
            yield Dropped(
                line,
                f"the mark {shown(mark)} has no note: it stays text",
                f"write the note on a line of its own, {mark}: ..., or take the mark out",
            )


def _links(written: str, line: int, said: str) -> Iterator[Dropped]:
    for found in _APART.finditer(said.replace("\u00b7", "")):
        begin, label, url = found.groups()
        kind = "picture" if begin == "![" else "link"
        yield Dropped(
            line,
            f"{shown(found[0])} is no {kind}: a space stands between its parts",
            f"write {begin}{label}]({url})" if len(found[0]) < MOST * 10 else "take the space out",
        )


def _comments(written: str, line: int, said: str) -> Iterator[Dropped]:
    for what, begin, end in _KINDS:
        if begin in said and end not in said:
            yield Dropped(
                line,
                f"{what} begins with {begin} and has no end: readers see it",
                f"write {end} after it; for the sign itself put it between back-ticks",
            )
