"""Smaller copies of local pictures, as AVIF and WebP: one output each, keyed by the bytes."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from site_gen.basics import digest
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.images.decode import ODD, TooLarge, is_sideways, opened, plain, profile
from site_gen.model import Catalog, Page, Stored, Variant, View
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings
from site_gen.theme.load import Theme

if TYPE_CHECKING:
    from PIL import Image

WIDEST = 1600
"""Every copy is made from one of at most this width, so that a large file is decoded once."""

OPTIONS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 78, "method": 4},
    # One thread: with several the bytes may differ from run to run.
    "avif": {"quality": 50, "speed": 8, "max_threads": 1},
}


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """One output per copy; none where no page shows them."""
    if "html" in settings.formats:
        shown = (catalog.files, catalog.pictures)
        yield Unit("", lambda: digest.of_value(shown), lambda: _copies(catalog))


def _copies(catalog: Catalog) -> Iterator[Page]:
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
    """The copy. Raises SiteError for a picture that cannot be decoded after all."""
    variant: Variant = page.views["variant"].value
    file = page.views["file"]
    try:
        return _encoded(_master(file.digest, file.value), variant)
    except (*ODD, TooLarge) as error:
        raise SiteError([_failed(page.origin, error)]) from None


def _encoded(master: "Image.Image", variant: Variant) -> bytes:
    from PIL.Image import Resampling

    size = (variant.width, variant.height)
    image = master if master.size == size else master.resize(size, Resampling.LANCZOS)
    if variant.format == "jpeg":
        return _jpeg(image, master.info["icc_profile"])
    buffer = io.BytesIO()
    colours = master.info["icc_profile"]
    # Without `exif` Pillow would carry the original's on: place and camera are nobody's business.
    image.save(buffer, variant.format, exif=b"", icc_profile=colours, **OPTIONS[variant.format])
    return buffer.getvalue()


LETTER_BYTES = 200_000
"""At most so large is a picture of a letter: of lower quality, and where that is not enough of
fewer pixels, which a letter shows as broad as before."""

QUALITIES = (82, 72, 60, 48, 36)
SMALLER = 0.7


def _jpeg(image: "Image.Image", colours: bytes | None) -> bytes:
    """On white, as JPEG knows nothing of what lies behind a picture."""
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
            if buffer.tell() <= LETTER_BYTES:
                return buffer.getvalue()
        width, height = (max(1, round(side * SMALLER)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)


def _master(seal: str, data: bytes) -> "Image.Image":
    """The picture at most WIDEST wide. The last one is kept: its copies are made in turn."""
    if seal not in _kept:
        _kept.clear()
        _kept[seal] = _decoded(data)
    return _kept[seal]


_kept: "dict[str, Image.Image]" = {}


def _decoded(data: bytes) -> "Image.Image":
    from PIL.Image import Resampling

    image = opened(data)
    colours = profile(image)
    # A large JPEG is decoded at a half or a quarter, where that is still wide enough.
    image.draft("RGB", (1, WIDEST) if is_sideways(image) else (WIDEST, 1))
    found = plain(image)
    if found.width > WIDEST:
        height = max(1, round(found.height * WIDEST / found.width))
        found = found.resize((WIDEST, height), Resampling.LANCZOS, reducing_gap=2.0)
    found.info = {"icc_profile": colours}
    return found


def _failed(origin: str, error: Exception) -> Problem:
    return Problem(
        "picture/failed",
        f"no smaller copy can be made of it ({type(error).__name__})",
        Where(origin),
        "save it anew, or set images.variants = []",
    )
