"""Allowed ranges of numbers, and the JSON Schema of all settings, which includes them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from site_gen.basics import files, schema
from site_gen.settings.tables import Settings


class Bound(NamedTuple):
    """The range from `minimum` to `maximum`, inclusive; `suggested` is the value that the cure
    names."""

    minimum: float
    maximum: float
    suggested: float


BOUNDS: dict[tuple[str, ...], Bound] = {
    ("feeds", "items"): Bound(1, 1000, 30),
    ("feeds", "editions"): Bound(1, 1000, 12),
    ("feeds", "lists", "count"): Bound(1, 1000, 20),
    ("limits", "file_bytes"): Bound(1 << 10, files.HARD_LIMIT, 1 << 20),
    ("limits", "article_seconds"): Bound(0.1, 60, 10),
}


def out_of_bounds(settings: Settings) -> Iterator[tuple[schema.Path, str, str]]:
    """Each number outside its range: (path, what is wrong, cure)."""
    for path, bound in BOUNDS.items():
        value: Any = settings
        for name in path:
            value = getattr(value, name)
        if not bound.minimum <= value <= bound.maximum:
            message = f"is not from {bound.minimum:.9g} to {bound.maximum:.9g}"
            yield path, message, f"write {bound.suggested}"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of site.toml. It allows no unknown keys."""
    made = msgspec.json.schema(Settings)
    tables = made["$defs"]
    for table in tables.values():
        if "properties" in table:
            table["additionalProperties"] = False
    for path, bound in BOUNDS.items():
        found = tables["Settings"]
        for name in path:
            found = found["properties"][name]
            if "$ref" in found:
                found = tables[found["$ref"].rpartition("/")[2]]
        found |= {"minimum": bound.minimum, "maximum": bound.maximum}
    return made
