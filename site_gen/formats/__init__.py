"""What is published, one file per format.

A format has `plan(catalog, theme, settings)` and `render(page, theme)`, and stands in one of the
two lists below. Those of the second pass also get the pages of the first.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from site_gen.basics import digest
from site_gen.formats import (
    api,
    assets,
    atom,
    cards,
    email_edition,
    epub,
    headers,
    html,
    images,
    json_feed,
    news_sitemap,
    opml,
    redirects,
    robots,
    rss,
    search,
    security_txt,
    sitemap,
)
from site_gen.model import Catalog, Page
from site_gen.settings import Settings
from site_gen.theme.load import Theme

ALWAYS = ("assets", "images", "security_txt")
"""Formats that no setting turns off; they write nothing where there is nothing to write."""

FEEDS: dict[str, Any] = {"rss": rss, "atom": atom, "json_feed": json_feed}
FIRST: tuple[tuple[str, Any], ...] = (
    ("html", html),
    ("assets", assets),
    ("images", images),
    ("cards", cards),
    *FEEDS.items(),
    ("api", api),
    ("email", email_edition),
    ("epub", epub),
    ("search", search),
    ("security_txt", security_txt),
)
SECOND: tuple[tuple[str, Any], ...] = (
    ("sitemap", sitemap),
    ("news_sitemap", news_sitemap),
    ("robots", robots),
    ("opml", opml),
    ("headers", headers),
    ("redirects", redirects),
)
RENDERERS: dict[str, Callable[[Page, Theme], bytes]] = {
    name: module.render for name, module in (*FIRST, *SECOND)
}


def planned(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """Every output of the site: the first pass, then what is made from its pages."""
    pages: list[Page] = []
    feeds: list[Page] = []
    for name, module in FIRST:
        if _on(name, settings):
            for page in module.plan(catalog, theme, settings):
                pages.append(page)
                if page.kind == "feed":
                    feeds.append(page)
                else:
                    yield page
    yield from _side_by_side(feeds)
    first: Sequence[Page] = tuple(pages)
    for name, module in SECOND:
        if _on(name, settings):
            yield from module.plan(catalog, theme, settings, first)


def article_pages(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """The pages of articles alone."""
    if "html" in settings.formats:
        yield from html.plan_articles(catalog, theme, settings)


def article_feeds(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """The feeds alone."""
    for name, module in FEEDS.items():
        if name in settings.formats:
            yield from module.plan(catalog, theme, settings)


def plan_key(theme: Theme) -> str:
    """Digest of what a plan takes from a theme, the bytes of its assets aside."""
    return digest.of_parts(theme.key, digest.of_value(cards.colours(theme)))


def _side_by_side(feeds: list[Page]) -> list[Page]:
    """The feeds of one channel in a row: whatever their format, they hold the same."""
    return sorted(feeds, key=lambda page: page.path.rpartition("/")[0])


def _on(name: str, settings: Settings) -> bool:
    return name in ALWAYS or name in settings.formats
