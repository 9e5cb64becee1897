"""The built site as files to be sent: what each is, and in which order readers may meet it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import files
from site_gen.formats.deploy.content_type import content_type
from site_gen.formats.deploy.host_headers import HostHeaders, parse_headers
from site_gen.output.file_list import owned_files
from site_gen.problems import Problem, SiteError, Where

FOR_HOSTS = ("_headers", "_redirects")
"""Files that only a host reads that knows them; other hosts would serve them as pages."""
LAST = (".html", ".xml", ".json", ".opml", ".txt", ".epub")
"""What names other files: sent when all that it names is there."""


class SiteFile(NamedTuple):
    """A file of the output: its path there, its bytes' MD5 and SHA-1 (hexadecimal), its size."""

    path: str
    size: int
    md5: str
    sha1: str
    content_type: str
    cache_control: str


class Changes(NamedTuple):
    """What a host is to be told, in this order: assets, then pages, then what is to go."""

    assets: tuple[SiteFile, ...]
    pages: tuple[SiteFile, ...]
    removed: tuple[str, ...]
    unchanged: int

    @property
    def bytes(self) -> int:
        """Bytes to be sent."""
        return sum(file.size for file in (*self.assets, *self.pages))


def site_files(output: Path, *, for_netlify: bool = False) -> dict[str, SiteFile]:
    """The files that are ours in an output, by path. Raises SiteError where none is built."""
    owned = owned_files(output)
    if owned is None:
        where = Where(str(output))
        cure = "run `site-gen build` first"
        raise SiteError([Problem("publish/unbuilt", "nothing is built yet", where, cure)])
    headers = _headers(output)
    found = {}
    for path in owned:
        if path in FOR_HOSTS and not for_netlify:
            continue
        try:
            data = files.read_bytes(output.resolve() / path, limit=1 << 30)
        except files.Unreadable as error:
            where = Where(str(output / path))
            told = f"{path} {error.reason}: the output is not as it was built"
            raise SiteError([Problem("publish/changed", told, where, "build again")]) from None
        said = headers.for_path(f"/{path.removesuffix('index.html')}")
        found[path] = SiteFile(
            path,
            len(data),
            hashlib.md5(data, usedforsecurity=False).hexdigest(),
            hashlib.sha1(data, usedforsecurity=False).hexdigest(),
            said.get("content-type") or content_type(path),
            said.get("cache-control", ""),
        )
    return found


def _headers(output: Path) -> HostHeaders:
    try:
        return parse_headers((output / "_headers").read_text("utf-8"))
    except OSError:
        return parse_headers("")


def changes(files: Mapping[str, SiteFile], there: Mapping[str, str]) -> Changes:
    """What differs from what is there (path -> MD5). What is there and not ours is left alone
    only where the host says so: `there` holds what we may take away."""
    new = [file for path, file in sorted(files.items()) if there.get(path) != file.md5]
    return Changes(
        tuple(file for file in new if not file.path.endswith(LAST)),
        tuple(sorted((f for f in new if f.path.endswith(LAST)), key=_order)),
        tuple(sorted(there.keys() - files.keys())),
        len(files) - len(new),
    )


def _order(file: SiteFile) -> tuple[int, str]:
    """Articles before the lists that name them, home after all, feeds and site maps last."""
    if not file.path.endswith(".html"):
        return 3, file.path
    if file.path == "index.html":
        return 2, file.path
    return (0 if file.path.startswith("articles/") else 1), file.path
