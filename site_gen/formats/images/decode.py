"""Opening pictures that may be hostile: known formats only, bounded, upright, in plain colours."""

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
PIXELS = 64_000_000
"""What a phone takes in one frame, and 256 MB once decoded."""

PROFILE = 1024
"""Bytes: profiles of wide colours are smaller, and larger ones are mostly plain sRGB."""

ODD = (
    *(OSError, SyntaxError, ValueError, TypeError, EOFError, ArithmeticError, LookupError),
    *(AttributeError, RuntimeError, MemoryError, struct.error, zlib.error),
)
"""What the decoders raise on files that are not what they claim to be."""

ORIENTATION = 0x0112
SIDEWAYS = frozenset({5, 6, 7, 8})


class TooLarge(Exception):  # noqa: N818 - a fact about a file
    """More pixels than PIXELS; `size` is None where the decoder would not even say."""

    def __init__(self, size: tuple[int, int] | None) -> None:
        super().__init__("too many pixels")
        self.size = size


def opened(data: bytes) -> "Image.Image":
    """A picture of which only the header is read. Raises TooLarge, or one of ODD."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd files are for programmers
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError:
            raise TooLarge(None) from None
    if image.width * image.height > PIXELS:
        raise TooLarge(image.size)
    return image


def kind(image: "Image.Image") -> str:
    """Its format; a JPEG with a second view (as phones make them) is a JPEG."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def is_moving(image: "Image.Image") -> bool:
    """Whether it has more than one frame to show."""
    return kind(image) != "JPEG" and bool(getattr(image, "is_animated", False))


def is_sideways(image: "Image.Image") -> bool:
    """Whether its EXIF data turns it by a quarter."""
    return image.getexif().get(ORIENTATION, 1) in SIDEWAYS


def plain(image: "Image.Image") -> "Image.Image":
    """The decoded pixels, upright, as RGB or RGBA. Raises one of ODD."""
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


def profile(image: "Image.Image") -> bytes:
    """Its colour profile where it is a small one for RGB: without it wide colours turn dull."""
    found = image.info.get("icc_profile")
    if isinstance(found, bytes) and len(found) <= PROFILE and found[16:20] == b"RGB ":
        return found
    return b""
