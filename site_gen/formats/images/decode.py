"""Opens pictures that may be hostile: known formats only, with a limit on pixels."""

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
MAX_PIXELS = 64_000_000
"""A large photo of a phone; 256 MB when decoded."""

MAX_PROFILE = 1024
"""Bytes. Profiles of wide colour spaces are smaller; larger ones are mostly plain sRGB."""

DECODE_ERRORS = (
    *(OSError, SyntaxError, ValueError, TypeError, EOFError, ArithmeticError, LookupError),
    *(AttributeError, RuntimeError, MemoryError, struct.error, zlib.error),
)
"""The exceptions that decoders raise on damaged files."""

ORIENTATION = 0x0112
SIDEWAYS = frozenset({5, 6, 7, 8})


class TooLarge(Exception):  # noqa: N818 - a fact about a file
    """A picture has more than MAX_PIXELS; `size` is None if the decoder does not report it."""

    def __init__(self, size: tuple[int, int] | None) -> None:
        super().__init__("too many pixels")
        self.size = size


def open_picture(data: bytes) -> "Image.Image":
    """A picture of which only the header is read. Raises TooLarge or one of DECODE_ERRORS."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's warnings about odd files
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError:
            raise TooLarge(None) from None
    if image.width * image.height > MAX_PIXELS:
        raise TooLarge(image.size)
    return image


def format_name(image: "Image.Image") -> str:
    """The name of the picture's format. MPO, which is a JPEG with a second view, counts as JPEG."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def is_animated(image: "Image.Image") -> bool:
    """Whether the picture has several frames."""
    return format_name(image) != "JPEG" and bool(getattr(image, "is_animated", False))


def is_sideways(image: "Image.Image") -> bool:
    """Whether EXIF orientation turns the picture by 90 degrees."""
    return image.getexif().get(ORIENTATION, 1) in SIDEWAYS


def decode_upright(image: "Image.Image") -> "Image.Image":
    """The decoded picture, upright, as RGB or RGBA. Raises one of DECODE_ERRORS."""
    from PIL import ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image.load()
        image = ImageOps.exif_transpose(image)
        if image.mode in ("RGB", "RGBA"):
            return image
        if image.mode.startswith("I"):
            image = image.convert("I").point(lambda value: value / 256).convert("L")
        return image.convert("RGBA" if image.has_transparency_data else "RGB")


def colour_profile(image: "Image.Image") -> bytes:
    """The picture's colour profile if it is for RGB and at most MAX_PROFILE bytes, else b"".
    Without it wide colours look dull."""
    found = image.info.get("icc_profile")
    if isinstance(found, bytes) and len(found) <= MAX_PROFILE and found[16:20] == b"RGB ":
        return found
    return b""
