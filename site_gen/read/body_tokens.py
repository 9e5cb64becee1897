"""Goes over the tokens of a body: checks links, gives ids, records local references."""

import re
from itertools import takewhile
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from site_gen.basics import anchors, safehtml, urls
from site_gen.model import LocalLink
from site_gen.problems import did_you_mean
from site_gen.problems import shown as shown_text
from site_gen.read import addresses
from site_gen.read.body_faults import Fault, nested
from site_gen.read.excerpt import words
from site_gen.read.headings import HEADINGS, Ids, shown
from site_gen.read.inline_tokens import paragraphs, plain, text_token
from site_gen.read.parser import MAX_NESTING

if TYPE_CHECKING:
    from markdown_it.token import Token

HINTS = 5
"""Dead links of one body for which a similar heading is looked for."""

_REFUSED = re.compile(r"\]\(<?([a-zA-Z][a-zA-Z0-9+.-]{0,30}:[^)\s]{0,200})")


class BodyTokens:
    """One walk over the tokens of a body, which it changes; collects links, faults and ids."""

    def __init__(self, path: str, remote_images: bool, host: str) -> None:
        self.path = path
        self.host = host
        self.remote_images = remote_images
        self.links: list[LocalLink] = []
        self.faults: list[Fault] = []
        self.words = 0
        self.first = ""
        self._ids = Ids()
        self._fragments: list[tuple[Token, int]] = []

    def walk(self, tokens: "list[Token]") -> None:
        highest = self._shift_headings(tokens)
        line = 1
        for index, token in enumerate(tokens):
            if token.map:
                line = token.map[0] + 1
            if token.level >= MAX_NESTING - 1:
                self.faults.append(nested(line, "lists or quotes"))
                return
            if token.type == "inline":
                self._inline(token, line, tokens[index - 1])
            elif token.type == "html_block":
                self._html_block(token, line)
            elif token.type in ("plain_block", "plain_part", "plain_heading"):
                self.words += token.meta.get("words", 0)
                self.first = self.first or token.meta.get("first", "")
                if token.type == "plain_heading":
                    heading = token.meta["heading"].written(highest, self._ids)
                    token.content = safehtml.sanitize_simple(heading)
            elif token.type in ("td_open", "th_open"):
                _align(token)
            elif token.type in ("fence", "code_block"):
                self.words += len(token.content.split())
        self._resolve_fragments()

    def anchors(self) -> tuple[tuple[str, str], ...]:
        """The anchors of the headings."""
        return self._ids.anchors()

    def _shift_headings(self, tokens: "list[Token]") -> int:
        """Shift headings below the title; returns the original level of the highest."""
        headings = [t for t in tokens if t.type in ("heading_open", "heading_close")]
        levels = [int(token.tag[1]) for token in headings]
        levels += [t.meta["heading"].level for t in tokens if t.type == "plain_heading"]
        highest = min(levels, default=0)
        for token in headings:
            token.tag = f"h{shown(int(token.tag[1]), highest)}"
        return highest

    def _inline(self, token: "Token", line: int, parent: "Token") -> None:
        children = token.children or []
        self.words += words(token.content)
        if "](" in token.content:
            self._refused(children, line)
        if parent.type == "heading_open":
            parent.attrSet("id", self._ids.give(plain(children)))
        elif parent.type == "paragraph_open" and not self.first and parent.level == 0:
            self.first = plain(children)
        token.children = self._children(children, line)

    def _html_block(self, token: "Token", line: int) -> None:
        children = token.children or []
        self.words += words(plain(children))
        if not self.first:
            self.first = next(filter(None, map(plain, paragraphs(children))), "")
        token.children = self._children(children, line)

    def _children(self, children: "list[Token]", line: int) -> "list[Token]":
        """Check links and pictures of inline tokens."""
        keep = []
        for index, child in enumerate(children):
            line = child.meta.get("line", line)
            if child.hidden:
                continue
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            if child.type == "link_open":
                self._link(child, line)
            elif child.tag == "source":
                self._source(child, line)
            if "own_id" in child.meta:
                self._name(children, index)
            if child.type not in ("image", "html_image") or self._image(child, line):
                keep.append(child)
            elif child.content:
                keep.append(text_token(child.content))
        return keep

    def _name(self, children: "list[Token]", index: int) -> None:
        """The id of an element of HTML: its own where that is free, for a heading always one."""
        token = children[index]
        name = self._ids.take(token.meta["own_id"]) if token.meta["own_id"] else ""
        if not name and token.tag in HEADINGS:
            after = (children[at] for at in range(index + 1, len(children)))
            inside = takewhile(lambda t: (t.type, t.tag) != ("html_close", token.tag), after)
            name = self._ids.give(plain(list(inside)))
        if name:
            token.attrSet("id", name)

    def _refused(self, children: "list[Token]", line: int) -> None:
        """A forbidden link stays as text."""
        text = "".join(child.content for child in children if child.type == "text")
        for found in _REFUSED.finditer(text):
            said = f"the link {shown_text(found[1])} stays text: no page may have such an address"
            cure = "correct it: links begin with https://, http://, mailto: or tel:"
            self.faults.append(Fault(line, said, cure, False))

    def _link(self, token: "Token", line: int) -> None:
        href = str(token.attrGet("href") or "")
        if href.startswith("#"):
            self._fragments.append((token, line))
        elif urls.scheme_of(href) in urls.WEB:
            token.attrSet("rel", "nofollow noopener")
            if self.host and urls.host(href) == self.host:
                self.links.append(LocalLink(target=unquote(urls.path(href)), line=line, href=href))
        elif href.startswith("/") and not addresses.may_be_content(href):
            target = normpath(unquote(href.partition("#")[0].partition("?")[0]))
            self.links.append(LocalLink(target=target, line=line, href=href))
        elif href and not urls.scheme_of(href):
            token.attrSet("href", self._local(href, line))

    def _image(self, token: "Token", line: int) -> bool:
        """Whether the picture stays."""
        src = str(token.attrGet("src") or "")
        scheme = urls.scheme_of(src)
        if scheme == "http":
            cure = "use an https address, or a copy in content/"
            self.faults.append(Fault(line, "a picture over http: is left out", cure, False))
            return False
        if not addresses.may_show(src, self.remote_images):
            return False
        if not scheme:
            token.attrSet("src", self._local(src, line, image=True))
        token.attrSet("loading", "lazy")
        token.attrSet("decoding", "async")
        token.attrSet("referrerpolicy", "no-referrer")
        return True

    def _source(self, token: "Token", line: int) -> None:
        """The files that a <source> offers; `raw_html.py` has looked at its addresses."""
        offered = str(token.attrGet("srcset")).split(", ")
        for at, candidate in enumerate(offered):
            url, _, size = candidate.partition(" ")
            if not urls.scheme_of(url):
                offered[at] = f"{self._local(url, line, image=True)} {size}".rstrip()
        token.attrSet("srcset", ", ".join(offered))

    def _local(self, url: str, line: int, image: bool = False) -> str:
        """A reference to another file of `content/`: recorded, resolved when a page is made."""
        target, _, fragment = url.partition("#")
        path = unquote(target.partition("?")[0])
        ending = "/" if path.startswith("/") and path.endswith("/") and len(path) > 1 else ""
        where = normpath(join("/" if ending else dirname(self.path), path)) + ending
        if where.startswith("..") or where == ".":
            message = f'the link "{url}" leads out of content/'
            self.faults.append(Fault(line, message, "link to a file inside content/"))
            return url
        name = fragment.removeprefix(safehtml.PREFIX)
        link = LocalLink(target=where, line=line, image=image, fragment=unquote(name))
        self.links.append(link)
        tail = f"#{safehtml.PREFIX}{name}" if fragment else ""
        return f"{safehtml.LOCAL}:{quote(where)}{tail}"

    def _resolve_fragments(self) -> None:
        lost, known = 0, dict(self.anchors())
        for token, line in self._fragments:
            name = unquote(str(token.attrGet("href"))[1:])
            if found := anchors.find_id(known, name):
                token.attrSet("href", f"#{quote(found)}")
            elif name not in ("", "top"):
                token.attrs.pop("href")
                lost += 1
                near = did_you_mean(name, known) if lost <= HINTS else ""
                message = f"the link {shown_text('#' + name)} leads to no heading.{near}"
                cure = "correct what stands after the #; until then it is no link"
                self.faults.append(Fault(line, message, cure, error=False))


def _align(token: "Token") -> None:
    """Alignment as a class: a style attribute would break the content security policy."""
    style = str(token.attrs.pop("style", ""))
    side = style.removeprefix("text-align:")
    if side in safehtml.ALIGNMENTS:
        token.attrSet("class", f"align-{side}")
