"""PNG (third edition, 5.3)."""

import struct
from collections.abc import Iterator

from site_gen.formats.images.metadata.exif import OddError, orientation, tiff_of

START = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP bKGD pHYs sBIT sPLT hIST cICP mDCV cLLI acTL fcTL fdAT".split()
)
"""Those that may be left out of a picture, and change how it looks."""


def cleaned(data: bytes) -> bytes:
    """Without what follows its end."""
    return b"".join(_pieces(data))


def _pieces(data: bytes) -> Iterator[bytes]:
    yield START
    chunks = list(_chunks(data))
    turned = next((orientation(part[8:-4]) for name, part in chunks if name == b"eXIf"), 0)
    for name, part in chunks:
        if name[:1].isupper() or name in _CHUNKS:
            yield part
        if name == b"IHDR" and turned:
            yield _chunk(b"eXIf", tiff_of(turned))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(START), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data) and name == b"IDAT":  # as with JPEG
            yield name, data[at:]
            return
        if end > len(data):
            raise OddError
        yield name, data[at:end]
        at = end


def _chunk(name: bytes, data: bytes) -> bytes:
    from zlib import crc32

    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))
