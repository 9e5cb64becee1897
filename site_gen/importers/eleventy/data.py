"""What Eleventy's texts inherit and say of themselves: data of site, folder and file, layouts,
front matter."""

import json
import re
from collections.abc import Mapping
from posixpath import dirname
from typing import Any

from site_gen.convert.markdown import foreign_front_matter
from site_gen.frontmatter import not_public
from site_gen.importers.astro import conditions
from site_gen.importers.eleventy import layouts
from site_gen.importers.reading import javascript_settings, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import Problem, SiteError

_ENDINGS = (".json", ".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
"""Of files of data, those that win last."""
_GLOBAL = (".json", ".js", ".cjs", ".mjs")
_WORDS = ("title", "date", "permalink", "layout", "eleventyExcludeFromCollections")
"""Keys whose value is a text, where a program gives it."""
_GIVEN = re.compile(r"[\"']?\b(\w+)[\"']?\s*:\s*(true\b|false\b|\"[^\"\n]*\"|'[^'\n]*')")
_ADDED = re.compile(
    r"\baddGlobalData\(\s*[\"'](\w+)[\"']\s*,\s*(?:\(\s*\)\s*=>\s*)?(true|false|\"[^\"\n]*\"|'[^'\n]*')"
)
_WHOLE = re.compile(r"(?:module\.exports\s*=|export\s+default)\s*(true|false|\"[^\"]*\"|'[^']*')")


class Data:
    """The data that each text has beside its own front matter."""

    def __init__(self, folder: Folder, root: str, program: str, global_data: str) -> None:
        self._folder = folder
        self._layouts = layouts.Layouts(folder, program, root)
        self._global: dict[str, Any] = {}
        self._of_folder: dict[str, dict[str, Any]] = {}
        self._of_file: dict[str, dict[str, Any]] = {}
        self._code: dict[str, list[str]] = {"": [program]}
        for name, value in _ADDED.findall(javascript_settings.plain(program)):
            if not_public.find_mark(name, _plain(value)):
                self._global[name] = _plain(value)
        for path in folder.under(global_data, *_GLOBAL):
            self._globally(path, folder.text(path))
        paths = [p for p in folder.under(root, *_ENDINGS) if not p.startswith(f"{global_data}/")]
        for path in sorted(paths, key=lambda path: (".11tydata." in path, ".json" not in path)):
            place, _, name = path.rpartition("/")
            stem = re.sub(r"\.11tydata\.(?:json|[cm]?js)$|\.json$", "", name)
            text = folder.text(path)
            if stem == place.rpartition("/")[2] or name.startswith("index.11tydata"):
                self._of_folder.setdefault(place, {}).update(_data(text, name))
                self._code.setdefault(f"{place}/", []).append(text)
            else:
                own = f"{place}/{stem}".lstrip("/")
                self._of_file.setdefault(own, {}).update(_data(text, name))
                self._code.setdefault(own, []).append(text)

    def _globally(self, path: str, text: str) -> None:
        """A file of data for all: its name is the key. Only what may hide a text is kept."""
        name = path.rpartition("/")[2]
        stem = name.partition(".")[0]
        if stem == "eleventyComputed":
            self._code[""].append(text)
            return
        if name.endswith(".json"):
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                return
        else:
            found = _WHOLE.search(javascript_settings.plain(text))
            value = _plain(found[1]) if found else None
        if not isinstance(value, dict | list) and not_public.find_mark(stem, value):
            self._global[stem] = value

    def given(self, path: str) -> dict[str, Any]:
        """What the folders give to a text at this path, the nearest last."""
        made: dict[str, Any] = {}
        folders = dirname(path).split("/")
        for length in range(len(folders) + 1):
            made.update(self._of_folder.get("/".join(folders[:length]), {}))
        return made

    def of(self, path: str, own: Mapping[str, Any]) -> dict[str, Any]:
        """All that holds for a text with this front matter of its own, which wins."""
        nearer = {**self.given(path), **self._of_file.get(_stem(path), {}), **own}
        layout = self._layouts.of(values.text(nearer.get("layout")))
        return {**self._global, **layout, **nearer}

    def shut(self, path: str, fields: Mapping[str, Any]) -> str:
        """The key for which a program keeps a text from being built; "" where none does."""
        places = {"", _stem(path)}
        places |= {f"{place}/" for place in _above(path)}
        for place in sorted(places):
            for code in self._code.get(place, ()):
                plain = javascript_settings.plain(code)
                for condition, passing in conditions.shutters(plain):
                    key = conditions.refused(condition, fields, shows=not passing)
                    if key:
                        return f"{key}: {values.text(fields.get(key)) or 'nothing'} (by a program)"
        return ""


def _stem(path: str) -> str:
    return re.sub(r"(?:\.11ty)?\.\w+$", "", path)


def _above(path: str) -> list[str]:
    parts = dirname(path).split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _data(text: str, name: str) -> Mapping[str, Any]:
    if not name.endswith(".json"):
        return program(text)
    return values.table(values.from_json(text))


def program(text: str) -> dict[str, Any]:
    """The plain values that a program gives to the keys that matter here; it is not run."""
    found: dict[str, Any] = {key: javascript_settings.value(text, key) for key in _WORDS}
    found["tags"] = javascript_settings.listed(text, "tags")
    for key, value in _GIVEN.findall(javascript_settings.plain(text)):
        if key == "permalink" or not_public.find_mark(key, _plain(value)):
            found[key] = _plain(value)
    if not found["permalink"] and re.search(r"\bpermalink\b\s*(?:[:=(])", text) and (
        found["permalink"] is not False
    ):  # fmt: skip
        found["permalink"] = "{{ a program }}"
    return {key: value for key, value in found.items() if value not in ("", [])}


def _plain(value: str) -> Any:
    return value == "true" if value in ("true", "false") else value.strip("\"'")


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
