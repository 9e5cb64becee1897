"""Writes front matter in the schema's order and style."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from site_gen.basics import dates
from site_gen.basics.yaml_values import NOTHING

ORDER = [
    "category",
    "title",
    "titleDerived",
    "excerpt",
    "publishedDateTime",
    "addedDateTime",
    "modifiedDateTime",
    "expiryDateTime",
    "originalUrl",
    "webUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "type",
    "quality",
    "heat",
    "published",
    "draft",
    "language",
    "languages",
    "translations",
    "isAccessibleForFree",
    "slug",
    "aliases",
    "guid",
    "edition",
    "section",
    "story",
    "why",
    "rights",
    "canonical",
    "provider",
    "author",
    "authors",
    "credits",
    "sources",
    "archive",
    "topics",
    "tags",
    "images",
    "related",
    "discussions",
    "corrections",
    "withdrawn",
    "warnings",
    "rawDigest",
    "featuredContent",
    "secured",
]
"""The order in which `dump` writes known keys."""


def dump(matter: Mapping[str, Any]) -> str:
    """Front matter in the schema's order and style, without delimiters.

    Text is in double quotes except short words; timestamps are bare; lists are indented by two
    spaces. Unknown keys follow in their own order. Values: text, numbers, booleans, aware
    datetimes, lists, mappings.
    """
    known = [key for key in ORDER if key in matter]
    rest = [key for key in matter if key not in ORDER]
    return "".join(_lines(key, matter[key], 0) for key in (*known, *rest))


def _lines(key: str, value: Any, indent: int) -> str:
    pad = "  " * indent
    name = key if key.isidentifier() else _quoted(key)
    if isinstance(value, Mapping) and value:
        inner = "".join(_lines(k, v, indent + 1) for k, v in value.items())
        return f"{pad}{name}:\n{inner}"
    if isinstance(value, list | tuple) and value:
        return f"{pad}{name}:\n" + "".join(_item(v, indent + 1) for v in value)
    return f"{pad}{name}: {_scalar(key, value)}\n"


def _item(value: Any, indent: int) -> str:
    pad = "  " * indent
    if isinstance(value, Mapping) and value:
        inner = "".join(_lines(k, v, indent + 1) for k, v in value.items())
        return f"{pad}- {inner[len(pad) + 2 :]}"
    if isinstance(value, list | tuple) and value:
        inner = "".join(_item(v, indent + 1) for v in value)
        return f"{pad}- {inner[len(pad) + 2 :]}"
    return f"{pad}- {_scalar('', value)}\n"


_BARE = frozenset(
    {"category", "type", "language", "domain", "role", "edition", "rights", "canonical"}
)


def _scalar(key: str, value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return dates.iso(value)
    if isinstance(value, list | tuple | Mapping):
        return "{}" if isinstance(value, Mapping) else "[]"
    text = str(value)
    return text if key in _BARE and _is_word(text) else _quoted(text)


def _is_word(text: str) -> bool:
    plain = text.replace("-", "").replace(".", "")
    return plain.isalnum() and text.isascii() and text not in NOTHING


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _quoted(text: str) -> str:
    """A double-quoted YAML scalar with escapes for unprintable characters."""
    if text.isprintable():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )
