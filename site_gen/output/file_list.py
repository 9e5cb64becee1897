"""What an output holds of ours: the list of it, whose first line says what build made that, and by
stat alone how its files are."""

import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, slugs
from site_gen.basics.output_paths import fault_of
from site_gen.basics.stamps import SIZE, Stamp, packed, stamp, stamp_at

LIST = ".site_gen-files"

_MARK = "/built "
"""Begins the line: no path of a list begins with a slash."""


GONE = (-1, -1, -1)
"""In place of the stamp of a file that is not there."""


class Built(NamedTuple):
    """The options that decide whether an output is for readers.

    base_url  as the pages were made for
    """

    base_url: str
    drafts: bool = False
    future: bool = False
    preview: bool = False

    def line(self) -> str:
        """As it stands in the list."""
        return _MARK + json.dumps(self._asdict(), ensure_ascii=False)


def is_list(name: str) -> bool:
    """Whether a file or folder of that name at the top of an output is its list, on any file
    system."""
    return name.startswith(".") and slugs.folded(name) == LIST


def listing(paths: Iterable[str], mark: str = "") -> bytes:
    """The list as it is written: first what says how it was built."""
    first = [mark] if mark else []
    return "\n".join((*first, *sorted(paths), "")).encode("utf-8")


def read(output: Path) -> bytes:
    """The list as it stands, b"" where there is none."""
    try:
        return (output / LIST).read_bytes()
    except OSError:
        return b""


def lines(output: Path) -> list[str]:
    """What it names, in order; nothing where it is no text. It may come from a stranger."""
    try:
        found = read(output).decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return []
    return [line for line in found if line and line[0] != _MARK[0]]


def paths_in(listed: str) -> set[str]:
    """The paths of a list; lines that are no plain path are left out."""
    return {line for line in listed.split("\n") if line and not fault_of(line)}


def owned(output: Path) -> set[str]:
    """Paths listed as ours; lines that are no plain path are left out."""
    return {line for line in lines(output) if not fault_of(line)}


def built_of(output: Path) -> Built | None:
    """None where the list does not say: cut off, or written by a version that said nothing."""
    try:
        with open(output / LIST, encoding="utf-8") as lines:
            line = lines.readline(10_000)
        if not line.startswith(_MARK):
            return None
        found = Built(**json.loads(line.removeprefix(_MARK)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    known = isinstance(found.base_url, str) and all(isinstance(v, bool) for v in found[1:])
    return found if known else None


def owned_files(output: Path) -> list[str] | None:
    """The paths of the list in an output, None where there is none. Lines that no build writes
    (absolute, with `..`, through a link to elsewhere) are left out."""
    if not (output / LIST).is_file():
        return None
    top = output.resolve()
    folders: dict[Path, bool] = {}
    found = []
    for line in read(output).decode("utf-8", "replace").split("\n"):
        if not line or fault_of(line):
            continue
        folder = (top / line).parent
        if folder not in folders:
            folders[folder] = folder.resolve() == folder
        if folders[folder]:
            found.append(line)
    return found


class Looked(NamedTuple):
    """What an output holds.

    paths    all that the output lists as ours, in its order
    packed   their stamps, GONE among them, as `stamps.packed` writes them
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
    paths = lines(output)
    stamps, own = _stamps(output, paths), own_stamp(output)
    return Looked(paths, stamps, digest_of(paths, stamps, own))


def digest_of(paths: Iterable[str], stamps: bytes, own: Stamp) -> str:
    """One digest of files in an output: paths in order, packed stamps, the stamp of the list."""
    names = list(paths)
    text = "\n".join((f"{len(names)}", *names)).encode("utf-8", "surrogatepass")
    return digest.of_bytes(b"".join((text, stamps, packed((own,)))))


def own_stamp(output: Path) -> Stamp:
    """The stamp of the list."""
    return stamp_at(output / LIST, follow=False) or GONE


def _stamps(output: Path, paths: list[str]) -> bytes:
    try:
        folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return packed(GONE for _ in paths)
    found = array("q")
    look_at, add = os.stat, found.extend  # looked up once: there may be a hundred thousand files
    try:
        for path in paths:
            try:
                add(stamp(look_at(path, dir_fd=folder, follow_symlinks=False)))
            except (OSError, ValueError):  # a list may hold anything: it can come from a stranger
                add(GONE)
    finally:
        os.close(folder)
    return found.tobytes()
