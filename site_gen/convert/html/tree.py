"""A saved page as an lxml tree for the extractors and the Markdown writer."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from lxml import etree, html
from lxml.cssselect import CSSSelector

from site_gen.basics import files
from site_gen.problems import Problem, SiteError, Where

Element: TypeAlias = Any
"""An lxml element; lxml has no types."""

_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]{0,40})\s[^<>]{4000,}>")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*([0-9]{1,9}));?")
UNREAD = ("script", "style", "template")
"""Elements without words for people."""
HIDDEN = ("script", "style", "template", "svg", "noscript")
EMBEDDED_POSTS = (
    '//blockquote[contains(@class,"twitter") or contains(@class,"tweet")'
    ' or contains(@class,"instagram-media")]'
)
TOOL_TIPS = (
    '//*[contains(@class,"rollover") or contains(@class,"tooltip") or contains(@class,"popover")]'
)
MAX_TOOL_TIP = 3000
_UNSHOWN = re.compile(r"(?i)(?:^|;)\s*display\s*:\s*none\b")
POST = "data-embedded-post"
"""Attribute of an embedded post of another site, which extractors would drop."""
OF_THE_HEAD = frozenset("title meta link script style base noscript template object".split())
SPOKEN = frozenset(["img", "picture", "figure"])
"""Elements that pages only hide from screen readers."""
SPACED = frozenset(["br", "p", "div", "li", "td", "th"])


def parse(text: str, source: str) -> Element:
    """The root element. Raises SiteError if there is no element."""
    parser = html.HTMLParser(encoding="utf-8")
    try:
        data = _tamed(files.clean(text)).encode("utf-8", "replace")
        root = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError, AssertionError):
        raise unreadable(source) from None
    _out_of_head(root)
    for title in root.xpath('//p[@class="MsoTitle"]'):
        title.tag = "h1"
    return root


def _out_of_head(root: Element) -> None:
    """The parser does not know HTML 5 elements: one at the start of a page without `body` ends up
    in the head."""
    head, body = root.find("head"), root.find("body")
    if head is None or body is None:
        return
    strays = [e for e in head if isinstance(e.tag, str) and e.tag not in OF_THE_HEAD]
    for place, stray in enumerate(strays):
        body.insert(place, stray)


def _tamed(text: str) -> str:
    """Without what the parser cannot handle: tags with a thousand attributes (it compares each with
    each), and references to forbidden characters."""
    text = _LONG_TAG.sub(lambda tag: f"<{tag[1]}>" if len(tag[0].split()) > 1000 else tag[0], text)
    return _REFERENCE.sub(lambda found: _allowed(found[0], found[1], found[2]), text)


def _allowed(reference: str, hexadecimal: str | None, decimal: str | None) -> str:
    code = int(hexadecimal, 16) if hexadecimal else int(decimal or "0")
    if 0 < code <= 0x10FFFF and files.clean(chr(code)) == chr(code):
        return reference
    return files.REPLACEMENT


def unreadable(source: str) -> SiteError:
    """The error for a page without convertible content."""
    problem = Problem(
        "convert/html",
        "the page cannot be read as HTML",
        Where(source),
        "save it again from a browser, or copy its text into a .txt file",
    )
    return SiteError([problem])


def prepare(root: Element, selectors: Iterable[str] = ()) -> list[str]:
    """Make embedded posts visible to extractors; drop hidden elements, tool-tips and the editor's
    `selectors`. Returns the dropped texts."""
    dropped = _drop_hidden(root)
    for quote in root.xpath(EMBEDDED_POSTS):
        for element in elements(quote):
            element.attrib.pop("class", None)
        quote.set(POST, "")
    dropped += _drop_tool_tips(root)
    for selector in selectors:
        dropped += [drop(element) for element in _selected(root, selector)]
    return dropped


def _drop_hidden(root: Element) -> list[str]:
    """What browsers do not show, unless that is most of the page, which a script then shows."""
    most, dropped = len(text_of(root)) / 2, []
    for element in root.xpath('//body//*[@hidden or @aria-hidden="true" or @style]'):
        shown = not _UNSHOWN.search(element.get("style", "")) and not _is_marked_hidden(element)
        if not shown and element.tag not in SPOKEN and len(element.text_content()) < most:
            dropped.append(drop(element))
    return dropped


def _is_marked_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _drop_tool_tips(root: Element) -> list[str]:
    """What is shown beside the pointer. A box around a word and its tip is not dropped."""
    tips = root.xpath(TOOL_TIPS)
    around = {above for tip in tips for above in tip.iterancestors()}
    dropped = []
    for tip in tips:
        is_word = tip in around or "link" in tip.get("class", "")
        if not is_word and len(tip.text_content()) < MAX_TOOL_TIP:
            dropped.append(drop(tip))
    return dropped


def _selected(root: Element, selector: str) -> list[Element]:
    try:
        found: Any = CSSSelector(selector, translator="html")(root)
        return list(found)
    except Exception as error:
        # cssselect has several error families, one of them plain SyntaxError
        problem = Problem(
            "settings/value",
            f"providers: {selector!r} is not a CSS selector ({error})",
            help="write it as in a style sheet, such as div.related",
        )
        raise SiteError([problem]) from None


def drop(element: Element) -> str:
    """Remove `element` but not its tail; return its text."""
    if element.getparent() is None:
        return ""
    text = " ".join(element.text_content().split()) if element.tag not in UNREAD else ""
    element.drop_tree()
    return text


def elements(root: Element) -> Iterator[Element]:
    """`root` and all elements below it, without comments and the like."""
    return (node for node in root.iter() if isinstance(node.tag, str))


def serialised(root: Element) -> str:
    """The tree as HTML text."""
    return str(html.tostring(root, encoding="unicode"))


def text_of(element: Element) -> str:
    """The text of `element` without scripts and styles."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Element, parts: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in HIDDEN:
        return
    if element.tag in SPACED:
        parts.append(" ")
    parts.append(element.text or "")
    for child in element:
        _collect(child, parts)
        parts.append(child.tail or "")
