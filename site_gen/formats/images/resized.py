"""Smaller copies of local pictures, as AVIF and WebP, and as JPEG for letters."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from site_gen.basics import digest
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.images.decode import (
    DECODE_ERRORS,
    TooLarge,
    colour_profile,
    decode_upright,
    is_sideways,
    open_picture,
)
from site_gen.model import Catalog, Page, Stored, Variant, View
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings
from site_gen.theme.load import Theme

if TYPE_CHECKING:
    from PIL import Image

MAX_WIDTH = 1600
"""Pixels. All copies are made from one of at most this width, so that a file is decoded once."""

OPTIONS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 78, "method": 4},
    # One thread, as with several the bytes may differ between runs.
    "avif": {"quality": 50, "speed": 8, "max_threads": 1},
}


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit of one page per copy; none without HTML pages."""
    if "html" in settings.formats:
        shown = (catalog.files, catalog.pictures)
        yield Unit("", lambda: digest.of_value(shown), lambda: _copy_pages(catalog))


def _copy_pages(catalog: Catalog) -> Iterator[Page]:
    sources = {f"/{file.path}": file for file in catalog.files}
    for picture in catalog.pictures:
        file = sources[picture.url]
        stored = Stored(part="file", path=file.source, digest=file.digest)
        for variant in picture.variants:
            yield Page(
                path=variant.url.lstrip("/"),
                format="images",
                kind="file",
                views={"file": View(digest=file.digest, value=stored), "variant": view(variant)},
                origin=f"content/{file.source}",
            )


def render(page: Page, theme: Theme) -> bytes:
    """The copy. Raises SiteError if the picture cannot be decoded."""
    variant: Variant = page.views["variant"].value
    file = page.views["file"]
    try:
        return _encode(_master(file.digest, file.value), variant)
    except (*DECODE_ERRORS, TooLarge) as error:
        raise SiteError([_failed_problem(page.origin, error)]) from None


def _encode(master: "Image.Image", variant: Variant) -> bytes:
    from PIL.Image import Resampling

    size = (variant.width, variant.height)
    image = master if master.size == size else master.resize(size, Resampling.LANCZOS)
    if variant.format == "jpeg":
        return _encode_jpeg(image, master.info["icc_profile"])
    buffer = io.BytesIO()
    colours = master.info["icc_profile"]
    # Pillow would copy `exif` if it is not given: place and camera are private.
    image.save(buffer, variant.format, exif=b"", icc_profile=colours, **OPTIONS[variant.format])
    return buffer.getvalue()


MAX_LETTER_BYTES = 200_000
"""The maximum size of a letter's picture. A larger one is saved with lower quality, then with fewer
pixels."""

QUALITIES = (82, 72, 60, 48, 36)
SHRINK = 0.7


def _encode_jpeg(image: "Image.Image", colours: bytes | None) -> bytes:
    """A JPEG of at most MAX_LETTER_BYTES, on white, as JPEG has no transparency."""
    from PIL import Image

    if image.mode != "RGB":
        ground = Image.new("RGB", image.size, "white")
        shape = image.convert("RGBA")
        ground.paste(shape, mask=shape)
        image = ground
    while True:
        for quality in QUALITIES:
            buffer = io.BytesIO()
            image.save(buffer, "jpeg", quality=quality, optimize=True, icc_profile=colours)
            if buffer.tell() <= MAX_LETTER_BYTES:
                return buffer.getvalue()
        width, height = (max(1, round(side * SHRINK)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)


def _master(file_digest: str, data: bytes) -> "Image.Image":
    """The picture, at most MAX_WIDTH wide. The last one is cached: its copies are made in a row."""
    if file_digest not in _last_master:
        _last_master.clear()
        _last_master[file_digest] = _decode(data)
    return _last_master[file_digest]


_last_master: "dict[str, Image.Image]" = {}


def _decode(data: bytes) -> "Image.Image":
    from PIL.Image import Resampling

    image = open_picture(data)
    colours = colour_profile(image)
    # A large JPEG is decoded at 1/2 or 1/4 size if that is still wide enough.
    image.draft("RGB", (1, MAX_WIDTH) if is_sideways(image) else (MAX_WIDTH, 1))
    found = decode_upright(image)
    if found.width > MAX_WIDTH:
        height = max(1, round(found.height * MAX_WIDTH / found.width))
        found = found.resize((MAX_WIDTH, height), Resampling.LANCZOS, reducing_gap=2.0)
    found.info = {"icc_profile": colours}
    return found


def _failed_problem(origin: str, error: Exception) -> Problem:
    return Problem(
        "picture/failed",
        f"no smaller copy can be made of it ({type(error).__name__})",
        Where(origin),
        "save it anew, or set images.variants = []",
    )
