"""What an output holds of ours, by stat alone: looked at by a forked process meanwhile."""

import contextlib
import mmap
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest
from site_gen.basics.stamps import SIZE, Stamp, packed, stamp
from site_gen.output import file_list
from site_gen.output.file_list import LIST
from site_gen.workers.fork import Aside, may_fork, workers

LARGE = 1_500
"""So many files are looked at in a forked process: for fewer it would not be worth a fork."""

GONE = (-1, -1, -1)
"""In place of the stamp of a file that is not there."""

_DIGEST = 2 * digest.SIZE


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


class Looking:
    """A look at an output, under way since this was made: in another process, where there is much
    to look at and this one may fork, else when it is asked for. It ends with its block.

    Nobody can look at inputs and outputs at one moment, so it does not matter which comes first:
    what somebody changes after the look, the next build sees. Only our own writing must not come
    between, and does not: make this once the lock is held and what an earlier build left is
    finished, and before a memo is opened, as an open database must not go through a fork.
    """

    def __init__(self, output: Path, jobs: int = 0) -> None:
        self._output = output
        self._looked: Looked | None = None
        self._aside: Aside | None = None
        if workers(jobs) > 1 and may_fork() and len(self._paths) >= LARGE:
            with contextlib.suppress(OSError):  # no memory: it is looked at here
                self._aside = Aside(self._write, _DIGEST + SIZE * (len(self._paths) + 1))

    @cached_property
    def _paths(self) -> list[str]:
        return file_list.lines(self._output)

    def looked(self) -> Looked:
        """What the look found; the same whenever it is asked for."""
        if self._looked is None:
            written = self._aside.result() if self._aside else None
            data = written[:] if written else _look(self._output, self._paths)
            stamps = data[_DIGEST:-SIZE]
            self._looked = Looked(self._paths, stamps, data[:_DIGEST].decode("ascii"))
        return self._looked

    def __enter__(self) -> "Looking":
        return self

    def __exit__(self, *_: object) -> None:
        if self._aside:
            self._aside.end()

    def _write(self, memory: mmap.mmap) -> None:
        memory[:] = _look(self._output, self._paths)


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


def _look(output: Path, paths: list[str]) -> bytes:
    """The digest, the stamps of all paths, the stamp of the list."""
    stamps, own = _stamps(output, paths), own_stamp(output)
    return b"".join((digest_of(paths, stamps, own).encode("ascii"), stamps, packed((own,))))


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
