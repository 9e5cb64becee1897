"""Ghost's cards as it rendered them, taken back to what they say, so that one place (ghost_cards)
knows how each is written."""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree, html

from site_gen.convert.html.tree import Element
from site_gen.importers.ghost import cards

_CARD = re.compile(
    r"(?<![\w-])kg-(bookmark|audio|video|file|signup|callout|toggle|button)-card(?![\w-])"
)
Node = dict[str, Any]


def plain(text: str, odd: list[str]) -> str:
    """The HTML of a post with those cards as plain HTML; what is left out is added to `odd`."""
    if not _CARD.search(text):
        return text
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError):
        return text  # whoever converts it says so
    for card in root.xpath(".//*[contains(@class, '-card')]"):
        found = _CARD.search(card.get("class") or "")
        if found is None or card.getparent() is None:
            continue
        kind, node = found[1], _READ[found[1]](card)
        made = html.fragment_fromstring(cards.html(kind, node, odd), create_parent="div")
        made.tail, card.tail = card.tail, None
        card.getparent().replace(card, made)
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)
    return f"{root.text or ''}{inner}"


def _bookmark(card: Element) -> Node:
    about = {"title": _text(card, "kg-bookmark-title"),
             "description": _text(card, "kg-bookmark-description"),
             "publisher": _text(card, "kg-bookmark-publisher") or _text(card, "kg-bookmark-author"),
             "thumbnail": _found(card, "kg-bookmark-thumbnail") is not None}  # fmt: skip
    return {"url": _of(card, "a", "href"), "metadata": about, "caption": _caption(card)}


def _audio(card: Element) -> Node:
    shown = _of(card, "img", "src")
    return {"src": _of(card, "audio", "src"), "title": _text(card, "kg-audio-title"),
            "thumbnailSrc": shown}  # fmt: skip


def _video(card: Element) -> Node:
    return {"src": _of(card, "video", "src"), "caption": _caption(card)}


def _file(card: Element) -> Node:
    return {
        "src": _of(card, "a", "href"),
        "fileTitle": _text(card, "kg-file-card-title") or _text(card, "kg-file-card-filename"),
        "fileCaption": _text(card, "kg-file-card-caption"),
    }


def _callout(card: Element) -> Node:
    emoji = _text(card, "kg-callout-emoji")
    return {"calloutText": _inner(card, "kg-callout-text"), "calloutEmoji": emoji}


def _toggle(card: Element) -> Node:
    heading = _inner(card, "kg-toggle-heading-text")
    return {"heading": heading, "content": _inner(card, "kg-toggle-content")}


def _button(card: Element) -> Node:
    return {
        "buttonUrl": _of(card, "a", "href"),
        "buttonText": " ".join(card.text_content().split()),
    }


_READ: dict[str, Callable[[Element], Node]] = {
    "bookmark": _bookmark, "audio": _audio, "video": _video, "file": _file, "callout": _callout,
    "toggle": _toggle, "button": _button, "signup": lambda _card: {},
}  # fmt: skip


def _of(card: Element, tag: str, attribute: str) -> str:
    return next((v for e in card.iter(tag) if (v := e.get(attribute) or "")), "")


def _found(card: Element, name: str) -> Element | None:
    return next((e for e in card.iter() if name in (e.get("class") or "").split()), None)


def _text(card: Element, name: str) -> str:
    element = _found(card, name)
    return "" if element is None else " ".join(element.text_content().split())


def _inner(card: Element, name: str) -> str:
    element = _found(card, name)
    if element is None:
        return ""
    below = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return f"{element.text or ''}{''.join(below)}"


def _caption(card: Element) -> str:
    caption = next(card.iter("figcaption"), None)
    return "" if caption is None else " ".join(caption.text_content().split())
