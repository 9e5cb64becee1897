"""Parts the HTML of a mail from the mails in it, by the marks of mail programs."""

import re
from typing import NamedTuple

from lxml import etree

from site_gen.convert.html import tree
from site_gen.convert.html.tree import Element
from site_gen.convert.mail import quoted
from site_gen.convert.mail.quoted import Parted

_CLASSES = (
    "gmail_quote",
    "gmail_quote_container",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
)
_IDS = ("divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container")
_HEADERS = ("gmail_attr", "moz-email-headers-table")
_QUICK = re.compile("|".join((*_CLASSES, *_IDS, r"type=[\"']?cite")))


def part(page: str, *, is_forward: bool) -> Parted:
    """As `quoted.part`, for HTML; a page without such marks is returned as it is."""
    if not _QUICK.search(page):
        return Parted(page)
    root = tree.parse(page, "")
    body = root.find("body")
    other = next((e for e in tree.elements(body) if _is_other_mail(e)), None)
    if other is None:
        return Parted(page)
    texts = _texts(body, other)
    gone = texts.above if is_forward else texts.other
    words_above, words_below = quoted.count(texts.above), quoted.count(texts.other)
    warning = quoted.told(len(gone), words_above, words_below, is_forward=is_forward)
    if texts.below and not is_forward:  # an answer between the lines of the other mail
        warning = f"{quoted.EARLIER} {quoted.DOUBT}"
    if warning.endswith(quoted.DOUBT):
        return Parted(page, (), warning)
    if is_forward:
        _drop_before(other)
        _drop_headers(other)
    else:
        _drop_from(other)
    return Parted(etree.tostring(root, encoding="unicode", method="html"), tuple(gone), warning)


def _is_other_mail(element: Element) -> bool:
    classes = str(element.get("class") or "").split()
    cited = element.tag == "blockquote" and element.get("type") == "cite"
    return cited or element.get("id") in _IDS or any(name in classes for name in _CLASSES)


class _Texts(NamedTuple):
    """The texts above another mail, in it, and below it."""

    above: list[str]
    other: list[str]
    below: list[str]


def _texts(body: Element, other: Element) -> _Texts:
    """The texts on both sides of `other`, where all is quoted if its program sets the rest below
    the headers without a frame."""
    found = _Texts([], [], [])
    has_frame = other.get("id") not in _IDS
    reached, depth = False, 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        reached = reached or element is other
        if event == "start" and _is_other_mail(element):
            depth += 1
        said = element.text if event == "start" else element.tail
        if event == "end" and _is_other_mail(element):
            depth -= 1
        if element.tag in tree.UNREAD or not (said or "").strip():
            continue
        side = found.other if reached and (depth or not has_frame) else found.below
        (side if reached else found.above).append(" ".join(said.split()))
    return found


def _drop_from(element: Element) -> None:
    """Remove the element and all that follows it."""
    here = element
    while here.tag != "body":
        parent = here.getparent()
        for later in list(here.itersiblings()):
            parent.remove(later)
        here.tail = None
        here = parent
    element.getparent().remove(element)


def _drop_before(element: Element) -> None:
    """Remove all that stands before the element."""
    here = element
    while here.tag != "body":
        parent = here.getparent()
        parent.text = None
        for earlier in list(here.itersiblings(preceding=True)):
            parent.remove(earlier)
        here = parent


def _drop_headers(inner: Element) -> None:
    """Remove the headers of the forwarded mail, which name people who only received it."""
    if inner.get("id") == "divRplyFwdMsg":
        inner.clear(keep_tail=True)
        return
    for name in _HEADERS:
        for found in inner.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
            tree.drop(found)
