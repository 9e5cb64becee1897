"""Pictures: as files, and as pages show them."""

from typing import Literal

from site_gen.model.base import Noun

ImageFormat = Literal["avif", "webp"]
CopyFormat = Literal["avif", "webp", "jpeg"]
"""JPEG is for mail programs alone, which know neither of the others."""


class Variant(Noun, frozen=True, kw_only=True):
    """A smaller copy of a local picture, in pixels; `url` is site-absolute."""

    url: str
    width: int
    height: int
    format: CopyFormat


class Picture(Noun, frozen=True, kw_only=True):
    """An image as a page shows it: `url` is a published site-absolute path or remote https.

    variants   of a local one: by format as the settings order them, then by width
    is_cached  whether a remote one is a copy that somebody keeps, as front matter says
    """

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    local: bool = False
    variants: tuple[Variant, ...] = ()
    is_cached: bool = False


ACTIVE = "active"
"""Code of a drawing that a browser might run."""


class Measured(Noun, frozen=True, kw_only=True):
    """What the bytes of a local picture are: pixels as shown (turned as its EXIF data says).

    width     0 where unknown (a drawing, a file that is no picture)
    formats   in which smaller copies can be made; none for moving and damaged pictures
    code      part of a problem's code, "" = nothing to tell; `fault` and `cure` are its words
    """

    width: int = 0
    height: int = 0
    formats: tuple[ImageFormat, ...] = ()
    code: str = ""
    fault: str = ""
    cure: str = ""
