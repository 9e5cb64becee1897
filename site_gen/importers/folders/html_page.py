"""A whole page of HTML, as a site without any system has it: its head read, its frame left out."""

import re
from typing import NamedTuple

from lxml import etree, html

from site_gen.importers.folders import h_entry
from site_gen.importers.reading.addresses import path_of

_WHOLE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*+-->\s*)*+<(?:!doctype|html)\b", re.I | re.S
)
_FRAME = "//body//nav|//body//script|//body//style|//body//form|//body//noscript|//body//template"
_EDGES = "/html/body//header[not(ancestor::main|ancestor::article)]|/html/body//footer[not(ancestor::main|ancestor::article)]"  # noqa: E501
_PAGERS = "|".join(
    f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    for name in ("pagination", "pager", "page-navigation", "post-navigation", "nav-links")
)
"""Where an archive leads to the page before and after."""
_SIGN_UP = "//aside[.//form]"
HALF = 0.5
"""Of the words of the main part, which its one article must have to be the text."""
_DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "pubdate", "created")


class Page(NamedTuple):
    """What a page says of itself; `base_url` and `address` are of its canonical link; `leads_to`
    is where it sends its readers at once. `has_no_address` if it stood on a host of many writers,
    under another name than its file has."""

    fields: dict[str, str]
    body: str
    base_url: str = ""
    address: str = ""
    site_name: str = ""
    leads_to: str = ""
    has_no_address: bool = False


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
    if title is not None:
        _heading(title, fields)
    site_name = leads_to = ""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        value = (meta.get("content") or "").strip()
        if (meta.get("http-equiv") or "").lower() == "refresh":
            leads_to = leads_to or _refresh(value)
        elif value and name == "og:site_name":
            site_name = value
        elif value and name == "description":
            fields["description"] = value
        elif value and (name in _DATES or meta.get("itemprop") == "datePublished"):
            fields.setdefault("date", value)
        elif value and name == "author" and "@" not in value:
            fields["author"] = value
    url = next((link.get("href") or "" for link in root.xpath("//link[@rel='canonical']")), "")
    for element in root.xpath(f"{_SIGN_UP}|{_FRAME}|{_EDGES}|{_PAGERS}"):
        if element.getparent() is not None:
            element.drop_tree()
    post = h_entry.read(root)
    fields |= post.fields if post else {}
    url = url or (post.url if post else "")
    if h_entry.is_on_a_platform(url):
        fields["originalUrl"], url = url, ""
    body = etree.tostring(post.body if post else _text(root), encoding="unicode", method="html")
    base = re.match(r"https?://[^/]+", url)
    return Page(
        fields, body, base[0] if base else "", path_of(url) if base else "", site_name, leads_to,
        has_no_address="originalUrl" in fields,
    )  # fmt: skip


def _refresh(value: str) -> str:
    """`0; url=/new/`: where the page leads; "" for one that only loads itself again."""
    found = re.match(r"\s*\d{1,2}(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'\s]+)", value, re.I)
    return found[1] if found else ""


def _heading(heading: html.HtmlElement, fields: dict[str, str]) -> None:
    """The title, without the date that stands in it."""
    for time in heading.xpath(".//time"):
        told = " ".join((time.get("datetime") or time.text_content()).split())
        fields.setdefault("date", told)
        if len(heading.text_content().split()) > len(time.text_content().split()):
            time.drop_tree()
    if words := " ".join(heading.text_content().split()):
        fields["title"] = words


def _text(root: html.HtmlElement) -> html.HtmlElement:
    """The one main part, or article; the article in the main part where it is most of that."""
    main, articles = root.xpath("//main"), root.xpath("//article")
    if len(main) == 1 and len(articles) == 1 and main[0] in articles[0].iterancestors():
        words = [len(element.text_content().split()) for element in (articles[0], main[0])]
        return articles[0] if words[0] > HALF * words[1] else main[0]
    found = main or articles
    return found[0] if len(found) == 1 else root.find("body")
