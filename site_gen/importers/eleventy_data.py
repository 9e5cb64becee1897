"""What Eleventy's texts inherit and say of themselves: data of folders and site, front matter."""

import json
import re
from collections.abc import Mapping
from posixpath import dirname
from typing import Any

from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import javascript_settings
from site_gen.importers.folder import Folder
from site_gen.problems import Problem, SiteError

_ENDINGS = (".json", ".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
"""Of files of data, those that win last."""
_WORDS = ("title", "date", "permalink", "layout")
"""Keys whose value is a text, where a program gives it."""


class FolderData:
    """The data that the texts of a folder, and of those in it, have in common."""

    def __init__(self, folder: Folder, root: str) -> None:
        self._known: dict[str, dict[str, Any]] = {}
        paths = folder.under(root, *_ENDINGS)
        for path in sorted(paths, key=lambda path: (".11tydata." in path, ".json" not in path)):
            place, _, name = path.rpartition("/")
            stem = re.sub(r"\.11tydata\.(?:json|[cm]?js)$|\.json$", "", name)
            if stem == place.rpartition("/")[2] or name.startswith("index.11tydata"):
                self._known.setdefault(place, {}).update(_data(folder.text(path), name))

    def of(self, path: str) -> dict[str, Any]:
        """What a text at this path inherits, the nearest folder last."""
        made: dict[str, Any] = {}
        folders = dirname(path).split("/")
        for length in range(len(folders) + 1):
            made.update(self._known.get("/".join(folders[:length]), {}))
        return made


def _data(text: str, name: str) -> Mapping[str, Any]:
    if not name.endswith(".json"):
        return program(text)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def program(text: str) -> dict[str, Any]:
    """The plain values that a program gives to the keys that matter here; it is not run."""
    found: dict[str, Any] = {key: javascript_settings.value(text, key) for key in _WORDS}
    found["tags"] = javascript_settings.listed(text, "tags")
    for key in ("draft", "permalink"):
        if (flag := javascript_settings.flag(text, key)) is not None:
            found[key] = flag
    if not found["permalink"] and re.search(r"\bpermalink\b\s*(?:[:=(])", text) and (
        found["permalink"] is not False
    ):  # fmt: skip
        found["permalink"] = "{{ a program }}"
    return {key: value for key, value in found.items() if value not in ("", [])}


def site_data(folder: Folder) -> dict[str, str]:
    """What the global data say about the site: `_data/metadata.json`, `site.js` ..."""
    made: dict[str, str] = {}
    for path in folder.names:
        stem = path.rpartition("/")[2].partition(".")[0].lower()
        if "_data/" not in f"/{path}" or stem not in ("metadata", "site", "meta", "config"):
            continue
        text = folder.text(path)
        for key in ("title", "name", "url", "description", "language", "lang"):
            found = javascript_settings.value(text, key)
            made.setdefault(key, found) if found else None
    return made


def head(text: str, path: str, *, template: bool) -> foreign_front_matter.Head:
    """The head of a file, which may say its form: `---json`, `---toml`.

    One that is a program is looked through where a list hangs on it, and refused in a text.
    """
    form = re.match(r"---(\w+)[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if form and form[1] in ("json", "toml"):
        mark = "+++\n{}\n+++\n{}" if form[1] == "toml" else "{}\n\n{}"
        return foreign_front_matter.read(mark.format(form[2], text[form.end() :]), path)
    if form and form[1] in ("js", "javascript", "node"):
        if template:
            return foreign_front_matter.Head(_looked(form[2]), text[form.end() :], "js")
        message = "its front matter is a program, which is not run"
        raise SiteError([Problem("import/head", message, help="write it as YAML")])
    if text.startswith("---"):
        return foreign_front_matter.read(text, path)
    return foreign_front_matter.Head({}, text, "yaml")


def _looked(text: str) -> dict[str, Any]:
    """The head of a template that is a program: where its pages stand, and what they list."""
    found = program(text)
    inner = javascript_settings.block(text, "pagination")
    if inner:
        value, size = javascript_settings.value, re.search(r"\bsize\s*:\s*(\d+)", inner)
        filters = javascript_settings.listed(inner, "filter")
        found["pagination"] = {"data": value(inner, "data"), "alias": value(inner, "alias"),
                               "size": int(size[1]) if size else 0, "filter": filters}  # fmt: skip
    return found
