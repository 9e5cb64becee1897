"""Measures a local picture: its size, and whether smaller copies can be made.

The whole picture is decoded, so that a damaged one is reported here, not when it is copied.
"""

from functools import cache
from posixpath import splitext

from site_gen.formats.images import drawing
from site_gen.formats.images.decode import (
    DECODE_ERRORS,
    TooLarge,
    decode_upright,
    format_name,
    is_animated,
    is_sideways,
    open_picture,
)
from site_gen.model import ACTIVE_DRAWING, ImageFormat, PictureFile

NOT_DECODED = frozenset({".svg", ".svgz", ".ico"})
"""Extensions of files that are copied without decoding."""

EXTENSIONS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png", ".apng"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
}
MIN_BYTES = 8 << 10
"""Bytes. No copies are made of smaller pictures."""

MAX_RATIO = 10
"""The ratio of the sides up to which copies are made."""


@cache
def writable_formats() -> tuple[ImageFormat, ...]:
    """The formats that the installed Pillow can write."""
    from PIL import features

    found: list[ImageFormat] = ["webp"] if features.check("webp") else []
    return ("avif", *found) if features.check("avif") else tuple(found)


def measure(data: bytes, name: str) -> PictureFile:
    """The size of the picture `data` in the file called `name`, and what is wrong with it. Never
    raises."""
    extension = splitext(name)[1].lower()
    if extension in NOT_DECODED:
        return _drawing(data, extension)
    try:
        image = open_picture(data)
        size = image.size[::-1] if is_sideways(image) else image.size
        found, moving = format_name(image), is_animated(image)
    except TooLarge as error:
        return _too_large(error)
    except DECODE_ERRORS:
        return _no_picture()
    if not moving:
        try:
            # Decoding a JPEG at 1/8 size finds the same damage, three times as fast.
            image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
            decode_upright(image)
        except DECODE_ERRORS:
            return _damaged(*size)
    small = len(data) < MIN_BYTES or max(size) > MAX_RATIO * min(size)
    formats = () if moving or small else writable_formats()
    if extension in EXTENSIONS[found]:
        return PictureFile(width=size[0], height=size[1], formats=formats)
    return _misnamed(size, formats, found, extension)


def _drawing(data: bytes, extension: str) -> PictureFile:
    if extension == ".svgz":
        return PictureFile(code=ACTIVE_DRAWING, fault="is packed", cure="unpack it to .svg")
    found = drawing.find_fault(data) if extension == ".svg" else ""
    cure = "take that out of it, or save it as a PNG"
    return PictureFile(code=ACTIVE_DRAWING, fault=found, cure=cure) if found else PictureFile()


def _too_large(error: TooLarge) -> PictureFile:
    width, height = error.size or (0, 0)
    return PictureFile(
        width=width,
        height=height,
        code="large",
        fault="has more pixels than we open; it is published as it is",
        cure="make it smaller: 3200 pixels across are plenty",
    )


def _no_picture() -> PictureFile:
    return PictureFile(
        code="format",
        fault="is no picture that browsers show; it is published as it is",
        cure="save it as JPEG, PNG, GIF, WebP, AVIF or SVG",
    )


def _damaged(width: int, height: int) -> PictureFile:
    return PictureFile(
        width=width,
        height=height,
        code="damaged",
        fault="is damaged or cut off; it is published as it is",
        cure="put a good copy in its place",
    )


def _misnamed(
    size: tuple[int, int], formats: tuple[ImageFormat, ...], found: str, extension: str
) -> PictureFile:
    name = found if found != "WEBP" else "WebP"
    return PictureFile(
        width=size[0],
        height=size[1],
        formats=formats,
        code="extension",
        fault=f'is a {name}, and its name ends in "{extension}"',
        cure=f'rename it to end in "{EXTENSIONS[found][0]}", also where it is referred to',
    )
