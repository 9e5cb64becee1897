"""The pictures of letters: local ones only, as JPEG, no wider than a letter shows them.

Many mail programs do not support AVIF and WebP, and large pictures load slowly. A picture on
another host would tell that host who opens the mail.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from posixpath import basename, splitext

from site_gen.basics import digest, slugs
from site_gen.formats.common.links import absolute
from site_gen.formats.common.views import view
from site_gen.model import (
    Catalog,
    Edition,
    Page,
    Picture,
    StaticFile,
    Stored,
    Variant,
    View,
)

MAX_WIDTH = 1200
"""Pixels: twice the width of a letter, for sharp screens."""

MAX_DISPLAY_SIZE = (600, 700)
"""(width, height) in pixels: as wide as a letter, no higher than a screen."""

REVISION = "1"
SUPPORTED_EXTENSIONS = (".gif", ".jpg", ".jpeg", ".png")
"""Pictures that are shown without a copy if none can be made: small and animated ones."""

_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")* src="([^"]*)"(?: [a-z]+="[^"]*")*>')
_ALT = re.compile(r' alt="([^"]*)"')


class MailPictures:
    """Finds the copies of a catalog's pictures for letters."""

    def __init__(self, catalog: Catalog) -> None:
        self._known = {picture.url: picture for picture in catalog.pictures}
        self._files = {f"/{file.path}": file for file in catalog.files}

    def for_letter(self, picture: Picture) -> Picture | None:
        """The picture with its site-absolute URL and display size in letters; None if mail
        programs cannot show it."""
        variant = self._plan_copy(picture.url)
        if variant is None:
            known = self._known.get(picture.url, picture)
            if splitext(picture.url)[1].lower() not in SUPPORTED_EXTENSIONS:
                return None
            return _scaled(picture, picture.url, known.width, known.height)
        return _scaled(picture, variant.url, variant.width, variant.height)

    def _plan_copy(self, url: str) -> Variant | None:
        """None for a picture that is remote, animated or small."""
        known, file = self._known.get(url), self._files.get(url)
        if known is None or file is None or not (known.variants and known.width and known.height):
            return None
        width = min(known.width, MAX_WIDTH)
        stem = slugs.safe(splitext(basename(file.source))[0]) or "file"
        fingerprint = digest.of_parts(REVISION, file.digest, str(width), "jpeg")[:10]
        return Variant(
            url=f"/assets/{stem}-letter.{fingerprint}.jpg",
            width=width,
            height=max(1, round(known.height * width / known.width)),
            format="jpeg",
        )

    def in_note(self, html: str) -> tuple[tuple[str, Picture], ...]:
        """(URL in the note, picture for letters) of each local picture that letters can show."""
        own = (each[1] for each in _IMAGE.finditer(html) if each[1].startswith("/"))
        shown = ((url, self.for_letter(Picture(url=url))) for url in own)
        return tuple((url, picture) for url, picture in shown if picture is not None)

    def pages(self, editions: Iterable[Edition], covers: Iterable[Picture]) -> Iterator[Page]:
        """A page for each copy that the letters of `editions` show; `covers` are pictures outside
        their notes."""
        urls = [cover.url for cover in covers]
        for edition in editions:
            urls += [found[1] for found in _IMAGE.finditer(edition.note)]
        for url in dict.fromkeys(urls):
            variant = self._plan_copy(url)
            if variant is not None:
                yield _page(variant, self._files[url])


def replace_pictures(html: str, base: str, pictures: Iterable[tuple[str, Picture]]) -> str:
    """`html`, whose links are absolute, with `pictures` (see `MailPictures.in_note`) in place of
    its own. All other pictures are replaced by their alternative text."""

    def shown(found: re.Match[str]) -> str:
        alt = _ALT.search(found[0])
        words = alt[1] if alt else ""
        picture = by_address.get(found[1])
        if picture is None:
            return words
        size = ""
        if picture.width:  # in percent, so that a narrow window does not have to be that wide
            size = f' width="{picture.width}" style="width:100%;max-width:{picture.width}px"'
        return f'<img src="{escape(absolute(base, picture.url))}" alt="{words}"{size}>'

    by_address = {absolute(base, url): each for url, each in pictures}
    return _IMAGE.sub(shown, html)


def _scaled(picture: Picture, url: str, width: int | None, height: int | None) -> Picture:
    if not width or not height:
        return Picture(url=url, alt=picture.alt, local=True)
    scale = min(1.0, MAX_DISPLAY_SIZE[0] / width, MAX_DISPLAY_SIZE[1] / height)
    shown, tall = (max(1, round(side * scale)) for side in (width, height))
    return Picture(url=url, width=shown, height=tall, alt=picture.alt, local=True)


def _page(variant: Variant, file: StaticFile) -> Page:
    stored = Stored(part="file", path=file.source, digest=file.digest)
    return Page(
        path=variant.url.lstrip("/"),
        format="images",
        kind="file",
        views={"file": View(digest=file.digest, value=stored), "variant": view(variant)},
        origin=f"content/{file.source}",
    )
