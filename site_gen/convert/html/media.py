"""Pictures and players of a page: their addresses, descriptions, and whether they belong to the
text."""

import re
from typing import Any
from urllib.parse import parse_qs

from site_gen.basics import urls
from site_gen.convert import similarity
from site_gen.convert.html import placeholders
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.links import Base
from site_gen.convert.html.tree import Element, drop, text_of
from site_gen.model import Cut

ELSEWHERE = frozenset(["aside", "nav", "footer", "form"])
SMALLEST = 50
"""Smaller pictures, in pixels, are icons or tracking pixels."""

PLAYERS = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "player.vimeo.com": "Vimeo",
    "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion",
    "geo.dailymotion.com": "Dailymotion",
    "w.soundcloud.com": "SoundCloud",
    "open.spotify.com": "Spotify",
    "embed.podcasts.apple.com": "Apple Podcasts",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "facebook.com": "Facebook",
    "datawrapper.dwcdn.net": "Datawrapper",
    "flo.uri.sh": "Flourish",
    "documentcloud.org": "DocumentCloud",
    "embed.documentcloud.org": "DocumentCloud",
    "google.com": "Google Maps",
    "embed.ted.com": "TED",
    "bandcamp.com": "Bandcamp",
}
"""Hosts of players that become links -> the text of the link."""

_CREDIT = re.compile(
    r"(?i)(?:^|\s)[(\[]?(?:photo(?:graph)?s?|image|picture|credit|foto|bild|video)"
    r"(?:\s+(?:by|credit|courtesy of))?\s*[:/]?\s*(?:by\s+)?(?P<name>[^()\[\]]{2,80}?)[)\]]?\.?$"
    r"|[(\[](?P<agency>[^()\[\]]*(?:AP|AFP|Reuters|Getty|EPA|dpa|Shutterstock)[^()\[\]]*)[)\]]\.?$"
)
_FILE = re.compile(r"(?i)\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)")
_SIZED = re.compile(r"(\S+)\s+(\d+(?:\.\d+)?)[wx]")


def belongs(element: Element, holders: dict[Element, Block]) -> bool:
    """Whether a picture between kept blocks is part of the text, not of a teaser or a button."""
    if any(ancestor.tag in ELSEWHERE for ancestor in element.iterancestors()):
        return False
    if element.tag != "img":
        return True
    if _number(element, "width", SMALLEST) < SMALLEST:
        return False
    if next(element.iterancestors("figure"), None) is not None:
        return True
    block = next((holders[a] for a in element.iterancestors() if a in holders), None)
    return block is None or not block.words


def address(element: Element, base: Base) -> str:
    """The absolute http(s) URL of a picture, also of a lazy one; or ""."""
    candidates = [
        element.get("data-src", ""),
        element.get("data-original", ""),
        element.get("data-lazy-src", ""),
        element.get("src", ""),
        _largest(element.get("srcset", "") or element.get("data-srcset", "")),
    ]
    for candidate in candidates:
        if candidate and not placeholders.is_placeholder(candidate):
            url = base.absolute(candidate)
            if url:
                return url
    return ""


def _largest(srcset: str) -> str:
    sizes = [(float(size), url) for url, size in _SIZED.findall(srcset)]
    return max(sizes)[1] if sizes else ""


def described(element: Element, base: Base) -> dict[str, Any]:
    """A picture as in front matter: url, width, height, caption, credit, alt."""
    caption, credit = told_apart(element.get("data-caption", ""))
    sizes = {key: _number(element, key, 0) for key in ("width", "height")}
    found = {
        "url": address(element, base),
        **{key: size for key, size in sizes.items() if SMALLEST <= size <= 20000},
        "caption": caption,
        "credit": credit,
        "alt": similarity.squeeze(element.get("alt", "")),
    }
    return {key: value for key, value in found.items() if value}


def note_captions(root: Element) -> None:
    """Store each figure's caption in its picture, since the caption's block will be cut."""
    for figure in root.iter("figure"):
        caption = next(figure.iter("figcaption"), None)
        picture = next(figure.iter("img"), None)
        if caption is not None and picture is not None:
            picture.set("data-caption", similarity.squeeze(text_of(caption)))


def above_text(root: Element, first: Element, base: Base) -> dict[str, Any]:
    """The picture of the first figure between the headline and `first`, the first block of the
    text; or {}."""
    is_below_title = False
    for element in root.iter():
        if element is first:
            break
        is_below_title = is_below_title or element.tag == "h1"
        if element.tag != "img" or not is_below_title or _is_teaser(element):
            continue
        is_icon = _number(element, "width", SMALLEST) < SMALLEST
        if not is_icon and next(element.iterancestors("figure"), None) is not None:
            found = described(element, base)
            return found if "url" in found else {}
    return {}


def _is_teaser(picture: Element) -> bool:
    """Whether it belongs to something else. A link to its own full size is no teaser."""
    return any(
        each.tag in ELSEWHERE or (each.tag == "a" and not _FILE.search(each.get("href", "")))
        for each in picture.iterancestors()
    )


def told_apart(text: str) -> tuple[str, str]:
    """A caption and the credit at its end: "A bridge. Photo: A. Smith" -> two texts."""
    found = _CREDIT.search(text)
    if not found:
        return text, ""
    credit = (found["name"] or found["agency"] or "").strip(" .")
    return text[: found.start()].strip(), credit


def player(element: Element, base: Base) -> tuple[str, str]:
    """Text and address of the link that replaces a player; ("", "") for others."""
    source = element.get("src") or element.get("data-src") or ""
    if element.tag != "iframe" and not source:
        source = next((s.get("src", "") for s in element.iter("source")), "")
    url = base.absolute(source)
    if not url:
        return "", ""
    if element.tag in ("video", "audio"):
        return element.tag.capitalize(), url
    name = PLAYERS.get(urls.host(url), "")
    return (name, _watchable(url)) if name else ("", "")


def _watchable(url: str) -> str:
    parts = urls.parts(url)
    if urls.host(url) in ("youtube.com", "youtube-nocookie.com") and "/embed/" in parts.path:
        video = parts.path.rpartition("/embed/")[2].strip("/")
        listed = parse_qs(parts.query).get("list", [""])[0]
        if video == "videoseries" and re.fullmatch(r"[\w-]+", listed):
            return f"https://www.youtube.com/playlist?list={listed}"
        return f"https://www.youtube.com/watch?v={video}"
    if urls.host(url) == "player.vimeo.com":
        return f"https://vimeo.com/{parts.path.rpartition('/')[2]}"
    return url


def _number(element: Element, key: str, missing: int) -> int:
    text = element.get(key, "").strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else missing


def take_out(root: Element, lead: dict[str, Any], base: Base) -> list[Cut]:
    """Remove the picture that front matter shows from the body, and read its caption."""
    name = _stem(str(lead.get("url", "")))
    for element in list(root.iter("img")):
        found = described(element, base)
        if name and _stem(str(found.get("url", ""))) == name:
            lead |= {key: found[key] for key in ("caption", "credit", "alt") if found.get(key)}
            figure = next(element.iterancestors("figure"), element)
            drop(figure)
            return [Cut(rule="lead_picture", text=str(found["url"]), to="images")]
    return []


def _stem(url: str) -> str:
    """What the names of all sizes of a picture have in common."""
    name = urls.parts(url).path.rpartition("/")[2].rpartition(".")[0]
    name = re.sub(r"[-_]\d{2,5}x\d{2,5}$|[-_](?:small|medium|large|scaled)$", "", name)
    return name if len(name) > 5 else ""
