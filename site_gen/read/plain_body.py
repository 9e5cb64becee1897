"""A body in the Markdown that news is mostly made of, straight to HTML.

It knows paragraphs, headings, lists, quotations, tables, code and rules, with emphasis and web
links in them, and gives up (None) at the first thing beside, which the parser then reads: a fifth
of its time, the same result on all it accepts (tests hold that against parser and sanitiser).
"""

import re
from collections.abc import Callable, Container, Iterator
from html import escape
from typing import NamedTuple

from site_gen.basics import files, safehtml
from site_gen.model import SafeHtml
from site_gen.read.excerpt import blanks, wide, words
from site_gen.read.headings import Ids, shown
from site_gen.read.plain_inline import NotPlain, inline, text_of
from site_gen.read.plain_table import table

MAX_LENGTH = 64 << 10


class Plain(NamedTuple):
    """The HTML of a body, how many words it has, and the text of its first paragraph."""

    html: SafeHtml
    words: int
    first_paragraph: str
    anchors: tuple[tuple[str, str], ...] = ()


def render(text: str, labels: Container[str] = ()) -> Plain | None:
    """The body `text` as safe HTML, or None when this reader is not sure of every character.

    `labels` are those that may be defined elsewhere, in their normal form.
    """
    # Printable text has no white space but blanks, and nothing that the sanitiser would rewrite.
    if len(text) > MAX_LENGTH or " \n" in text or not files.printable(text):
        return None
    body = _Body(words if "  " in text or wide(text) else blanks, labels)
    try:
        body.blocks(text.rstrip())
    except NotPlain:
        return None
    return Plain(body.html(), body.words, body.first, body.anchors())


# A line that can only begin a paragraph or go on with one. A span may begin it as far as no rule,
# list, fence or definition begins with the same characters.
_PROSE = re.compile(
    r"[^\s\d#>+=~<|:\\&!^*_`\[-]|\d++(?![.)])|\d+[.)](?=[^ \n])"
    r"|\*\*?(?=[^\s*])|__?(?=[^\W_])|`(?=[^`])|\[(?=[^\[\]^][^\[\]]*(?:\[|\][^:]))"
)
_HEADING = re.compile(r"(#{1,6}) ([^ #\n](?:[^\n]*[^#\n])?)(?:\n+|$)")
_ITEM = re.compile(r"([-*+]|(\d{1,9})[.)]) ")
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

    def add(self, text: str, inner: str) -> None:
        """One item, with the lists inside it."""
        self.nested = self.nested or bool(inner)
        self.items.append(f"{text}\n{inner}" if inner else text)

    def html(self) -> str:
        name = "ol" if self.kind in ".)" else "ul"
        number = f' start="{self.start}"' if self.start != 1 else ""
        begin, end = ("<li>\n<p>", "</p>\n</li>\n") if self.loose else ("<li>", "</li>\n")
        items = "".join([f"{begin}{item}{end}" for item in self.items])
        return f"<{name}{number}>\n{items}</{name}>\n"


class _Body:
    """One body on its way: HTML in parts, words counted."""

    def __init__(self, count: Callable[[str], int], labels: Container[str]) -> None:
        self.count = count
        self.labels = labels
        self.words = 0
        self.first = ""
        self._parts: list[str] = []
        self._headings: list[tuple[int, int, str]] = []  # which part, its level, the rest of it
        self._ids = Ids()
        self._list: _List | None = None
        self._quoted = False

    def html(self) -> SafeHtml:
        """All parts, once it is known which heading is the highest."""
        highest = min([level for _, level, _ in self._headings], default=0)
        for index, level, rest in self._headings:
            name = f"h{shown(level, highest)}"
            self._parts[index] = f"<{name} {rest}</{name}>\n"
        return safehtml.simple("".join(self._parts))

    def anchors(self) -> tuple[tuple[str, str], ...]:
        """What leads to its headings."""
        return self._ids.anchors() if self._headings else ()

    def blocks(self, text: str) -> None:
        """What is parted by empty lines."""
        for block in text.split("\n\n"):
            block = block.strip("\n")
            if block:
                self._block(block)
        self._end_list()

    def _block(self, block: str) -> None:
        while block[:1] == "#":
            block = self._heading(block)
        if not block:
            return
        if block[0].isalpha():
            self._paragraph(block)
        elif block in _RULES:
            self._add("<hr>\n")
        elif block[0] == ">":
            self._quotation(block)
        elif block[0] == "|":
            self._add(table(block, self._inline))
        elif block.startswith("```"):
            self._code(block)
        elif _ITEM.match(block):
            self._items(block.split("\n"))
        else:
            self._paragraph(block)

    def _add(self, part: str) -> None:
        self._end_list()
        self._parts.append(part)

    def _inline(self, text: str) -> str:
        self.words += self.count(text)
        return inline(text, self.labels)

    def _heading(self, block: str) -> str:
        """A heading; returns what follows it without an empty line."""
        found = _HEADING.match(block)
        if not found:
            raise NotPlain
        html = self._inline(found[2])
        self._add("")
        rest = f'id="{self._ids.give(text_of(html))}">{html}'
        self._headings.append((len(self._parts) - 1, len(found[1]), rest))
        return block[found.end() :]

    def _paragraph(self, block: str) -> None:
        """A paragraph, and the list that may stand under it without an empty line."""
        lines = block.split("\n")
        end = 0
        while end < len(lines) and _PROSE.match(lines[end]):
            end += 1
        if not end:
            raise NotPlain
        html = self._inline(block if end == len(lines) else "\n".join(lines[:end]))
        if not self.first and not self._quoted:
            self.first = text_of(html)
        self._add(f"<p>{html}</p>\n")
        if end < len(lines):
            found = _ITEM.match(lines[end])
            if not found or found[2] not in (None, "1"):
                raise NotPlain
            self._items(lines[end:])

    def _items(self, lines: list[str]) -> None:
        """A list, or more of the one before: then there is room between its items."""
        last = self._list
        for item in _items(lines):
            if self._list is None or self._list.kind != item.kind:
                self._end_list()
                self._list = _List(item.kind, item.number)
            elif self._list is last:
                self._list.loose = True
            self._list.add(self._inline(item.text), self._lists(item.inner) if item.inner else "")
            if self._list.loose and self._list.nested:
                raise NotPlain

    def _lists(self, lines: list[str]) -> str:
        """The lists inside an item, without room between theirs."""
        lists: list[_List] = []
        for item in _items(lines):
            if not lists or lists[-1].kind != item.kind:
                lists.append(_List(item.kind, item.number))
            lists[-1].add(self._inline(item.text), self._lists(item.inner) if item.inner else "")
        return "".join([each.html() for each in lists])

    def _end_list(self) -> None:
        if self._list is not None:
            self._parts.append(self._list.html())
            self._list = None

    def _code(self, block: str) -> None:
        found = _FENCE.fullmatch(block)
        if not found:
            raise NotPlain
        self.words += len(found[1].split())
        self._add(f"<pre><code>{escape(found[1], quote=False)}</code></pre>\n")

    def _quotation(self, block: str) -> None:
        lines = block.split("\n")
        if self._quoted or not all(line[0] == ">" for line in lines):
            raise NotPlain
        inner = "\n".join([line[2:] if line[1:2] == " " else line[1:] for line in lines])
        if not inner.strip():
            raise NotPlain
        self._add("<blockquote>\n")
        self._quoted = True
        self.blocks(inner)
        self._quoted = False
        self._parts.append("</blockquote>\n")


class _Item(NamedTuple):
    """One item of a list: its sign, number and text, the lines of the list inside it."""

    kind: str
    number: int
    text: str
    inner: list[str]


def _items(lines: list[str]) -> Iterator[_Item]:
    """The items of a list, lines that hang under the first of one joined."""
    at, count = 0, len(lines)
    while at < count:
        found = _ITEM.match(lines[at])
        if not found or not _PROSE.match(lines[at], found.end()):
            raise NotPlain
        text = lines[at][found.end() :]
        inner: list[str] = []
        at += 1
        if at < count and lines[at][0] == " ":
            hanging = " " * found.end()
            while at < count and lines[at].startswith(hanging):
                if not _PROSE.match(lines[at], len(hanging)):
                    break
                text += "\n" + lines[at][len(hanging) :]
                at += 1
            end = at
            while end < count and lines[end][0] == " ":
                end += 1
            inner = _inner(lines[at:end], found.end())
            at = end
        yield _Item(found[1][-1], int(found[2] or 1), text, inner)


def _inner(lines: list[str], offset: int) -> list[str]:
    """The lines of the list inside an item whose text begins at `offset`, moved to the left."""
    if not lines:
        return lines
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    found = _ITEM.match(lines[0], indent)
    if not offset <= indent < offset + 4 or not found or found[2] not in (None, "1"):
        raise NotPlain
    if not all(line.startswith(" " * indent) for line in lines):
        raise NotPlain
    return [line[indent:] for line in lines]
