"""Hidden content of pages and mails: it is removed and reported."""

import re
from itertools import takewhile

from site_gen.convert.html.tree import SPOKEN, Element, drop

_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all"
    r"|(?:max-height|(?<![-\w])font-size|(?<![-\w])opacity):0(?![.\d]*[1-9])"
)
_CLASS = re.compile(r"(?:^|\s)(?:preheader|preview-?text|visually-?hidden|sr-only|"
                    r"screen-reader-text|d-none|is-hidden)(?:\s|$)", re.I)  # fmt: skip
TOLD = "hidden text, or pictures, left out"
_REMARK = re.compile(r"(?:^|\s)(?:mso(?:com|del)|comment-(?:start|end)|deletion)\w*(?:\s|$)", re.I)
_REMARK_STYLE = re.compile(r"mso-element:comment|mso-comment-reference")
REMARKS = "remarks and changes of those who wrote it, left out"
_CANDIDATES = (
    "//body//*[@hidden or @aria-hidden or @style or @class or self::template or self::datalist]"
)


def is_hidden(element: Element) -> bool:
    """Whether a browser or a mail program does not show it."""
    style = re.sub(r"\s|/\*.*?\*/", "", element.get("style") or "").lower()
    unspoken = (element.get("aria-hidden") or "").lower() == "true" and element.tag not in SPOKEN
    return bool(
        element.tag in ("template", "datalist")
        or element.get("hidden") is not None
        or unspoken
        or _STYLE.search(style)
        or _CLASS.search(element.get("class") or "")
    )


def _is_remark(element: Element) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return bool(_REMARK.search(element.get("class") or "") or _REMARK_STYLE.search(style))


def _box(link: Element) -> Element:
    """The whole remark to which a link belongs."""
    above = link.iterancestors("div", "p")
    return [link, *takewhile(lambda box: _begins_with(box, link), above)][-1]


def _begins_with(box: Element, link: Element) -> bool:
    """Whether a box is the remark of that link and no more."""
    first = next((words for words in box.itertext("*") if words.strip()), "")
    own = "".join(link.itertext()).strip()
    return first.strip().startswith(own) and len(box.xpath(".//a[starts-with(@id, 'cmnt')]")) == 1


def without_remarks(root: Element, lost: list[str]) -> None:
    """Drop what writers said to each other, as Google Docs and Word export it: comments below the
    text with the marks that lead there, and what was struck out."""
    found = [e for e in root.xpath("//body//*[@class or @style]") if _is_remark(e)]
    for link in root.xpath("//a[starts-with(@id, 'cmnt')]"):
        box = link.getparent()
        if link.get("id", "").startswith("cmnt_ref"):
            found.append(box if box.tag == "sup" else link)
            continue
        found.append(_box(link))
    for element in found:
        if element.getparent() is not None:
            drop(element)
    lost += [REMARKS] * bool(found)


def take_out(root: Element, lost: list[str]) -> None:
    """Drop all hidden elements of a page; those with words or pictures are reported."""
    gone: set[Element] = set()
    for element in root.xpath(_CANDIDATES):
        if not is_hidden(element) or any(above in gone for above in element.iterancestors()):
            continue
        holds = element.find(".//img") is not None or element.tag == "img"
        words = " ".join(element.itertext("*"))
        gone.add(element)
        drop(element)
        if holds or re.search(r"\w", words):
            lost.append(TOLD)
