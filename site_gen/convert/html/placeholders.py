"""Recognises placeholders of pictures that are yet to load: a blur, a dot, a spacer."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from site_gen.convert.html.tree import Element
from site_gen.model import Cut

BLURRED = 0.2
"""Device pixels for one of the page, below which a host was asked for a blur."""

RULE = "placeholder_picture"
_NAMED = re.compile(r"(?:^|[^a-z])(?:placeholder|spacer|1x1)s?(?:[^a-z0-9]|$)")
_WIDTHS = frozenset({"w", "width"})


def is_placeholder(url: str, width: object = None) -> bool:
    """Whether an address, or the width that a page gives with it, is that of no real picture."""
    if url.lstrip().lower().startswith("data:") or str(width).strip().removesuffix("px") == "1":
        return True
    try:
        parts = urlsplit(url)
        asked = [(key.lower(), value) for key, value in parse_qsl(parts.query, max_num_fields=60)]
    except ValueError:
        return False
    if any(key in _WIDTHS and value == "1" for key, value in asked):
        return True
    if any(key == "dpr" and _below(value) for key, value in asked):
        return True
    return bool(_NAMED.search(parts.path.rpartition("/")[2].lower()))


def _below(value: str) -> bool:
    try:
        return float(value) < BLURRED
    except ValueError:
        return False


def refused(url: str, rule: str = RULE) -> Cut:
    """The line of a receipt for one that was not taken."""
    return Cut(rule=rule, text=url.strip()[:120])


def only(element: Element) -> str:
    """The address of one that has no other to load; "" for a picture."""
    given = [value for key, value in sources(element)]
    mere = given and all(is_placeholder(url, element.get("width")) for url in given)
    return given[0] if mere else ""


LAZY = ("data-src", "data-original", "data-lazy-src")
SETS = ("srcset", "data-srcset")


def sources(element: Any) -> list[tuple[str, str]]:
    """(attribute, value) of all that says where a picture lies; sets as they are written."""
    found = [(key, element.get(key, "")) for key in (*LAZY, "src", *SETS)]
    return [(key, value) for key, value in found if value.strip()]
