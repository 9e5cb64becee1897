"""The cards of Ghost's editors (Lexical, Mobiledoc) as HTML."""

from collections.abc import Iterator, Mapping
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
    def get(key: str) -> str:
        return str(node.get(key) or "")

    if kind in ("image", "gallery"):
        pictures = values.listed(node.get("images")) if kind == "gallery" else [node]
        yield from (_picture(values.table(p)) for p in pictures)
        if kind == "gallery" and get("caption"):
            yield f"<p>{get('caption')}</p>"
    elif kind == "html":
        yield get("html")
    elif kind in ("markdown", "card-markdown"):
        yield _markdown(get("markdown"))
    elif kind in ("codeblock", "code"):
        language = get("language")
        named = f' class="language-{escape(language)}"' if language else ""
        yield f"<pre><code{named}>{escape(get('code'))}</code></pre>"
        yield f"<p>{get('caption')}</p>" if get("caption") else ""
    elif kind == "embed" and "<blockquote" in get("html"):
        yield get("html")  # a post of elsewhere, with its words
        if get("url") not in get("html"):
            yield f"<p>{_link(get('url'), get('url'))}</p>"
        yield f"<p>{get('caption')}</p>" if get("caption") else ""
    elif kind in ("bookmark", "embed") and get("url"):
        about = values.table(node.get("metadata"))
        title = values.text(about.get("title")) or get("url")
        by = values.text(about.get("publisher")) or values.text(about.get("author"))
        words = values.text(about.get("description"))
        words = f"{words} ({by})".strip() if by and kind == "bookmark" else words
        yield f"<p>{_link(get('url'), title)}{f': {escape(words)}' if words else ''}</p>"
        yield f"<p>{get('caption')}</p>" if get("caption") else ""
    elif kind in ("callout", "toggle"):
        yield f"<p><strong>{get('heading')}</strong></p>" if get("heading") else ""
        emoji = f"{get('calloutEmoji')} " if get("calloutEmoji") else ""
        yield f"<blockquote>{escape(emoji)}{get('calloutText') or get('content')}</blockquote>"
    elif kind == "button":
        yield _button(node, "")
    elif kind == "call-to-action":
        yield get("sponsorLabel") if node.get("hasSponsorLabel", True) else ""
        yield _picture({"src": get("imageUrl")}) if get("imageUrl") else ""
        yield get("textValue")
        yield _button(node, "showButton")
    elif kind in ("audio", "video", "file") and get("src"):
        yield _picture({"src": get("customThumbnailSrc") or get("thumbnailSrc")})
        name = get("title") or get("fileTitle") or get("fileName") or get("src").rpartition("/")[2]
        words = get("caption") or get("fileCaption")
        yield f"<p>{_link(get('src'), name)}{f': {words}' if words else ''}</p>"
    elif kind == "header" and (get("heading") or get("header")):
        yield f"<h2>{get('heading') or get('header')}</h2>"
        below = get("subheading") or get("subheader")
        yield f"<p>{below}</p>" if below else ""
        yield _picture({"src": get("backgroundImageSrc")})
        yield _button(node, "buttonEnabled")
    elif kind == "product" and get("productTitle"):
        yield f"<h3>{get('productTitle')}</h3>"
        yield _picture({"src": get("productImageSrc")}) if get("productImageSrc") else ""
        yield get("productDescription")
        if node.get("productRatingEnabled") and get("productStarRating"):
            yield f"<p>{'★' * min(5, values.whole(node.get('productStarRating')))}</p>"
        sold = {"buttonUrl": get("productUrl"), "buttonText": get("productButton")}
        yield _button({**node, **sold}, "productButtonEnabled")
    elif kind == "embed" and get("html"):
        yield get("html")


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
