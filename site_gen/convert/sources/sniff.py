"""Detects what a raw document is and decodes its text: by content, in doubt by name.

What cannot become a draft (a PDF, a picture, an empty file, 50 MB) is refused with its name.
"""

import json
import re
from enum import Enum
from typing import NamedTuple

from site_gen.basics import files
from site_gen.convert.sources import encodings, mail_marks, markdown_marks
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where

MAX_BYTES = 50_000_000
HEAD = 4096


class Kind(Enum):
    """The kinds of documents, each with its converter."""

    ENTRY = "entry"
    FOREIGN = "foreign entry"
    HTML = "html"
    FEED = "feed"
    OPML = "opml"
    MAIL = "mail"
    MARKDOWN = "markdown"
    TEXT = "text"


class Sniffed(NamedTuple):
    """The kind, the text (`\\n` newlines, no forbidden characters; "" for mails, whose parts have
    their own encodings), and why its encoding is in doubt."""

    kind: Kind
    text: str
    doubt: str = ""


MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
"""First bytes of files that people take for documents, and what they are."""

PACKED = (
    (
        b"epub+zip",
        "an EPUB book",
        "make Markdown of it (pandoc book.epub -t gfm -o book.md), or save its chapters as HTML",
    ),
    (
        b"opendocument.text",
        "an OpenDocument text",
        "save it as HTML from your word processor, or use pandoc -t gfm",
    ),
    (
        b"word/",
        "a Word document",
        "save it as HTML from your word processor (Web Page, Filtered), or use pandoc -t gfm",
    ),
    (
        b"%PDF-",
        "a PDF",
        "copy its text into a .txt file (pdftotext -layout), or convert the page it was made of",
    ),
)
"""How to recognise kinds of packed documents, their names, and the cures."""

MARKUPS = (
    (".rst", "reStructuredText", "rst"),
    (".adoc", "AsciiDoc", "asciidoc"),
    (".asciidoc", "AsciiDoc", "asciidoc"),
    (".org", "Org", "org"),
    (".textile", "Textile", "textile"),
)
"""Markup recognised by file name: its name, and pandoc's name for it."""

OWN_KEYS = re.compile(
    r"^(?:publishedDateTime|addedDateTime|modifiedDateTime|expiryDateTime|originalUrl|webUrl"
    r"|ampWebUrl|cdnAmpWebUrl|featuredContent|rawDigest|titleDerived)\s*:",
    re.MULTILINE,
)
"""Keys that only our schema has."""

_FENCE = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\n"
    r"(?:[ \t]*(?:#.*)?\n)*(?:[\w\"'-]{1,60}[ \t]*[:=]|(?P=fence)[ \t]*$)",
    re.MULTILINE,
)
_HEADER = re.compile(r"[A-Z][A-Za-z_-]{1,30}: ?\S")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    r"<!doctype html|<(?:html|head|body|article|main)[\s>]|<(?:p|div|section|h1)[\s>]",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")


def sniff(raw: RawDocument) -> Sniffed:
    """Kind and text of `raw`. Raises SiteError with the reason if it is refused."""
    _refuse(raw)
    if mail_marks.is_mail(raw.data):
        return Sniffed(Kind.MAIL, "")
    if encodings.is_binary(raw.data):
        raise refused(raw.name, "is a binary file", "copy its text into a .txt file")
    found = encodings.decode(raw)
    text = files.clean(found.text).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise refused(raw.name, "is empty", "check that the file was saved whole")
    return Sniffed(kind(text, raw), text, found.doubt)


def _refuse(raw: RawDocument) -> None:
    if len(raw.data) > MAX_BYTES:
        raise refused(
            raw.name,
            f"has {len(raw.data)} bytes; the limit is {MAX_BYTES}",
            "split it, or shorten it",
        )
    if not raw.data.strip(b"\x00\t\n\r "):
        raise refused(raw.name, "is empty", "check that the file was saved whole")
    for ending, name, source in MARKUPS:
        if raw.name.lower().endswith(ending):
            cure = f"make Markdown of it, such as with pandoc -f {source} -t gfm"
            raise refused(raw.name, f"is {name}", cure)
    start = raw.data[:16].lstrip()
    for magic, name in MAGIC:
        if start.startswith(magic):
            raise refused(raw.name, *_packed(raw, name))


def _packed(raw: RawDocument, name: str) -> tuple[str, str]:
    """What a packed document is, and the cure."""
    head = raw.data[:HEAD]
    for mark, called, cure in PACKED:
        if mark in head or (mark == b"word/" and raw.name.lower().endswith(".docx")):
            return f"is {called}", cure
    return f"is {name}", "copy its text into a .txt file, or save it as HTML"


def refused(name: str, reason: str, cure: str) -> SiteError:
    """The error for a document that is not converted."""
    return SiteError([Problem("convert/refused", f"{name} {reason}", Where(name), cure)])


def kind(text: str, raw: RawDocument) -> Kind:
    """The converter for `text`, by its beginning, else by media type and name."""
    head = text.lstrip()
    if _FENCE.match(head) or _is_json_front_matter(head):
        return Kind.ENTRY if _has_own_keys(head) else Kind.FOREIGN
    if head.startswith("{") and _is_json_feed(head):
        return Kind.FEED
    beginning = _after_prologue(head)[:HEAD]
    if head.startswith("<") and not markdown_marks.is_named(raw.name):
        return _markup(beginning, raw)
    if _is_header_block(head):
        return Kind.FOREIGN
    if markdown_marks.is_markdown(head, raw.name):
        return Kind.MARKDOWN
    if raw.media_type in ("text/html", "application/xhtml+xml"):
        return Kind.HTML
    is_page = raw.name.lower().endswith((".html", ".htm", ".xhtml"))
    return Kind.HTML if is_page or len(_TAG.findall(beginning)) > 10 else Kind.TEXT


_PROLOGUE = re.compile(
    r"\s*+(?:<\?[^>]*+>|<!--(?:(?!-->).)*+-->"
    r"|<!DOCTYPE(?!\s++html)[^\[>]*+(?:\[(?:[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?>)",
    re.IGNORECASE | re.DOTALL,
)


def _after_prologue(text: str) -> str:
    """Markup from its first element on; an XML prologue can be long."""
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    return text[at:].lstrip() or text


def _markup(beginning: str, raw: RawDocument) -> Kind:
    if re.search(r"<opml[\s>]", beginning, re.IGNORECASE):
        return Kind.OPML
    if found := _FEED.search(beginning):
        before = beginning[: found.start()].lower()
        if "<html" not in before and "<body" not in before:
            return Kind.FEED
    return Kind.HTML if _HTML.search(beginning) or _TAG.match(beginning) else Kind.TEXT


def _has_own_keys(head: str) -> bool:
    first, _, rest = head.partition("\n")
    block = re.split(r"^(?:---|\+\+\+)[ \t]*$", rest, maxsplit=1, flags=re.MULTILINE)[0]
    return first.strip() == "---" and OWN_KEYS.search(block) is not None


def _is_json_front_matter(head: str) -> bool:
    """Hugo's third style: a JSON object, then the body."""
    return (
        head.startswith("{\n")
        and re.search(r"^\}[ \t]*\n", head, re.MULTILINE) is not None
        and ('"title"' in head[:HEAD] and '"items"' not in head[:HEAD])
    )


def _is_json_feed(head: str) -> bool:
    try:
        return "jsonfeed.org" in str(json.loads(head).get("version", ""))
    except (ValueError, RecursionError, AttributeError):
        return False


def _is_header_block(head: str) -> bool:
    """Pelican's lines such as `Title: ...`: at least two, including a title, before a blank
    line."""
    lines = head.split("\n\n", 1)[0].split("\n")
    if not all(_HEADER.match(line) or line[:1] in (" ", "\t") for line in lines):
        return False
    keys = {line.partition(":")[0].lower() for line in lines if line[:1] not in (" ", "\t")}
    return len(keys) > 1 and "title" in keys and bool(keys & HEADER_KEYS)


HEADER_KEYS = frozenset(
    "date modified category tags slug author authors summary status lang".split()
)
"""Words of which one must be beside `Title:`."""
