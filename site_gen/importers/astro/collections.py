"""Astro's collections of content: their folders, which files of them count, what texts lack."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from site_gen.importers.astro import conditions
from site_gen.importers.reading import globs, javascript_settings
from site_gen.importers.reading.folder import Folder

CONFIGS = (
    "src/content.config.ts", "src/content.config.mjs", "src/content.config.js",
    "src/content/config.ts", "src/content/config.mjs", "src/content/config.js",
)  # fmt: skip
_DEFINED = re.compile(r"(?<![\w-])([\w-]++)[\"']?\s*+[:=]\s*+defineCollection\(")
_DEFAULT = re.compile(
    r"(?<!\w)(\w++)[\"']?\s*+:\s*+z\b[^,\n:{}]{0,500}?\.default\(\s*+(true|false)\s*+\)"
)
_NAMED = re.compile(r"(?<![\w-])([\w-]++)[\"']?\s*+(?::\s*+(\w++))?\s*+(?:,|$)")


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: the folder of its texts, which of them count, what holds where they are silent.

    `defaults`: key -> yes or no, of its schema.
    """

    name: str
    folder: str
    takes: globs.Filter
    defaults: Mapping[str, Any] = field(default_factory=dict)


def read(folder: Folder, endings: tuple[str, ...]) -> list[Collection]:
    """As the settings of the content say, else each folder below src/content."""
    found: dict[str, Collection] = {}
    name = folder.first(*CONFIGS)
    if name:
        text = javascript_settings.plain(folder.text(name))
        for own, inner in _defined(text):
            made = _collection(own, inner)
            if folder.under(made.folder):
                found[own] = made
    roots = {collection.folder for collection in found.values()}
    for path in folder.under("src/content", *endings):
        top = path.split("/")[2] if path.count("/") > 2 else ""
        if top and not any(path.startswith(f"{root}/") for root in roots if root):
            place = f"src/content/{top}"
            found.setdefault(top, Collection(top, place, globs.Filter((), ())))
    return sorted(found.values(), key=lambda collection: collection.name)


def _defined(text: str) -> list[tuple[str, str]]:
    """(name, what its definition says) of each collection, by the names that routes know."""
    said = {
        found[1]: conditions.argument(text, found.end() - 1) for found in _DEFINED.finditer(text)
    }
    named = _NAMED.findall(javascript_settings.block(text, "collections"))
    renamed = [(own, said[other or own]) for own, other in named if (other or own) in said]
    return renamed or list(said.items())


def _collection(name: str, inner: str) -> Collection:
    loader = re.search(r"\bglob\(", inner)
    given = conditions.argument(inner, loader.end() - 1) if loader else ""
    patterns = javascript_settings.listed(given, "pattern")
    place = javascript_settings.value(given, "base").removeprefix("./").strip("/")
    if not loader:
        place = f"src/content/{name}"
    wanted = [one.removeprefix("./") for one in patterns if not one.startswith("!")]
    out = [one[1:].removeprefix("./") for one in patterns if one.startswith("!")]
    return Collection(
        name=name,
        folder=place,
        takes=globs.Filter(wanted, out, any_depth=True),
        defaults={key: value == "true" for key, value in _DEFAULT.findall(inner)},
    )
