"""The HTML allowed in a body: elements, attributes, and the pattern of tags.

Nothing here is a wall: what is made of it goes through `basics/safehtml.py` like all else.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from site_gen.basics.safehtml import ELEMENTS
from site_gen.read.declarations import ENDS, Declaration, end_of

VOID = frozenset(["br", "col", "hr", "img", "source"])
WITH_CONTENT = frozenset(["script", "style"])
"""Elements that are removed with their content."""

MAY_STAY_OPEN = frozenset(
    [
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"),
        *("colgroup", "rt", "rp", "col"),
    ]
)
"""HTML, section 13.1.2.4: an end tag may be left out."""

_PARAGRAPH = frozenset(["p"])
_CELLS = frozenset(["td", "th", "p"])
_PARTS = _CELLS | {"tr", "thead", "tbody", "tfoot", "caption", "colgroup"}
ENDED_BY = {
    **dict.fromkeys(("p", "div", "ul", "ol", "dl", "table", "blockquote", "pre"), _PARAGRAPH),
    **dict.fromkeys(("figure", "details", "hr", "h2", "h3", "h4", "h5", "h6"), _PARAGRAPH),
    "li": frozenset(["li", "p"]), "dt": frozenset(["dt", "dd", "p"]),
    "dd": frozenset(["dt", "dd", "p"]), "td": _CELLS, "th": _CELLS,
    "tr": _CELLS | {"tr", "caption", "colgroup"}, "rt": frozenset(["rt", "rp"]),
    "rp": frozenset(["rt", "rp"]), "thead": _PARTS, "tbody": _PARTS, "tfoot": _PARTS,
}  # fmt: skip
"""Elements that end where another begins, if they have no end tag."""

_TABLE = frozenset(["table"])
_ROWS = frozenset(["table", "thead", "tbody", "tfoot"])
PARENTS = {
    "li": frozenset(["ul", "ol"]), "dt": frozenset(["dl"]), "dd": frozenset(["dl"]),
    "tr": _ROWS, "td": frozenset(["tr"]), "th": frozenset(["tr"]),
    "thead": _TABLE, "tbody": _TABLE, "tfoot": _TABLE, "caption": _TABLE, "colgroup": _TABLE,
    "col": frozenset(["table", "colgroup"]), "summary": frozenset(["details"]),
    "figcaption": frozenset(["figure"]), "source": frozenset(["picture"]),
    "rt": frozenset(["ruby"]), "rp": frozenset(["ruby"]),
}  # fmt: skip
"""The ancestors that an element needs."""

_TEXT = r"[^\x00-\x1f\x7f]{0,500}"
_NUMBER = r"\d{1,4}"
_LANGUAGE = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"
_FEATURE = (
    r"\((?:prefers-color-scheme: ?(?:dark|light)|orientation: ?(?:portrait|landscape)"
    r"|(?:min|max)-width: ?\d{1,4}(?:\.\d{1,3})?(?:px|r?em))\)"
)
"""What a picture may be chosen by: the colours, shape and width of a reader's window."""
_VALUES = {
    "abbr": _TEXT, "cite": r"https?://[^\s\"'<>\\]{1,2000}", "colspan": r"\d{1,2}",
    "datetime": r"[\w :+.,-]{1,60}", "dir": "ltr|rtl|auto", "height": _NUMBER,
    "hreflang": _LANGUAGE, "id": r"[^\s\"'<>&]{1,100}", "lang": _LANGUAGE,
    "media": rf"{_FEATURE}(?: and {_FEATURE}){{0,3}}", "rowspan": r"\d{1,2}",
    "scope": "row|col|rowgroup|colgroup", "sizes": r"[\w\s():,./%-]{1,200}", "span": _NUMBER,
    "start": _NUMBER, "title": _TEXT, "value": _NUMBER, "width": _NUMBER,
}  # fmt: skip
_OF_ELEMENT = {("ol", "type"): "[1aAiI]", ("source", "type"): r"image/[a-z0-9.+-]{1,40}"}
# What the build itself says of links and pictures.
_OURS = frozenset(["rel", "loading", "decoding", "referrerpolicy"])
ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    name: {
        key: re.compile(_OF_ELEMENT.get((name, key)) or _VALUES.get(key, ".*"), re.DOTALL)
        for key in attributes - _OURS
    }
    for name, attributes in ELEMENTS.items()
}
"""Element -> attribute that an author may write -> what its value must match."""


class Tag(NamedTuple):
    """A tag: name in lower case, attributes unescaped."""

    name: str
    closing: bool
    attributes: dict[str, str]


_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++"
_NAME = r"[^\s\"'<>/=]++"
TAG = re.compile(
    rf"<(?:/(?P<end>[A-Za-z][A-Za-z0-9:-]*+)[^<>]*+>"
    rf"|(?P<name>[A-Za-z][A-Za-z0-9:-]*+)"
    rf"(?P<rest>(?:[\s/\"'=]*+{_NAME}(?:\s*+=\s*+(?:{_VALUE}))?)*+)[\s/\"'=]*+>)"
)
_ATTRIBUTE = re.compile(rf"({_NAME})(?:\s*+=\s*+({_VALUE}))?")


def pieces(text: str) -> Iterator[tuple[int, str | Tag | Declaration]]:
    """Text, tags and declarations of a block of HTML, each with its position.

    Comments are left out, and what stands in an element that is taken out with its content.
    """
    lower = text.lower()
    ends = {name: lower.rfind(f"</{name}") for name in WITH_CONTENT}
    declared = {end: text.rfind(end) for end in ENDS.values()}
    at, last = 0, text.rfind("-->")
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield at, text[at:start]
        at = start
        if text.startswith("<!--", start) and start + 4 <= last:
            at = text.index("-->", start + 4) + 3
        elif found := TAG.match(text, start):
            tag = tag_of(found)
            yield start, tag
            at = found.end()
            if at <= ends.get(tag.name, -1) and not tag.closing:
                at = lower.index(f"</{tag.name}", at)
        elif end := end_of(text, start, declared.__getitem__):
            yield start, Declaration(text[start:end])
            at = end
        else:
            yield start, "<"
            at = start + 1
    if at < len(text):
        yield at, text[at:]


def read_tag(text: str) -> Tag | None:
    """The one tag that `text` is."""
    found = TAG.fullmatch(text)
    return tag_of(found) if found else None


def tag_of(found: re.Match[str]) -> Tag:
    """A match of the pattern of tags; of two attributes of one name the first counts."""
    if found["end"]:
        return Tag(found["end"].lower(), True, {})
    attributes: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(found["rest"]):
        plain = value[1:-1] if value[:1] in ('"', "'") else value
        attributes.setdefault(name.lower(), unescape(plain))
    return Tag(found["name"].lower(), False, attributes)
