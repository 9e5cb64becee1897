"""The site map (sitemaps.org 0.9): every page a person visits; of a large site a file a month.

What is new comes under the month of its date: the files of other months stay as they are.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from operator import itemgetter

from site_gen.basics import digest
from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute
from site_gen.formats.common.text import legal
from site_gen.formats.common.views import view
from site_gen.memo.archive import unusual
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

FILE = "sitemap.xml"
SMALL = 1_000
"""URLs up to which a site has one file."""

LIMIT = 50_000
"""URLs a file may hold (sitemaps.org)."""

_NEVER = (9999, 13)
"""The month of pages without a date: after all others."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


Place = tuple[str, datetime | None]
"""Of one line: site-absolute address, moment of the last change."""


def taken(catalog: Catalog) -> str:
    """Digest of all that the plan takes from the catalog."""
    return digest.of_parts(*sorted(_hidden(catalog)))


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`sitemap.xml`, or an index there and `sitemap-2026-11.xml` ... beside it, by the month of
    the last change; nothing when noindex."""
    if settings.noindex:
        return
    places = _places(catalog, pages)
    if len(places) <= SMALL:
        yield _page(FILE, "urlset", places, settings)
        return
    index: list[Place] = []
    for name, part in _by_month(places):
        page = _page(name, "urlset", part, settings)
        index.append((f"/{name}", page.lastmod))
        yield page
    yield _page(FILE, "sitemapindex", tuple(index), settings)


def render(page: Page, theme: object) -> bytes:
    """The XML document, in UTF-8."""
    root = page.views["root"].value
    element = "url" if root == "urlset" else "sitemap"
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{NAMESPACE}">']
    for address, lastmod in page.views["places"].value:
        changed = f"<lastmod>{iso(lastmod)}</lastmod>" if lastmod else ""
        url = escape(legal(absolute(page.views["base"].value, address)), quote=False)
        lines.append(f"<{element}><loc>{url}</loc>{changed}</{element}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode()


def _page(path: str, root: str, places: tuple[Place, ...], settings: Settings) -> Page:
    return Page(
        path=path,
        format="sitemap",
        kind="sitemap",
        views={"root": view(root), "base": view(settings.base), "places": view(places)},
        lastmod=_newest(places),
        origin="the site map",
    )


def _places(catalog: Catalog, pages: Sequence[Page]) -> tuple[Place, ...]:
    """Listed pages by address. What has its canonical elsewhere, or is not public, stays out."""
    hidden = _hidden(catalog)
    chosen = [(p.permalink, p.lastmod) for p in pages if p.listed and p.permalink not in hidden]
    chosen.sort(key=itemgetter(0))
    return tuple(chosen)


def _hidden(catalog: Catalog) -> set[str]:
    return {
        article.card.permalink
        for article in unusual(catalog.articles)
        if article.card.draft or article.card.future or article.card.canonical == "original"
    }


def _by_month(places: tuple[Place, ...]) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """(name of a file, its lines), the oldest month first."""
    months: dict[tuple[int, int], list[Place]] = {}
    for place in places:
        moment = place[1]
        month = (moment.year, moment.month) if moment else _NEVER
        months.setdefault(month, []).append(place)
    for month, found in sorted(months.items()):
        name = "undated" if month == _NEVER else "{}-{:02}".format(*month)
        for start in range(0, len(found), LIMIT):
            number = f"-{start // LIMIT + 1}" if start else ""
            yield f"sitemap-{name}{number}.xml", tuple(found[start : start + LIMIT])


def _newest(places: tuple[Place, ...]) -> datetime | None:
    return max(filter(None, map(itemgetter(1), places)), default=None)
