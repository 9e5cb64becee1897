"""Repairs lists: text directly in a list moves into its item; Word's paragraphs of class
MsoListParagraph become items."""

import re

from lxml import html

from site_gen.convert.html.tree import Element

LISTS = ("ul", "ol", "menu", "dir")
_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
_MARK = re.compile(r"^\s*(?:[·•▪◦§o–-]|(?P<number>(?:\d{1,3}|[a-zA-Z]|[ivxIVX]+)[.)]))[\s\xa0]+")


def settle(root: Element) -> None:
    """Change the lists below `root` in place."""
    _from_word(root)
    for inner in [e for name in LISTS for e in root.iter(name)]:
        holder = inner.getparent()
        if holder is not None and holder.tag in LISTS:
            _into_item(inner, holder)


def _into_item(inner: Element, holder: Element) -> None:
    """A list beside items belongs to the item before it."""
    before = inner.getprevious()
    while before is not None and before.tag != "li":
        before = before.getprevious()
    if before is None:
        before = html.Element("li")
        holder.insert(0, before)
    inner.tail = None
    before.append(inner)


def _from_word(root: Element) -> None:
    open_lists: list[Element] = []
    before: Element | None = None
    for paragraph in list(root.iter("p")):
        if "MsoListParagraph" not in paragraph.get("class", ""):
            continue
        found = _LEVEL.search(paragraph.get("style", ""))
        level = int(found[1]) if found else 1
        if before is None or not _follows(paragraph, before):
            open_lists = []
        before = _item(paragraph, level, open_lists)


def _follows(paragraph: Element, item: Element) -> bool:
    """Whether there is no text between the list of `item` and the paragraph."""
    outer = item
    while outer.getparent().tag in (*LISTS, "li"):
        outer = outer.getparent()
    between = outer.getnext()
    while between is not None and between is not paragraph:
        if between.text_content().strip():
            return False
        between = between.getnext()
    return between is paragraph


def _item(paragraph: Element, level: int, open_lists: list[Element]) -> Element:
    number = _without_mark(paragraph)
    del open_lists[level:]
    while len(open_lists) < level:
        made = html.Element("ol" if number else "ul")
        if open_lists:
            (list(open_lists[-1].iter("li")) or [open_lists[-1]])[-1].append(made)
        else:
            paragraph.addprevious(made)
        open_lists.append(made)
    paragraph.tail = None
    paragraph.tag = "li"
    open_lists[-1].append(paragraph)
    return paragraph


def _without_mark(paragraph: Element) -> bool:
    """Remove the bullet or number, which Word writes as text; return whether it was a number."""
    for span in list(paragraph.iter("span")):
        text = span.text_content()
        marked = "mso-list" in span.get("style", "") or "Symbol" in span.get("style", "")
        if marked or re.fullmatch(r"[\s\xa0]*(?:[·•▪◦§o-]|\d{1,3}[.)])[\s\xa0]*", text):
            span.drop_tree()
            return any(c.isdigit() for c in text)
    found = _MARK.match(paragraph.text or "")
    if found:
        paragraph.text = (paragraph.text or "")[found.end() :]
    return bool(found and found["number"])
