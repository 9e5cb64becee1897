"""Pictures embedded in other files, such as books, in formats that every reader supports."""

import io
from typing import TYPE_CHECKING, NamedTuple

from site_gen.formats.images.decode import (
    DECODE_ERRORS,
    ORIENTATION,
    TooLarge,
    colour_profile,
    decode_upright,
    format_name,
    is_animated,
    open_picture,
)
from site_gen.formats.images.metadata import without_metadata

if TYPE_CHECKING:
    from PIL import Image

MAX_SIDE = 1600
"""The maximum of the longer side, in pixels."""

QUALITY = 82
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""Pillow's format name -> media type. Pictures in other formats become JPEG or PNG."""


class Embedded(NamedTuple):
    """The bytes of a picture, their media type, and the extension for a file name."""

    data: bytes
    media_type: str
    extension: str


def embed_picture(data: bytes) -> Embedded | None:
    """The picture without its metadata if readers support it as it is, else a copy; None if it is
    damaged or too large."""
    try:
        image = open_picture(data)
        found = format_name(image)
        if found in MEDIA_TYPES and (is_animated(image) or _is_fit(image)):
            decode_upright(open_picture(data))
            return Embedded(without_metadata(data), MEDIA_TYPES[found], _extension(found))
        return _make_copy(image)
    except (*DECODE_ERRORS, TooLarge):
        return None


def _is_fit(image: "Image.Image") -> bool:
    upright = image.getexif().get(ORIENTATION, 1) == 1
    return upright and max(image.size) <= MAX_SIDE and image.mode != "CMYK"


def _make_copy(image: "Image.Image") -> Embedded:
    from PIL.Image import Resampling

    colours = colour_profile(image)
    lossless = format_name(image) in ("PNG", "GIF") or image.has_transparency_data
    shown = decode_upright(image)
    shown.thumbnail((MAX_SIDE, MAX_SIDE), Resampling.LANCZOS)
    form = "PNG" if lossless else "JPEG"
    buffer = io.BytesIO()
    # Pillow would copy `info` and `exif`, but place, camera and comments are private.
    shown.info = {key: each for key, each in shown.info.items() if key == "transparency"}
    options = {"optimize": True} if lossless else {"optimize": True, "quality": QUALITY}
    shown.save(buffer, form, exif=b"", icc_profile=colours, **options)
    return Embedded(buffer.getvalue(), MEDIA_TYPES[form], _extension(form))


def _extension(form: str) -> str:
    return {"JPEG": "jpg"}.get(form, form.lower())
