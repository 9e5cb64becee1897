"""Prepares a cut page for Markdown: links checked, emphasis repaired, headings from level two."""

import re
import unicodedata

from lxml import html

from site_gen.basics import urls
from site_gen.convert.html import media, tables
from site_gen.convert.html.blocks import BLOCKS
from site_gen.convert.html.links import Base
from site_gen.convert.html.tree import Element, drop, elements

EMPHASIS = ("b", "strong", "em", "i")
STRONG = frozenset(["b", "strong"])
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCK = re.compile(r"(?i)text-decoration(?:-line)?\s*:[^;]*\bline-through")
KEPT = "data-kept"
"""Attribute of a link that stays although it has a picture and no words."""
KEPT_ATTRIBUTES = frozenset(["href", "src", "alt", "title", "class", "start"])
PLAIN = frozenset(
    "a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre s samp strong sub sup"
    " table tbody td tfoot th thead tr ul div section article figure dl dt dd body html q".split()
)


def tidy(root: Element, base: Base) -> None:
    """Change `root` in place until it has only what Markdown can express."""
    _pictures(root, base)
    _links(root, base)
    _rows(root)
    tables.settle(root)
    _headings(root)
    _struck(root)
    for element in list(elements(root)):
        if element is root:
            continue
        if element.tag not in PLAIN:
            if element.tag in BLOCKS:
                element.tag = "div"
            else:
                element.drop_tag()
                continue
        for name in set(element.attrib) - KEPT_ATTRIBUTES:
            del element.attrib[name]
    _emphasis(root)


def _pictures(root: Element, base: Base) -> None:
    for element in list(root.iter("img")):
        found = media.described(element, base)
        if not found.get("url"):
            drop(element)
            continue
        for name in element.attrib:
            del element.attrib[name]
        element.set("src", found["url"])
        element.set("alt", found.get("alt", ""))
        said = (found.get("caption", "").rstrip("."), found.get("credit", ""))
        title = ". ".join(filter(None, said))
        if title:
            element.set("title", title)
    for element in list(root.iter("iframe", "video", "audio")):
        name, url = media.player(element, base)
        if not name:
            drop(element)
            continue
        paragraph = html.Element("p")
        link = html.Element("a", href=url)
        link.text = name
        paragraph.append(link)
        paragraph.tail, element.tail = element.tail, None
        element.getparent().replace(element, paragraph)


def _links(root: Element, base: Base) -> None:
    for link in list(root.iter("a")):
        url = base.absolute(link.get("href", ""), urls.LINKS)
        empty = not link.text_content().strip()
        # a fragment leads to a place that the draft does not have
        inside = link.get("href", "").strip().startswith("#")
        pictured = link.find(".//img") is not None
        if pictured and url and link.get(KEPT) is not None and not _holds_block(link):
            link.attrib.clear()
            link.set("href", url)
        elif not url or empty or inside or pictured or _holds_block(link):
            link.drop_tag()
        else:
            link.attrib.clear()
            link.set("href", url)


def _holds_block(element: Element) -> bool:
    return any(below.tag in BLOCKS for below in element.iterdescendants())


def _rows(root: Element) -> None:
    """Remove repeated rows; pages repeat table heads for narrow screens."""
    before = ""
    for row in list(root.iter("tr")):
        text = row.text_content().strip()
        if text and text == before:
            drop(row)
        before = text


def _headings(root: Element) -> None:
    found = list(root.iter(*HEADINGS))
    if not found:
        return
    shift = 2 - min(int(heading.tag[1]) for heading in found)
    for heading in found:
        heading.tag = f"h{min(6, int(heading.tag[1]) + shift)}"
        for inner in list(heading.iter(*STRONG)):
            inner.drop_tag()


def _struck(root: Element) -> None:
    """Text that is struck through by an old element or by style is not what the page says."""
    for element in list(elements(root)):
        if element.tag == "strike":
            element.tag = "del"
        elif _STRUCK.search(element.get("style") or "") and not _holds_block(element):
            inner = html.Element("del")
            inner.text, element.text = element.text, None
            inner.extend(list(element))
            element.append(inner)


def _emphasis(root: Element) -> None:
    """No emphasis inside or beside the same emphasis, and none that punctuation would break."""
    for element in list(root.iter(*EMPHASIS)):
        like = STRONG if element.tag in STRONG else {"em", "i"}
        if any(a.tag in like for a in element.iterancestors()) or _holds_block(element):
            element.drop_tag()
    for element in list(root.iter(*EMPHASIS)):
        _join_next(element)
    for element in list(root.iter(*EMPHASIS)):
        if not element.text_content().strip() and element.find(".//img") is None:
            element.drop_tag()
        else:
            _move_edges_out(element)


def _join_next(element: Element) -> None:
    following = element.getnext()
    while following is not None and following.tag == element.tag and not element.tail:
        if len(element):
            element[-1].tail = (element[-1].tail or "") + (following.text or "")
        else:
            element.text = (element.text or "") + (following.text or "")
        element.extend(list(following))
        tail, following.tail = following.tail, None
        following.getparent().remove(following)
        element.tail = tail
        following = element.getnext()


def _move_edges_out(element: Element) -> None:
    """`**bold:**text` is no emphasis in CommonMark; `**bold**:text` is."""
    tail = element.tail or ""
    if not len(element) and tail[:1].isalnum():
        text = element.text or ""
        kept = text.rstrip()
        end = len(kept)
        while end and _is_punctuation(kept[end - 1]):
            end -= 1
        if 0 < end < len(kept):
            element.text, element.tail = text[:end], text[end:] + tail


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
