"""Numbers that a setting may have, and the JSON Schema of all settings, which says them too."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from site_gen.basics import files, schema
from site_gen.settings.tables import Settings


class Bound(NamedTuple):
    """From `least` to `most`, both included; `usual` is what the cure says."""

    least: float
    most: float
    usual: float


BOUNDS: dict[tuple[str, ...], Bound] = {
    ("feeds", "items"): Bound(1, 1000, 30),
    ("feeds", "editions"): Bound(1, 1000, 12),
    ("feeds", "lists", "count"): Bound(1, 1000, 20),
    ("limits", "file_bytes"): Bound(1 << 10, files.HARD_LIMIT, 1 << 20),
    ("limits", "article_seconds"): Bound(0.1, 60, 10),
}


def out_of_bounds(settings: Settings) -> Iterator[tuple[schema.Path, str, str]]:
    """Each number that is too small or too large: (path, what is wrong, cure)."""
    for path, bound in BOUNDS.items():
        value: Any = settings
        for name in path:
            value = getattr(value, name)
        if not bound.least <= value <= bound.most:
            yield path, f"is not from {bound.least:.9g} to {bound.most:.9g}", f"write {bound.usual}"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of site.toml; a name that is none of ours is a fault in it, too."""
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
        found |= {"minimum": bound.least, "maximum": bound.most}
    return made
