"""The files of a built site, and the changes to publish in a safe order."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import files
from site_gen.formats.deploy.content_type import content_type
from site_gen.formats.deploy.host_headers import HostHeaders, parse_headers
from site_gen.output.file_list import owned_files
from site_gen.problems import Problem, SiteError, Where

HOST_FILES = ("_headers", "_redirects")
"""Configuration of some hosts; others would serve them as pages."""
REFERRING = (".html", ".xml", ".json", ".opml", ".txt", ".epub")
"""Endings of files that refer to other files, and so are sent after them."""


class SiteFile(NamedTuple):
    """A file of the output: path, size in bytes, MD5 and SHA-1 (hexadecimal), and headers."""

    path: str
    size: int
    md5: str
    sha1: str
    content_type: str
    cache_control: str


class Changes(NamedTuple):
    """The changes to publish, in this order: assets, pages, removals."""

    assets: tuple[SiteFile, ...]
    pages: tuple[SiteFile, ...]
    removed: tuple[str, ...]
    unchanged: int

    @property
    def bytes(self) -> int:
        """The number of bytes to send."""
        return sum(file.size for file in (*self.assets, *self.pages))


def site_files(output: Path, *, for_netlify: bool = False) -> dict[str, SiteFile]:
    """Return the built files of an output by path. Raises SiteError if there are none."""
    owned = owned_files(output)
    if owned is None:
        where = Where(str(output))
        cure = "run `site-gen build` first"
        raise SiteError([Problem("publish/unbuilt", "nothing is built yet", where, cure)])
    headers = _headers(output)
    found = {}
    for path in owned:
        if path in HOST_FILES and not for_netlify:
            continue
        try:
            data = files.read_bytes(output.resolve() / path, limit=1 << 30)
        except files.Unreadable as error:
            where = Where(str(output / path))
            text = f"{path} {error.reason}: the output is not as it was built"
            raise SiteError([Problem("publish/changed", text, where, "build again")]) from None
        given = headers.for_path(f"/{path.removesuffix('index.html')}")
        found[path] = SiteFile(
            path,
            len(data),
            hashlib.md5(data, usedforsecurity=False).hexdigest(),
            hashlib.sha1(data, usedforsecurity=False).hexdigest(),
            given.get("content-type") or content_type(path),
            given.get("cache-control", ""),
        )
    return found


def _headers(output: Path) -> HostHeaders:
    try:
        return parse_headers((output / "_headers").read_text("utf-8"))
    except OSError:
        return parse_headers("")


def changes(files: Mapping[str, SiteFile], published: Mapping[str, str]) -> Changes:
    """Compare files with those that an earlier publication put there (path -> MD5).

    All of `published` that is not in `files` is removed, so it must not contain foreign files.
    """
    new = [file for path, file in sorted(files.items()) if published.get(path) != file.md5]
    return Changes(
        tuple(file for file in new if not file.path.endswith(REFERRING)),
        tuple(sorted((f for f in new if f.path.endswith(REFERRING)), key=_order)),
        tuple(sorted(published.keys() - files.keys())),
        len(files) - len(new),
    )


def _order(file: SiteFile) -> tuple[int, str]:
    """Sort articles before lists, then the home page, then feeds and sitemaps."""
    if not file.path.endswith(".html"):
        return 3, file.path
    if file.path == "index.html":
        return 2, file.path
    return (0 if file.path.startswith("articles/") else 1), file.path
