"""What Substack puts between the words of a post: most of it is JSON in `data-attrs`, which a
script shows; it becomes a link, a quotation or pictures, else it is told."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from lxml import html

from site_gen.convert.html.tree import Element
from site_gen.importers.reading import values

_FRAME = re.compile(
    r"(?:^|\s)(?:subscription-widget-wrap[\w-]*|subscribe-widget|install-substack-app[\w-]*"
    r"|community-chat[\w-]*|directMessage|captioned-button-wrap|share-dialog|post-ufi|post-footer)(?:\s|$)"
)
"""Classes of what asks readers to subscribe, to share, or to go to Substack's own places."""
_URLS = ("canonical_url", "url", "href", "base_url", "embed_url", "src", "source_url")
_NAMES = ("title", "name", "label", "filename", "full_text", "text")
_BELOW = ("description", "subtitle", "caption", "truncated_body_text", "hero_text", "author_name")
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
PAYWALL = re.compile(r"""class=["'][^"']*\bpaywall\b|data-component-name=["']Paywall""", re.I)
"""Where the part begins that only paying readers saw."""


def frames(root: Element) -> Iterator[Element]:
    """The boxes around the text, which are no part of it."""
    for element in root.xpath("//*[@class]"):
        if _FRAME.search(element.get("class")):
            yield element


def settle(root: Element, lost: list[str]) -> None:
    """Change the parts of a parsed post into plain HTML."""
    for quote in root.xpath("//div[contains(concat(' ', @class, ' '), ' pullquote ')]"):
        quote.tag = "blockquote"
    for element in root.xpath("//*[@data-attrs]"):
        if element.getparent() is None or _says(element):
            continue
        kind = (element.get("class") or element.get("data-component-name") or element.tag).split()[
            0
        ]
        made = _made(kind, values.table(values.from_json(element.get("data-attrs"))))
        if not made:
            lost.append(f"{kind} of Substack, left out")
        piece = html.fragment_fromstring(made or "", create_parent="span")
        piece.tag = "span" if "<p" not in made and "<block" not in made else "div"
        piece.tail, element.tail = element.tail, None
        element.getparent().replace(element, piece)


def _says(element: Element) -> bool:
    """Whether it says in itself what it shows."""
    shown = element.xpath(".//img|.//iframe|.//a[@href and normalize-space()]|.//audio|.//video")
    return element.tag == "img" or bool(shown or element.text_content().strip())


def _made(kind: str, said: Mapping[str, Any]) -> str:
    if expression := values.text(said.get("persistentExpression")):
        return f"<p><code>{escape(expression)}</code></p>"
    if gallery := values.table(said.get("gallery")):
        pictures = [values.table(picture) for picture in values.listed(gallery.get("images"))]
        alt, caption = values.text(gallery.get("alt")), values.text(gallery.get("caption"))
        shown = "".join(_picture(values.text(p.get("src")), alt) for p in pictures)
        return f"{shown}<p>{escape(caption)}</p>" if caption else shown
    if kind.startswith("image") and (source := values.text(said.get("src"))):
        return _picture(source, values.text(said.get("alt")) or values.text(said.get("title")))
    if kind in ("tweet", "twitter-embed", "bluesky-wrap", "comment"):
        return _post(said)
    return _linked(kind, said)


def _picture(source: str, alt: str) -> str:
    return f'<p><img src="{escape(source)}" alt="{escape(alt)}"></p>' if source else ""


def _post(said: Mapping[str, Any]) -> str:
    """A post of another place, as a quotation of who wrote it."""
    inner = {**said, **values.table(said.get("comment"))}
    words = str(inner.get("full_text") or inner.get("text") or inner.get("body") or "")
    who = _first(inner, ("name", "authorName", "username", "handle")) or "a post"
    url = _address(said)
    by = f'<a href="{escape(url)}">{escape(who)}</a>' if url else escape(who)
    if not words and not url:
        return ""
    lines = "<br>".join(escape(line) for line in words.splitlines())
    return f"<blockquote><p>{lines}</p><p>— {by}</p></blockquote>" if words else f"<p>{by}</p>"


def _linked(kind: str, said: Mapping[str, Any]) -> str:
    url, words = _address(said), _first(said, _NAMES)
    for service, address in _VIDEOS.items():
        ident = _first(said, ("videoId", f"{service}_id"))
        if service in kind and re.fullmatch(r"[\w-]+", ident):
            url, words = url or address.format(ident), words or service.capitalize()
    if not url:
        return escape(words)  # such as somebody's name
    below = _first(said, _BELOW)
    below = f": {escape(below)}" if below and below != words else ""
    return f'<p><a href="{escape(url)}">{escape(words or url)}</a>{below}</p>'


def _address(said: Mapping[str, Any]) -> str:
    return next((u for key in _URLS if (u := values.text(said.get(key))).startswith("http")), "")


def _first(said: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((words for key in keys if (words := values.text(said.get(key)))), "")
