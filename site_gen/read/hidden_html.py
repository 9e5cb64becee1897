"""What an author hid in a body stays hidden: HTML that no browser shows, and comments with empty
lines, which the parser takes for text.

It is taken out of the tokens before anything else looks at them, so that no output can hold it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from site_gen.read import declarations
from site_gen.read.html_tags import (
    ENDED_BY,
    MAY_STAY_OPEN,
    TAG,
    WITH_CONTENT,
    Tag,
    read_tag,
    tag_of,
)
from site_gen.read.inline_tokens import plain, text_token
from site_gen.read.plain_blocks import WHOLE

NEVER_SHOWN = frozenset(["template", "datalist"])
"""HTML, section 15.3.1: elements that browsers do not show."""
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # fmt: skip
_PHRASES = frozenset(
    "a abbr b big cite code del em font i ins kbd label mark q s samp small span strong sub sup"
    " time tt u var".split()
)
"""Elements that end with their paragraph at the latest."""
_STYLE = re.compile(r"display:none|visibility:(?:hidden|collapse)")
_NOISE = re.compile(r"\s|/\*.*?\*/")
MOST_STYLE = 2000
"""Characters of a `style` attribute that are read."""
_COMMENT, _END = "<!--", "-->"
_MAY_HIDE = re.compile(
    r"<(?:template|datalist|dialog)\b|<[a-z][^<>]*?[\s\"'](?:hidden\b|style\s*=)",
    re.IGNORECASE,
)
_CELLS = frozenset(["td_open", "th_open"])
"""Cells: every row has the same number of them."""
_CUT = re.compile(r"\n[ \t>]*\n|\|")
"""Where the parser takes what follows for another text."""
_HEADING = re.compile(r"#{1,6} ")


class Gone(NamedTuple):
    """Line of the body (1-based), and the tag that hid something."""

    line: int
    what: str


def shown(parser: MarkdownIt, text: str, env: dict[str, Any]) -> tuple[list[Token], list[Gone]]:
    """The tokens of a body without hidden content, and what hid something."""
    if not may_hide(text):
        return parser.parse(text, env), []
    env[WHOLE] = True
    hidden = HiddenHtml(parser.parse(text, env))
    return hidden.walk(), hidden.gone


def told(gone: Sequence[Gone], most: int) -> tuple[str, str]:
    """The message about hidden content, with that many names, and the cure."""
    names = ", ".join(list(dict.fromkeys(each.what for each in gone))[:most])
    cure = "nothing of it is published; take it out of the file, or the sign that hides it"
    return f"text that the HTML hides is left out: {names}", cure


def may_hide(text: str) -> bool:
    """Whether a body may hide anything; most do not."""
    if "<" not in text:
        return False
    if _MAY_HIDE.search(text):
        return True
    at = text.find(_COMMENT)
    while at >= 0 and (end := text.find(_END, at + 4)) >= 0:
        if _CUT.search(text, at, end) and not _is_block(text, at, end):
            return True
        at = text.find(_COMMENT, end)
    return False


def _is_block(text: str, at: int, end: int) -> bool:
    """Whether the parser takes a comment whole: its lines are its own, and nothing goes on that
    stands before it."""
    after = text.find("\n", end)
    rest = text[end + len(_END) : after if after >= 0 else len(text)]
    begins = not rest.strip() and not text.startswith((">", "->"), at + len(_COMMENT))
    return begins and _is_free(text, at)


def _is_free(text: str, at: int) -> bool:
    """Whether a line begins at `at` behind an empty one, or behind a heading that stands there."""
    for may_be in (_HEADING, None):
        begin = text.rfind("\n", 0, max(0, at - 1)) + 1
        line = text[begin:at]
        if not line.strip():
            return not line or line[-1] == "\n"
        if line[-1] != "\n" or not (may_be and may_be.match(line)):
            return False
        at = begin
    return False


def _hides(tag: Tag) -> bool:
    style = _NOISE.sub("", tag.attributes.get("style", "")[:MOST_STYLE]).lower()
    return (
        tag.name in NEVER_SHOWN
        or "hidden" in tag.attributes
        or (tag.name == "dialog" and "open" not in tag.attributes)
        or bool(_STYLE.search(style))
    )


def _text(token: Token) -> str:
    if token.type == "inline":
        return "".join(child.content for child in token.children or () if child.type == "text")
    return token.content if token.type == "html_block" else ""


class HiddenHtml:
    """Removes hidden content from the tokens of a body, before its HTML is parsed."""

    def __init__(self, tokens: list[Token]) -> None:
        self.gone: list[Gone] = []
        self._tokens = tokens
        self._element = ""  # that hides what comes now; _COMMENT: a comment
        self._inside: list[str] = []  # elements that were opened in it
        self._open: Counter[str] = Counter()  # the same, counted
        self._levels = 0  # of Markdown, that were opened in it
        self._line = self._since = 1
        self._lines: set[int] = set()  # that are hidden
        self._opened: set[int] = set()  # tokens that something hidden stands in
        self._notes: set[int] = set()  # footnotes whose mark was hidden
        self._ends: dict[str, int] = {}  # where the last of some signs stand in a block
        self._row = 0  # of a table: its token
        self._at = 0
        ends = (at for at, token in enumerate(tokens) if _END in _text(token))
        self._last_end = max(ends, default=-1)

    def walk(self) -> list[Token]:
        """The tokens without hidden content."""
        found: list[Token] = []
        for at, token in enumerate(self._tokens):
            self._at = at
            self._line = token.map[0] + 1 if token.map else self._line
            if token.type == "html_block":
                before = token.content
                token.content = self._html(before)
                if token.content.strip() or token.content == before:
                    found.append(token)
            elif token.type == "inline":
                if self._inline(token):
                    found.append(token)
                elif found and found[-1].type not in _CELLS:
                    self._opened.add(id(found[-1]))
            else:
                if token.type == "footnote_block_open":
                    self._leave()
                self._put(found, token)
        self._leave()
        return self._without_notes(found) if self._notes or self._lines else found

    def _put(self, found: list[Token], token: Token) -> None:
        """Drop an empty element that was opened inside hidden text."""
        if token.nesting == -1 and found and id(found[-1]) in self._opened:
            found.pop()
        elif token.nesting or not self._element:
            found.append(token)
        elif token.type == "footnote_ref":
            self._notes.add(token.meta["id"])
        if not self._element:
            return
        if token.type == "tr_open":
            self._row = id(token)
        if token.nesting == 1 and (token.type not in _CELLS or self._row in self._opened):
            self._opened.add(id(token))
        self._levels += token.nesting
        if self._levels < 0 and self._element != _COMMENT:
            self._leave()

    # -- HTML -------------------------------------------------------------------------------

    def _html(self, text: str) -> str:
        """A block of HTML. The lines of what goes stay, so that the others keep their numbers."""
        kept: list[str] = []
        at, lower = 0, text.lower()
        signs = (_END, *declarations.ENDS.values(), *map("</{}".format, WITH_CONTENT))
        self._ends = {sign: lower.rfind(sign) for sign in signs}
        while at < len(text):
            was, told = self._element, len(self.gone)
            end = self._piece(text, lower, at)
            piece = text[at:end]
            goes = was or self._element or len(self.gone) > told
            kept.append("\n" * piece.count("\n") if goes else piece)
            self._line += piece.count("\n")
            at = end
        if self._element in MAY_STAY_OPEN:
            self._leave()
        return "".join(kept)

    def _piece(self, text: str, lower: str, at: int) -> int:
        """Where the text, comment or tag ends that begins at `at`."""
        if self._element == _COMMENT:
            return self._comment(text, at)
        if text.startswith(_COMMENT, at):
            after = at + len(_COMMENT)
            if after > self._ends[_END]:
                return self._comment_begins(text, at)
            return text.index(_END, after) + len(_END)
        if found := TAG.match(text, at):
            tag = tag_of(found)
            if self._tag(tag, found[0]):
                return at
            end = found.end()
            sign = f"</{tag.name}"
            if tag.name in WITH_CONTENT and not tag.closing and end <= self._ends[sign]:
                return lower.index(sign, end)
            return end
        if end := declarations.end_of(text, at, self._ends.__getitem__):
            return end
        following = text.find("<", at + 1)
        return following if following >= 0 else len(text)

    def _comment(self, text: str, at: int) -> int:
        """Where the comment ends in this text."""
        end = text.find(_END, at)
        if end < 0:
            return len(text)
        self._stop()
        return end + len(_END)

    def _comment_begins(self, text: str, at: int) -> int:
        """Without an end, its opening mark is text."""
        if self._element or self._at >= self._last_end:
            return at + len(_COMMENT)
        self._element, self._since = _COMMENT, self._line
        return len(text)

    # -- Markdown ---------------------------------------------------------------------------

    def _inline(self, token: Token) -> bool:
        """Whether a text is not wholly hidden."""
        children = token.children or []
        kept: list[Token] = []
        for child in children:
            self._line += child.type in ("softbreak", "hardbreak")
            tag = read_tag(child.content) if child.type == "html_inline" else None
            if child.type == "text":
                said = self._words(child.content)
                if said == child.content:
                    kept.append(child)
                elif said:
                    kept.append(text_token(said))
            elif tag and self._element != _COMMENT:
                was, told = self._element, len(self.gone)
                if self._tag(tag, child.content, inline=True):
                    self._tag(tag, child.content, inline=True)
                    was = self._element
                if not (was or self._element or len(self.gone) > told):
                    kept.append(child)
            else:
                self._put(kept, child)
        if kept == children:
            return True
        token.children, token.content = kept, plain(kept)
        return any(child.type != "softbreak" for child in kept)

    def _words(self, text: str) -> str:
        """The visible part of a text."""
        kept, at = [], 0
        while at < len(text):
            if self._element == _COMMENT:
                at = self._comment(text, at)
            elif self._element:
                break
            elif text.startswith(_COMMENT, at):
                end = self._comment_begins(text, at)
                kept.append("" if self._element else _COMMENT)
                at = end
            else:
                begin = text.find(_COMMENT, at)
                end = begin if begin >= 0 else len(text)
                kept.append(text[at:end])
                at = end
        return "".join(kept)

    # -- what hides -------------------------------------------------------------------------

    def _tag(self, tag: Tag, written: str, *, inline: bool = False) -> bool:
        """Begins or ends what is hidden. Whether it ended, and the tag is none of it."""
        alone = tag.name in _VOID or written.endswith("/>")
        if not self._element:
            if not tag.closing and _hides(tag):
                said = f"<{tag.name}{' hidden' * ('hidden' in tag.attributes)}>"
                if alone:
                    self.gone.append(Gone(self._line, said))
                else:
                    self._start(tag.name, said, int(inline and tag.name not in _PHRASES))
            return False
        if tag.closing:
            return self._closed(tag.name)
        if not self._inside and self._element in ENDED_BY.get(tag.name, ()):
            self._leave()
            return True
        if not alone:
            self._inside.append(tag.name)
            self._open[tag.name] += 1
        return False

    def _closed(self, name: str) -> bool:
        if self._open[name]:
            closed = ""
            while closed != name:
                closed = self._inside.pop()
                self._open[closed] -= 1
        elif name == self._element:
            self._stop()
        elif self._element in MAY_STAY_OPEN:
            self._leave()
            return True
        return False

    def _start(self, element: str, said: str, levels: int) -> None:
        self._element, self._inside, self._levels = element, [], levels
        self._open.clear()
        self._since = self._line
        self.gone.append(Gone(self._line, said))

    def _stop(self) -> None:
        self._lines.update(range(self._since, self._line + 1))
        self._element = ""

    def _leave(self) -> None:
        """The end of what it stands in ends an element that has no end tag."""
        if not self._element:
            return
        if self._element not in MAY_STAY_OPEN:
            said = self.gone[-1].what
            self.gone[-1] = self.gone[-1]._replace(what=f"{said} that is not closed")
        self._stop()

    # -- footnotes --------------------------------------------------------------------------

    def _without_notes(self, tokens: list[Token]) -> list[Token]:
        """The tokens without the notes whose marks, or own lines, were hidden."""
        marks = [c for t in tokens for c in t.children or () if c.type == "footnote_ref"]
        lost = self._notes - {mark.meta["id"] for mark in marks}
        found: list[Token] = []
        note: int | None = None
        for token in tokens:
            if token.type == "footnote_open":
                note = token.meta["id"]
            elif note is not None and token.map and token.map[0] + 1 in self._lines:
                lost.add(note)
        note = None
        for token in tokens:
            if token.type == "footnote_open":
                note = token.meta["id"]
            if note not in lost:
                self._unmark(token, lost)
                found.append(token)
            if token.type == "footnote_close":
                note = None
        return _numbered(found, marks)

    def _unmark(self, token: Token, lost: set[int]) -> None:
        if lost and token.children:
            token.children = [
                c for c in token.children if c.type != "footnote_ref" or c.meta["id"] not in lost
            ]


def _numbered(tokens: list[Token], marks: list[Token]) -> list[Token]:
    """Number the notes again; a note without a reference gets no link back."""
    notes = [token.meta["id"] for token in tokens if token.type == "footnote_open"]
    number = {note: at for at, note in enumerate(notes)}
    known = {(mark.meta["id"], mark.meta.get("subId", 0)) for mark in marks}
    found: list[Token] = []
    for token in tokens:
        if token.type == "footnote_anchor":
            if (token.meta["id"], token.meta.get("subId", 0)) not in known:
                continue
        elif token.type == "footnote_block_close" and found[-1].type == "footnote_block_open":
            found.pop()
            continue
        found.append(token)
    for token in (*marks, *found):
        if token.type.startswith("footnote_") and token.meta.get("id") in number:
            token.meta = {**token.meta, "id": number[token.meta["id"]]}
    return found
