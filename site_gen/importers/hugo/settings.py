"""Hugo's and Zola's settings: one file, or parts in folders; languages of a site."""

import re
from collections.abc import Mapping
from fnmatch import fnmatch
from typing import Any, NamedTuple

from site_gen.importers.reading import broken_settings, build_commands, values
from site_gen.importers.reading.folder import Folder

STEMS = ("hugo", "config")


ENDINGS = (".toml", ".yaml", ".yml", ".json")
PLACES = ("config/_default/", "config/production/")
"""Where parts of the settings lie; what holds for a preview alone is not read."""


def settings(folder: Folder) -> dict[str, Any]:
    """The settings, their parts in PLACES among them; keys in lower case."""
    made: dict[str, Any] = {}
    for stem in STEMS:
        for ending in ENDINGS:
            if name := folder.first(f"{stem}{ending}"):
                made = values.merged(made, lower(broken_settings.table(folder.text(name), name)))
    for name in build_commands.configs(folder):
        if name.endswith(ENDINGS):
            made = values.merged(made, lower(broken_settings.table(folder.text(name), name)))
    for place in PLACES:
        parts = folder.under(place, *ENDINGS)
        # the file of all settings first: those of one key add to it
        for name in sorted(parts, key=lambda name: _stem(name) not in STEMS):
            made = values.merged(made, _part(folder.text(name), name))
    return made


def _part(text: str, name: str) -> dict[str, Any]:
    """The settings of a part: those of one key stand below it, or below its name again."""
    stem = _stem(name)
    if name.endswith((".yaml", ".yml")) and re.match(r"\s*(?:#[^\n]*\n\s*|---\s*\n\s*)*- ", text):
        text = f"{stem}:\n" + "".join(f"  {line}\n" for line in text.split("\n") if line != "---")
    found: dict[str, Any] = lower(broken_settings.table(text, name))
    return found if stem in STEMS or list(found) == [stem] else {stem: found}


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0].lower()


def ignored(config: Mapping[str, Any], path: str, inner: str) -> bool:
    """Whether a file is no part of the site: by Hugo's patterns, or by Zola's globs."""
    globs = [values.text(each) for each in values.listed(config.get("ignored_content"))]
    if any(fnmatch(inner, glob) for glob in globs if glob):
        return True
    for each in values.listed(config.get("ignorefiles")):
        try:
            if re.search(values.text(each) or r"(?!)", path):
                return True
        except re.error:
            continue
    return False


def ignored_static(config: Mapping[str, Any], inner: str) -> bool:
    """Whether Zola's globs leave a static file out."""
    globs = [values.text(each) for each in values.listed(config.get("ignored_static"))]
    return any(fnmatch(inner, glob) for glob in globs if glob)


def taxonomies(found: Any) -> dict[str, str]:
    """Singular -> plural; Zola lists them as tables with a name."""
    if isinstance(found, Mapping):
        return {str(one): str(many) for one, many in found.items()}
    if isinstance(found, list):
        return {
            name: name for item in found if (name := values.text(values.table(item).get("name")))
        }
    return {"tag": "tags", "category": "categories"}


def lower(value: Any) -> Any:
    """Hugo's keys are the same in upper and lower case; those of taxonomies and menus too."""
    if isinstance(value, Mapping):
        return {str(key).lower(): lower(inner) for key, inner in value.items()}
    return value


class Languages(NamedTuple):
    """The languages of a site, the first of them its own; those that it does not publish."""

    own: str
    prefixes: Mapping[str, str]
    off: frozenset[str]


def languages(config: Mapping[str, Any]) -> Languages:
    """Those that the settings name; further ones stand below `/xx/`."""
    found = {k: values.table(v) for k, v in values.table(config.get("languages")).items()}
    own = str(
        config.get("defaultcontentlanguage") or config.get("default_language") or "en"
    ).lower()
    below = bool(config.get("defaultcontentlanguageinsubdir"))
    off = {values.text(key).lower() for key in values.listed(config.get("disablelanguages"))}
    off |= {key for key, table in found.items() if table.get("disabled")}
    on = [key for key in found if key not in off]
    prefixes = {key: f"/{key}" if below or key != own else "" for key in on}
    prefixes.setdefault(own, "")  # Zola's table has the others alone
    return Languages(own, prefixes, frozenset(off))
