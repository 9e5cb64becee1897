"""A picture without what it says beside its pixels: place, camera, names, remarks, previews.

No pixel is touched. Which way is up and the colours stay, as a picture would look otherwise.
"""

import struct

from site_gen.formats.images.metadata import boxes, gif, jpeg, png, svg, tiff, webp
from site_gen.formats.images.metadata.exif import OddError


def without_metadata(data: bytes, name: str = "") -> bytes:
    """A picture without metadata; any other file, or a broken one, as it is. A drawing is known
    by the `name` that the file has."""
    try:
        return _cleaned(data, name)
    except (OddError, struct.error):
        return data


def is_beyond_us(data: bytes, name: str = "") -> bool:
    """Whether it is a picture that is made in a way we cannot clean."""
    try:
        _cleaned(data, name)
    except (OddError, struct.error):
        return True
    return False


def _cleaned(data: bytes, name: str) -> bytes:
    if data.startswith(b"\xff\xd8\xff"):
        return jpeg.cleaned(data)
    if data.startswith(png.START):
        return png.cleaned(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return webp.cleaned(data)
    if data.startswith(gif.STARTS):
        return gif.cleaned(data)
    if data[4:8] == b"ftyp" and boxes.is_picture(data):
        return boxes.cleaned(data)
    if data[:4] in tiff.STARTS:
        return tiff.cleaned(data)
    if name.lower().endswith(".svg"):
        return svg.cleaned(data, without_metadata)
    return data
