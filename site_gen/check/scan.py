"""Scans Markdown for links, pictures and paragraphs with their line numbers.

This is no second parser: nothing is rendered from it, so what it misses costs a hint and never a
page. Code, in blocks and in lines, is left out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, structs

Lines = Sequence[tuple[int, str]]
"""(number, text) of lines."""


class Link(Struct, frozen=True, kw_only=True, array_like=True):
    """A link or picture.

    text     the words of a link, the alternative text of a picture
    field    the path of keys in the front matter; "" in a body
    section  the heading above it
    lead     whether a list item begins with it, so that the item is about it
    """

    url: str
    line: int
    text: str = ""
    field: str = ""
    image: bool = False
    section: str = ""
    lead: bool = False


class Paragraph(NamedTuple):
    """A paragraph, heading or list item as one line without mark-up.

    kind   "text", "heading" or "item"
    words  the number of words
    """

    line: int
    text: str
    kind: str = "text"
    words: int = 0


_CODE_BLOCK_SIGNS = ("```", "~~~", "\n    ", "\n\t")
"""A body without any of these has no block of code."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_TICKS = re.compile(r"`+")
_LINK = re.compile(
    r"(?:!\[|\[)((?:[^\[\]\\]|\\.|\[[^\[\]]{0,500}\]){0,400})\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?"
)
_TO_THE_END = r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,9}\)"
_WHOLE_LINK = re.compile(_LINK.pattern + _TO_THE_END)
_REFERENCE = re.compile(r" {0,3}\[(?!\^)([^\]]{1,999})\]:\s*<?([^\s>]+)>?(?:\s|$)")
_AUTO = re.compile(
    r"<((?:https?|mailto):[^\s<>]+)>|(?<![\w(<\"'\]/=])(https?://[^\s<>()\"]+[^\s<>()\".,;:!?'*_\]])"
)
_HTML = re.compile(
    r"<(img|a|source)\b[^<>]{0,2000}?\b(?:src|href)\s{0,9}=\s{0,9}[\"']?([^\s\"'>]+)", re.IGNORECASE
)
# The end of a link whose words begin in a line before.
_TAIL = re.compile(r"\]" + _LINK.pattern.partition(r"\]\(")[2].join((r"\(", _TO_THE_END)))
_BEGUN = re.compile(r"<(?:img|a|source)\b[^<>]{0,500}$", re.IGNORECASE)
MOST_LINES = 10
"""A tag goes on over no more lines."""
_ALT = re.compile(r"\balt\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:\[[^\]\[]{1,20}\] )?[^\w\[]{0,4}(?:\[|<?https?:)")
_QUOTE = re.compile(r"\s{0,7}>[> ]{0,8}")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+|$)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s+|$)")
# Each kind of mark begins with a lookbehind for its first character: so the search is fast.
_MARKS = re.compile(
    r"[*~_\\<](?:(?<=[*~])(?:[*~]{0,2}(?=\S)|(?<=\S[*~])[*~]{0,2})"
    r"|(?<=_)(?<!\w_)_{0,2}(?!\w)|(?<=\\)(?=[!-/:-@\[-`{-~])|(?<=<)(?:(?=https?:|mailto:)|[^<>]*>))"
)


@lru_cache(maxsize=2)  # several rules call it for the same text
def prose_lines(body: str) -> tuple[tuple[int, str], ...]:
    """Return the lines outside blocks of code with their numbers, from 1.

    Code within a line is replaced by dots, a comment by spaces.
    """
    if "<!--" in body:
        body = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), body)
    if body.startswith(("    ", "\t")) or any(map(body.__contains__, _CODE_BLOCK_SIGNS)):
        return tuple(_outside_blocks(body))
    lines = body.split("\n")
    if "`" in body:
        lines = [_without_code(line) if "`" in line else line for line in lines]
    return tuple(enumerate(lines, 1))


def _outside_blocks(body: str) -> Iterator[tuple[int, str]]:
    fence = ""
    ticks = "`" in body
    for number, line in enumerate(body.split("\n"), 1):
        if not fence and line[:1].isalpha():  # most lines
            yield number, _without_code(line) if ticks and "`" in line else line
            continue
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        if line.startswith(("    ", "\t")) and not _ITEM.match(line):
            continue
        yield number, _without_code(line) if ticks and "`" in line else line


def _without_code(line: str) -> str:
    """Replace code by dots: from a run of back-ticks to the next run of the same length."""
    if "``" not in line:
        return _CODE.sub(lambda m: "\u00b7" * len(m[0]), line)
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(line)]
    later: dict[int, list[int]] = {}
    for place in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[place][1] - runs[place][0], []).append(place)
    pieces, at, place = [], 0, 0
    while place < len(runs):
        start, end = runs[place]
        same = later[end - start]
        while same and same[-1] <= place:
            same.pop()
        if same:
            place = same.pop()
            pieces += [line[at:start], "·" * (runs[place][1] - start)]
            at = runs[place][1]
        place += 1
    return "".join((*pieces, line[at:]))


def read(body: str, before: int = 0) -> tuple[list[Link], list[Paragraph]]:
    """Return the links and the paragraphs of a body. `before` is added to line numbers."""
    lines = prose_lines(body)
    if before:
        lines = tuple([(number + before, line) for number, line in lines])
    return list(_links(lines)), _paragraphs(lines)


def links(body: str, before: int = 0) -> list[Link]:
    """Return the links and pictures of a body in order."""
    return read(body, before)[0]


def paragraphs(body: str, before: int = 0) -> list[Paragraph]:
    """Return the paragraphs, headings and list items of a body in order."""
    return read(body, before)[1]


def _section(lines: Lines, section: str) -> str:
    """Return the text of the last heading in these lines, else `section`."""
    for _, line in reversed(lines):
        heading = _HEADING.match(line) if "#" in line else None
        if heading:
            return plain(line[heading.end() :]).strip()
    return section


def _links(lines: Lines, section: str = "") -> Iterator[Link]:
    for place, (number, line) in enumerate(lines):
        if "<" in line and _BEGUN.search(line):
            line = _with_rest_of_tag(lines, place)
        if "#" in line:
            section = _section([(number, line)], section)
        if "]" not in line and "://" not in line and "<" not in line:
            continue
        lead = None
        for link in _in_line(number, line):
            if lead is None:
                item = None if line[:1].isalpha() else _ITEM.match(line)
                lead = item is not None and _begins_with_link(line[item.end() :])
            if section or lead:
                link = structs.replace(link, section=section, lead=lead)
            yield link
            lead = False


def _with_rest_of_tag(lines: Lines, place: int) -> str:
    """Return a line with those after it, up to the end of the tag that begins in it."""
    text = lines[place][1]
    for _, after in lines[place + 1 : place + MOST_LINES]:
        rest, end, _ = after.partition(">")
        text += f" {rest}{end}"
        if end or "<" in rest or not rest.strip():
            break
    return text


def _begins_with_link(item: str) -> bool:
    """Whether a list item begins with a link, maybe after a short mark such as `[video]`."""
    return _BEFORE.match(item) is not None


def _in_line(number: int, line: str) -> Iterator[Link]:
    pieces, at = [], 0
    for found in _LINK.finditer(line) if "](" in line else ():
        pieces += [line[at : found.start()], " " * len(found[0])]
        at = found.end()
        image = found[0].startswith("!")
        yield Link(url=found[2], line=number, text=found[1], image=image)
        if "](" in found[1]:  # a linked picture
            inner = _LINK.search(found[1])
            if inner:
                yield Link(url=inner[2], line=number, text=inner[1], image=True)
    taken = "".join((*pieces, line[at:]))
    if "](" in taken and (tail := _TAIL.search(taken)) and tail[1]:
        yield Link(url=tail[1], line=number, text=taken[: tail.start()].strip() or tail[1])
        taken = f"{taken[: tail.start()]}{taken[tail.end() :]}"
    if "<" in taken:
        for found in _HTML.finditer(taken):
            end = _end_of_tag(taken, found.end())
            alt = _ALT.search(found[0]) or _ALT.search(taken, found.end(), end)
            image = found[1].lower() != "a"
            yield Link(url=found[2], line=number, text=alt[1] if alt and image else "", image=image)
    reference = _REFERENCE.match(taken) if "]:" in taken else None
    if reference:
        yield Link(url=reference[2], line=number, text=reference[1])
    elif "<" in taken or "://" in taken:
        for found in _AUTO.finditer(_HTML.sub(" ", taken)):
            url = found[1] or found[2]
            yield Link(url=url, line=number, text=url)


def _end_of_tag(line: str, start: int) -> int:
    end = line.find(">", start)
    return len(line) if end < 0 else end


def is_item(line: str) -> bool:
    """Whether a line begins a list item."""
    return _ITEM.match(line) is not None


def plain(text: str) -> str:
    """Remove Markdown marks and pictures from a text; links leave their words."""
    if "](" in text:
        text = _WHOLE_LINK.sub(lambda m: "" if m[0][0] == "!" else m[1], text)
    if "*" in text or "_" in text or "\\" in text or "<" in text or "~" in text:
        text = _MARKS.sub("", text)
    return text


def _paragraphs(lines: Lines) -> list[Paragraph]:
    found: list[Paragraph] = []
    start, gathered, kind = 0, list[str](), "text"
    last = 0
    for number, line in lines:
        if line[:1].isalpha():  # most lines
            if start and (number != last + 1 or kind == "heading"):
                _add(found, start, gathered, kind)
                start = 0
            if not start:
                start, gathered, kind = number, [], "text"
            gathered.append(line)
            last = number
            continue
        if ">" in line[:8]:  # as in a quotation, also one within an item
            line = _QUOTE.sub("", line, count=1)
        blank = not line or line.isspace()
        head = _HEADING.match(line) if "#" in line[:4] else None
        item = None if blank else _ITEM.match(line)
        if start and (blank or head or item or number != last + 1 or kind == "heading"):
            _add(found, start, gathered, kind)
            start = 0
        last = number
        if blank or (not start and "]:" in line and _REFERENCE.match(line)):
            continue
        if not start:
            start, gathered, kind = number, [], "heading" if head else "item" if item else "text"
            mark = head or item
            line = line[mark.end() :] if mark else line
        gathered.append(line.strip().lstrip("> "))
    if start:
        _add(found, start, gathered, kind)
    return found


def _add(found: list[Paragraph], start: int, gathered: list[str], kind: str) -> None:
    text = _squeezed(" ".join(gathered))
    if text or kind == "item":
        shown = plain(text)
        # A text without marks has single spaces only, which are counted faster.
        words = text.count(" ") + 1 if text and shown is text else len(shown.split())
        found.append(Paragraph(start, shown, kind, words))


def _squeezed(text: str) -> str:
    """Collapse white space to single spaces, and strip it."""
    if "  " in text or not text.isprintable():  # the only printable white space is " "
        return " ".join(text.split())
    return text.strip()
