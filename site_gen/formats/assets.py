"""Copied files: the theme's assets, `content/static/`, and files that articles refer to. Pictures
of articles lose their metadata."""

from collections.abc import Iterator

from site_gen.basics import digest
from site_gen.formats.common.remarked import BytesWithWarnings
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.deploy.own_files import FORMATS_BY_PATH
from site_gen.formats.images.metadata import remove_metadata
from site_gen.model import Catalog, Page, Stored, View
from site_gen.problems import Problem, Where
from site_gen.settings import Settings
from site_gen.theme.load import Theme

STATIC_FOLDER = "static/"
"""The folder of `content/` whose files are copied byte for byte."""


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """One unit for the theme's files, one for those of the content."""
    own = [(name, asset.digest, asset.url) for name, asset in theme.assets.items()]
    yield Unit("theme", lambda: digest.of_value(own), lambda: theme_pages(theme))
    yield Unit(
        "content", lambda: digest.of_value(catalog.files), lambda: _content_pages(catalog, settings)
    )


def _content_pages(catalog: Catalog, settings: Settings) -> Iterator[Page]:
    for file in catalog.files:
        if FORMATS_BY_PATH.get(file.path) in settings.formats:
            continue
        stored = Stored(part="file", path=file.source, digest=file.digest)
        views = {"file": View(digest=file.digest, value=stored)}
        if settings.images.metadata == "remove" and not file.source.startswith(STATIC_FOLDER):
            views["metadata"] = view("remove")
        yield Page(
            path=file.path,
            format="assets",
            kind="file",
            views=views,
            origin=f"content/{file.source}",
        )


def theme_pages(theme: Theme) -> Iterator[Page]:
    """A page for each asset of the theme."""
    for name, asset in theme.assets.items():
        named = View(digest=asset.digest, value=name)
        yield Page(
            path=asset.url.lstrip("/"),
            format="assets",
            kind="asset",
            views={"asset": named},
            origin=asset.shown,
        )


def render(page: Page, theme: Theme) -> bytes:
    """The bytes of the file, with a warning if metadata could not be removed from a picture."""
    if "asset" in page.views:
        return theme.asset_bytes(page.views["asset"].value)
    data: bytes = page.views["file"].value
    if "metadata" not in page.views:
        return data
    cleaned = remove_metadata(data, page.path)
    return BytesWithWarnings(data, (_kept_metadata(page),)) if cleaned is None else cleaned


def _kept_metadata(page: Page) -> Problem:
    return Problem(
        "picture/metadata",
        "the metadata of this picture cannot be removed: it is damaged or of an unknown structure",
        Where(page.origin),
        'save it anew as JPEG, PNG or WebP; or set `metadata = "keep"` under [images] if it may be '
        "published as it is",
        "warning",
    )
