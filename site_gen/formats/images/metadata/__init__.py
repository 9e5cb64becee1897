"""A picture without what it says beside its pixels: place, camera, names, remarks, previews.

No pixel is touched. Which way is up and the colours stay, as a picture would look otherwise.
"""

import struct

from site_gen.formats.images.metadata import boxes, gif, jpeg, png, svg, tiff, webp
from site_gen.formats.images.metadata.exif import OddError


def without_metadata(data: bytes, name: str = "") -> bytes:
    """The file without metadata if it is a picture that can be cleaned, else as it is."""
    cleaned = remove_metadata(data, name)
    return data if cleaned is None else cleaned


def remove_metadata(data: bytes, name: str = "") -> bytes | None:
    """The picture without metadata; any other file as it is. None for a picture that is damaged or
    has an unknown structure. SVG is recognised by its `name`."""
    try:
        return _cleaned(data, name)
    except (OddError, struct.error):
        return None


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
