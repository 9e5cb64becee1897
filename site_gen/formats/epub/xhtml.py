"""Bodies as a book may hold them: XHTML, every link absolute or in place.

A sanitised body is HTML with each element ended, each value in double quotes and no bare `<` or
`&` in text; so what makes XHTML of it is a pattern, and the tags stand as the page has them.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote

from site_gen.basics.safehtml import unchosen
from site_gen.formats.common.links import SAFE
from site_gen.formats.common.text import legal

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLAIN = re.compile(r"https?://[A-Za-z0-9_.~/?#=&%+:,;@!-]+")
_START = re.compile(r"-?\d{1,9}")
_LINKS = ("https://", "http://", "mailto:", "tel:")
_KEPT = {
    "a": {"href", "id", "title", "class"},
    "ol": {"start", "class"},
}
_COMMON = {"id", "class"}
_EMPTY = "br", "col", "hr"
"""Elements without content, beside pictures."""

_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_IN_URL = r"[A-Za-z0-9_.~/?#=%+:,;@!-]*+"
_AS_IT_IS = rf'a href="https?://{_IN_URL}(?:&amp;{_IN_URL})*+">'
"""The link that most are, once its `rel` is gone."""

_CHANGED = re.compile(
    rf'<(?:(?!{_AS_IT_IS})([a-z][a-z0-9]*+)((?: [a-z-]++="[^"]*+")++)'
    rf"|({'|'.join(_EMPTY)}|img)) ?/?>"
)
"""A tag that XHTML writes otherwise."""

_NAMED = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*? id="([^"]*)"')
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);)[A-Za-z0-9]*;?")
"""What XML does not know."""

_FOLLOWED = ' rel="nofollow noopener">'


def _none(url: str) -> str:
    return ""


def xhtml(
    html: str, base: str, page: str, picture: str, carried: Callable[[str], str] = _none
) -> str:
    """A sanitised body as a `<div>` of XHTML.

    `page` is the article's own address: where its pictures are, and what a fragment that is not
    here leads to. `carried` gives the path of a picture that the book has, or ""; `picture` is
    the sentence that stands for any other, with `{}` for its words.
    """
    body = legal(unchosen(html)).replace(_FOLLOWED, ">") or "<p></p>"
    return f"<div>{_Body(body, base, page, picture, carried).written()}</div>"


def attributes(language: str, direction: str) -> str:
    """`lang`, `xml:lang` and `dir` where they are known and well-formed."""
    found = ""
    if _LANGUAGE.fullmatch(language):
        found = f' lang="{language}" xml:lang="{language}"'
    return found + (f' dir="{escape(direction)}"' if direction else "")


def language_tag(text: str) -> str:
    """A well-formed language tag; `und` (undetermined) for anything else."""
    return text if _LANGUAGE.fullmatch(text) else "und"


class _Body:
    """One body on its way; `ids` leads from each id that it had to the one that it gets."""

    def __init__(
        self, html: str, base: str, page: str, sentence: str, carried: Callable[[str], str]
    ) -> None:
        self._html = html
        self._base = base
        self._page = page
        self._sentence = sentence
        self._carried = carried
        self._ids = _ids(html) if ' id="' in html else {}
        self._written_ids: set[str] = set()
        self._looked_to, self._linked = 0, False

    def written(self) -> str:
        html = _CHANGED.sub(self._changed, self._html)
        return _ENTITY.sub(lambda found: escape(unescape(found[0])), html)

    def _changed(self, found: re.Match[str]) -> str:
        name, given, empty = found.groups()
        if empty and empty != "img":
            return f"<{empty}/>"
        if empty or name == "img":
            return self._picture(dict(_ATTRIBUTE.findall(given or "")), found.start())
        kept = "".join(self._kept(name, given))
        return f"<{name}{kept}{'/' if name in _EMPTY else ''}>"

    def _kept(self, element: str, given: str) -> list[str]:
        allowed = _KEPT.get(element, _COMMON)
        kept = []
        for name, written in _ATTRIBUTE.findall(given):
            if name not in allowed:
                continue
            value = unescape(written)
            if name == "href":
                value = _target(value, self._ids, self._base, self._page)
            elif name == "id":
                value = self._id(value)
            elif name == "start" and not _START.fullmatch(value):
                continue
            if value or name == "title":
                kept.append(f' {name}="{escape(value)}"')
        return kept

    def _id(self, value: str) -> str:
        """Its new name for the first that has it, "" for later ones."""
        if value in self._written_ids:
            return ""
        self._written_ids.add(value)
        return self._ids[value]

    def _picture(self, image: dict[str, str], place: int) -> str:
        """A picture that the book carries, else a link with its words in its place."""
        source, words = unescape(image.get("src", "")), unescape(image.get("alt", ""))
        if name := self._carried(source):
            return f'<img src="{escape(name)}" alt="{escape(words)}"/>'
        words = (words or unescape(image.get("title", ""))).strip()
        source = _absolute(source, self._base)
        text = escape(self._sentence.format(words) if words else source.rpartition("/")[2])
        if not source or self._in_link(place):
            return f"<span>{text}</span>"
        return f'<a href="{escape(source)}">{text}</a>'

    def _in_link(self, place: int) -> bool:
        """Whether a link is open at a place behind the last one: no text is looked at twice."""
        begins, bare, ends = (
            self._html.rfind(tag, self._looked_to, place) for tag in ("<a ", "<a>", "</a>")
        )
        if (opened := max(begins, bare)) != ends:
            self._linked = opened > ends
        self._looked_to = place
        return self._linked


def _ids(html: str) -> dict[str, str]:
    """Old id -> new one: an XML name, unique in the document."""
    found: dict[str, str] = {}
    for value in map(unescape, _NAMED.findall(html)):
        found.setdefault(value, value if _ID.fullmatch(value) else f"x-{len(found)}")
    return found


def _target(href: str, ids: dict[str, str], base: str, page: str) -> str:
    if href.startswith("#"):
        here = ids.get(href[1:])
        return f"#{here}" if here else page
    return _absolute(href, base)


def _absolute(url: str, base: str) -> str:
    full = base + url if url.startswith("/") else url
    if _PLAIN.fullmatch(full):
        return full
    return quote(full, safe=SAFE) if full.startswith(_LINKS) else ""
