"""robots.txt (RFC 9309): allows everything, and names the sitemaps."""

from collections.abc import Iterator, Sequence

from site_gen.formats.common.views import view
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

SITEMAPS = {"sitemap": "/sitemap.xml", "news_sitemap": "/news-sitemap.xml"}


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`robots.txt`; with `noindex` it forbids everything and names no sitemap."""
    maps = [settings.base + path for name, path in SITEMAPS.items() if name in settings.formats]
    yield Page(
        path="robots.txt",
        format="robots",
        kind="robots",
        views={
            "noindex": view(settings.noindex),
            "maps": view(() if settings.noindex else tuple(maps)),
        },
        origin="robots.txt",
    )


def render(page: Page, theme: object) -> bytes:
    """The file in UTF-8."""
    if page.views["noindex"].value:
        return b"User-agent: *\nDisallow: /\n"
    maps = "".join(f"Sitemap: {url}\n" for url in page.views["maps"].value)
    return f"User-agent: *\nDisallow:\n{maps}".encode()
