"""The news sitemap (Google): the newest article, and those of the two days before it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import islice, takewhile

from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute
from site_gen.formats.common.publishable import is_visible
from site_gen.formats.common.text import legal_xml
from site_gen.formats.common.views import view
from site_gen.formats.deploy.sitemap import NAMESPACE
from site_gen.model import Card, Catalog, Page, Record
from site_gen.settings import Settings

FILE = "news-sitemap.xml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
WINDOW = timedelta(days=2)
LIMIT = 1000
CHINESE_CODES = {"zh-hans": "zh-cn", "zh-cn": "zh-cn", "zh-hant": "zh-tw", "zh-tw": "zh-tw"}


class Item(Record, frozen=True, kw_only=True):
    """An article; `language` is an ISO 639 code, as Google's extension requires."""

    url: str
    title: str
    published: datetime
    language: str


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`news-sitemap.xml`, empty if no article has a listed page; nothing with `noindex`."""
    if settings.noindex:
        return
    listed = {page.permalink for page in pages if page.listed}
    cards = (article.card for article in catalog.articles)
    public = (c for c in cards if c.permalink in listed and is_visible(c))
    ours = (c for c in public if c.has_page and c.canonical == "self")
    items = tuple(_item(card, settings) for card in _recent(ours))
    yield Page(
        path=FILE,
        format="news_sitemap",
        kind="sitemap",
        views={"items": view(items), "name": view(settings.publisher.name or settings.title)},
        lastmod=max((item.published for item in items), default=None),
        origin="the news sitemap",
    )


def render(page: Page, theme: object) -> bytes:
    """The XML document in UTF-8."""
    name = escape(legal_xml(page.views["name"].value), quote=False)
    head = f'<urlset xmlns="{NAMESPACE}" xmlns:news="{NEWS}">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head]
    lines += [_item_xml(item, name) for item in page.views["items"].value]
    return "\n".join([*lines, "</urlset>\n"]).encode()


def _recent(cards: Iterator[Card]) -> list[Card]:
    """The first of `cards` (newest first) and those within WINDOW of it. Counted from the newest,
    as a build does not read the clock."""
    newest = next(cards, None)
    if newest is None:
        return []
    start = newest.date - WINDOW
    return [newest, *islice(takewhile(lambda card: card.date >= start, cards), LIMIT - 1)]


def _item(card: Card, settings: Settings) -> Item:
    return Item(
        url=absolute(settings.base, card.permalink),
        title=legal_xml(card.title),
        published=card.date,
        language=_language_code(card.language or settings.language),
    )


def _language_code(tag: str) -> str:
    tag = tag.lower()
    return CHINESE_CODES.get(tag) or tag.partition("-")[0]


def _item_xml(item: Item, name: str) -> str:
    about = (
        f"<news:publication><news:name>{name}</news:name>"
        f"<news:language>{escape(item.language, quote=False)}</news:language></news:publication>"
        f"<news:publication_date>{iso(item.published)}</news:publication_date>"
        f"<news:title>{escape(item.title, quote=False)}</news:title>"
    )
    return f"<url><loc>{escape(item.url, quote=False)}</loc><news:news>{about}</news:news></url>"
