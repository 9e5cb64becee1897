"""The web app manifest (W3C) and its icons, used when a reader installs the site.

The icon is the theme's `icon.png`, else a drawing of the first letter of the site's title.
"""

import json
import struct
from collections.abc import Iterator

from site_gen.basics import digest
from site_gen.formats.common.site import direction
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.images.icon_drawing import REVISION, draw_icon
from site_gen.formats.images.share_cards import theme_colours
from site_gen.model import Catalog, Page, Record
from site_gen.settings import Settings
from site_gen.theme.load import Theme

PATH = "manifest.webmanifest"
THEME_ICON = "icon.png"
"""The asset of a theme, or of `themes/overrides/`, that replaces the drawn icon."""

SIZES = (192, 512)
"""Sizes in pixels that browsers want. The smaller one is also the icon of pages."""


class Icon(Record, frozen=True, kw_only=True):
    """An icon: its site-absolute path, its size in pixels, the letter to draw.

    letter  None for an asset of the theme; "" for a title without a letter
    """

    url: str
    size: int
    letter: str | None = None


def icons(theme: Theme, settings: Settings) -> tuple[Icon, ...]:
    """The icons of the site, the smallest first; none if the format is off."""
    if "manifest" not in settings.formats or "html" not in settings.formats:
        return ()
    own = theme.assets.get(THEME_ICON)
    if own and (size := _png_width(own.data)):
        return (Icon(url=own.url, size=size),)
    letter = settings.title.strip()[:1].upper()
    fingerprint = digest.of_parts(REVISION, letter, digest.of_value(theme_colours(theme)))[:10]
    return tuple(
        Icon(url=f"/assets/icon-{size}.{fingerprint}.png", size=size, letter=letter)
        for size in SIZES
    )


def _png_width(data: bytes) -> int:
    """The width of a PNG in pixels, from its IHDR chunk; 0 if `data` is no PNG."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return 0
    return int(struct.unpack_from(">L", data, 16)[0])


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit of the manifest and the drawn icons."""
    found = icons(theme, settings)
    yield Unit("", lambda: digest.of_value(found), lambda: _pages(found, theme, settings))


def _pages(found: tuple[Icon, ...], theme: Theme, settings: Settings) -> Iterator[Page]:
    if not found:
        return
    own, views = "the title of the site", {"manifest": view(_manifest(found, theme, settings))}
    yield Page(path=PATH, format="manifest", kind="manifest", views=views, origin=own)
    for icon in found:
        if icon.letter is not None:
            views = {"icon": view((icon.size, icon.letter, theme_colours(theme)))}
            path = icon.url.lstrip("/")
            yield Page(path=path, format="manifest", kind="file", views=views, origin=own)


def _manifest(found: tuple[Icon, ...], theme: Theme, settings: Settings) -> dict[str, object]:
    paper, home = theme_colours(theme).paper, f"{settings.root}/"
    return {
        "id": home,
        "name": settings.title,
        "short_name": settings.title,
        **({"description": settings.description} if settings.description else {}),
        "lang": settings.language,
        "dir": direction(settings.language),
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {
                "src": settings.root + icon.url,
                "sizes": f"{icon.size}x{icon.size}",
                "type": "image/png",
            }
            for icon in found
        ],
    }


def render(page: Page, theme: Theme) -> bytes:
    """The manifest as JSON in UTF-8, or an icon as PNG."""
    if "manifest" in page.views:
        text = json.dumps(page.views["manifest"].value, ensure_ascii=False, indent=1)
        return f"{text}\n".encode()
    size, letter, found = page.views["icon"].value
    return draw_icon(size, letter, found)
