"""The sanitiser: the only place where text becomes `SafeHtml`.

Markdown is rendered with raw HTML off, so this is the second wall, not the first.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from site_gen.model import Picture, SafeHtml

if TYPE_CHECKING:
    import nh3

LOCAL = "content"
"""Scheme of a link to a content file; resolved when a page is rendered, never published."""

ALIGNMENTS = ("left", "center", "right")
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "figcaption", "figure", "hr", "img", "li"),
    *("ol", "p", "pre", "s", "section", "strong", "sub", "sup", "table", "tbody", "td", "th"),
    *("thead", "tr", "ul", "h2", "h3", "h4", "h5", "h6"),
}
_HEADINGS = {name: {"id"} for name in ("h2", "h3", "h4", "h5", "h6")}
_ATTRIBUTES = {
    **_HEADINGS,
    "a": {"href", "title", "id", "rel"},
    "img": {
        *("src", "alt", "title", "width", "height", "loading", "decoding", "referrerpolicy"),
    },
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
}
_CLASSES = {
    "td": {f"align-{side}" for side in ALIGNMENTS},
    "th": {f"align-{side}" for side in ALIGNMENTS},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
    "a": {"footnote-backref"},
    "li": {"footnote-item"},
    "ol": {"footnotes-list"},
}


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel", LOCAL},
        link_rel=None,
    )


def sanitize(html: str) -> SafeHtml:
    """`html` with nothing but the elements and attributes that prose needs."""
    return SafeHtml(_cleaner().clean(html))


# Elements of prose without attributes, headings and links as we write them ourselves.
_TEXT_TAG = (
    r"/?(?:p|em|strong|code|pre|ul|ol|li|blockquote|h[2-6]|table|thead|tbody|tr|th|td)|hr|/a"
    r"|ol start=\"\d{1,9}\"|t[hd] class=\"align-(?:left|center|right)\""
    r"|h[2-6] id=\"[^\"<>&]*\"|a href=\"https?://[^\"<>\s]*\" rel=\"nofollow noopener\""
)
_TEXT_ONLY = re.compile(rf"[^<]*+(?:<(?:{_TEXT_TAG})>[^<]*+)*+")


def simple(html: str) -> SafeHtml:
    """`html` as it stands where it has nothing but the plainest elements, else sanitised.

    For what is written with its text escaped: a wall at a tenth of the sanitiser's price.
    """
    return SafeHtml(html) if _TEXT_ONLY.fullmatch(html) else sanitize(html)


# The sanitiser's output has double quotes around every value and no bare `<` in text, so that
# patterns suffice; an address is only ever looked for inside a tag.
_TAG = re.compile(r'<(?:a|img)(?: [a-z]+="[^"]*")+>')
_LOCAL_URL = re.compile(rf' (href|src)="{LOCAL}:([^"#]*)(#[^"]*)?"')


def localize(html: SafeHtml, targets: Iterable[tuple[str, str]]) -> SafeHtml:
    """`html` with its local references replaced: `targets` maps content paths to permalinks.

    An address that is not there, or empty, loses its attribute.
    """
    known = dict(targets)

    def replaced(found: re.Match[str]) -> str:
        url = known.get(unquote(unescape(found[2])), "")
        if not url:
            return ""
        return f' {found[1]}="{escape(url)}{found[3] or ""}"'

    if f'"{LOCAL}:' not in html:
        return html
    return SafeHtml(_TAG.sub(lambda tag: _LOCAL_URL.sub(replaced, tag[0]), html))


_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")* src="([^"]*)"(?: [a-z]+="[^"]*")*>')
_SIZE = re.compile(r' (?:width|height)="[^"]*"')
BODY_SIZES = "(min-width: 44rem) 38rem, 92vw"
"""How broad a body's column is, for the choice among the copies of a picture."""


def illustrated(html: SafeHtml, pictures: Iterable[Picture], root: str) -> SafeHtml:
    """`html` whose local pictures have their size and the choice of their smaller copies.

    `pictures` are known by the address that stands in `html`, before `root` is put to it.
    """
    if "<img" not in html:
        return html
    known = {escape(picture.url): picture for picture in pictures}

    def shown(found: re.Match[str]) -> str:
        picture = known.get(found[1])
        if picture is None or not (picture.width and picture.height):
            return found[0]
        size = f' width="{picture.width}" height="{picture.height}"'
        image = _SIZE.sub("", found[0]).replace("<img", f"<img{size}", 1)
        sources = "".join(_sources(picture, root))
        return f"<picture>{sources}{image}</picture>" if sources else image

    return SafeHtml(_IMAGE.sub(shown, html))


def _sources(picture: Picture, root: str) -> Iterable[str]:
    for form in dict.fromkeys(variant.format for variant in picture.variants):
        offered = ", ".join(
            f"{escape(root + v.url)} {v.width}w" for v in picture.variants if v.format == form
        )
        yield f'<source type="image/{form}" srcset="{offered}" sizes="{BODY_SIZES}">'


_ABSOLUTE_URL = re.compile(r' (href|src)="/(?!/)')


def rooted(html: SafeHtml, prefix: str) -> SafeHtml:
    """`html` with `prefix` (a path, or a whole base URL) before each site-absolute address."""
    if not prefix:
        return html

    def before(found: re.Match[str]) -> str:
        return f' {found[1]}="{escape(prefix)}/'

    return SafeHtml(_TAG.sub(lambda tag: _ABSOLUTE_URL.sub(before, tag[0]), html))
