"""Folders that the old site's server gave to nobody, or not to everybody: `.htaccess` says so."""

import re
from collections.abc import Iterable
from fnmatch import fnmatch
from typing import NamedTuple

from site_gen.importers.folder import Folder
from site_gen.problems import SiteError

NAME = ".htaccess"
MOST = 1000
"""Such files that are read."""
_SHUTS = re.compile(
    r"^\s*(?:deny\s+from\s+all|require\s+(?:all\s+denied|valid-user|user\b|group\b|ip\b|host\b)"
    r"|authtype\b|order\s+allow\s*,\s*deny\s*$(?![\s\S]*^\s*allow\s+from\s+all))",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(
    r"^[ \t]*<(?P<kind>Files(?:Match)?)[ \t]+(?P<mark>~[ \t]*)?(?P<name>[^>]*)>"
    r"(?P<inner>.*?)^[ \t]*</(?P=kind)>",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


class _Rule(NamedTuple):
    """Names that a folder keeps back: a glob, or an expression; None = all of them."""

    glob: str
    expression: re.Pattern[str] | None

    def hits(self, name: str) -> bool:
        if self.expression is not None:
            return self.expression.search(name) is not None
        return fnmatch(name, self.glob)


class Closed:
    """What the files of that name among the old site's keep back."""

    def __init__(self, folder: Folder) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        found = [name for name in folder.names if f"/{name}".endswith(f"/{NAME}")][:MOST]
        for path in found:
            try:
                rules = list(_rules(folder.text(path)))
            except SiteError:
                rules = [_Rule("*", None)]
            if rules:
                self._rules[path.removesuffix(NAME)] = rules

    def why(self, path: str) -> str:
        """Why a file was not for everybody, "" where it was."""
        name = path.rpartition("/")[2]
        for place, rules in self._rules.items():
            if path.startswith(place) and any(rule.hits(name) for rule in rules):
                return f"{place}{NAME} keeps it from readers"
        return ""


def _rules(text: str) -> Iterable[_Rule]:
    plain = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    if _SHUTS.search(_PART.sub("", plain)):
        yield _Rule("*", None)
    for part in _PART.finditer(plain):
        if not _SHUTS.search(part["inner"]):
            continue
        name = part["name"].strip().strip("\"'")
        if part["kind"].lower() == "files" and not part["mark"]:
            yield _Rule(name, None)
            continue
        try:
            yield _Rule("", re.compile(name))
        except re.error:
            yield _Rule("*", None)
