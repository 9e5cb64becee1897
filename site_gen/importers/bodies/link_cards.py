"""Splits the link items of an issue off as articles of their own; all else stays in its text.

An item is one of a list, or a heading that is a link and what stands below it. It becomes a card
where its one link is its title, and the rest is plain words. What has several links, a list or a
picture inside stays in the note as it is, so that nothing is lost.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from site_gen.basics import urls

_TAGS = re.compile(r"^\s*(?:\[([\w /-]{1,30})\](?![(\[])\s*)+")
_ONE_TAG = re.compile(r"\[([\w /-]{1,30})\]")
_LEAD = re.compile(r"^[\s\-–—:,.|·•]+")
_BY = re.compile(r"^by\s+([^.;:()\[\]|]{2,80}?)\s*$", re.IGNORECASE)
_BARE = re.compile(r"[\s\-–—:：]<?(https?://[^\s<>]{1,2000}+)>?\Z")
"""An address as it stands behind words."""
PLAIN = frozenset(
    "text softbreak hardbreak code_inline em_open em_close strong_open strong_close".split()
)
LONGEST = 600
"""Characters of what a card may say beside its title: more is a text, and stays."""
_QUOTE = ("blockquote_open", "blockquote_close")
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
    titles = _title_tags(tokens)
    at = 0
    while at < len(tokens):
        token, end, card = tokens[at], at, None
        if token.type == "heading_open" and token.level == 0:
            below = _below(tokens, at)
            if token.tag in titles and not _is_list(tokens, below + 1):
                card = _headed(tokens[at : below + 1], section)
                end = below if card else at
            else:
                section = _words(tokens[at + 1].children or [])
        elif token.type == "list_item_open" and token.level == 1:
            end = _end(tokens, at)
            card = _card(tokens[at + 1 : end], section)
        if card:
            made.cards.append(card)
            if section and section not in made.sections:
                made.sections.append(section)
            maps = [one.map for one in tokens[at : end + 1] if one.map]
            gone.update(range(maps[0][0], max(last for _, last in maps)))
        at = end + 1
    made.text = _left(lines, gone, tokens)
    return made


def _title_tags(tokens: list[Any]) -> set[str]:
    """The levels of which at least two headings are nothing but a link: their items have those."""
    tags = [
        token.tag
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and _is_link(inline.children or [])
    ]
    return {tag for tag in tags if tag != "h1" and tags.count(tag) > 1}


def _is_link(children: list[Any]) -> bool:
    kinds = [token.type for token in children]
    return kinds[:1] == ["link_open"] and kinds.index("link_close") == len(kinds) - 1


def _below(tokens: list[Any], at: int) -> int:
    """The last token of the paragraphs and quotations below a heading."""
    end = at + 2
    while end + 1 < len(tokens) and tokens[end + 1].type in ("paragraph_open", "blockquote_open"):
        end = _end(tokens, end + 1)
    return end


def _is_list(tokens: list[Any], at: int) -> bool:
    return at < len(tokens) and tokens[at].type in ("bullet_list_open", "ordered_list_open")


def _headed(inside: list[Any], section: str) -> Card | None:
    """The card that a heading and the paragraphs below it are, if nothing else follows."""
    return _linked(inside[1].children or [], inside[3:], section)


def _end(tokens: list[Any], at: int) -> int:
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens) - 1


def _card(inside: list[Any], section: str) -> Card | None:
    """The card that an item is: a paragraph with one link, which comes first; others are plain."""
    kinds = [token.type for token in inside if token.type not in _QUOTE]
    if kinds != ["paragraph_open", "inline", "paragraph_close"] * (len(kinds) // 3) or not kinds:
        return None
    return _linked(inside[1].children or [], inside[3:], section)


def _linked(children: list[Any], more: list[Any], section: str) -> Card | None:
    """A card of a title that is a link, what follows it, and paragraphs below."""
    rest = _paragraphs(more)
    if rest is None or len(" ".join(rest)) > LONGEST:
        return None
    found = _titled(children)
    if found is None:
        return None
    before, title, href, after = found
    tags = _TAGS.match(before) if before else None
    if before and (not tags or tags.end() != len(before)):
        return None
    try:
        url = urls.check(href)
    except ValueError:
        return None
    plain = " ".join(part for part in (_LEAD.sub("", after).strip(), *rest) if part)
    by = _BY.match(plain)
    return Card(
        title=title,
        url=url,
        rest="" if by else plain,
        author=by[1].strip() if by else "",
        section=section,
        tags=tuple(_ONE_TAG.findall(before)),
    )


def _titled(children: list[Any]) -> tuple[str, str, str, str] | None:
    """The words before the one link, its own, its address, and the words behind it."""
    if any(t.type in ("image", "html_inline", "footnote_ref") for t in children):
        return None
    links = [number for number, token in enumerate(children) if token.type == "link_open"]
    if not links:
        words = _words(children)
        bare = _BARE.search(words)
        title = words[: bare.start()].rstrip(" -–—:：") if bare else ""
        return ("", title, bare[1], "") if bare and title and "://" not in title else None
    start = links[0]
    stop = next(n for n in range(start, len(children)) if children[n].type == "link_close")
    title = _words(children[start + 1 : stop])
    href = str(children[start].attrs.get("href", ""))
    before, after = _words(children[:start]), _words(children[stop + 1 :])
    if title == href and before and not after:  # `words - <https://...>`
        before, title = "", re.sub(r"[\s\-–—:：]+$", "", before)
    return (before, title, href, after) if len(links) == 1 and title else None


def _paragraphs(tokens: list[Any]) -> list[str] | None:
    """The words of paragraphs, quotations in their marks; None where there is more than that."""
    made: list[str] = []
    quoted = 0
    for token in tokens:
        if token.type in _QUOTE:
            quoted += token.nesting
        elif token.type == "inline":
            words = _plain(token.children or [])
            if words is None:
                return None
            made.append(f"“{words}”" if quoted else words)
        elif token.type not in ("paragraph_open", "paragraph_close"):
            return None
    return made


def _plain(children: list[Any]) -> str | None:
    """A paragraph's words; None where it has more than words."""
    words = _words(children)
    return words if {token.type for token in children} <= PLAIN and "://" not in words else None


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
    for number in range(len(heads) - 1, -1, -1):
        head = heads[number]
        first, last = head.map
        below = next((t.map[0] for t in heads[number + 1 :] if t.tag <= head.tag), len(lines))
        kept = any(_shows(lines[n]) and n not in gone for n in range(last, below))
        had = any(n in gone for n in range(last, below))
        linked = "](" in lines[first] or "][" in lines[first]
        if had and not kept and not linked:
            gone.update(range(first, last))
    text = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
