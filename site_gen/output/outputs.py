"""What an output holds of ours, by stat alone."""

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest
from site_gen.basics.stamps import SIZE, Stamp, packed, stamp
from site_gen.output import file_list
from site_gen.output.file_list import LIST

GONE = (-1, -1, -1)
"""In place of the stamp of a file that is not there."""


class Looked(NamedTuple):
    """What there was.

    paths    all that the output lists as ours, in its order
    packed   their stamps, GONE among them, as `snapshot.packed` writes them
    digest   of all this and of the list's own stamp; see `digest_of`
    """

    paths: list[str]
    packed: bytes
    digest: str

    def changed(self, stamps: Mapping[str, Stamp | None]) -> tuple[list[str], bytes]:
        """Paths and their packed stamps, once some have others; None is for what is gone."""
        paths, data = list(self.paths), bytearray(self.packed)
        for path, own in stamps.items():
            at = bisect_left(paths, path)
            end = at + (at < len(paths) and paths[at] == path)
            paths[at:end] = [path] if own else []
            data[SIZE * at : SIZE * end] = packed((own,)) if own else b""
        return paths, bytes(data)


def look(output: Path) -> Looked:
    """What an output holds now. Of inputs and outputs nobody can know the state at one moment: what
    somebody changes after the look, the next build sees."""
    paths = file_list.lines(output)
    stamps, own = _stamps(output, paths), own_stamp(output)
    return Looked(paths, stamps, digest_of(paths, stamps, own))


def digest_of(paths: Iterable[str], stamps: bytes, own: Stamp) -> str:
    """One digest of files in an output: paths in order, packed stamps, the stamp of the list."""
    names = list(paths)
    text = "\n".join((f"{len(names)}", *names)).encode("utf-8", "surrogatepass")
    return digest.of_bytes(b"".join((text, stamps, packed((own,)))))


def own_stamp(output: Path) -> Stamp:
    """The stamp of the list."""
    try:
        return stamp(os.stat(output / LIST, follow_symlinks=False))
    except OSError:
        return GONE


def _stamps(output: Path, paths: list[str]) -> bytes:
    try:
        folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return packed(GONE for _ in paths)
    found = array("q")
    try:
        for path in paths:
            try:
                found.extend(stamp(os.stat(path, dir_fd=folder, follow_symlinks=False)))
            except (OSError, ValueError):  # a list may hold anything: it can come from a stranger
                found.extend(GONE)
    finally:
        os.close(folder)
    return found.tobytes()
