"""Cheap stamps of files: another one means that the file is to be looked at again.

So does a young one: a file whose mtime lies within two seconds before the last look, both as the
file system gives them, may have been written later and have the same stamp.
"""

import os
import struct
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

Stamp = tuple[int, int, int]
"""Size, mtime in nanoseconds, inode: *different* means look again, never "newer than"."""

MOST = (1 << 63) - 1
"""The largest number the memo can keep. A time beyond it, after the year 2262, is always young."""

LEAST = -MOST

RACY = 2_000_000_000
"""Nanoseconds: the coarsest file system time we allow for."""

SIZE = 24
"""Bytes of a packed stamp."""

_AT_ONCE = 256 * SIZE


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    when = status.st_mtime_ns
    return status.st_size, when if LEAST < when < MOST else MOST, status.st_ino & MOST


def stamp_at(path: str | Path, *, follow: bool = True) -> Stamp | None:
    """That of a file at a path, None where there is none; `follow` links to it."""
    try:
        return stamp(os.stat(path, follow_symlinks=follow))
    except OSError:
        return None


def packed(stamps: Iterable[Stamp]) -> bytes:
    """Many stamps as bytes, SIZE for each: a fifth of what writing them as text takes."""
    numbers = list(chain.from_iterable(stamps))
    return struct.pack(f"{len(numbers)}q", *numbers)


def differing(one: bytes, two: bytes) -> list[int]:
    """Places at which as many packed stamps are others."""
    found: list[int] = []
    for start in range(0, len(one), _AT_ONCE):
        a, b = one[start : start + _AT_ONCE], two[start : start + _AT_ONCE]
        if a != b:  # nearly all are the same, and many are compared as soon as one
            at = range(0, len(a), SIZE)
            found += [(start + n) // SIZE for n in at if a[n : n + SIZE] != b[n : n + SIZE]]
    return found


def without(stamps: bytes, places: Iterable[int]) -> bytes:
    """Packed stamps but those at some places, in order."""
    ends = [place * SIZE for place in places]
    starts = [0, *(end + SIZE for end in ends)]
    return b"".join(stamps[a:b] for a, b in zip(starts, (*ends, len(stamps)), strict=True))


def file_system_time(folder: Path) -> int:
    """Now, as the file system of `folder` gives it, in nanoseconds."""
    path = folder / "clock"
    if path.is_symlink():
        path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        os.utime(descriptor)
        return stamp(os.fstat(descriptor))[1]
    finally:
        os.close(descriptor)
