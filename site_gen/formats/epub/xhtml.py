"""Bodies as a book may hold them: XHTML, every link absolute or in place."""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

from site_gen.basics.safehtml import unchosen
from site_gen.formats.common.links import SAFE
from site_gen.formats.common.text import legal

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLAIN = re.compile(r"https?://[A-Za-z0-9_.~/?#=&%+:,;@!-]+")
_START = re.compile(r"-?\d{1,9}")
_LINKS = ("https://", "http://", "mailto:", "tel:")
_KEPT = {
    "a": {"href", "id", "title", "class"},
    "ol": {"start", "class"},
    "img": {"src", "alt"},
}
_COMMON = {"id", "class"}


def _none(url: str) -> str:
    return ""


def xhtml(
    html: str, base: str, page: str, picture: str, carried: Callable[[str], str] = _none
) -> str:
    """A sanitised body as a `<div>` of XHTML.

    `page` is the article's own address: where its pictures are, and what a fragment that is not
    here leads to. `carried` gives the path of a picture that the book has, or ""; `picture` is
    the sentence that stands for any other, with `{}` for its words.
    """
    from lxml import etree

    body = legal(unchosen(html)) or "<p></p>"
    root = etree.fromstring(f"<div>{body}</div>", _parser())[0][0]
    _pictures(root, base, picture, carried)
    ids = _ids(root)
    for element in root.xpath(".//*[@*]"):
        _attributes(element, ids, base, page)
    return str(etree.tostring(root, method="xml", encoding="unicode"))


@cache
def _parser() -> Any:
    """lxml's own: that of `lxml.html` asks for the class of each element anew."""
    from lxml import etree

    return etree.HTMLParser()


def attributes(language: str, direction: str) -> str:
    """`lang`, `xml:lang` and `dir` where they are known and well-formed."""
    found = ""
    if _LANGUAGE.fullmatch(language):
        found = f' lang="{language}" xml:lang="{language}"'
    return found + (f' dir="{escape(direction)}"' if direction else "")


def language_tag(text: str) -> str:
    """A well-formed language tag; `und` (undetermined) for anything else."""
    return text if _LANGUAGE.fullmatch(text) else "und"


def _pictures(root: Any, base: str, sentence: str, carried: Callable[[str], str]) -> None:
    """A link in the place of each picture that the book does not carry, with its words."""
    from lxml import etree

    for image in list(root.iter("img")):
        if name := carried(image.get("src") or ""):
            image.set("src", name)
            image.set("alt", image.get("alt") or "")
            continue
        words = (image.get("alt") or image.get("title") or "").strip()
        source = _absolute(image.get("src") or "", base)
        inside = any(parent.tag == "a" for parent in image.iterancestors())
        stand_in = etree.Element("span" if inside or not source else "a")
        if stand_in.tag == "a":
            stand_in.set("href", source)
        stand_in.text = sentence.format(words) if words else source.rpartition("/")[2]
        stand_in.tail = image.tail
        image.getparent().replace(image, stand_in)


def _ids(root: Any) -> dict[str, str]:
    """Old id -> new one: an XML name, unique in the document. Later doubles lose theirs."""
    found: dict[str, str] = {}
    for element in root.xpath(".//*[@id]"):
        name = element.get("id")
        if name in found:
            del element.attrib["id"]
            continue
        found[name] = name if _ID.fullmatch(name) else f"x-{len(found)}"
        element.set("id", found[name])
    return found


def _attributes(element: Any, ids: dict[str, str], base: str, page: str) -> None:
    allowed = _KEPT.get(element.tag, _COMMON)
    for name, value in element.items():
        if name == "href" and "href" in allowed:
            target = _target(value, ids, base, page)
            if target:
                element.set("href", target)
                continue
        elif name in allowed and (name != "start" or _START.fullmatch(value)):
            continue
        del element.attrib[name]


def _target(href: str, ids: dict[str, str], base: str, page: str) -> str:
    if href.startswith("#"):
        here = ids.get(href[1:])
        return f"#{here}" if here else page
    return _absolute(href, base)


def _absolute(url: str, base: str) -> str:
    full = base + url if url.startswith("/") else url
    if _PLAIN.fullmatch(full):
        return full
    return quote(full, safe=SAFE) if full.startswith(_LINKS) else ""
