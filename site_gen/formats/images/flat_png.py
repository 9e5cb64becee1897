"""Writing PNG of sixteen flat colours: rows that nothing is drawn on are packed once for all."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

EDGE = 2
"""Columns of colour 0 at the left of the image: packed, they are the byte before each row that says
how it is filtered, which is not at all (PNG 3, section 9.2)."""

BITS, INDEXED = 4, 3
MODULUS = 65521
"""Of Adler-32 (RFC 1950, section 9)."""

END = b"\x03\x00"
"""An empty last block of deflate."""


def encoded(image: "Image.Image", drawn: Iterable[tuple[int, int]], palette: bytes) -> bytes:
    """A palette image of mode P as PNG.

    `drawn` has (first row, row after the last) of all that is not colour 0, in any order; they may
    overlap. `palette` has three bytes for each of up to sixteen colours. The width is even, with
    `EDGE` columns at the left that are not shown.
    """
    width, height = image.size
    header = struct.pack(">LLBBBBB", width - EDGE, height, BITS, INDEXED, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", _stream(image, drawn)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def _stream(image: "Image.Image", drawn: Iterable[tuple[int, int]]) -> bytes:
    """Its rows as zlib data: each run of rows in blocks that refer to none before."""
    width, height = image.size
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_RLE)
    parts = [b"\x78\x01"]
    check = 1
    row = 0
    for first, after in (*_merged(drawn, height), (height, height)):
        empty = (first - row) * width // 2
        parts.append(_nothing(empty))
        check = _after_zeros(check, empty)
        rows = image.crop((0, first, width, after)).tobytes("raw", "P;4")
        parts += (packer.compress(rows), packer.flush(zlib.Z_FULL_FLUSH) if rows else END)
        check = zlib.adler32(rows, check)
        row = after
    parts.append(struct.pack(">L", check))
    return b"".join(parts)


def _merged(drawn: Iterable[tuple[int, int]], height: int) -> Iterator[tuple[int, int]]:
    """Runs of rows inside the image, in order, none of which touch."""
    at, end = 0, 0
    for first, after in sorted((max(0, a), min(height, b)) for a, b in drawn):
        if first > end:
            if end > at:
                yield at, end
            at, end = first, after
        end = max(end, after)
    if end > at:
        yield at, end


@lru_cache(maxsize=512)
def _nothing(size: int) -> bytes:
    """So many zeros as blocks of deflate."""
    if not size:
        return b""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_RLE)
    return packer.compress(bytes(size)) + packer.flush(zlib.Z_FULL_FLUSH)


def _after_zeros(check: int, size: int) -> int:
    """The Adler-32 of what `check` is of, and of so many zeros after it."""
    low, high = check & 0xFFFF, check >> 16
    return (high + size * low) % MODULUS << 16 | low
