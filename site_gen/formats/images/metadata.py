"""A picture without what it says beside its pixels: place, camera, names, remarks, previews.

No pixel is touched. Which way is up and the colours stay, as a picture would look otherwise.
"""

import re
import struct
from collections.abc import Iterator

from site_gen.formats.images.decode import ORIENTATION

_EXIF = b"Exif\0\0"
_ICC = b"ICC_PROFILE\0"
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""In the data of a scan, where 0 and D0 to D7 belong to it."""
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = (
    *(0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE),
)
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP bKGD pHYs sBIT sPLT hIST cICP mDCV cLLI acTL fcTL fdAT".split()
)
"""Those that may be left out of a picture, and change how it looks."""
_WEBP_CHUNKS = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_SAYS = 0x08 | 0x04
"""Flags of VP8X: that there are EXIF and XMP."""
_TURNED = range(2, 9)


class _OddError(Exception):
    """The file is not made as its kind is."""


def without_metadata(data: bytes) -> bytes:
    """A JPEG, PNG or WebP without metadata; any other file, or a broken one, as it is."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg(data))
        if data.startswith(_PNG):
            return b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (_OddError, struct.error):
        pass
    return data


# -- JPEG: ITU-T T.81, annex B; segments of applications by their first bytes ----------------


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Up to its end: phones put second pictures, with metadata of their own, and films after."""
    segments = list(_segments(data))
    turned = 0
    for code, part in segments:
        if code == _APP1 and part[4:10] == _EXIF:
            turned = turned or _orientation(part[10:])
    yield data[:2]
    said = not turned
    for code, part in segments:
        if not said and code != _APP0:
            said, tiff = True, _tiff(turned)
            yield struct.pack(">BBH", 0xFF, _APP1, len(_EXIF + tiff) + 2) + _EXIF + tiff
        if _is_shown(code, part):
            yield part


def _is_shown(code: int, part: bytes) -> bool:
    """Whether a segment is of how the picture looks."""
    if code == _APP2:
        return part[4:16] == _ICC
    if code == _APP0:
        return part[4:9] == b"JFIF\0"  # another one holds a preview, of the whole picture perhaps
    return code == _APP14 or not (_APP0 <= code <= _APP15 or code == _COMMENT)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and bytes of each; a scan goes up to the next marker."""
    at = 2
    while True:
        found = _MARKER.match(data, at)
        if found is None:
            raise _OddError
        code = found[1][0]
        if code == _EOI:
            yield code, b"\xff\xd9"
            return
        start = found.end()
        end = start + int(struct.unpack_from(">H", data, start)[0])
        if end > len(data):
            raise _OddError
        if code == _SOS:
            following = _MARKER.search(data, end)
            if following is None:  # cut off: browsers show what there is of it
                yield code, data[start - 2 :]
                return
            end = following.start()
        yield code, data[start - 2 : end]
        at = end


# -- PNG: third edition, 5.3 ------------------------------------------------------------------


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG
    chunks = list(_chunks(data))
    turned = next((_orientation(part[8:-4]) for name, part in chunks if name == b"eXIf"), 0)
    for name, part in chunks:
        if name[:1].isupper() or name in _PNG_CHUNKS:
            yield part
        if name == b"IHDR" and turned:
            yield _chunk(b"eXIf", _tiff(turned))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(_PNG), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data) and name == b"IDAT":  # as with JPEG
            yield name, data[at:]
            return
        if end > len(data):
            raise _OddError
        yield name, data[at:end]
        at = end


def _chunk(name: bytes, data: bytes) -> bytes:
    from zlib import crc32

    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


# -- WebP: RFC 9649 ---------------------------------------------------------------------------


def _webp(data: bytes) -> bytes:
    at, end = 12, 8 + int(struct.unpack_from("<I", data, 4)[0])
    if end > len(data):
        raise _OddError
    kept, turned = [], 0
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, at)
        after = at + 8 + size + size % 2
        if at + 8 + size > end:
            raise _OddError
        part = data[at : min(after, end)]
        if name == b"EXIF":
            turned = _orientation(part[8:].removeprefix(_EXIF))
        elif name in _WEBP_CHUNKS:
            kept.append(part)
        at = after
    if kept and kept[0][:4] == b"VP8X" and len(kept[0]) >= 9:
        flags = kept[0][8] & ~_WEBP_SAYS | (0x08 if turned else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
        if turned:
            tiff = _tiff(turned)
            kept.append(struct.pack("<4sI", b"EXIF", len(tiff)) + tiff)
    whole = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


# -- EXIF: a TIFF of one directory ------------------------------------------------------------


def _orientation(tiff: bytes) -> int:
    """How a picture is to be turned; 0 where it stands upright, or nothing says so."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 0
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * number)
            if tag == ORIENTATION:
                return int(value) if value in _TURNED else 0
    except struct.error:
        pass  # cut off: decoders leave such a picture as it stands
    return 0


def _tiff(turned: int) -> bytes:
    """Nothing but how a picture is to be turned; of even length."""
    return struct.pack(">4sIHHHIHHI", b"MM\0*", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
