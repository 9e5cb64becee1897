"""Folders and files that `.htaccess` or `web.config` of the old site close to readers."""

import re
from collections.abc import Iterable
from fnmatch import fnmatch
from typing import NamedTuple

from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

NAMES = (".htaccess", "web.config")
MOST = 1000
"""Such files that are read."""
_SHUTS = re.compile(
    r"deny\s+from\s+all|require\s+(?:all\s+denied|(?:valid-)?user|(?:group|expr|ip|host)\b)"
    r"|authtype\b|rewriterule\b(?=.*\[(?:[^\[\]]*\W)?F\b)",
    re.IGNORECASE,
)
_BY_DEFAULT = re.compile(r"order\s+allow\s*,\s*deny\s*", re.IGNORECASE)
_ALL = re.compile(r"allow\s+from\s+all", re.IGNORECASE)
"""Directives, each a line of a server's file: by itself, or unless a later one lets all in."""
_DENIES = re.compile(r"<(?:deny|authorization)\b", re.IGNORECASE)
"""In a `web.config`."""
_PART = re.compile(
    r"^[ \t]*+<(?P<kind>Files(?:Match)?)[ \t]++(?P<mark>~[ \t]*+)?(?P<name>[^>\n]*+)>"
    r"(?P<inner>.*?)(?:^[ \t]*+</(?P=kind)>|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


class Rule(NamedTuple):
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
        found = [name for name in folder.names if name.rpartition("/")[2] in NAMES][:MOST]
        self._rules = {path: rules for path in found if (rules := of(folder, path))}

    def __bool__(self) -> bool:
        return bool(self._rules)

    def why(self, path: str) -> str:
        """Why a file was not for everybody, "" where it was."""
        name = path.rpartition("/")[2]
        for guard, rules in self._rules.items():
            place = guard[: guard.rfind("/") + 1]
            if path.startswith(place) and any(rule.hits(name) for rule in rules):
                return f"{guard} keeps it from readers"
        return ""


def of(folder: Folder, path: str) -> list[Rule]:
    """The rules of one such file; one that cannot be read shuts all."""
    try:
        return list(_rules(folder.text(path)))
    except SiteError:
        return [Rule("*", None)]


def _shuts(text: str) -> bool:
    """Whether a directive of these gives its files to nobody, or not to everybody."""
    waits = False
    for line in map(str.strip, text.split("\n")):
        short = line[:LONGEST]
        if _SHUTS.match(short):
            return True
        waits = (waits or bool(_BY_DEFAULT.fullmatch(short))) and not _ALL.match(short)
    return waits


LONGEST = 1000
"""Characters of a directive that are looked at."""


def _rules(text: str) -> Iterable[Rule]:
    plain = re.sub(r"^[ \t]*+#.*$", "", text, flags=re.MULTILINE)
    if _shuts(_PART.sub("", plain)) or _DENIES.search(plain):
        yield Rule("*", None)
    for part in _PART.finditer(plain):
        if not _shuts(part["inner"]):
            continue
        name = part["name"].strip().strip("\"'")
        if part["kind"].lower() == "files" and not part["mark"]:
            yield Rule(name, None)
            continue
        try:
            yield Rule("", re.compile(name))
        except re.error:
            yield Rule("*", None)
