"""Converts sanitised bodies to XHTML for books, with absolute links.

In a sanitised body all elements are closed, all values are in double quotes, and text has no bare
`<` or `&`. So patterns are enough to convert it.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote

from site_gen.basics.safehtml import without_sources
from site_gen.formats.common.links import URL_CHARACTERS
from site_gen.formats.common.text import legal_xml

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9_.~/?#=&%+:,;@!-]+")
_START = re.compile(r"-?\d{1,9}")
_LINKS = ("https://", "http://", "mailto:", "tel:")
_ALLOWED = {
    "a": {"href", "id", "title", "class"},
    "ol": {"start", "class"},
}
_ALLOWED_EVERYWHERE = {"id", "class"}
_VOID = "br", "col", "hr"
"""Elements without content, except `img`."""

_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_IN_URL = r"[A-Za-z0-9_.~/?#=%+:,;@!-]*+"
_PLAIN_LINK = rf'a href="https?://{_IN_URL}(?:&amp;{_IN_URL})*+">'
"""A link that need not be changed once its `rel` is removed, as most."""

_TAG_TO_CHANGE = re.compile(
    rf'<(?:(?!{_PLAIN_LINK})([a-z][a-z0-9]*+)((?: [a-z-]++="[^"]*+")++)'
    rf"|({'|'.join(_VOID)}|img)) ?/?>"
)
"""A tag that is written differently in XHTML."""

_TAG_WITH_ID = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*? id="([^"]*)"')
_HTML_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);)[A-Za-z0-9]*;?")
"""An entity that XML does not define."""

_LINK_REL = ' rel="nofollow noopener">'


def _no_picture(url: str) -> str:
    return ""


def to_xhtml(
    html: str, base: str, page: str, picture: str, carried: Callable[[str], str] = _no_picture
) -> str:
    """A sanitised body as a `<div>` of XHTML.

    `page` is the article's absolute URL, to which fragments without an element here lead. `carried`
    returns the path of an embedded picture, "" for any other, which becomes a link. `picture` is
    the text of that link, with `{}` for the alternative text.
    """
    body = legal_xml(without_sources(html)).replace(_LINK_REL, ">") or "<p></p>"
    return f"<div>{_Converter(body, base, page, picture, carried).convert()}</div>"


def language_attributes(language: str, direction: str) -> str:
    """`lang`, `xml:lang` and `dir` attributes, without those that are unknown or malformed."""
    found = ""
    if _LANGUAGE.fullmatch(language):
        found = f' lang="{language}" xml:lang="{language}"'
    return found + (f' dir="{escape(direction)}"' if direction else "")


def language_tag(text: str) -> str:
    """A well-formed language tag; `und` (undetermined) for anything else."""
    return text if _LANGUAGE.fullmatch(text) else "und"


class _Converter:
    def __init__(
        self, html: str, base: str, page: str, sentence: str, carried: Callable[[str], str]
    ) -> None:
        self._html = html
        self._base = base
        self._page = page
        self._sentence = sentence
        self._carried = carried
        self._ids = _map_ids(html) if ' id="' in html else {}
        self._written_ids: set[str] = set()
        self._looked_to, self._linked = 0, False

    def convert(self) -> str:
        html = _TAG_TO_CHANGE.sub(self._convert_tag, self._html)
        return _HTML_ENTITY.sub(lambda found: escape(unescape(found[0])), html)

    def _convert_tag(self, found: re.Match[str]) -> str:
        name, given, empty = found.groups()
        if empty and empty != "img":
            return f"<{empty}/>"
        if empty or name == "img":
            return self._picture(dict(_ATTRIBUTE.findall(given or "")), found.start())
        kept = "".join(self._convert_attributes(name, given))
        return f"<{name}{kept}{'/' if name in _VOID else ''}>"

    def _convert_attributes(self, element: str, given: str) -> list[str]:
        allowed = _ALLOWED.get(element, _ALLOWED_EVERYWHERE)
        kept = []
        for name, written in _ATTRIBUTE.findall(given):
            if name not in allowed:
                continue
            value = unescape(written)
            if name == "href":
                value = _target(value, self._ids, self._base, self._page)
            elif name == "id":
                value = self._new_id(value)
            elif name == "start" and not _START.fullmatch(value):
                continue
            if value or name == "title":
                kept.append(f' {name}="{escape(value)}"')
        return kept

    def _new_id(self, value: str) -> str:
        """The new id for the first element with this id, "" for later ones."""
        if value in self._written_ids:
            return ""
        self._written_ids.add(value)
        return self._ids[value]

    def _picture(self, image: dict[str, str], place: int) -> str:
        """An embedded picture as `<img>`, any other as a link with its alternative text."""
        source, words = unescape(image.get("src", "")), unescape(image.get("alt", ""))
        if name := self._carried(source):
            return f'<img src="{escape(name)}" alt="{escape(words)}"/>'
        words = (words or unescape(image.get("title", ""))).strip()
        source = _absolute(source, self._base)
        text = escape(self._sentence.format(words) if words else source.rpartition("/")[2])
        if not source or self._is_in_link(place):
            return f"<span>{text}</span>"
        return f'<a href="{escape(source)}">{text}</a>'

    def _is_in_link(self, place: int) -> bool:
        """Whether a link is open at `place`, which must be behind that of the last call, so that no
        text is searched twice."""
        begins, bare, ends = (
            self._html.rfind(tag, self._looked_to, place) for tag in ("<a ", "<a>", "</a>")
        )
        if (opened := max(begins, bare)) != ends:
            self._linked = opened > ends
        self._looked_to = place
        return self._linked


def _map_ids(html: str) -> dict[str, str]:
    """Old id -> new id, which is an XML name and unique in the document."""
    found: dict[str, str] = {}
    for value in map(unescape, _TAG_WITH_ID.findall(html)):
        found.setdefault(value, value if _ID.fullmatch(value) else f"x-{len(found)}")
    return found


def _target(href: str, ids: dict[str, str], base: str, page: str) -> str:
    if href.startswith("#"):
        here = ids.get(href[1:])
        return f"#{here}" if here else page
    return _absolute(href, base)


def _absolute(url: str, base: str) -> str:
    full = base + url if url.startswith("/") else url
    if _PLAIN_URL.fullmatch(full):
        return full
    return quote(full, safe=URL_CHARACTERS) if full.startswith(_LINKS) else ""
