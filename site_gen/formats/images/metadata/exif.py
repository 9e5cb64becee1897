"""EXIF, a TIFF of one directory: of it nothing stays but which way is up."""

import struct

from site_gen.formats.images.decode import ORIENTATION

EXIF = b"Exif\0\0"
TURNED = range(2, 9)


class OddError(Exception):
    """The file is not made as its kind is."""


def orientation(tiff: bytes) -> int:
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
                return int(value) if value in TURNED else 0
    except struct.error:
        pass  # cut off: decoders leave such a picture as it stands
    return 0


def tiff_of(turned: int) -> bytes:
    """Nothing but how a picture is to be turned; of even length."""
    return struct.pack(">4sIHHHIHHI", b"MM\0*", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
