"""AVIF and HEIC (ISO/IEC 14496-12 and 23008-12): boxes of items.

What goes is blanked where it stands, so that every offset holds and no pixel is touched.
"""

import struct
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from site_gen.formats.images.metadata.exif import OddError

_BRANDS = frozenset(b"avif avis mif1 msf1 mif2 miaf heic heix heim heis hevc hevx".split())
_ITEMS = frozenset(b"av01 hvc1 lhv1 vvc1 avc1 jpeg unci grid iden iovl tmap".split())
"""Those that are shown, or that what is shown is made of. Others are EXIF, XMP and the like."""
_TOP = frozenset(b"ftyp styp meta mdat moov moof mfra sidx pdin".split())
"""Those of a file that are of its picture."""
_PARENTS = frozenset(b"moov trak mdia minf stbl".split())
_SAYS = frozenset(b"uuid udta free skip jumb bxml".split()) | {b"xml "}
_NONE = b"free"
_DEPTH = 8
_MOST = 100_000
"""Extents of all items."""
_TIMES = 4
"""So often as long as the file may all of them be: they may overlap."""


Place = tuple[int, int]
"""From where to where in the file."""


class Box(NamedTuple):
    """Where it lies: with its head from `begin`, what it holds from `inner` to `end`."""

    kind: bytes
    begin: int
    inner: int
    end: int


class Item(NamedTuple):
    """One of a picture: where its entry says what it is, and where that entry ends."""

    number: int
    kind: bytes
    at: int
    end: int


class Extent(NamedTuple):
    """Bytes of an item, where they lie in the file."""

    item: int
    begin: int
    end: int


def is_picture(data: bytes) -> bool:
    """Whether such a file is a picture, by its brands; others are films and sounds."""
    end = min(int.from_bytes(data[:4], "big"), 1024)
    return any(data[at : at + 4] in _BRANDS for at in (8, *range(16, end, 4)))


def cleaned(data: bytes) -> bytes:
    """The picture, as long as it was, but for what stands behind it."""
    top = list(_top(data))
    if not top:
        raise OddError
    data = data[: top[-1].end]
    out = bytearray(data)
    for box in top:
        if box.kind not in _TOP:
            _blank_box(out, box)
    metas = list(_metas(out, [box for box in top if box.kind in _TOP]))
    moves = any(box.kind == b"moov" for box in top)
    if not metas and not moves:
        raise OddError
    kept: list[Place] = []
    # What no item is of may be anything; of a moving picture its frames.
    lost = [] if moves else [(box.inner, box.end) for box in top if box.kind == b"mdat"]
    for meta in metas:
        _clean_items(out, data, meta, kept, lost)
    for begin, end in lost:
        out[begin:end] = bytes(end - begin)
    for begin, end in kept:  # after the others: they may share bytes
        out[begin:end] = data[begin:end]
    return bytes(out)


def _metas(out: bytearray, found: Iterable[Box], depth: int = 0) -> Iterator[Box]:
    """Lists of items, also of tracks; what else a picture says of itself is blanked."""
    if depth > _DEPTH:
        raise OddError
    for box in found:
        if box.kind in _SAYS or (box.kind == b"meta" and _is_of_film(out, box)):
            _blank_box(out, box)
        elif box.kind == b"meta":
            yield box
        elif box.kind in _PARENTS:
            yield from _metas(out, list(_boxes(out, box.inner, box.end)), depth + 1)


def _is_of_film(out: bytes | bytearray, box: Box) -> bool:
    """Whether it is no list of a picture's items: what cameras note of a film."""
    return out[box.inner + 20 : box.inner + 24] != b"pict"  # its handler, which comes first


def _blank_box(out: bytearray, box: Box) -> None:
    out[box.begin + 4 : box.begin + 8] = _NONE
    inner = box.begin + 8
    if int.from_bytes(out[box.begin : box.begin + 4], "big") == 1:
        inner += 8
    out[inner : box.end] = bytes(box.end - inner)


def _top(data: bytes) -> Iterator[Box]:
    """The boxes of the file: the last one may be cut off, and what is none may follow."""
    at = 0
    while at + 8 <= len(data) and data[at + 4 : at + 8].isalnum():
        size = int.from_bytes(data[at : at + 4], "big")
        wide = size == 1 and len(data) >= at + 16
        whole = int.from_bytes(data[at + 8 : at + 16], "big") if wide else size or len(data)
        box = Box(data[at + 4 : at + 8], at, at + (16 if wide else 8), min(at + whole, len(data)))
        if box.end < box.inner or (at + whole > len(data) and box.kind != b"mdat"):
            return
        yield box
        at = box.end


def _boxes(data: bytes | bytearray, at: int, end: int) -> Iterator[Box]:
    while at < end:
        size, kind = struct.unpack_from(">I4s", data, at)
        inner = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, inner)
            inner += 8
        elif size == 0:
            size = end - at
        if at + size > end or inner > at + size:
            raise OddError
        yield Box(kind, at, inner, at + size)
        at += size


def _clean_items(
    out: bytearray, data: bytes, meta: Box, kept: list[Place], lost: list[Place]
) -> None:
    """What stays and what goes of the items of a list is noted; their entries are blanked."""
    inner = {}
    for box in _boxes(data, meta.inner + 4, meta.end):
        inner[box.kind] = box
        if box.kind in _SAYS:
            _blank_box(out, box)
    if not {b"iinf", b"iloc"} <= inner.keys():
        raise OddError
    items = list(_items(data, inner[b"iinf"]))
    gone = _gone(data, items, inner)
    store = inner.get(b"idat")
    lost += [(store.inner, store.end)] if store else []
    for each in _extents(data, inner[b"iloc"], store):
        (lost if each.item in gone else kept).append((each.begin, each.end))
    for item in items:
        if item.number in gone:
            out[item.at : item.at + 4] = _NONE
        out[item.at + 4 : item.end] = bytes(item.end - item.at - 4)  # its name


def _gone(data: bytes, items: list[Item], inner: dict[bytes, Box]) -> Collection[int]:
    """Items that are no picture, previews, and what previews alone are made of."""
    gone = {item.number for item in items if item.kind not in _ITEMS}
    if iref := inner.get(b"iref"):
        links = list(_links(data, iref))
        gone |= {item for kind, item, _ in links if kind == b"thmb"}
        made_of = [(item, of) for kind, item, of in links if kind == b"dimg"]
        shown = {part for item, of in made_of if item not in gone for part in of}
        gone |= {part for item, of in made_of if item in gone for part in of} - shown
    pitm = inner.get(b"pitm")
    if pitm and _numbers(data, pitm.inner + 4, 1, _version(data, pitm) > 0)[0] in gone:
        raise OddError
    return gone


def _version(data: bytes, box: Box) -> int:
    return int(struct.unpack_from(">B", data, box.inner)[0])


def _numbers(data: bytes, at: int, count: int, wide: bool) -> tuple[int, ...]:
    return struct.unpack_from(f">{count}{'I' if wide else 'H'}", data, at)


def _items(data: bytes, iinf: Box) -> Iterator[Item]:
    at = iinf.inner + (8 if _version(data, iinf) else 6)
    for box in _boxes(data, at, iinf.end):
        version = _version(data, box)
        if box.kind != b"infe" or version not in (2, 3):
            raise OddError
        wide = version == 3
        (number,) = _numbers(data, box.inner + 4, 1, wide)
        place = box.inner + (10 if wide else 8)
        if place + 4 > box.end:
            raise OddError
        yield Item(number, data[place : place + 4], place, box.end)


def _links(data: bytes, iref: Box) -> Iterator[tuple[bytes, int, tuple[int, ...]]]:
    """(kind, item, the items that it refers to)."""
    wide = _version(data, iref) > 0
    size = 4 if wide else 2
    for box in _boxes(data, iref.inner + 4, iref.end):
        (item,) = _numbers(data, box.inner, 1, wide)
        (count,) = _numbers(data, box.inner + size, 1, False)
        if box.inner + size + 2 + size * count > box.end:
            raise OddError
        yield box.kind, item, _numbers(data, box.inner + size + 2, count, wide)


def _extents(data: bytes, iloc: Box, store: Box | None) -> Iterator[Extent]:
    version = _version(data, iloc)
    sizes, more = struct.unpack_from(">BB", data, iloc.inner + 4)
    widths = (sizes >> 4, sizes & 15, more >> 4, more & 15 if version else 0)
    read = _Reader(data, iloc.inner + 6)
    left, number = _TIMES * len(data), 0
    for _ in range(read.number(4 if version == 2 else 2)):
        item = read.number(4 if version == 2 else 2)
        way = read.number(2) & 15 if version else 0
        if read.number(2) or way > 1 or (way == 1 and store is None):
            raise OddError  # in another file, or made of other items
        base = read.number(widths[2]) + (store.inner if way == 1 and store else 0)
        for _ in range(read.number(2)):
            read.number(widths[3])
            begin = min(base + read.number(widths[0]), len(data))
            size = read.number(widths[1])
            end = min(begin + size, len(data)) if size else len(data)
            left, number = left - (end - begin), number + 1
            if left < 0 or number > _MOST:
                raise OddError
            yield Extent(item, begin, end)


class _Reader:
    """Numbers of any width, one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def number(self, width: int) -> int:
        part = self._data[self._at : self._at + width]
        if len(part) < width:
            raise OddError
        self._at += width
        return int.from_bytes(part, "big")
