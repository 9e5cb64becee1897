"""Removes pictures without a usable address, and captions, which are stored with their picture or
in front matter."""

from typing import Any, NamedTuple

from site_gen.convert import similarity
from site_gen.convert.html import media, placeholders
from site_gen.convert.html.links import Base
from site_gen.convert.html.tree import Element, drop, text_of
from site_gen.model import Cut

NO_ADDRESS, CAPTION = "picture_without_address", "caption"
_OTHER = ("iframe", "video", "audio")
"""Players, which have no text of their own."""


class Settled(NamedTuple):
    """What was removed from the body, what goes to `images`, and the number of missing pictures."""

    cuts: list[Cut]
    images: list[dict[str, Any]]
    missing: int


def settle(root: Element, base: Base) -> Settled:
    """Remove pictures without a usable address from a cut page, and captions that their picture
    already has. Captions of missing pictures go to `images`."""
    cuts, images, missing = [], [], 0
    for picture in list(root.iter("img")):
        said = media.described(picture, base)
        mere = placeholders.only(picture)
        if said.get("url") and not mere:
            continue
        seen = _is_seen(said)
        if mere:
            cuts.append(placeholders.refused(mere))
        elif seen:
            text = str(said.get("alt") or picture.get("src") or said.get("caption") or "picture")
            cuts.append(placeholders.refused(text, NO_ADDRESS))
        missing += seen
        images += _captioned(said)
        drop(picture)
    for caption in list(root.iter("figcaption")):
        figure = next(caption.iterancestors("figure"), None)
        if figure is None or _shows_other(figure, caption):
            continue
        text = similarity.squeeze(text_of(caption))
        told, credit = media.told_apart(text)
        if next(figure.iter("img"), None) is None:
            images += _captioned({"caption": told, "credit": credit})
        if text:
            cuts.append(Cut(rule=CAPTION, text=text, to="images"))
        drop(caption)
    return Settled(cuts, _once(images), missing)


def warnings(missing: int) -> list[str]:
    """Warnings about pictures that the draft does not show."""
    if not missing:
        return []
    return [f"{missing} picture{'s' if missing > 1 else ''} left out: no address that can be used"]


def _is_seen(said: dict[str, Any]) -> bool:
    """Whether readers see it: no tracking pixel, no spacer."""
    sized = "width" in said and "height" in said
    return sized or bool(said.get("caption") or said.get("alt"))


def _shows_other(figure: Element, caption: Element) -> bool:
    """Whether there is a player, or text besides the caption: a table, a listing, a quote."""
    told = similarity.squeeze(text_of(figure)) != similarity.squeeze(text_of(caption))
    return told or next(figure.iter(*_OTHER), None) is not None


def _captioned(said: dict[str, Any]) -> list[dict[str, Any]]:
    kept = {key: said[key] for key in ("caption", "credit", "alt") if said.get(key)}
    return [kept] if "caption" in kept or "credit" in kept else []


def _once(images: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(i.get("caption"), i.get("credit")): i for i in reversed(images)}.values())[::-1]
