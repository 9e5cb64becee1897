"""What was found in a file, kept under its digest: a second check reads only what changed.

Disposable: `.site_gen/check.msgpack`, thrown away when the program or the settings differ.
"""

import contextlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from site_gen.check.document import Summary
from site_gen.check.findings import Hit

FILE = "check.msgpack"
RACY = 2_000_000_000
"""Nanoseconds: a file so young may change again and keep its stamp."""

Stamp = tuple[int, int, int]


class Entry(Struct, frozen=True, array_like=True):
    """A file as it was: size, mtime and inode, digest, what is known of it, what was found.

    `summary` is None for a file without readable front matter.
    """

    stamp: Stamp
    digest: str
    summary: Summary | None
    hits: tuple[Hit, ...]


class Cache(Struct, array_like=True):
    """Entries by content path, hits of notes by the digests of all that they were compared with."""

    key: str
    at: int = 0
    files: dict[str, Entry] = {}
    notes: dict[str, tuple[Hit, ...]] = {}

    def entry(self, path: str, stamp: Stamp) -> Entry | None:
        """The entry of a file whose stamp is the same and proves something."""
        found = self.files.get(path)
        if found is None or found.stamp != stamp or stamp[1] > self.at - RACY:
            return None
        return found


def load(folder: Path, key: str) -> Cache:
    """What the last check left in `.site_gen/`, empty where it was of another key or is damaged."""
    try:
        found = msgspec.msgpack.decode((folder / FILE).read_bytes(), type=Cache)
    except (OSError, msgspec.MsgspecError, ValueError):
        return Cache(key)
    return found if found.key == key else Cache(key)


def save(folder: Path, cache: Cache) -> None:
    """Leave it to the next check; where that cannot be, the next one is only slower."""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{FILE}.{os.getpid()}.part"
        part.write_bytes(msgspec.msgpack.encode(cache))
        cache_time = part.stat().st_mtime_ns
        cache.at = cache_time
        part.write_bytes(msgspec.msgpack.encode(cache))
        part.replace(folder / FILE)
