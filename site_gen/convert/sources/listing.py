"""Lists what the editor named: files, folders, standard input, addresses, lists."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_gen.basics import files
from site_gen.convert.sources import sniff
from site_gen.model import RawDocument

ASSETS = frozenset(
    ".css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .svg .ico .woff .woff2 .ttf .otf .eot"
    " .mp4 .webm .mp3 .wav .download".split()
)
"""Files beside saved pages: ignored in folders, refused if named."""

Fetch = Callable[[str], RawDocument]


@dataclass(frozen=True, slots=True)
class Source:
    """A source that is not yet read: a file, standard input, or an address.

    name  for messages and receipts
    file  path relative to the named folder, "" for other sources
    """

    name: str
    read: Callable[[], RawDocument]
    file: str = ""


def listed(names: list[str], root: Path, fetch: Fetch) -> Iterator[Source]:
    """All sources behind `names`, in order; folders sorted by name. Missing files fail when
    read."""
    for name in names:
        if name == "-":
            yield Source("-", _stdin)
        elif name.lower().startswith(("http://", "https://")):
            yield address(name, fetch)
        elif (root / name).is_dir():
            yield from _folder(root / name, name, root)
        else:
            yield _file(root / name, Path(name).name, _shown(name, root))


def address(url: str, fetch: Fetch) -> Source:
    """A page, feed or list to fetch."""
    return Source(url, lambda: fetch(url))


def _shown(name: str, root: Path) -> str:
    """A path for receipts: relative to the site if it is inside, else as named."""
    inside = os.path.relpath(root / name, root).replace(os.sep, "/")
    return inside if not inside.startswith("../") else os.path.normpath(name).replace(os.sep, "/")


def _file(path: Path, inside: str, name: str) -> Source:
    def read() -> RawDocument:
        if not path.exists():
            raise sniff.refused(name, "does not exist", "check the path")
        try:
            data = files.read_bytes(path.resolve(), sniff.MAX_BYTES)
        except files.Unreadable as error:
            raise sniff.refused(name, error.reason, "check the file and its rights") from None
        return RawDocument(name=name, data=data)

    return Source(name, read, inside)


def _folder(folder: Path, given: str, root: Path) -> Iterator[Source]:
    for parent, folders, names in os.walk(folder):
        pages = {Path(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
        saved = {f"{stem}{mark}" for stem in pages for mark in ("_files", "-Dateien", "_archivos")}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in saved)
        for name in sorted(names):
            path = Path(parent, name)
            if files.is_leftover(name) or path.suffix.lower() in ASSETS or path.is_symlink():
                continue
            inside = os.path.relpath(path, folder).replace(os.sep, "/")
            yield _file(path, inside, _shown(os.path.join(given, inside), root))


def _stdin() -> RawDocument:
    data = sys.stdin.buffer.read(sniff.MAX_BYTES + 1)
    return RawDocument(name="-", data=data)
