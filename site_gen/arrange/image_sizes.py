"""Sizes of local pictures: which smaller copies are published."""

from collections.abc import Iterator, Mapping
from posixpath import basename, splitext

from site_gen.basics import digest, slugs
from site_gen.model import ACTIVE_DRAWING, ImageFormat, LocalLink, Picture, PictureFile, Variant
from site_gen.problems import Problem, Where, shown

WIDTHS = (480, 960, 1600)
"""For a phone, a column on a sharp screen, a whole page; never wider than the picture."""

NEAR = 0.8
"""A width this close to the picture's own is left out."""

REVISION = "1"
"""Part of the fingerprint: raise it when copies are made differently."""


def published(
    target: str, url: str, file_digest: str, found: PictureFile, wanted: tuple[ImageFormat, ...]
) -> Picture:
    """The file `target`, whose bytes have the digest `file_digest`, at `url`."""
    return Picture(
        url=url,
        width=found.width or None,
        height=found.height or None,
        local=True,
        variants=tuple(
            _variant(target, file_digest, found, width, form)
            for form in wanted
            if form in found.formats
            for width in widths(found.width)
        ),
    )


def widths(width: int) -> tuple[int, ...]:
    """The widths of the copies of a picture `width` pixels wide: the widest is its own."""
    own = min(width, WIDTHS[-1])
    return (*(w for w in WIDTHS if w <= own * NEAR), own)


def _variant(
    target: str, file_digest: str, found: PictureFile, width: int, form: ImageFormat
) -> Variant:
    fingerprint = digest.of_parts(REVISION, file_digest, str(width), form)[:10]
    stem = slugs.safe(splitext(basename(target))[0]) or "file"
    return Variant(
        url=f"/assets/{stem}-{width}.{fingerprint}.{form}",
        width=width,
        height=max(1, round(found.height * width / found.width)),
        format=form,
    )


def in_content(target: str) -> str:
    """A path as `content/` has it; one may be written from the top of the site."""
    return target.strip("/")


def problems(
    links: tuple[LocalLink, ...], path: str, measured: Mapping[str, PictureFile]
) -> Iterator[Problem]:
    """Problems of the pictures in the content file `path`."""
    for link in links:
        found = measured.get(in_content(link.target))
        if link.image and found and found.code not in ("", ACTIVE_DRAWING):
            yield Problem(
                f"picture/{found.code}",
                f"the picture {shown(link.target)} {found.fault}",
                Where(f"content/{path}", link.line),
                found.cure,
                "warning",
            )
