"""The link items of a whole issue as articles of their own; all else stays in its text.

An item becomes a card where its one link is its title. What has several links, a list inside, or
more than one paragraph stays in the note as it is, so that nothing is lost.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from site_gen.basics import urls

_TAGS = re.compile(r"^\s*(?:\[([\w /-]{1,30})\](?![(\[])\s*)+")
_ONE_TAG = re.compile(r"\[([\w /-]{1,30})\]")
_LEAD = re.compile(r"^[\s\-–—:,.|·•]+")
_BY = re.compile(r"^by\s+([^.;:()\[\]|]{2,80}?)\s*$", re.IGNORECASE)
TYPES = {"video": "video", "audio": "audio", "podcast": "audio", "article": "article"}


@dataclass(frozen=True, slots=True)
class Card:
    """A link item: its words, its link, what else it says, and the heading above it."""

    title: str
    url: str
    rest: str = ""
    author: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return next((TYPES[tag.lower()] for tag in self.tags if tag.lower() in TYPES), "")


@dataclass(slots=True)
class Split:
    """An issue taken apart: its cards in order, its sections in order, and the text that stays."""

    cards: list[Card] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    text: str = ""


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("js-default", {"html": True})


def split(body: str) -> Split:
    """The issue in `body`. Every line that no card stands for is in the text, in its order."""
    tokens = _parser().parse(body)
    lines = body.split("\n")
    made = Split()
    gone: set[int] = set()
    section = ""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open" and token.level == 0:
            section = _words(tokens[at + 1].children or [])
        elif token.type == "list_item_open" and token.level == 1:
            end = _end(tokens, at)
            card = _card(tokens[at + 1 : end], section)
            if card:
                made.cards.append(card)
                if section and section not in made.sections:
                    made.sections.append(section)
                gone.update(range(*token.map))
            at = end
        at += 1
    made.text = _left(lines, gone, tokens)
    return made


def _end(tokens: list[Any], at: int) -> int:
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens) - 1


def _card(inside: list[Any], section: str) -> Card | None:
    """The card that an item is: one paragraph, one link, and that link comes first."""
    kinds = [token.type for token in inside]
    if kinds != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    children = inside[1].children or []
    links = [number for number, token in enumerate(children) if token.type == "link_open"]
    if len(links) != 1 or any(t.type in ("image", "html_inline", "footnote_ref") for t in children):
        return None
    start = links[0]
    stop = next(n for n in range(start, len(children)) if children[n].type == "link_close")
    before = _words(children[:start])
    found = _TAGS.match(before) if before else None
    if before and (not found or found.end() != len(before)):
        return None
    title = _words(children[start + 1 : stop])
    rest = _words(children[stop + 1 :])
    try:
        url = urls.check(str(children[start].attrs.get("href", "")))
    except ValueError:
        return None
    if not title:
        return None
    plain = _LEAD.sub("", rest).strip()
    by = _BY.match(plain)
    return Card(
        title=title,
        url=url,
        rest="" if by else plain,
        author=by[1].strip() if by else "",
        section=section,
        tags=tuple(_ONE_TAG.findall(before)),
    )


def _words(tokens: list[Any]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "html_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _shows(line: str) -> bool:
    """Whether a line shows anything: where a link of reference leads shows nothing."""
    return bool(line.strip()) and not _DEFINITION.match(line)


_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:[ \t]*\S")


def _left(lines: list[str], gone: set[int], tokens: list[Any]) -> str:
    """The lines that stay, without headings under which nothing is left."""
    heads = [t for t in tokens if t.type == "heading_open" and t.level == 0]
    starts = [t.map[0] for t in heads] + [len(lines)]
    for number in range(len(heads) - 1, -1, -1):
        first, last = heads[number].map
        below = starts[number + 1]
        deeper = number + 1 < len(heads) and heads[number + 1].tag > heads[number].tag
        kept = any(_shows(lines[n]) and n not in gone for n in range(last, below))
        had = any(n in gone for n in range(last, below))
        kept_child = deeper and starts[number + 1] not in gone
        linked = "](" in lines[first] or "][" in lines[first]
        if had and not kept and not kept_child and not linked:
            gone.update(range(first, last))
    text = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
