"""Code on a page, in any generator's markup, as one plain `pre` with its language.

Jekyll, Hugo and Hexo put it into figures, and into tables whose first cell has the line numbers.
Extractors drop the former and make one row of the latter.
"""

import re

from lxml import html

from site_gen.convert.html.tree import Element, elements

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:(?:lang|language|highlight-source|brush)[-:]\s?|highlight\s+)([\w+#.-]{1,20})"
)
_NO_LANGUAGE = frozenset("plain plaintext text none table chroma highlight".split())
_GUTTER = re.compile(r"(?:^|[\s_-])(?:gutter|lineno?s?|line-?numbers?|lnt|ln)(?:$|[\s_-])")
_HOLDERS = ("figure", "div", "table")
_BOXES = re.compile(r"(?:^|\s)(?:highlight|chroma|codehilite|code-block|syntaxhighlighter)(?:$|\s)")


def settle(root: Element) -> None:
    """Replace each listing below `root` by `<pre><code class="language-x">`."""
    for box in [e for e in elements(root) if e.tag in _HOLDERS and _is_box(e)]:
        if box.getparent() is not None:
            _replace(box)
    for listing in list(root.iter("pre")):
        if listing.getparent() is not None:
            _plain(listing, listing, _language(listing))


def _is_box(element: Element) -> bool:
    """A box with one listing: code, and no prose."""
    listings = list(element.iter("pre"))
    if not listings or any(True for _ in element.iter("p", "h2", "h3")):
        return False
    if element.tag == "table":
        return any(_is_gutter(listing) for listing in listings)
    return _BOXES.search(element.get("class", "")) is not None or (
        element.tag == "figure" and element.find(".//img") is None
    )


def _replace(box: Element) -> None:
    code = [listing for listing in box.iter("pre") if not _is_gutter(listing)]
    if len(code) != 1:
        return
    caption = next(box.iter("figcaption"), None)
    named = caption is not None and " ".join(caption.text_content().split())
    above = next(e for e in box.iter() if e in (caption, code[0])) is caption
    _plain(box, code[0], _language(box) or _language(code[0]))
    if named:
        paragraph = html.Element("p")
        paragraph.text = str(named)
        if above:
            box.addprevious(paragraph)
        else:
            paragraph.tail, box.tail = box.tail, None
            box.addnext(paragraph)


def _is_gutter(listing: Element) -> bool:
    """Whether it contains only line numbers."""
    if re.fullmatch(r"[\s\d]*", listing.text_content()):
        return True
    return any(_GUTTER.search(e.get("class", "")) for e in (listing, *_cells(listing)))


def _cells(listing: Element) -> list[Element]:
    cell = next(listing.iterancestors("td"), None)
    return [] if cell is None else [cell]


def _plain(place: Element, listing: Element, language: str) -> None:
    """Replace `place` by the text of `listing`."""
    text = _text(listing)
    tail = place.tail
    place.clear()
    place.tag, place.tail = "pre", tail
    code = html.Element("code")
    code.text = text
    if language:
        code.set("class", f"language-{language}")
    place.append(code)


def _text(listing: Element) -> str:
    """Its lines. Generators write `br`, list items or spans of class `line` for line ends."""
    for element in list(listing.iter("span", "a", "td", "code")):
        if element is not listing and _GUTTER.search(element.get("class", "")):
            element.drop_tree()
    for line_break in listing.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "").removeprefix("\n")
    for row in listing.iter("li", "tr", "div"):
        if not row.text_content().endswith("\n"):
            row.append(_newline())
    return str(listing.text_content()).strip("\n") + "\n"


def _newline() -> Element:
    end = html.Element("span")
    end.text = "\n"
    return end


def _language(element: Element) -> str:
    inner = list(element.iter("code", "pre", "td"))
    for holder in (element, *inner, *list(element.iterancestors())[:3]):
        named = holder.get("data-lang") or holder.get("data-language")
        found = _LANGUAGE.search(holder.get("class", ""))
        language = named or (found[1] if found else "")
        if language and language.lower() not in _NO_LANGUAGE:
            return language if re.fullmatch(r"[\w+#.-]{1,20}", language) else ""
    return ""
