"""The sitemap (sitemaps.org 0.9): every listed page. A large site has a file for each month.

Pages are grouped by the month of their last change, so that a new page changes one file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from operator import itemgetter

from site_gen.basics import digest
from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute
from site_gen.formats.common.text import legal_xml
from site_gen.formats.common.views import view
from site_gen.memo.archive import special_articles
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

FILE = "sitemap.xml"
MAX_SINGLE = 1_000
"""The number of URLs up to which a site has one file."""

MAX_PER_FILE = 50_000
"""The maximum number of URLs in a file (sitemaps.org)."""

_NO_MONTH = (9999, 13)
"""The month of pages without a date, sorted after all others."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


SitemapEntry = tuple[str, datetime | None]
"""(site-absolute URL, date of the last change)."""


def taken(catalog: Catalog) -> str:
    """A digest of everything that `plan` uses of the catalog."""
    return digest.of_parts(*sorted(_unlisted_permalinks(catalog)))


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`sitemap.xml`; for a large site an index there, and files such as `sitemap-2026-11.xml`, by
    the month of the last change. Nothing with `noindex`."""
    if settings.noindex:
        return
    places = _entries(catalog, pages)
    if len(places) <= MAX_SINGLE:
        yield _page(FILE, "urlset", places, settings)
        return
    index: list[SitemapEntry] = []
    for name, part in _by_month(places):
        page = _page(name, "urlset", part, settings)
        index.append((f"/{name}", page.lastmod))
        yield page
    yield _page(FILE, "sitemapindex", tuple(index), settings)


def render(page: Page, theme: object) -> bytes:
    """The XML document in UTF-8."""
    root = page.views["root"].value
    element = "url" if root == "urlset" else "sitemap"
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{NAMESPACE}">']
    for address, lastmod in page.views["places"].value:
        changed = f"<lastmod>{iso(lastmod)}</lastmod>" if lastmod else ""
        url = escape(legal_xml(absolute(page.views["base"].value, address)), quote=False)
        lines.append(f"<{element}><loc>{url}</loc>{changed}</{element}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode()


def _page(path: str, root: str, places: tuple[SitemapEntry, ...], settings: Settings) -> Page:
    return Page(
        path=path,
        format="sitemap",
        kind="sitemap",
        views={"root": view(root), "base": view(settings.base), "places": view(places)},
        lastmod=_newest_change(places),
        origin="the sitemap",
    )


def _entries(catalog: Catalog, pages: Sequence[Page]) -> tuple[SitemapEntry, ...]:
    """The listed pages that are public and have no canonical URL elsewhere, sorted by URL."""
    hidden = _unlisted_permalinks(catalog)
    chosen = [(p.permalink, p.lastmod) for p in pages if p.listed and p.permalink not in hidden]
    chosen.sort(key=itemgetter(0))
    return tuple(chosen)


def _unlisted_permalinks(catalog: Catalog) -> set[str]:
    return {
        article.card.permalink
        for article in special_articles(catalog.articles)
        if article.card.draft or article.card.future or article.card.canonical == "original"
    }


def _by_month(places: tuple[SitemapEntry, ...]) -> Iterator[tuple[str, tuple[SitemapEntry, ...]]]:
    """(file name, entries) of each file, the oldest month first."""
    months: dict[tuple[int, int], list[SitemapEntry]] = {}
    for place in places:
        moment = place[1]
        month = (moment.year, moment.month) if moment else _NO_MONTH
        months.setdefault(month, []).append(place)
    for month, found in sorted(months.items()):
        name = "undated" if month == _NO_MONTH else "{}-{:02}".format(*month)
        for start in range(0, len(found), MAX_PER_FILE):
            number = f"-{start // MAX_PER_FILE + 1}" if start else ""
            yield f"sitemap-{name}{number}.xml", tuple(found[start : start + MAX_PER_FILE])


def _newest_change(places: tuple[SitemapEntry, ...]) -> datetime | None:
    return max(filter(None, map(itemgetter(1), places)), default=None)
