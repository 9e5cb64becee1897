"""The cards of Ghost's editors (Lexical, Mobiledoc) as HTML."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from site_gen.importers.reading import values

FOR_SIGNING_UP = frozenset({"signup", "paywall", "email-cta", "emailcta", "cta-email"})
"""Frames around the text, which say nothing of their own once the site has moved."""
LEFT_OUT = ", left out"
"""Marks, among what is odd, cards of which nothing is kept."""
NOT_FOR_ALL = "not everybody saw it on the site"
_WORDS = (
    *("title", "producttitle", "heading", "header", "subheading", "subheader", "text", "content"),
    *("calloutText", "productDescription", "description", "html", "markdown", "caption", "alt"),
)
"""Keys of an unknown card that hold what a reader saw."""


def html(kind: str, node: Mapping[str, Any], odd: list[str]) -> str:
    """A card as HTML. Kinds that are not understood are added to `odd`, with what they say kept."""
    kind = kind.lower()
    if kind in FOR_SIGNING_UP:
        odd.append(f"card {kind}{LEFT_OUT}: it asks readers to sign up")
        return ""
    if kind == "email":
        odd.append(f"card email{LEFT_OUT}: the site did not show it, mails alone did")
        return ""
    shown = values.table(values.table(node.get("visibility")).get("web")).get("nonMember")
    if shown is False or values.table(node.get("visibility")).get("showOnWeb") is False:
        odd.append(f"card {kind}{LEFT_OUT}: {NOT_FOR_ALL}")
        return ""
    if kind == "bookmark" and values.table(node.get("metadata")).get("thumbnail"):
        odd.append(f"picture of a bookmark{LEFT_OUT}")
    made = "".join(_known(kind, node))
    if is_of_the_portal(str(node.get("buttonUrl") or "")):
        odd.append(f"button{LEFT_OUT}: it opens a form of Ghost's")
        return made
    if not made:
        odd.append(f"card {kind}, which is not known: its words kept")
        made = "".join(_said(node))
    return made


def _known(kind: str, node: Mapping[str, Any]) -> Iterator[str]:
    shown = _SHOWN.get(kind)
    return shown(node) if shown else iter(())


def _get(node: Mapping[str, Any], *keys: str) -> str:
    """The first of these that says something."""
    return next(filter(None, (str(node.get(key) or "") for key in keys)), "")


def _caption(node: Mapping[str, Any]) -> Iterator[str]:
    if said := _get(node, "caption"):
        yield f"<p>{said}</p>"


def _image(node: Mapping[str, Any]) -> Iterator[str]:
    yield _picture(node)


def _gallery(node: Mapping[str, Any]) -> Iterator[str]:
    yield from (_picture(values.table(p)) for p in values.listed(node.get("images")))
    yield from _caption(node)


def _html(node: Mapping[str, Any]) -> Iterator[str]:
    yield _get(node, "html")


def _marked(node: Mapping[str, Any]) -> Iterator[str]:
    yield _markdown(_get(node, "markdown"))


def _code(node: Mapping[str, Any]) -> Iterator[str]:
    language = _get(node, "language")
    named = f' class="language-{escape(language)}"' if language else ""
    yield f"<pre><code{named}>{escape(_get(node, 'code'))}</code></pre>"
    yield from _caption(node)


def _embed(node: Mapping[str, Any]) -> Iterator[str]:
    html, url = _get(node, "html"), _get(node, "url")
    if "<blockquote" in html:
        yield html  # a post of elsewhere, with its words
        if url not in html:
            yield f"<p>{_link(url, url)}</p>"
        yield from _caption(node)
    elif url:
        yield from _linked(node, "")
    else:
        yield html


def _bookmark(node: Mapping[str, Any]) -> Iterator[str]:
    about = values.table(node.get("metadata"))
    by = values.text(about.get("publisher")) or values.text(about.get("author"))
    if _get(node, "url"):
        yield from _linked(node, by)


def _linked(node: Mapping[str, Any], by: str) -> Iterator[str]:
    about, url = values.table(node.get("metadata")), _get(node, "url")
    title = values.text(about.get("title")) or url
    words = values.text(about.get("description"))
    words = f"{words} ({by})".strip() if by else words
    yield f"<p>{_link(url, title)}{f': {escape(words)}' if words else ''}</p>"
    yield from _caption(node)


def _quoted(node: Mapping[str, Any]) -> Iterator[str]:
    if heading := _get(node, "heading"):
        yield f"<p><strong>{heading}</strong></p>"
    emoji = f"{node['calloutEmoji']} " if node.get("calloutEmoji") else ""
    yield f"<blockquote>{escape(emoji)}{_get(node, 'calloutText', 'content')}</blockquote>"


def _plain_button(node: Mapping[str, Any]) -> Iterator[str]:
    yield _button(node, "")


def _call_to_action(node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("hasSponsorLabel", True):
        yield _get(node, "sponsorLabel")
    if picture := _get(node, "imageUrl"):
        yield _picture({"src": picture})
    yield _get(node, "textValue")
    yield _button(node, "showButton")


def _file(node: Mapping[str, Any]) -> Iterator[str]:
    if src := _get(node, "src"):
        yield _picture({"src": _get(node, "customThumbnailSrc", "thumbnailSrc")})
        name = _get(node, "title", "fileTitle", "fileName") or src.rpartition("/")[2]
        words = _get(node, "caption", "fileCaption")
        yield f"<p>{_link(src, name)}{f': {words}' if words else ''}</p>"


def _header(node: Mapping[str, Any]) -> Iterator[str]:
    if heading := _get(node, "heading", "header"):
        yield f"<h2>{heading}</h2>"
        if below := _get(node, "subheading", "subheader"):
            yield f"<p>{below}</p>"
        yield _picture({"src": _get(node, "backgroundImageSrc")})
        yield _button(node, "buttonEnabled")


def _product(node: Mapping[str, Any]) -> Iterator[str]:
    if not (title := _get(node, "productTitle")):
        return
    yield f"<h3>{title}</h3>"
    if picture := _get(node, "productImageSrc"):
        yield _picture({"src": picture})
    yield _get(node, "productDescription")
    if node.get("productRatingEnabled") and node.get("productStarRating"):
        yield f"<p>{'★' * min(5, values.whole(node.get('productStarRating')))}</p>"
    sold = {"buttonUrl": _get(node, "productUrl"), "buttonText": _get(node, "productButton")}
    yield _button({**node, **sold}, "productButtonEnabled")


_SHOWN: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "image": _image, "gallery": _gallery, "html": _html, "markdown": _marked,
    "card-markdown": _marked, "codeblock": _code, "code": _code, "embed": _embed,
    "bookmark": _bookmark, "callout": _quoted, "toggle": _quoted, "button": _plain_button,
    "call-to-action": _call_to_action, "audio": _file, "video": _file, "file": _file,
    "header": _header, "product": _product,
}  # fmt: skip
"""What a reader saw of a card, by its kind."""


def _button(node: Mapping[str, Any], enabled: str) -> str:
    """A button as a link, where it was shown and leads somewhere beside Ghost's own forms."""
    url, words = str(node.get("buttonUrl") or ""), str(node.get("buttonText") or "")
    if not url or node.get(enabled, True) is False or is_of_the_portal(url):
        return ""
    return f"<p>{_link(url, words or url)}</p>"


def is_of_the_portal(url: str) -> bool:
    """Whether an address opens a form of Ghost's, for signing up or giving."""
    return "#/portal" in url or "#/share" in url


def _said(node: Mapping[str, Any]) -> Iterator[str]:
    """What a reader of an unknown card saw, as far as its keys tell."""
    known = {key.lower() for key in _WORDS}
    for key, value in node.items():
        if str(key).lower() in known and isinstance(value, str) and value.strip():
            yield value if "<" in value else f"<p>{escape(value)}</p>"
        elif isinstance(value, dict) and value.get("src"):
            yield _picture(value)
        elif str(key).lower().endswith("url") and str(value).startswith("http"):
            yield f"<p>{_link(str(value), str(value))}</p>"


def _picture(image: Mapping[str, Any]) -> str:
    source, alt = str(image.get("src") or ""), str(image.get("alt") or "")
    said = str(image.get("caption") or "")
    caption = f"<figcaption>{said}</figcaption>" if said else ""
    shown = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    link = str(image.get("href") or "")
    shown = f'<a href="{escape(link)}">{shown}</a>' if link else shown
    return f"<figure>{shown}{caption}</figure>" if source else ""


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'


def _markdown(text: str) -> str:
    from markdown_it import MarkdownIt  # few posts have such a card

    return str(MarkdownIt("js-default", {"html": True}).render(text))
