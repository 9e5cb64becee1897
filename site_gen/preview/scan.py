"""Reads the stamps of all inputs. Unlike file events, this finds every change."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_gen.basics.files import is_leftover

NEVER = frozenset((".git", ".svn", ".hg", ".DS_Store"))

Stamp = tuple[int, int, int]
State = dict[str, Stamp]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The watched folders, with all they contain, and single files. They may not exist yet."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...] = ()


class AbandonedError(Exception):
    """A scan was stopped."""


def is_noise(name: str) -> bool:
    """Whether a name is never an input: version control, and leftovers of editors and systems."""
    return name in NEVER or is_leftover(name.lstrip(".") or name)


def scan(inputs: Inputs, stop: Callable[[], bool] = lambda: False) -> State:
    """Return the stamps of all files by absolute path, without files that vanish meanwhile.

    Raises AbandonedError if `stop`, which is called for each folder, returns true.
    """
    state: State = {}
    for file in inputs.files:
        stamp = stamp_of(str(file))
        if stamp is not None:
            state[str(file)] = stamp
    for folder in inputs.folders:
        state.update(_walk(str(folder), stop))
    return state


def stamp_of(path: str) -> Stamp | None:
    """Return size in bytes, mtime in ns and inode of a file or link; None for anything else."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return None if (found.st_mode & 0o170000) == 0o040000 else _stamp(found)


def _stamp(found: os.stat_result) -> Stamp:
    return (found.st_size, found.st_mtime_ns, found.st_ino)


def _walk(folder: str, stop: Callable[[], bool]) -> Iterator[tuple[str, Stamp]]:
    waiting = [folder]
    while waiting:
        if stop():
            raise AbandonedError
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            if is_noise(entry.name):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry.path, _stamp(entry.stat(follow_symlinks=False))
            except OSError:
                continue


def differences(before: State, after: State) -> tuple[str, ...]:
    """Return the paths that are new, gone or have another stamp, sorted."""
    keys: Iterable[str] = before.keys() | after.keys()
    return tuple(sorted(path for path in keys if before.get(path) != after.get(path)))
