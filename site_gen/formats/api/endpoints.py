"""The JSON API: static files in the shape of everyday.cc's, for programs that read the digest.

Everything hangs under `/api/`. Articles keep the keys of their front matter, camelCase; none
of it is more than their rights allow, and bodies are not in it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from site_gen import permalinks
from site_gen.formats.api.article import article_data, known, plain
from site_gen.formats.common.links import absolute, absolute_html
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal
from site_gen.formats.common.views import articles_view, view
from site_gen.formats.common.visible import has_something, visible
from site_gen.model import ArticleRef, Card, Catalog, Edition, Noun, Page, View
from site_gen.settings import PAGE_SIZE, Settings

FILE = "index.json"
NEWS = "/api/news/"
EDITIONS = "/api/editions/"


class Frame(Noun, frozen=True, kw_only=True):
    """What stands around the articles of one document; every URL is absolute.

    newer, older   the neighbouring pages of a list
    """

    base: str
    remote: bool
    page: int = 0
    newer: str = ""
    older: str = ""
    edition: dict[str, Any] | None = None


def plan(catalog: Catalog, theme: object, settings: Settings) -> Iterator[Page]:
    """The news, newest first and in pages; each topic likewise; each edition; two indexes."""
    refs = {article.card.id: article for article in catalog.articles}
    cards = tuple(article.card for article in catalog.articles)
    yield from _lists(NEWS, "the news", cards, refs, settings)
    for topic in catalog.topics:
        folder = f"{NEWS}{topic.ref.slug}/"
        yield from _lists(folder, f"topic {topic.ref.name}", topic.cards, refs, settings)
    editions = tuple(e for e in catalog.editions if e.ref.id and has_something(e))
    for edition in editions:
        yield _edition(edition, refs, settings)
    yield _index(catalog, editions, settings)
    yield _edition_index(editions, settings)


def render(page: Page, theme: object) -> bytes:
    """The document in UTF-8; its key order is fixed."""
    if "data" in page.views:
        return _encoded(page.views["data"].value)
    frame: Frame = page.views["frame"].value
    articles = page.views["articles"].value
    value = [article_data(article, frame.base, remote=frame.remote) for article in articles]
    if frame.edition:
        return _encoded({**frame.edition, "value": value})
    around = known(page=frame.page, newer=frame.newer, older=frame.older)
    return _encoded({**around, "value": value})


def _lists(
    folder: str,
    origin: str,
    cards: Sequence[Card],
    refs: dict[str, ArticleRef],
    settings: Settings,
) -> Iterator[Page]:
    """Pages of a list, numbered from the oldest: a full page changes with its articles only."""
    shown = visible(cards)[::-1]
    parts = [shown[at : at + PAGE_SIZE] for at in range(0, len(shown), PAGE_SIZE)] or [()]
    total = len(parts)

    def address(number: int) -> str:
        own = permalinks.list_page(folder, number, total)
        return absolute(settings.base, own + FILE) if 1 <= number <= total else ""

    for number, part in enumerate(parts, 1):
        frame = Frame(
            base=settings.base,
            remote=settings.images.remote == "link",
            page=number,
            newer=address(number + 1),
            older=address(number - 1),
        )
        own = permalinks.list_page(folder, number, total)
        chosen = [refs[card.id] for card in reversed(part)]
        yield _page(own, {"frame": view(frame), "articles": articles_view(chosen)}, origin)


def _edition(edition: Edition, refs: dict[str, ArticleRef], settings: Settings) -> Page:
    frame = Frame(
        base=settings.base,
        remote=settings.images.remote == "link",
        edition={**_edition_data(edition, settings), **_note(edition, settings)},
    )
    chosen = [refs[card.id] for card in visible(edition.cards)]
    folder = f"{EDITIONS}{edition.ref.id}/"
    views = {"frame": view(frame), "articles": articles_view(chosen)}
    return _page(folder, views, f"edition {edition.ref.id}")


def _edition_index(editions: tuple[Edition, ...], settings: Settings) -> Page:
    data = {"value": [_edition_data(edition, settings) for edition in editions]}
    return _page(EDITIONS, {"data": view(data)}, "the editions")


def _index(catalog: Catalog, editions: tuple[Edition, ...], settings: Settings) -> Page:
    """Where to start: the site, and the address of every list."""
    site = site_view(settings)
    topics = [
        {"name": t.ref.name, "url": absolute(settings.base, f"{NEWS}{t.ref.slug}/{FILE}")}
        for t in catalog.topics
    ]
    data = known(
        title=site.title,
        description=site.description,
        language=site.language,
        url=f"{site.base_url}/",
        news=absolute(site.base_url, NEWS + FILE),
        editions=absolute(site.base_url, EDITIONS + FILE),
        topics=topics,
    )
    return _page("/api/", {"data": view(plain(data))}, "the API")


def _edition_data(edition: Edition, settings: Settings) -> dict[str, Any]:
    ref = edition.ref
    data = known(
        id=ref.id,
        number=ref.number,
        title=ref.title,
        first=ref.first.isoformat(),
        last=ref.last.isoformat(),
        closed=ref.closed,
        count=len(visible(edition.cards)),
        url=absolute(settings.base, ref.permalink),
        api=absolute(settings.base, f"{EDITIONS}{ref.id}/{FILE}"),
    )
    found: dict[str, Any] = plain(data)
    return found


def _note(edition: Edition, settings: Settings) -> dict[str, str]:
    """The text of its note as HTML, whole: our own words, which may be the issue itself."""
    url = absolute(settings.base, edition.ref.permalink)
    return known(note=legal(absolute_html(edition.note, settings.base, url)))


def _page(folder: str, views: dict[str, View], origin: str) -> Page:
    path = folder.lstrip("/") + FILE
    return Page(path=path, format="api", kind="api", views=views, origin=f"{origin} in the API")


def _encoded(data: Any) -> bytes:
    return legal(json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
