"""Prepares a feed's XML for feedparser: renames elements that it would misunderstand."""

import re
from typing import Any

from lxml import etree

from site_gen.convert import similarity

CAPTION = "media_captionofours"
"""feedparser's name for a `media:description`, which it would take for the entry's."""

_DESCRIPTION = re.compile(r"<(/?)(\w+):description(?=[\s>/])")
_GUID = re.compile(r"<guid\b[^>]*>(?!\s*(?:<!\[CDATA\[)?\s*(?:https?:/)?/)", re.IGNORECASE)
_MEDIA = "http://search.yahoo.com/mrss"
_PREFIX = re.compile(rf"""xmlns:(\w+)\s*=\s*["']{re.escape(_MEDIA)}/?["']""")


def repair(text: str) -> str:
    """The feed without its XML declaration (the text is already decoded), with renamed captions,
    and no guid marked as an address that is none."""
    start = text.lstrip()
    body = start.partition("?>")[2] if start.startswith("<?xml") else start
    prefixes = set(_PREFIX.findall(body[:20_000]))
    body = _DESCRIPTION.sub(lambda found: _renamed(found, prefixes), body)
    return _GUID.sub('<guid isPermaLink="false">', body)


def _renamed(found: re.Match[str], prefixes: set[str]) -> str:
    name = CAPTION.removeprefix("media_")
    return f"<{found[1]}{found[2]}:{name}" if found[2] in prefixes else found[0]


def read_captions(text: str) -> dict[str, dict[str, Any]]:
    """Caption and credit of each picture in the repaired `text`, by address."""
    if _MEDIA not in text:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return {}
    found: dict[str, dict[str, Any]] = {}
    for picture in root.iter("{*}content", "{*}thumbnail") if root is not None else ():
        url = str(picture.get("url") or "").strip()
        said = {
            "caption": _said(picture, CAPTION.removeprefix("media_")),
            "credit": _said(picture, "credit"),
        }
        if url and _MEDIA in str(picture.tag):
            found.setdefault(url, {key: value for key, value in said.items() if value})
    return found


def _said(picture: Any, name: str) -> str:
    """The value of an element in the picture or beside it in its group."""
    parent = picture.getparent()
    beside = [parent] if parent is not None and str(parent.tag).endswith("}group") else []
    for holder in (picture, *beside):
        for element in holder.iterchildren(f"{{*}}{name}"):
            if text := similarity.squeeze("".join(element.itertext())):
                return text
    return ""
