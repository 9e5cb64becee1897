"""HTML in a Markdown body: allowed tags become tokens like those of Markdown.

A tag that is never closed, or closes nothing, is taken out, so that it cannot swallow the page.
So is what browsers do not show: `<?php ... ?>`, `<![CDATA[ ... ]]>` and `<!DOCTYPE ...>`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from site_gen.read import addresses, declarations
from site_gen.read.declarations import Declaration
from site_gen.read.html_tags import (
    ALLOWED,
    ENDED_BY,
    MAY_STAY_OPEN,
    PARENTS,
    VOID,
    WITH_CONTENT,
    Tag,
    pieces,
    read_tag,
)

MAX_DEPTH = 48
MOST_SOURCES = 8
CHOICE = f"up to {MOST_SOURCES} <source> and then one <img>"


def add_html(parser: MarkdownIt) -> None:
    """Teach `parser` tags and declarations; those without an end stay text, as without HTML."""
    parser.options["html"] = True
    parser.block.ruler.at("html_block", _block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.at("html_inline", _inline)
    parser.enable(["html_block", "html_inline"])
    parser.add_render_rule("html_block", _rendered)
    parser.add_render_rule("html_inline", _shown)


_ENDLESS = re.compile(r"<(script|style|pre|textarea)(?=[\s>]|$)", re.IGNORECASE)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not _is_tag(state.src, at):
        return declarations.block(state, start, end, silent)
    # Such a block goes on to the end tag, over empty lines: without one, to the end of the body.
    found = _ENDLESS.match(state.src, at)
    if found and _last_end(state, found[1].lower()) < at:
        return False
    if not html_block(state, start, end, silent):
        return False
    if not silent:
        _extend(state, start, end)
    return True


def _extend(state: StateBlock, start: int, end: int) -> None:
    """Join a script or style that an empty line cut in two."""
    token = state.tokens[-1]
    while name := _left_open(token.content.lower()):
        line = state.line
        if _last_end(state, name) < state.bMarks[line]:
            return
        while line < end and f"</{name}" not in _line(state, line).lower():
            line += 1
        if line == end:
            return
        while line < end and not state.isEmpty(line):
            line += 1
        state.line = line
        token.map = [start, line]
        token.content = state.getLines(start, line, state.blkIndent, True)


def _left_open(lower: str) -> str:
    for name in WITH_CONTENT:
        opened = lower.rfind(f"<{name}")
        if opened >= 0 and lower.find(f"</{name}", opened) < 0:
            return name
    return ""


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]]


def _last_end(state: StateBlock, name: str) -> int:
    """Where the last end tag of that name stands; one look for it spares a look for each begin."""
    known: dict[str, int] = state.env.setdefault("last_ends", {})
    if name not in known:
        known[name] = state.src.lower().rfind(f"</{name}")
    return known[name]


def _inline(state: StateInline, silent: bool) -> bool:
    if _is_tag(state.src, state.pos):
        return html_inline(state, silent)
    return declarations.inline(state, silent)


def _is_tag(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return text[at : at + 1] == "<" and (after == "/" or (after.isascii() and after.isalpha()))


def _rendered(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return str(self.renderInline(tokens[index].children or [], options, env))


def _shown(_self: Any, tokens: list[Token], index: int, *_: Any) -> str:
    return escapeHtml(tokens[index].content)


class Taken(NamedTuple):
    """Something that is removed: its line, and its name for the author."""

    line: int
    what: str


class _Open(NamedTuple):
    token: Token
    line: int
    inside: list[Token]
    """The content of a <picture>."""


class RawHtml:
    """One walk over the tokens of a body, that puts ours in the place of its HTML."""

    def __init__(self, link: Callable[[str], str], remote_images: bool) -> None:
        """`link` gives the normal form of an address, "" for one that may not stand."""
        self.taken: list[Taken] = []
        self.too_deep = 0
        """The line in which HTML is nested too deep, 0 for none."""
        self._link = link
        self._remote_images = remote_images
        self._scopes: list[list[_Open]] = [[]]
        self._links = 0
        self._pictures = 0  # so many were opened
        self._left_out: Counter[str] = Counter()

    def walk(self, tokens: list[Token]) -> None:
        """All tokens of a body, which are changed in place; `meta` of each with HTML says so."""
        for token in (some := list(filter(_has_html, tokens))):
            token.meta["html"] = True
        if not some:
            return
        line = 1
        for token in tokens:
            line = token.map[0] + 1 if token.map else line
            if token.type == "html_block":
                outside = not any(self._around())
                token.children = list(self._html(token.content, line))
                if outside and _is_one_choice(token.children):
                    token.children = [
                        Token("html_open", "figure", 1),
                        *token.children,
                        Token("html_close", "figure", -1),
                    ]
            else:
                self._put(token)
                if token.type == "inline" and token.children:
                    token.children = self._inline(token.children, line)
            self._nest(token)
            if self.too_deep:
                return
        self._leave()

    def _nest(self, token: Token) -> None:
        self._links += (token.type == "link_open") - (token.type == "link_close")
        if token.nesting == 1:
            self._scopes.append([])
        elif token.nesting == -1:
            self._leave()

    def _leave(self) -> None:
        """The end of what Markdown opened: what HTML opened in it is not closed any more."""
        self._drop(self._scopes.pop() if len(self._scopes) > 1 else self._scopes[0])

    def _drop(self, unclosed: list[_Open]) -> None:
        for opened in unclosed:
            if opened.token.tag not in MAY_STAY_OPEN:
                _hide(opened)
                self._take(opened.line, f"<{opened.token.tag}> that is not closed")

    def _take(self, line: int, what: str) -> None:
        self.taken.append(Taken(line, what))

    def _html(self, text: str, line: int) -> Iterator[Token]:
        """Replace a block of HTML."""
        last = 0
        for at, piece in pieces(text):
            if self.too_deep:
                return
            line += text.count("\n", last, at)
            last = at
            if isinstance(piece, str):
                token = Token("text", "", 0, content=unescape(piece), meta={"line": line})
                self._put(token)
                yield token
            elif isinstance(piece, Declaration):
                self._take(line, piece.name)
            else:
                yield from self._tag(piece, line)

    def _inline(self, children: list[Token], line: int) -> list[Token]:
        """Replace the tags in a text."""
        if all(child.type != "html_inline" for child in children):
            return children
        found: list[Token] = []
        tags = [read_tag(c.content) if c.type == "html_inline" else None for c in children]
        last = {tag.name: at for at, tag in enumerate(tags) if tag and tag.closing}
        skip = ""
        self._scopes.append([])
        for at, (child, tag) in enumerate(zip(children, tags, strict=True)):
            line += child.type in ("softbreak", "hardbreak")
            if self.too_deep:
                break
            if skip:
                skip = "" if tag and tag.closing and tag.name == skip else skip
            elif tag:
                found += self._tag(tag, line)
                if tag.name in WITH_CONTENT and not tag.closing and at < last.get(tag.name, 0):
                    skip = tag.name
            elif child.type == "html_inline" and child.content[1] in "?!":
                self._take(line, Declaration(child.content).name)
                line += child.content.count("\n")
            elif child.type == "html_inline":
                found.append(Token("text", "", 0, content=child.content))
            else:
                self._nest(child)
                self._put(child)
                found.append(child)
        self._leave()
        return found

    def _put(self, token: Token) -> None:
        """Notes in each <picture> that is open what stands in it."""
        if not self._pictures:
            return
        blank = token.type in ("softbreak", "text") and not token.content.strip()
        for opened in () if blank else self._around():
            if opened.token.tag == "picture":
                opened.inside.append(token)

    def _tag(self, tag: Tag, line: int) -> Iterator[Token]:
        name = "h2" if tag.name == "h1" else tag.name
        if tag.closing:
            yield from self._close(name, line)
            return
        self._end_before(name)
        reason = self._refused(name)
        if reason:
            self._take(line, reason)
            self._left_out[name] += name in ALLOWED and name not in VOID
            return
        attributes = self._attributes(name, tag, line)
        if name == "source" and "srcset" not in attributes:
            self._take(line, "<source> without files of ours or https addresses in its srcset")
            return
        token = Token(
            _kind(name), name, 0 if name in VOID else 1, attrs=attributes, meta={"line": line}
        )
        token.meta["own_id"] = str(attributes.pop("id", ""))
        if name == "img":
            token.content = str(attributes.setdefault("alt", ""))
        self._put(token)
        if name not in VOID:
            self._scopes[-1].append(_Open(token, line, []))
            self._pictures += name == "picture"
            if sum(map(len, self._scopes)) > MAX_DEPTH:
                self.too_deep = self.too_deep or line
        yield token

    def _end_before(self, name: str) -> None:
        """End elements without an end tag where `name` begins."""
        scope = self._scopes[-1]
        while scope and scope[-1].token.tag in ENDED_BY.get(name, ()):
            scope.pop()

    def _around(self) -> Iterator[_Open]:
        return (opened for scope in self._scopes for opened in scope)

    def _refused(self, name: str) -> str:
        """Why an element is not allowed here, "" if it is."""
        if name in WITH_CONTENT:
            return f"<{name}> with its content"
        if name not in ALLOWED:
            return f"<{name}>"
        parents = PARENTS.get(name)
        if parents and not any(opened.token.tag in parents for opened in self._around()):
            return f"<{name}> outside <{min(parents)}>"
        if name == "a" and (self._links or any(o.token.tag == "a" for o in self._around())):
            return "<a> in a link"
        return ""

    def _attributes(self, name: str, tag: Tag, line: int) -> dict[str, str | int | float]:
        found: dict[str, str | int | float] = {}
        for key, value in tag.attributes.items():
            pattern = ALLOWED[name].get(key)
            if key in ("href", "src"):
                value = self._link(value.strip())
            elif key == "srcset":
                value = self._candidates(value)
            kept = pattern is not None and pattern.fullmatch(value)
            if kept and (value or key not in ("href", "src", "srcset", "id")):
                found[key] = value
            else:
                self._take(line, f"{key} of <{name}>")
        return found

    def _candidates(self, srcset: str) -> str:
        """HTML, section 4.8.4.2.1: addresses with a breadth or density, parted by commas."""
        found = []
        for candidate in srcset.split(","):
            url, _, size = candidate.strip().partition(" ")
            url = self._link(url)
            if not addresses.may_show(url, self._remote_images) or "#" in url:
                return ""
            if not re.fullmatch(r"(?:\d{1,5}w|\d{1,2}(?:\.\d{1,3})?x)?", size.strip()):
                return ""
            found.append(f"{url} {size.strip()}".rstrip())
        return ", ".join(found)

    def _is_choice(self, inside: list[Token]) -> bool:
        """Whether a <picture> is what HTML says of it: sources, then one picture that may stay."""
        *sources, image = [token.tag for token in inside] or [""]
        return (
            image == "img"
            and 0 < len(sources) <= MOST_SOURCES
            and set(sources) == {"source"}
            and addresses.may_show(str(inside[-1].attrGet("src") or ""), self._remote_images)
        )

    def _close(self, name: str, line: int) -> Iterator[Token]:
        scope = self._scopes[-1]
        at = next((n for n in reversed(range(len(scope))) if scope[n].token.tag == name), None)
        if at is None:
            if self._left_out[name]:
                self._left_out[name] -= 1
            elif name in ALLOWED and name not in MAY_STAY_OPEN | VOID:
                self._take(line, f"</{name}> that closes nothing")
            return
        self._drop(scope[at + 1 :])
        opened = scope[at]
        del scope[at:]
        token = Token("html_close", name, -1, meta={"line": line})
        if name == "picture" and not self._is_choice(opened.inside):
            _hide(opened)
            token.hidden = True
            if any(each.tag == "source" for each in opened.inside):
                self._take(opened.line, f"<picture> that is not {CHOICE}")
        yield token


def _has_html(token: Token) -> bool:
    return token.type == "html_block" or (
        token.type == "inline" and any(c.type == "html_inline" for c in token.children or ())
    )


def _is_one_choice(children: list[Token]) -> bool:
    """Whether a block of HTML is one <picture> that stays, as a paragraph may be one picture."""
    tags = [token for token in children if token.type != "text" or token.content.strip()]
    ends = [token.tag for token in tags if token.nesting and not token.hidden]
    return ends == ["picture", "picture"] and tags[0].tag == tags[-1].tag == "picture"


def _kind(name: str) -> str:
    return {"a": "link_open", "img": "html_image"}.get(name, "html_open")


def _hide(opened: _Open) -> None:
    opened.token.hidden = True
    for token in opened.inside:
        token.hidden = token.hidden or token.tag == "source"
