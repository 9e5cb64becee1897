"""Pictures, as files and as pages show them."""

from typing import Literal

from site_gen.model.base import Record

ImageFormat = Literal["avif", "webp"]
CopyFormat = Literal["avif", "webp", "jpeg"]
"""JPEG is only for e-mail, since mail programs show neither of the others."""


class Variant(Record, frozen=True, kw_only=True):
    """A smaller copy of a local picture, in pixels; `url` is site-absolute."""

    url: str
    width: int
    height: int
    format: CopyFormat


class Picture(Record, frozen=True, kw_only=True):
    """A picture as a page shows it. `url` is a site-absolute path or a remote https address.

    variants   copies of a local picture: by format in the order of the settings, then by width
    is_cached  whether the remote picture is a copy, as front matter says
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


ACTIVE_DRAWING = "active"
"""The code of an SVG with parts that a browser might run."""


class PictureFile(Record, frozen=True, kw_only=True):
    """What is known of a local picture from its bytes. Sizes are as shown (after EXIF rotation).

    width    0 if unknown (a drawing, a file that is no picture)
    formats  formats of possible smaller copies; none for animated and damaged pictures
    code     part of a problem's code, "" for no problem; `fault` and `cure` are its texts
    """

    width: int = 0
    height: int = 0
    formats: tuple[ImageFormat, ...] = ()
    code: str = ""
    fault: str = ""
    cure: str = ""
