"""The elements of an export of WordPress (WXR), whatever its version calls their namespaces."""

import re
from typing import Any

from lxml import etree

from site_gen.importers.wordpress.bodies import Attachment


def all_of(element: Any, name: str) -> list[Any]:
    """Children by their local name: the namespace changes with the export's version."""
    return [child for child in element if isinstance(child.tag, str) and _named(child, name)]


def _named(child: Any, name: str) -> bool:
    tag = etree.QName(child)
    return tag.localname == name and (name != "category" or bool(tag.namespace))


def attachment(item: Any) -> Attachment:
    """A file of the library."""
    return Attachment(
        text(item, "attachment_url"), meta(item).get("_wp_attachment_image_alt", ""),
        plain(text(item, "encoded", "excerpt")), text(item, "link"), text(item, "post_parent"),
    )  # fmt: skip


def meta(item: Any) -> dict[str, str]:
    """What WordPress and its plugins keep of an item."""
    return {text(m, "meta_key"): text(m, "meta_value") for m in all_of(item, "postmeta")}


def text(element: Any, name: str, prefix: str = "") -> str:
    """The text of the first child of that name, in a namespace that holds `prefix`; "" for none."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        tag = etree.QName(child)
        if tag.localname == name and (not prefix or prefix in str(tag.namespace)):
            return (child.text or "").strip()
    return ""


def dated(text: str) -> str:
    """A date, "" for the year 0 that drafts have."""
    return "" if text.startswith(("0000", "-0001")) else text


def plain(text: str) -> str:
    """Text without tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
