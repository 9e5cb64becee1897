"""A whole page of HTML, as a site without any system has it: its head read, its frame left out."""

import re
from typing import NamedTuple

from lxml import etree, html

from site_gen.importers.addresses import path_of

_WHOLE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html)\b", re.I | re.S)
_FRAME = "//body//nav|//body//script|//body//style|//body//form|//body//noscript|//body//template"
_EDGES = "/html/body//header[not(ancestor::main|ancestor::article)]|/html/body//footer[not(ancestor::main|ancestor::article)]"  # noqa: E501
_DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "pubdate")


class Page(NamedTuple):
    """What a page says of itself; `base_url` and `address` are of its canonical link."""

    fields: dict[str, str]
    body: str
    base_url: str = ""
    address: str = ""


def read(text: str) -> Page | None:
    """The page; None for a piece of HTML, or what cannot be read."""
    if not _WHOLE.match(text):
        return None
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    except (etree.LxmlError, ValueError):
        return None
    fields: dict[str, str] = {}
    headings = root.xpath("//h1")
    title = headings[0] if len(headings) == 1 else root.find(".//title")
    if title is not None and (words := " ".join(title.text_content().split())):
        fields["title"] = words
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        value = (meta.get("content") or "").strip()
        if value and name == "description":
            fields["description"] = value
        elif value and (name in _DATES or meta.get("itemprop") == "datePublished"):
            fields.setdefault("date", value)
        elif value and name == "author":
            fields["author"] = value
    url = next((link.get("href") or "" for link in root.xpath("//link[@rel='canonical']")), "")
    for element in root.xpath(f"{_FRAME}|{_EDGES}"):
        if element.getparent() is not None:
            element.drop_tree()
    main = root.xpath("//main") or root.xpath("//article") or root.xpath("//body")
    body = etree.tostring(main[0] if len(main) == 1 else root.find("body"), encoding="unicode",
                          method="html")  # fmt: skip
    base = re.match(r"https?://[^/]+", url)
    return Page(fields, body, base[0] if base else "", path_of(url) if base else "")
