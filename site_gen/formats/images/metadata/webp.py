"""WebP (RFC 9649)."""

import struct

from site_gen.formats.images.metadata.exif import EXIF, OddError, orientation, tiff_of

_CHUNKS = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_SAYS = 0x08 | 0x04
"""Flags of VP8X: that there are EXIF and XMP."""


def cleaned(data: bytes) -> bytes:
    """Up to the end that its head names."""
    at, end = 12, 8 + int(struct.unpack_from("<I", data, 4)[0])
    if end > len(data):
        raise OddError
    kept, turned = [], 0
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, at)
        after = at + 8 + size + size % 2
        if at + 8 + size > end:
            raise OddError
        part = data[at : min(after, end)]
        if name == b"EXIF":
            turned = orientation(part[8:].removeprefix(EXIF))
        elif name in _CHUNKS:
            kept.append(part)
        at = after
    if kept and kept[0][:4] == b"VP8X" and len(kept[0]) >= 9:
        flags = kept[0][8] & ~_SAYS | (0x08 if turned else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
        if turned:
            tiff = tiff_of(turned)
            kept.append(struct.pack("<4sI", b"EXIF", len(tiff)) + tiff)
    form = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(form)) + form
