"""The uploads of a WordPress server: what everybody could ask for, and what not."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_gen.importers.folder import Folder

ROOTS = ("wp-content/uploads", "uploads")
SHUT = ("woocommerce_uploads/", "edd/", "wc-logs/", "backup", "gravity_forms/", "memberpress/")
"""Folders that plugins let nobody into but buyers and members."""
OF_THE_SERVER = (".sql", ".sql.gz", ".log", ".php", ".htaccess", "web.config")
"""Endings of copies of the database, logs and programs, which no post shows."""
_DENIED = re.compile(
    r"deny\s+from\s+all|require\s+(?:all\s+denied|valid-user|user|group|expr|ip|host)|authtype\s"
    r"|rewriterule\s[^\n]*\[[^\]\n]*\bF\b|<(?:deny|authorization)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"<(Files(?:Match)?)\b([^>\n]*)>(.*?)(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)


class Uploads(NamedTuple):
    """(file, address) of what everybody could ask for, and how many others there are."""

    files: list[tuple[str, str]]
    shut: int


class _Guard(NamedTuple):
    """A folder that the server guards; with endings, files with these alone."""

    folder: str
    endings: frozenset[str]

    def holds(self, path: str) -> bool:
        ending = path.rpartition(".")[2].lower()
        return path.startswith(self.folder) and (not self.endings or ending in self.endings)


def read(folder: Folder) -> Uploads:
    """All files of the uploads' folder."""
    guards = [guard for path in folder.names for guard in _guards(folder, path)]
    files: list[tuple[str, str]] = []
    shut = 0
    for root in ROOTS:
        for path in folder.under(root):
            inner = path[len(root) + 1 :]
            if inner.endswith((".htaccess", "web.config")):
                continue
            hidden = inner.startswith(SHUT) or inner.lower().endswith(OF_THE_SERVER)
            if hidden or any(guard.holds(path) for guard in guards):
                shut += 1
            else:
                files.append((path, f"/wp-content/uploads/{inner}"))
    return Uploads(files, shut)


def _guards(folder: Folder, path: str) -> Iterator[_Guard]:
    """What a server's own settings keep back, in the folder in which they lie; of sections for
    some files, those whose endings are named there."""
    place, _, name = path.rpartition("/")
    if name not in (".htaccess", "web.config"):
        return
    text = folder.text(path)
    own = f"{place}/" if place else ""
    for section in _SECTION.finditer(text):
        endings = re.findall(r"[a-z0-9]{2,5}", section[2].lower())
        if _DENIED.search(section[3]) and endings:
            yield _Guard(own, frozenset(endings))
    if _DENIED.search(_SECTION.sub("", text)):
        yield _Guard(own, frozenset())
