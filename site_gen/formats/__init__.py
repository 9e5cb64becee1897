"""What is published, one file per format.

In: the catalog, a theme, settings. Out: planned pages, and the bytes of each.
May import: theme, permalinks and below; never read, arrange or convert.

A format has `plan(catalog, theme, settings)` and `render(page, theme)`, and stands in one of the
two lists below. Those of the second pass also get the pages of the first.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from site_gen.basics import digest
from site_gen.formats.images.share_cards import colours
from site_gen.model import Catalog, Page
from site_gen.settings import Settings
from site_gen.theme.load import Theme

ALWAYS = ("assets", "images", "security_txt")
"""Formats that no setting turns off; they write nothing where there is nothing to write."""

FEEDS = ("rss", "atom", "json_feed")
FIRST = (
    *("html", "assets", "images", "cards", *FEEDS),
    *("api", "email", "epub", "search", "security_txt"),
)
SECOND = ("sitemap", "news_sitemap", "robots", "opml", "headers", "redirects")

_MODULES = {
    "html": "html.pages",
    "images": "images.resized",
    "cards": "images.share_cards",
    "rss": "feeds.rss",
    "atom": "feeds.atom",
    "json_feed": "feeds.json_feed",
    "opml": "feeds.opml",
    "api": "api.endpoints",
    "email": "mail.letter",
    "epub": "epub.book",
    "search": "search.index",
    "security_txt": "deploy.security_txt",
    "sitemap": "deploy.sitemap",
    "news_sitemap": "deploy.news_sitemap",
    "robots": "deploy.robots",
    "headers": "deploy.headers",
    "redirects": "deploy.redirects",
}


@cache
def module(name: str) -> Any:
    """The module of a format; imported when it is asked for, as an edited page needs one alone."""
    return import_module(f"site_gen.formats.{_MODULES.get(name, name)}")


def render(page: Page, theme: Theme) -> bytes:
    """The bytes of a page, by its format."""
    data: bytes = module(page.format).render(page, theme)
    return data


def planned(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """Every output of the site: the first pass, then what is made from its pages."""
    pages: list[Page] = []
    feeds: list[Page] = []
    for name in FIRST:
        if _on(name, settings):
            for page in module(name).plan(catalog, theme, settings):
                pages.append(page)
                if page.kind == "feed":
                    feeds.append(page)
                else:
                    yield page
    yield from _side_by_side(feeds)
    first: Sequence[Page] = tuple(pages)
    for name in SECOND:
        if _on(name, settings):
            yield from module(name).plan(catalog, theme, settings, first)


def article_pages(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """The pages of articles alone."""
    if "html" in settings.formats:
        yield from module("html").plan_articles(catalog, theme, settings)


def article_feeds(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """The feeds alone."""
    for name in FEEDS:
        if name in settings.formats:
            yield from module(name).plan(catalog, theme, settings)


def plan_key(theme: Theme) -> str:
    """Digest of what a plan takes from a theme, the bytes of its assets aside."""
    return digest.of_parts(theme.key, digest.of_value(colours(theme)))


def _side_by_side(feeds: list[Page]) -> list[Page]:
    """The feeds of one channel in a row: whatever their format, they hold the same."""
    return sorted(feeds, key=lambda page: page.path.rpartition("/")[0])


def _on(name: str, settings: Settings) -> bool:
    return name in ALWAYS or name in settings.formats
