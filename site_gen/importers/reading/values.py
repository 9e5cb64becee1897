"""Values of foreign settings, whatever stands in them."""

import json
from collections.abc import Mapping
from typing import Any


def from_json(value: Any) -> Any:
    """What a text of JSON holds, None where it cannot be read; a value that is no text stays."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def table(value: Any) -> dict[str, Any]:
    """The mapping, else an empty one."""
    return {str(key): inner for key, inner in value.items()} if isinstance(value, Mapping) else {}


def whole(value: Any) -> int:
    """The whole number, else 0."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def listed(value: Any) -> list[Any]:
    """The list; one value alone is a list of it."""
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "") else [value]


def text(value: Any) -> str:
    """The text in one line, else ""."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Both tables in one, and so the tables in them; what `other` says wins."""
    made = dict(one)
    for key, value in other.items():
        both = isinstance(value, dict) and isinstance(made.get(key), dict)
        made[key] = merged(made[key], value) if both else value
    return made
