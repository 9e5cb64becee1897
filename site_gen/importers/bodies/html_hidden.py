"""What a page or a mail holds and shows nobody: it stays hidden, and is counted."""

import re

from site_gen.convert.html.tree import SPOKEN, Element, drop

_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all"
    r"|(?:max-height|(?<![-\w])font-size|(?<![-\w])opacity):0(?![.\d]*[1-9])"
)
_CLASS = re.compile(r"(?:^|\s)(?:preheader|preview-?text|visually-?hidden|sr-only|"
                    r"screen-reader-text|d-none|is-hidden)(?:\s|$)", re.I)  # fmt: skip
TOLD = "hidden text, or pictures, left out"
_CANDIDATES = (
    "//body//*[@hidden or @aria-hidden or @style or @class or self::template or self::datalist]"
)


def is_hidden(element: Element) -> bool:
    """Whether a browser, or a mail program, is told not to show it."""
    style = re.sub(r"\s|/\*.*?\*/", "", element.get("style") or "").lower()
    unspoken = (element.get("aria-hidden") or "").lower() == "true" and element.tag not in SPOKEN
    return bool(
        element.tag in ("template", "datalist")
        or element.get("hidden") is not None
        or unspoken
        or _STYLE.search(style)
        or _CLASS.search(element.get("class") or "")
    )


def take_out(root: Element, lost: list[str]) -> None:
    """Drop all such elements of a page; those with words, or more than that, are told."""
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
