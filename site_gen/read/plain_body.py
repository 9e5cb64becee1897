"""Bodies of common, plain Markdown turned into HTML directly, without the parser.

It knows paragraphs, headings, lists, quotations, tables, code and rules, with emphasis and web
links in them, and gives up (None) at the first thing beside, which the parser then reads: a fifth
of its time, the same result on all it accepts (tests hold that against parser and sanitiser).
"""

import re
from collections.abc import Container
from html import escape
from typing import NamedTuple

from site_gen.basics import files, safehtml
from site_gen.model import SafeHtml
from site_gen.read import plain_lines
from site_gen.read.excerpt import wide, words
from site_gen.read.headings import Heading, Ids
from site_gen.read.plain_inline import Inline, NotPlain, text_of
from site_gen.read.plain_table import table

MAX_LENGTH = 64 << 10
MOST_NESTED = 12
"""Nested lists; deeper ones are left to the parser."""

LEFT = "\0"
"""Stands in HTML for a text that is left to the parser; no text that is read here holds it."""


class Plain(NamedTuple):
    """The HTML of a body, how many words it has, and the text of its first paragraph."""

    html: SafeHtml
    words: int
    first_paragraph: str
    anchors: tuple[tuple[str, str], ...] = ()


class Left(NamedTuple):
    """The text of a block that is left to the parser, and its line, from 0."""

    text: str
    line: int


class Pieces(NamedTuple):
    """What some blocks of a body come to: runs of HTML, headings, paragraphs that are left.

    left             the texts for which a mark stands in the HTML
    words            those of all that is not left
    first_paragraph  the text of the first that is not left, "" for none; the part it is
    lines            how many lines the blocks take
    """

    parts: list[str | Heading | Left]
    left: list[Left]
    words: int
    first_paragraph: str
    first_at: int
    lines: int


def render(text: str) -> Plain | None:
    """The body `text` as safe HTML, or None when this reader is not sure of every character."""
    # Printable text has no white space but blanks, and nothing that the sanitiser would rewrite.
    if len(text) > MAX_LENGTH or " \n" in text or not printable(text):
        return None
    body = _Body((), None)
    try:
        body.blocks(text.rstrip())
    except NotPlain:
        return None
    ids = Ids()
    return Plain(body.html(ids), body.words(), body.first, ids.anchors())


def pieces(text: str, labels: Container[str] = (), *, goes_on: bool = False) -> Pieces | None:
    """Like `render`, of the first blocks of `text`, as many as this reader is sure of: headings
    get no ids, and texts inside of a block may be left to the parser. None if there is no such.

    `text` is printable, and no line of it ends in a blank; `labels` are those that may be defined
    elsewhere, in their normal form; `goes_on` where a list at its end may go on after it.
    """
    if len(text) > MAX_LENGTH:
        return None
    left: list[Left] = []
    body = _Body(labels, left)
    lines = body.first_blocks(text.rstrip(), goes_on)
    if not lines:
        return None
    return Pieces(body.parts, left, body.words(), body.first, body.first_at, lines)


# They join or part letters and are no white space; emoji and words of many languages have them.
_JOINERS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060"))


def printable(text: str) -> bool:
    """Whether `text` has nothing but printable characters, those that join some, and newlines."""
    rest = files.non_ascii(text)
    return rest.isprintable() or rest.translate(_JOINERS).isprintable()


_HEADING = re.compile(r"(#{1,6}) ([^ #\n](?:[^\n]*[^#\n])?)(?:\n+|$)")
# The word after the fence names a language, which the sanitiser would leave out.
_FENCE = re.compile(r"```[A-Za-z0-9+#-]*+\n((?:(?! {0,3}```)[^\n]*+\n)*+)```")
_RULES = frozenset({"---", "***", "* * *", "___"})


class _List:
    """A list that the next block may continue; `kind` is its sign, `loose` with room between."""

    def __init__(self, kind: str, start: int) -> None:
        self.kind = kind
        self.start = start
        self.items: list[str] = []
        self.loose = False
        self.nested = False

    def html(self) -> str:
        name = "ol" if self.kind in ".)" else "ul"
        number = f' start="{self.start}"' if self.start != 1 else ""
        begin, end = ("<li>\n<p>", "</p>\n</li>\n") if self.loose else ("<li>", "</li>\n")
        items = f"{end}{begin}".join(self.items)
        return f"<{name}{number}>\n{begin}{items}{end}</{name}>\n"


class _Body:
    """Reads one body: HTML in parts, words counted. Lines are counted from 0."""

    def __init__(self, labels: Container[str], left: list[Left] | None) -> None:
        self.inline = Inline(labels)
        self.left = left
        self.texts: list[str] = []
        """All that was read as text, to count its words: between two stands one white space."""
        self.code_words = 0
        self.first, self.first_at = "", -1
        self.parts: list[str | Heading | Left] = []
        self._list: _List | None = None
        self._quoted = False

    def html(self, ids: Ids) -> SafeHtml:
        """All parts, once it is known which heading is the highest."""
        highest = min([part.level for part in self.parts if isinstance(part, Heading)], default=0)
        return safehtml.sanitize_simple(
            "".join(
                [p.written(highest, ids) if isinstance(p, Heading) else str(p) for p in self.parts]
            )
        )

    def words(self) -> int:
        """The words of all that is not left to the parser."""
        text = "\n".join(filter(None, self.texts))
        if wide(text):
            return self.code_words + sum(map(words, self.texts))
        if "  " in text or not text:
            return self.code_words + len(text.split())
        return self.code_words + text.count(" ") + text.count("\n") + 1

    def blocks(self, text: str, line: int = 0) -> None:
        """The blocks between empty lines."""
        for block, at in plain_lines.blocks(text, line):
            self._parted(block, at)
        self._end_list()

    def first_blocks(self, text: str, goes_on: bool) -> int:
        """As many blocks as are plain, and a list only where it is whole; the lines they take."""
        lines, before = 0, self._state()
        try:
            for block, at in plain_lines.blocks(text, 0):
                if self._list is None or not plain_lines.GOES_ON.match(block):
                    self._end_list()
                    lines, before = at, self._state()
                self._parted(block, at)
        except NotPlain:
            self._back_to(*before)
            return lines
        if goes_on and self._list is not None:
            self._back_to(*before)
            return lines
        self._end_list()
        return text.count("\n") + 1

    def _state(self) -> tuple[int, int, int, int, str, int]:
        left = self.left or ()
        sizes = len(self.parts), len(self.texts), len(left), self.code_words
        return *sizes, self.first, self.first_at

    def _back_to(
        self, parts: int, texts: int, left: int, code_words: int, first: str, first_at: int
    ) -> None:
        """The state between two blocks, when no list was open."""
        del self.parts[parts:], self.texts[texts:], (self.left or [])[left:]
        self.code_words, self.first, self.first_at = code_words, first, first_at
        self._list = None

    def _parted(self, block: str, line: int) -> None:
        """A block, or several between which headings stand without an empty line."""
        if "\n#" not in block or block[0] == "`":
            self._block(block, line)
            return
        for some in block.replace("\n#", "\n\n#").split("\n\n"):
            self._block(some, line)
            line += some.count("\n") + 1

    def _block(self, block: str, line: int) -> None:
        while block[:1] == "#":
            rest = self._heading(block)
            line += block.count("\n", 0, len(block) - len(rest))
            block = rest
        if not block:
            return
        if block[0].isalpha():
            self._paragraph(block, line)
        elif block in _RULES:
            self._add("<hr>\n")
        elif block[0] == ">":
            self._quotation(block, line)
        elif block[0] == "|":
            self._add(table(block, lambda text, row: self._short(text, line + row)))
        elif block.startswith("```"):
            self._code(block)
        elif plain_lines.ITEM.match(block):
            self._items(block.split("\n"), line)
        else:
            self._paragraph(block, line)

    def _add(self, part: str | Heading | Left) -> None:
        self._end_list()
        self.parts.append(part)

    def _inline(self, text: str) -> str:
        html = self.inline.html(text)
        self.texts.append(text)
        return html

    def _short(self, text: str, line: int) -> str:
        """The text of an item or a cell, which may be left to the parser."""
        try:
            html = self.inline.html(text)
        except NotPlain:
            if self.left is None:
                raise
            self.left.append(Left(text, line))
            return LEFT
        self.texts.append(text)
        return html

    def _heading(self, block: str) -> str:
        """A heading; returns what follows it without an empty line."""
        found = _HEADING.match(block)
        if not found or (self._quoted and self.left is not None):  # a part is whole by itself
            raise NotPlain
        self._add(Heading(len(found[1]), self._inline(found[2])))
        return block[found.end() :]

    def _paragraph(self, block: str, line: int) -> None:
        """A paragraph, and the list that may stand under it without an empty line."""
        lines = block.split("\n")
        end = 0
        while end < len(lines) and plain_lines.PROSE.match(lines[end]):
            end += 1
        if not end:
            raise NotPlain
        self._prose(block if end == len(lines) else "\n".join(lines[:end]), line)
        if end < len(lines):
            found = plain_lines.ITEM.match(lines[end])
            if not found or found[2] not in (None, "1"):
                raise NotPlain
            self._items(lines[end:], line + end)

    def _prose(self, text: str, line: int) -> None:
        try:
            html = self._inline(text)
        except NotPlain:
            if self.left is None:
                raise
            if not self._quoted:
                self._add(Left(text, line))
                return
            self.left.append(Left(text, line))
            html = LEFT
        self._add(f"<p>{html}</p>\n")
        if not self.first and not self._quoted:
            self.first, self.first_at = text_of(html), len(self.parts) - 1

    def _items(self, lines: list[str], line: int) -> None:
        """A list, or more of the one before: then there is room between its items."""
        before = current = self._list
        for item in plain_lines.items(lines, line):
            if current is None or current.kind != item[0]:
                self._end_list()
                current = self._list = _List(item[0], item[1])
            elif current is before:
                current.loose = True
            self._add_item(current, item, MOST_NESTED)
            if current.loose and current.nested:
                raise NotPlain

    def _add_item(self, to: _List, item: plain_lines.Item, depth: int) -> None:
        """An item with the lists inside it, at most `depth` in one another, without room between
        theirs."""
        _, _, text, line, inner, inner_line = item
        html = self._short(text, line)
        if inner:
            if not depth:
                raise NotPlain
            lists: list[_List] = []
            for each in plain_lines.items(inner, inner_line):
                if not lists or lists[-1].kind != each[0]:
                    lists.append(_List(each[0], each[1]))
                self._add_item(lists[-1], each, depth - 1)
            to.nested = True
            html = "".join([f"{html}\n", *[each.html() for each in lists]])
        to.items.append(html)

    def _end_list(self) -> None:
        if self._list is not None:
            self.parts.append(self._list.html())
            self._list = None

    def _code(self, block: str) -> None:
        found = _FENCE.fullmatch(block)
        if not found:
            raise NotPlain
        self.code_words += len(found[1].split())
        self._add(f"<pre><code>{escape(found[1], quote=False)}</code></pre>\n")

    def _quotation(self, block: str, line: int) -> None:
        lines = block.split("\n")
        if self._quoted or not all(line[0] == ">" for line in lines):
            raise NotPlain
        inner = "\n".join([line[2:] if line[1:2] == " " else line[1:] for line in lines])
        if not inner.strip():
            raise NotPlain
        self._add("<blockquote>\n")
        self._quoted = True
        self.blocks(inner, line)
        self._quoted = False
        self.parts.append("</blockquote>\n")
