"""The uploads of a WordPress server: what everybody could ask for, and what not."""

import re
from collections.abc import Container
from typing import NamedTuple

from site_gen.importers.old_site import StaticFile
from site_gen.importers.reading import htaccess
from site_gen.importers.reading.folder import Folder

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


class Uploads(NamedTuple):
    """What everybody could ask for, as far as it can be told, and how many others there are."""

    files: list[StaticFile]
    shut: int


def read(folder: Folder, library: Container[str]) -> Uploads:
    """All files of the uploads' folder; what is no medium and not in the library (addresses of
    it), or lies in a folder of a plugin, stands where a text that is shown leads to it."""
    closed = htaccess.Closed(folder)
    files: list[StaticFile] = []
    shut = 0
    for root in ROOTS:
        for path in folder.under(root):
            inner = path[len(root) + 1 :]
            if path.rpartition("/")[2] in htaccess.NAMES:
                continue
            address = f"/wp-content/uploads/{inner}"
            hidden = SHUT.search(inner) or inner.lower().endswith(OF_THE_SERVER)
            if hidden or closed.why(path):
                shut += 1
            else:
                told = address in library or _OF_TEXTS.match(inner)
                files.append(StaticFile(path, address, stands="alone" if told else "in"))
    return Uploads(files, shut)
