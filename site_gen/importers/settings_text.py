"""site.toml, written from what the old settings say."""

import json
from collections.abc import Mapping
from typing import Any


def text(data: Mapping[str, Any]) -> str:
    """TOML: keys first, then tables, then lists of tables. Values: text, numbers, lists, tables."""
    return "\n".join(_table(data, "")).strip("\n") + "\n"


def _table(data: Mapping[str, Any], name: str) -> list[str]:
    plain = {k: v for k, v in data.items() if not _nested(v)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    if name and (lines or not data):
        lines = ["", f"[{name}]", *lines]
    for key, value in data.items():
        inner = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, Mapping):
            lines += _table(value, inner)
        elif _nested(value):
            for item in value:
                rows = [f"{_key(k)} = {_value(v)}" for k, v in item.items()]
                lines += ["", f"[[{inner}]]", *rows]
    return lines


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def _key(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    known = str(value).encode("utf-8", "replace").decode()
    return json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007f")
