"""The parser's verdict on a built site: nothing in it runs, loads or styles that we did not make.

The product makes its HTML with other libraries than this reads it with; a browser is the second
judge (test_g01_browser.py).
"""

import html
import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import lxml.html
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
SCHEMES = {"http", "https", "mailto", "tel"}
DEAD = {"iframe", "frame", "frameset", "object", "embed", "applet", "base", "math", "template"}
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "cite",
    "data",
    "ping",
    "xlink:href",
    "background",
    "manifest",
    "longdesc",
)
PROSE = set(
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em"
    " figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt"
    " ruby s section small source span strong sub summary sup table tbody td tfoot th thead"
    " time tr u ul".split()
)
REL = {
    "stylesheet",
    "canonical",
    "alternate",
    "icon",
    "next",
    "prev",
    "search",
    "nofollow",
    "noopener",
    "noreferrer",
    "author",
    "license",
    "home",
    "up",
    "preload",
    "self",
    "external",
    "apple-touch-icon",
    "manifest",
    "me",
    "first",
    "last",
    "help",
}

Attributes = dict[str, str]
Element = tuple[str, Attributes, str]
"""Name in lower case, attributes, and the text inside of script and style."""


def elements(text: str) -> Iterator[Element]:
    """Every element of an HTML document or fragment."""
    if not text.strip():
        return
    for node in lxml.html.document_fromstring(f"<!doctype html>{text}").iter(etree.Element):
        attributes = {str(name).lower(): str(value) for name, value in node.attrib.items()}
        inner = node.text or "" if node.tag in ("script", "style") else ""
        yield str(node.tag).lower(), attributes, inner


def faults(text: str, *, mail: bool = False, scripts: bool = False) -> list[str]:
    """What is wrong with a page. `scripts`: our own script files may stand in it."""
    found = [fault for element in elements(text) for fault in _element(*element, mail)]
    for tag, attributes, inner in elements(text):
        if tag == "script":
            found += _script(attributes, inner, scripts)
    return found + _doubled(text)


def _doubled(text: str) -> list[str]:
    ids = [attributes["id"] for _, attributes, _ in elements(text) if "id" in attributes]
    return [f"two of id {name!r}" for name in sorted({n for n in ids if ids.count(n) > 1})]


def _element(tag: str, attributes: Attributes, inner: str, mail: bool) -> Iterator[str]:
    if tag in DEAD or (tag == "style" and not mail):
        yield f"<{tag}>"
    for name, value in attributes.items():
        if name.startswith("on") or name in ("srcdoc", "ping", "formaction", "manifest"):
            yield f"{tag} {name}={value!r}"
        if name == "style" and (not mail or re.search(r"url|expression|import|fixed|\\", value)):
            yield f"{tag} style={value!r}"
        if name in ADDRESSES and not harmless(value):
            yield f"{tag} {name}={value!r}"
    if tag == "img" and attributes.get("src", "").startswith("http:"):
        yield f"picture over http: {attributes['src']!r}"
    if tag == "meta" and attributes.get("http-equiv", "").lower() in ("refresh", "set-cookie"):
        yield f"meta {attributes}"
    if not set(attributes.get("rel", "").split()) <= REL:
        yield f"{tag} rel={attributes['rel']!r}"
    if inner and tag == "style" and re.search(r"url\(|@import|expression", inner):
        yield f"style {inner[:60]!r}"


def _script(attributes: Attributes, inner: str, scripts: bool) -> Iterator[str]:
    if attributes.get("type") == "application/ld+json":
        json.loads(inner)
    elif not scripts or inner.strip() or not attributes.get("src", "").startswith("/assets/"):
        yield f"script {attributes} {inner[:60]!r}"


def harmless(url: str) -> bool:
    """Whether a browser that strips and decodes as it likes still finds an allowed scheme."""
    plain = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]", "", html.unescape(url))
    if plain.startswith(("//", "/\\", "\\")):
        return False
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    if not scheme:
        return True
    if scheme[1].lower() not in SCHEMES:
        return False
    return scheme[1].lower() in ("mailto", "tel") or "@" not in urlsplit(plain).netloc


def prose_faults(text: str) -> list[str]:
    """What is wrong with a body: more than prose needs, or a name without our prefix."""
    found = faults(text)
    for tag, attributes, _ in elements(text):
        if tag not in PROSE | {"html", "head", "body", "colgroup"}:
            found.append(f"<{tag}>")
        for name in ("id", "name"):
            if name in attributes and not attributes[name].startswith("c-"):
                found.append(f"{tag} {name}={attributes[name]!r}")
    return found


def judged(public: Path) -> dict[str, list[str]]:
    """Every output of a site that somebody opens: path -> what is wrong with it."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for p in public.rglob("*") if p.is_file()):
        name = path.relative_to(public).as_posix()
        wrong = list(_output(name, path))
        if wrong:
            found[name] = wrong
    return found


def _output(name: str, path: Path) -> Iterator[str]:
    if name.endswith(".html"):
        mail = name.endswith("email.html")
        yield from faults(path.read_text("utf-8"), mail=mail, scripts=name.startswith("search/"))
    elif name.endswith(".epub"):
        yield from book_faults(path.read_bytes())
    elif name.endswith(".xml"):
        yield from feed_faults(path.read_bytes())
    elif name.endswith(".json"):
        yield from data_faults(json.loads(path.read_bytes()))


def feed_faults(data: bytes) -> Iterator[str]:
    """HTML in a feed, and addresses; the XML must be well-formed without any entity of its own."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield "a document type"
    for element in ElementTree.fromstring(data).iter():
        tag = element.tag.rpartition("}")[2]
        text = element.text or ""
        if tag in ("encoded", "content") or (tag == "summary" and element.get("type") == "html"):
            yield from prose_faults(text) if tag != "summary" else faults(text)
        for name in ("href", "url", "src"):
            if name in element.attrib and not harmless(element.attrib[name]):
                yield f"{tag} {name}={element.attrib[name]!r}"
        if tag in ("link", "uri", "loc", "url", "comments") and not harmless(text.strip()):
            yield f"{tag} {text!r}"


def data_faults(value: Any, key: str = "") -> Iterator[str]:
    """HTML and addresses in JSON, by the names of their keys."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from data_faults(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from data_faults(inner, key)
    elif isinstance(value, str):
        lower = key.lower()
        if "html" in lower:
            yield from prose_faults(value)
        elif (lower.endswith("url") or lower in ("href", "src")) and not harmless(value):
            yield f"{key} {value!r}"


def book_pages(data: bytes) -> dict[str, bytes]:
    """The XHTML documents of an EPUB."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist() if name.endswith(".xhtml")}


def book_faults(data: bytes) -> Iterator[str]:
    """What is wrong with an EPUB's pages; each must be well-formed."""
    for name, page in book_pages(data).items():
        for element in ElementTree.fromstring(page).iter():
            tag = element.tag.removeprefix(XHTML).lower()
            attributes = {k.rpartition("}")[2].lower(): v for k, v in element.attrib.items()}
            if tag in ("script", "style", "form", "input", "video", "audio", "svg", "link") and (
                tag != "link" or attributes.get("rel") != "stylesheet"
            ):
                yield f"{name} <{tag}>"
            yield from (f"{name} {fault}" for fault in _element(tag, attributes, "", False))
