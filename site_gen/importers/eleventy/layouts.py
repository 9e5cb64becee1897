"""Eleventy's layouts: their front matter holds for every text that is shown in them."""

import re
from typing import Any

from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers.reading import javascript_settings, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

_ENDINGS = ("", ".njk", ".liquid", ".html", ".md", ".webc", ".hbs", ".ejs")
_ALIAS = re.compile(r"addLayoutAlias\(\s*[\"'`]([^\"'`\n]+)[\"'`]\s*,\s*[\"'`]([^\"'`\n]+)")
_OWN = frozenset(["title", "layout", "date", "description"])
"""What a layout says of itself."""
MOST = 10
"""Layouts in layouts."""


class Layouts:
    """The layouts of a site, by the names that texts give them."""

    def __init__(self, folder: Folder, program: str, root: str) -> None:
        self._folder = folder
        value, top = javascript_settings.value, f"{root}/" if root else ""
        places = (value(program, "layouts"), value(program, "includes") or "_includes", "_layouts")
        self._places = [f"{top}{place.strip('./')}/" for place in places if place.strip("./")]
        self._aliases = dict(_ALIAS.findall(javascript_settings.plain(program)))
        self._known: dict[str, dict[str, Any]] = {}

    def of(self, name: str) -> dict[str, Any]:
        """What a layout, and those that it lies in itself, give to a text."""
        made: dict[str, Any] = {}
        for _ in range(MOST):
            found = self._read(self._aliases.get(name, name)) if name else {}
            made = {**{key: v for key, v in found.items() if key not in _OWN}, **made}
            name = values.text(found.get("layout"))
        return made

    def _read(self, name: str) -> dict[str, Any]:
        if name not in self._known:
            paths = (f"{place}{name}{ending}" for place in self._places for ending in _ENDINGS)
            path = self._folder.first(*paths)
            self._known[name] = _fields(self._folder, path) if path else {}
        return self._known[name]


def _fields(folder: Folder, path: str) -> dict[str, Any]:
    text = folder.text(path)
    if not text.startswith("---"):
        return {}
    try:
        return dict(foreign_front_matter.read(text, path).fields)
    except SiteError:
        return {}  # nothing is shown in a layout that cannot be read
