"""TIFF (revision 6): directories of tags.

What no tag of the pixels leads to is blanked where it stands, so that every offset holds.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from site_gen.formats.images.metadata.exif import OddError

STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""The last two are of large files, which we do not read."""
_KIND, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 254, 273, 279, 324, 325
_STORED = {_STRIPS: _STRIP_SIZES, _TILES: _TILE_SIZES, 513: 514}
"""By the tag of places the one of sizes; the last two are of an older JPEG."""
_TAGS = frozenset(
    (_KIND, 255, 256, 257, 258, 259, 262, 263, 266, _STRIPS, 274, 277, 278, _STRIP_SIZES, 280, 281,
     282, 283, 284, 290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 321, 322, 323, _TILES,
     _TILE_SIZES, 332, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521,
     529, 530, 531, 532, 34675)
)  # fmt: skip
"""Those that say how pixels are stored and look."""
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_MOST = 100_000
"""Tags of all pages: a directory may be pointed at within another one."""
_TIMES = 4
"""So often as long as the file may be what its tags lead to: strips may overlap."""
_SMALLER = 1
"""Flag of a page that is a preview of another."""


class _Entry(NamedTuple):
    """A tag of a directory: its twelve bytes, and where its value lies."""

    tag: int
    raw: bytes
    begin: int
    end: int
    width: int


def cleaned(data: bytes) -> bytes:
    """The pages of a picture, as long as it was."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        raise OddError
    work = _Work(data, order)
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    if not at:
        raise OddError
    seen, tags = set[int](), 0
    while at:
        entries, after = _directory(data, at, order)
        tags += len(entries) + 1
        if at in seen or tags > _MOST:
            raise OddError
        seen.add(at)
        if len(seen) == 1 or not _is_preview(data, entries, order):
            work.keep(at, entries)
        at = after
    return bytes(work.out)


def _directory(data: bytes, at: int, order: str) -> tuple[list[_Entry], int]:
    (count,) = struct.unpack_from(f"{order}H", data, at)
    found = []
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from(f"{order}HHI", data, place)
        width = _WIDTHS.get(kind, 1)
        size = width * number
        begin = place + 8 if size <= 4 else struct.unpack_from(f"{order}I", data, place + 8)[0]
        if tag in _TAGS and begin + size > len(data):
            raise OddError
        found.append(_Entry(tag, data[place : place + 12], begin, begin + size, width))
    (after,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return found, after


def _is_preview(data: bytes, entries: list[_Entry], order: str) -> bool:
    found = (each for each in entries if each.tag == _KIND and each.end - each.begin <= 4)
    return any(value & _SMALLER for each in found for value in _values(data, each, order))


class _Work:
    """What was kept of a file so far; `_link` is where the place of the next page is written."""

    def __init__(self, data: bytes, order: str) -> None:
        self.out = bytearray(len(data))
        self.out[:4] = data[:4]
        self._data, self._order = data, order
        self._link, self._left = 4, _TIMES * len(data)

    def keep(self, at: int, entries: list[_Entry]) -> None:
        """A page, and all that its tags lead to."""
        struct.pack_into(f"{self._order}I", self.out, self._link, at)
        kept = [entry for entry in entries if entry.tag in _TAGS]
        self._link = at + 2 + 12 * len(kept)
        struct.pack_into(f"{self._order}H", self.out, at, len(kept))
        for number, entry in enumerate(kept):
            place = at + 2 + 12 * number
            self.out[place : place + 12] = entry.raw
            if entry.end - entry.begin > 4:
                self._copy(entry.begin, entry.end)
        by_tag = {entry.tag: entry for entry in kept}
        for places, sizes in _STORED.items():
            if (places in by_tag) != (sizes in by_tag):
                raise OddError
            if places in by_tag:
                begins = _values(self._data, by_tag[places], self._order)
                lengths = _values(self._data, by_tag[sizes], self._order)
                for begin, size in zip(begins, lengths, strict=False):
                    self._copy(begin, begin + size)

    def _copy(self, begin: int, end: int) -> None:
        end = min(end, len(self._data))
        self._left -= max(0, end - begin)
        if self._left < 0:
            raise OddError
        self.out[begin:end] = self._data[begin:end]


def _values(data: bytes, entry: _Entry, order: str) -> Iterator[int]:
    form = {1: "B", 2: "H", 4: "I"}.get(entry.width)
    if form is None:
        raise OddError
    for (value,) in struct.iter_unpack(f"{order}{form}", data[entry.begin : entry.end]):
        yield int(value)
