"""Entries of all kinds of feeds, before they become drafts."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from site_gen.convert import html, similarity
from site_gen.frontmatter.not_public import Mark
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where


class Attached(NamedTuple):
    """A file that an entry carries beside its text, such as a podcast's episode."""

    url: str
    kind: str
    title: str = ""

    @property
    def name(self) -> str:
        """What a link to it says."""
        spoken = {"audio": "Audio", "video": "Video"}.get(self.kind.partition("/")[0], "")
        return self.title or spoken or unquote(urlsplit(self.url).path.rpartition("/")[2]) or "File"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. `content` and `summary` are HTML; `marks` say that it is not public,
    since exports contain everything."""

    id: str = ""
    title: str = ""
    link: str = ""
    external: str = ""
    content: str = ""
    summary: str = ""
    published: object = None
    updated: object = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[dict[str, Any], ...] = ()
    files: tuple[Attached, ...] = ()
    language: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own name, home page and language, and its entries in order."""

    title: str = ""
    home: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph for each block between blank lines, and lists."""
    blocks = _BLANK.split(text.replace("\r\n", "\n"))
    return "".join(_block(block.strip("\n")) for block in blocks if block.strip())


def _block(block: str) -> str:
    made = []
    for element, lines in groupby(block.split("\n"), _list_of):
        if not element:
            made.append(f"<p>{escaped(chr(10).join(lines))}</p>")
            continue
        items = (escaped(_MARK.sub("", line, count=1)) for line in lines)
        made.append(f"<{element}>{''.join(f'<li>{item}</li>' for item in items)}</{element}>")
    return "".join(made)


def _list_of(line: str) -> str:
    """The element of the list in which a line is an item, "" for other lines."""
    mark = _MARK.match(line)
    return "" if mark is None else "ol" if mark["number"] else "ul"


_BLANK = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"[ \t]*(?:[-*\u2022]|(?P<number>\d{1,2}[.)]))[ \t]+(?=\S)")


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def string(value: Any) -> str:
    """The text, or "" for other types."""
    return value if isinstance(value, str) else ""


def line(value: Any) -> str:
    """A title or name as plain text, since feeds put HTML into both."""
    text = string(value)
    return (
        similarity.squeeze(html.plain(text))
        if "<" in text or "&" in text
        else similarity.squeeze(text)
    )


def person(text: str) -> str:
    """The name in an author element: `ann@post.example (Ann Example)`; "" for only an address."""
    inside = _IN_BRACKETS.search(text)
    if inside and "@" not in inside[1] and ("@" in text or " at " in text):
        return line(inside[1])
    return line(_ADDRESS.sub("", text)).strip(" ,;<>()\"'")


_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_ADDRESS = re.compile(r"<[^<>]*@[^<>]*>|\S+@\S+")


def unreadable(raw: RawDocument) -> SiteError:
    """The error for a document that only looks like a feed."""
    problem = Problem(
        "convert/feed",
        "this is no feed that can be read",
        Where(raw.name),
        "check it with a feed validator, or convert the pages it lists",
    )
    return SiteError([problem])
