"""The state of all inputs by stat alone: the truth that events only hint at."""

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
    """What is watched: folders with all they hold, and single files; existing or not."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...] = ()


class AbandonedError(Exception):
    """A scan was stopped."""


def is_noise(name: str) -> bool:
    """Names that are never an input: what editors and systems leave beside a file."""
    return name in NEVER or is_leftover(name.lstrip(".") or name)


def scan(inputs: Inputs, stop: Callable[[], bool] = lambda: False) -> State:
    """Stamp of every file, by its path as text. What vanishes meanwhile is left out.

    stop   asked at each folder; raises AbandonedError where it says so
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
    """Size, mtime in ns and inode of a file or link; None if it is neither or is not there."""
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
    """Paths that came, went or have another stamp, in order."""
    keys: Iterable[str] = before.keys() | after.keys()
    return tuple(sorted(path for path in keys if before.get(path) != after.get(path)))
