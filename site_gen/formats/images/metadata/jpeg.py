"""JPEG (ITU-T T.81, annex B): segments of applications by their first bytes."""

import re
import struct
from collections.abc import Iterator

from site_gen.formats.images.metadata.exif import EXIF, OddError, orientation, tiff_of

_ICC = b"ICC_PROFILE\0"
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""In the data of a scan, where 0 and D0 to D7 belong to it."""
_EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = (
    *(0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE),
)


def cleaned(data: bytes) -> bytes:
    """Up to its end: phones put second pictures, with metadata of their own, and films after."""
    return b"".join(_pieces(data))


def _pieces(data: bytes) -> Iterator[bytes]:
    segments = list(_segments(data))
    turned = 0
    for code, part in segments:
        if code == _APP1 and part[4:10] == EXIF:
            turned = turned or orientation(part[10:])
    yield data[:2]
    said = not turned
    for code, part in segments:
        if not said and code != _APP0:
            said, tiff = True, tiff_of(turned)
            yield struct.pack(">BBH", 0xFF, _APP1, len(EXIF + tiff) + 2) + EXIF + tiff
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
            raise OddError
        code = found[1][0]
        if code == _EOI:
            yield code, b"\xff\xd9"
            return
        start = found.end()
        end = start + int(struct.unpack_from(">H", data, start)[0])
        if end > len(data):
            raise OddError
        if code == _SOS:
            following = _MARKER.search(data, end)
            if following is None:  # cut off: browsers show what there is of it
                yield code, data[start - 2 :]
                return
            end = following.start()
        yield code, data[start - 2 : end]
        at = end
