"""The files of Hugo's content: their language, their place, and which are parts of a page."""

import re
from collections.abc import Mapping
from posixpath import dirname
from typing import Any

from site_gen.importers.hugo import settings
from site_gen.importers.hugo.mounts import Mounted, Mounts
from site_gen.importers.hugo.settings import Languages
from site_gen.importers.reading.folder import Folder

BUNDLE = re.compile(r"(?:^|/)index\.(?:\w+\.)?(?:md|markdown|html?)$")
BRANCH = re.compile(r"(?:^|/)_index\.(?:\w+\.)?\w+$")
ADAPTER = re.compile(r"(?:^|/)_content\.(?:\w+\.)?gotmpl$")
"""Programs that make pages."""
_MADE = re.compile(r"\bAddPage\b[^{}]{0,500}?\"path\"\s+\"([^\"{}]{1,200})\"")


def made_by(program: str) -> list[str]:
    """The paths of the pages that an adapter makes, where it names them plainly."""
    return list(dict.fromkeys(_MADE.findall(program)))


class Content:
    """Every file that the site takes.

    places     path -> (language, path below the content of that language)
    left       files that its settings leave out
    branches   folders of sections with a file of their own
    """

    def __init__(self, folder: Folder, config: Mapping[str, Any], languages: Languages) -> None:
        self.languages = languages
        mounted, self.left = Mounts(folder, config).content()
        self.places: dict[str, tuple[str, str]] = {}
        for file in mounted:
            language, inner = self._language(file)
            if language in languages.off or settings.ignored(config, file.path, file.inner):
                self.left.append(file.path)
            else:
                self.places[file.path] = language, inner
        self._bundled = {dirname(path) for path in self.places if BUNDLE.search(path)}
        self.branches = {
            dirname(inner) for _, inner in self.places.values() if BRANCH.search(inner)
        }

    def _language(self, file: Mounted) -> tuple[str, str]:
        """The language that mount or name tell, and the path without that."""
        stem, _, ending = file.inner.rpartition(".")
        plain, dot, language = stem.rpartition(".")
        known = {*self.languages.prefixes, *self.languages.off}
        if dot and language.lower() in known:
            return language.lower(), f"{plain}.{ending}"
        return file.language or self.languages.own, file.inner

    def in_a_bundle(self, path: str) -> bool:
        """Whether a text lies in the folder of a page: Hugo makes no page of it."""
        if BUNDLE.search(path) and not self._above(dirname(path)):
            return False
        return dirname(path) in self._bundled or self._above(dirname(path))

    def _above(self, folder: str) -> bool:
        while "/" in folder:
            folder = dirname(folder)
            if folder in self._bundled:
                return True
        return False
