"""The uploads of a WordPress server: what everybody could ask for, and what not."""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from site_gen.importers.folder import Folder
from site_gen.importers.old_site import StaticFile

ROOTS = ("wp-content/uploads", "uploads")
SHUT = re.compile(
    r"(?:^|/)(?:woocommerce_uploads|edd|gravity_forms|memberpress|wp-personal-data-exports|wpforms"
    r"|wpcf7[\w-]*|dlm_uploads|download-manager-files|wpdm|wp-migrate-db|wp-file-manager[\w-]*"
    r"|s2member-files|pmpro|rcp|ninja-forms|formidable|fluentform|forminator|updraft(?:plus)?"
    r"|mailpoet|wpallimport|sucuri|ithemes-security|really-simple-ssl|users-insights|snapshots?"
    r"|[\w-]*(?:backup|backwpup|private|protected|members?[_-]only|secure|logs?\b)[\w-]*)/",
    re.IGNORECASE,
)
"""Folders that plugins let nobody into but buyers and members, or the owner of the site."""
OF_THE_SERVER = (
    *(".sql", ".sql.gz", ".log", "error_log", ".php", ".htaccess", "web.config"),
    *(".bak", ".wpress", ".env", ".ini", ".tar", ".tar.gz", ".tgz"),
)
"""Endings of copies of the database, logs and programs, which no post shows."""
_OF_TEXTS = re.compile(
    r"^(?:sites/\d+/)?(?:\d{4}/(?:\d{2}/)?)?[^/]+\."
    r"(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|heic|mp3|mp4|m4[av]|og[gv]|wav|webm|mov|woff2?|vtt)$",
    re.IGNORECASE,
)
"""Pictures, sounds and films where WordPress itself puts them."""
_DENIED = re.compile(
    r"deny\s+from\s+all|require\s+(?:all\s+denied|valid-user|user|group|expr|ip|host)|authtype\s"
    r"|rewriterule\s[^\n]*\[[^\]\n]*\bF\b|<(?:deny|authorization)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"<(Files(?:Match)?)\b([^>\n]*)>(.*?)(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)


class Uploads(NamedTuple):
    """What everybody could ask for, as far as it can be told, and how many others there are."""

    files: list[StaticFile]
    shut: int


class _Guard(NamedTuple):
    """A folder that the server guards; with endings, files with these alone."""

    folder: str
    endings: frozenset[str]

    def holds(self, path: str) -> bool:
        ending = path.rpartition(".")[2].lower()
        return path.startswith(self.folder) and (not self.endings or ending in self.endings)


def read(folder: Folder, library: Container[str]) -> Uploads:
    """All files of the uploads' folder; what is no medium and not in the library (addresses of
    it), or lies in a folder of a plugin, stands where a text that is shown leads to it."""
    guards = [guard for path in folder.names for guard in _guards(folder, path)]
    files: list[StaticFile] = []
    shut = 0
    for root in ROOTS:
        for path in folder.under(root):
            inner = path[len(root) + 1 :]
            if inner.endswith((".htaccess", "web.config")):
                continue
            address = f"/wp-content/uploads/{inner}"
            hidden = SHUT.search(inner) or inner.lower().endswith(OF_THE_SERVER)
            if hidden or any(guard.holds(path) for guard in guards):
                shut += 1
            else:
                told = address in library or _OF_TEXTS.match(inner)
                files.append(StaticFile(path, address, stands="alone" if told else "in"))
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
