"""Entries of all kinds of feeds, before they become drafts."""

import re
from dataclasses import dataclass, field
from typing import Any

from site_gen.convert import html, similarity
from site_gen.frontmatter.not_public import Mark
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where


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
    sounds: tuple[str, ...] = ()
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
    """Plain text as HTML, with a paragraph for each block between blank lines."""
    return "".join(f"<p>{escaped(p)}</p>" for p in text.split("\n\n") if p.strip())


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
