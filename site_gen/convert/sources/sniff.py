"""What a raw document is, and its text: told by content first, by name only in doubt.

What cannot become a draft (a PDF, a picture, nothing at all, 50 MB) is refused by name.
"""

import codecs
import json
import re
from enum import Enum
from typing import NamedTuple

from site_gen.basics import files
from site_gen.convert.sources import markdown_marks
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where

MAX_BYTES = 50_000_000
HEAD = 4096


class Kind(Enum):
    """What converts it."""

    ENTRY = "entry"
    FOREIGN = "foreign entry"
    HTML = "html"
    FEED = "feed"
    OPML = "opml"
    MARKDOWN = "markdown"
    TEXT = "text"


class Sniffed(NamedTuple):
    """A kind, and the text with `\\n` newlines and nothing that no output may hold."""

    kind: Kind
    text: str


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
"""First bytes of what people take for a document, and its name."""

MARKUPS = (
    (".rst", "reStructuredText", "rst"),
    (".adoc", "AsciiDoc", "asciidoc"),
    (".asciidoc", "AsciiDoc", "asciidoc"),
    (".org", "Org", "org"),
    (".textile", "Textile", "textile"),
)
"""Markup that is told by the file's name, what it is called, and what pandoc calls it."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OWN_KEYS = re.compile(
    r"^(?:publishedDateTime|addedDateTime|modifiedDateTime|expiryDateTime|originalUrl|webUrl"
    r"|ampWebUrl|cdnAmpWebUrl|featuredContent|rawDigest|titleDerived)\s*:",
    re.MULTILINE,
)
"""Keys that only our schema has."""

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})["']""")
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
    """Kind and text of `raw`. Raises SiteError with the reason for what is refused."""
    _refuse(raw)
    text = files.clean(decoded(raw)).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise refused(raw, "is empty", "check that the file was saved whole")
    return Sniffed(kind(text, raw), text)


def _refuse(raw: RawDocument) -> None:
    if len(raw.data) > MAX_BYTES:
        raise refused(
            raw, f"has {len(raw.data)} bytes; the limit is {MAX_BYTES}", "split it, or shorten it"
        )
    if not raw.data.strip(b"\x00\t\n\r "):
        raise refused(raw, "is empty", "check that the file was saved whole")
    for ending, name, source in MARKUPS:
        if raw.name.lower().endswith(ending):
            cure = f"make Markdown of it, such as with pandoc -f {source} -t gfm"
            raise refused(raw, f"is {name}", cure)
    start = raw.data[:16].lstrip()
    for magic, name in MAGIC:
        if start.startswith(magic):
            raise refused(raw, f"is {name}", "copy its text into a .txt file, or save it as HTML")


def refused(raw: RawDocument, reason: str, cure: str) -> SiteError:
    """The error for a document that is not converted."""
    return SiteError([Problem("convert/refused", f"{raw.name} {reason}", Where(raw.name), cure)])


def decoded(raw: RawDocument) -> str:
    """The text: by BOM, declared charset, UTF-8, cp1252, in this order. Raises SiteError."""
    bom = next((codec for mark, codec in BOMS if raw.data.startswith(mark)), "")
    if not bom and _is_binary(raw.data[:HEAD]):
        raise refused(raw, "is a binary file", "copy its text into a .txt file")
    declared = [bom, raw.charset, _declared(raw.data[:HEAD]), "utf-8", "cp1252"]
    for charset in filter(None, declared):
        try:
            return raw.data.decode(_codec(charset))
        except (UnicodeError, LookupError):
            continue
    return raw.data.decode("cp1252", "replace")


def _codec(charset: str) -> str:
    """The Python codec for a charset as browsers read its name (Encoding Standard, 4.2)."""
    name = codecs.lookup(charset.strip().strip("\"'"))
    if not getattr(name, "_is_text_encoding", True):
        raise LookupError(charset)
    if name.name in ("ascii", "iso8859-1"):
        return "cp1252"
    return "gb18030" if name.name in ("gb2312", "gbk") else name.name


def _declared(head: bytes) -> str:
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii", "ignore") if found else ""


def _is_binary(head: bytes) -> bool:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls > max(3, len(head) // 50)


def kind(text: str, raw: RawDocument) -> Kind:
    """What converts `text`, by its beginning; by media type and name where that says nothing."""
    head = text.lstrip()
    if _FENCE.match(head) or _is_json_front_matter(head):
        return Kind.ENTRY if _has_own_keys(head) else Kind.FOREIGN
    if head.startswith("{") and _is_json_feed(head):
        return Kind.FEED
    beginning = head[:HEAD]
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
    """Hugo's third style: an object, then the body."""
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
    """Pelican's lines `Title: ...`, at least two, a title among them, before a blank line."""
    lines = head.split("\n\n", 1)[0].split("\n")
    if not all(_HEADER.match(line) or line[:1] in (" ", "\t") for line in lines):
        return False
    keys = {line.partition(":")[0].lower() for line in lines if line[:1] not in (" ", "\t")}
    return len(keys) > 1 and "title" in keys and bool(keys & HEADER_KEYS)


HEADER_KEYS = frozenset(
    "date modified category tags slug author authors summary status lang".split()
)
"""Words of which one must stand beside `Title:`."""
