"""Pictures that a file carries within itself, such as a book, in formats every reader shows."""

import io
from typing import TYPE_CHECKING, NamedTuple

from site_gen.formats.images.decode import (
    ODD,
    ORIENTATION,
    TooLarge,
    is_moving,
    kind,
    opened,
    plain,
    profile,
)
from site_gen.formats.images.metadata import without_metadata

if TYPE_CHECKING:
    from PIL import Image

WIDEST = 1600
"""Pixels, of the longer side."""

QUALITY = 82
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""By Pillow's name. What moves is carried as it is; other formats are written as JPEG or PNG."""


class Embedded(NamedTuple):
    """The bytes, their media type, and the ending of a name for them."""

    data: bytes
    media_type: str
    extension: str


def embedded(data: bytes) -> Embedded | None:
    """The picture as it is where readers show it so, else a copy; None for one that is damaged."""
    try:
        image = opened(data)
        found = kind(image)
        if found in MEDIA_TYPES and (is_moving(image) or _is_fit(image)):
            plain(opened(data))
            return Embedded(without_metadata(data), MEDIA_TYPES[found], _extension(found))
        return _copy(image)
    except (*ODD, TooLarge):
        return None


def _is_fit(image: "Image.Image") -> bool:
    upright = image.getexif().get(ORIENTATION, 1) == 1
    return upright and max(image.size) <= WIDEST and image.mode != "CMYK"


def _copy(image: "Image.Image") -> Embedded:
    from PIL.Image import Resampling

    colours = profile(image)
    lossless = kind(image) in ("PNG", "GIF") or image.has_transparency_data
    shown = plain(image)
    shown.thumbnail((WIDEST, WIDEST), Resampling.LANCZOS)
    form = "PNG" if lossless else "JPEG"
    buffer = io.BytesIO()
    # Pillow carries on what it finds in `info`, and the original's `exif` where it is given none:
    # place, camera and remarks are nobody's business.
    shown.info = {key: each for key, each in shown.info.items() if key == "transparency"}
    options = {"optimize": True} if lossless else {"optimize": True, "quality": QUALITY}
    shown.save(buffer, form, exif=b"", icc_profile=colours, **options)
    return Embedded(buffer.getvalue(), MEDIA_TYPES[form], _extension(form))


def _extension(form: str) -> str:
    return {"JPEG": "jpg"}.get(form, form.lower())
