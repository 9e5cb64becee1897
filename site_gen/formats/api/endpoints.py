"""The JSON API: static files under `/api/`, in the format of everyday.cc's API.

Articles keep the camelCase keys of their front matter, as far as their rights allow. Lists contain
cards, the document of an edition whole articles. Bodies are in documents of their own, which a
setting turns on.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from site_gen.basics import digest
from site_gen.basics.dates import iso
from site_gen.formats.api.article import article_data, card_data, picture_data, without_missing
from site_gen.formats.common import paging
from site_gen.formats.common.contents import contents
from site_gen.formats.common.links import absolute, absolute_html
from site_gen.formats.common.publishable import (
    has_content,
    is_visible,
    reader_url,
    shows_body,
    source_name,
    visible_cards,
)
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import encode_json
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import articles_view, bodies_view, cards_view, view
from site_gen.memo.archive import cards_of
from site_gen.model import ArticleRef, Card, Catalog, Edition, Page, Record, View
from site_gen.settings import Settings

FILE = "index.json"
BODIES = "bodies.json"
NEWS = "/api/news/"
EDITIONS = "/api/editions/"


class BodyOwner(Record, frozen=True, kw_only=True):
    """The guid and absolute URL of an article whose body is in a document of bodies."""

    guid: str
    url: str


class DocumentFrame(Record, frozen=True, kw_only=True):
    """The content of a document beside its articles; every URL is absolute.

    remote         whether pictures on other hosts may be included
    related        how much of related articles is included, as in `[api]`
    extra          unknown keys of front matter to publish (`api.extra`)
    newer, older   URLs of the neighbouring pages of a list
    note           the edition's note as its page shows it; `render` makes its URLs absolute
    covered        guid of a story's first article -> other articles on the same event
    """

    base: str
    remote: bool
    related: str = "short"
    extra: tuple[str, ...] = ()
    page: int = 0
    newer: str = ""
    older: str = ""
    edition: dict[str, Any] | None = None
    note: str = ""
    covered: dict[str, list[dict[str, Any]]] | None = None


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit for the news and for each topic (in pages, newest first), for each edition, and for
    the two indexes."""
    cards = cards_of(catalog.articles)
    lists = [(NEWS, "the news", cards)]
    lists += [(f"{NEWS}{t.ref.slug}/", f"topic {t.ref.name}", t.cards) for t in catalog.topics]
    for folder, origin, own in lists:
        own_digest = partial(digests.cards, own)
        yield Unit(
            folder, own_digest, partial(_list_pages, folder, origin, own, digests.refs, settings)
        )
    editions = tuple(e for e in catalog.editions if e.ref.id and has_content(e))
    for edition in editions:
        own_digest = partial(_edition_digest, edition, digests)
        yield Unit(
            edition.ref.id, own_digest, partial(_edition_pages, edition, digests.refs, settings)
        )
    yield Unit("", lambda: digests.frame, lambda: _index_pages(catalog, editions, settings))


def _edition_digest(edition: Edition, digests: Digests) -> str:
    return digest.of_parts(digests.edition(edition), digests.articles(edition.cards))


def _index_pages(
    catalog: Catalog, editions: tuple[Edition, ...], settings: Settings
) -> Iterator[Page]:
    yield _index_page(catalog, editions, settings)
    yield _edition_index_page(editions, settings)


def render(page: Page, theme: object) -> bytes:
    """The JSON document in UTF-8; its key order is fixed."""
    if "data" in page.views:
        return _encode_document(page.views["data"].value)
    frame: DocumentFrame = page.views["frame"].value
    if "bodies" in page.views:
        texts = zip(page.views["texts"].value, page.views["bodies"].value, strict=True)
        whole = [without_missing(guid=text.guid, url=text.url,
                       html=absolute_html(body, frame.base, text.url))
                 for text, body in texts]  # fmt: skip
        return _encode_document({**(frame.edition or {}), "value": whole})
    if "articles" in page.views:
        articles = page.views["articles"].value
        value = [
            article_data(
                article,
                frame.base,
                remote=frame.remote,
                related=frame.related,
                extra=frame.extra,
            )
            | without_missing(alsoCoveredBy=(frame.covered or {}).get(article.card.guid, []))
            for article in articles
        ]
        return _encode_document({**_edition_with_note(frame), "value": value})
    cards = page.views["cards"].value
    value = [card_data(card, frame.base, remote=frame.remote) for card in cards]
    around = without_missing(page=frame.page, newer=frame.newer, older=frame.older)
    return _encode_document({**around, "value": value})


def _list_pages(
    folder: str,
    origin: str,
    cards: Sequence[Card],
    refs: Mapping[str, ArticleRef],
    settings: Settings,
) -> Iterator[Page]:
    """The pages of a list. As in HTML, a full page changes only with its articles."""
    for own, pager, part in paging.split_pages(folder, visible_cards(cards)):
        frame = DocumentFrame(
            base=settings.base,
            remote=settings.images.remote == "link",
            page=pager.number,
            newer=absolute(settings.base, pager.newer + FILE) if pager.newer else "",
            older=absolute(settings.base, pager.older + FILE) if pager.older else "",
        )
        chosen = [refs[card.id] for card in part]
        yield _page(own, {"frame": view(frame), "cards": cards_view(chosen)}, origin)


def _edition_pages(
    edition: Edition, refs: Mapping[str, ArticleRef], settings: Settings
) -> Iterator[Page]:
    """The document with an edition's articles, and with `api.bodies` that with their bodies."""
    frame = DocumentFrame(
        base=settings.base,
        remote=settings.images.remote == "link",
        related=settings.api.related,
        extra=settings.api.extra,
        edition={
            **_edition_data(edition, settings),
            **without_missing(sections=_sections_data(edition, settings)),
            **without_missing(corrections=_corrections_data(edition, settings)),
        },
        note=edition.note,
        covered=_also_covered(edition, settings),
    )
    chosen = [refs[card.id] for card in visible_cards(edition.cards)]
    folder = f"{EDITIONS}{edition.ref.id}/"
    views = {"frame": view(frame), "articles": articles_view(chosen)}
    yield _page(folder, views, f"edition {edition.ref.id}")
    if settings.api.bodies:
        yield _bodies_page(edition, refs, settings)


def _bodies_page(edition: Edition, refs: Mapping[str, ArticleRef], settings: Settings) -> Page:
    """The document with the bodies that may be shown, in the edition's order."""
    ref = edition.ref
    frame = DocumentFrame(
        base=settings.base,
        remote=settings.images.remote == "link",
        edition=without_missing(id=ref.id, url=absolute(settings.base, ref.permalink)),
    )
    cards = [card for card in visible_cards(edition.cards) if shows_body(card)]
    texts = tuple(
        BodyOwner(guid=card.guid, url=absolute(settings.base, reader_url(card, settings)))
        for card in cards
    )
    views = {
        "frame": view(frame),
        "texts": view(texts),
        "bodies": bodies_view(refs[card.id] for card in cards),
    }
    return _page(f"{EDITIONS}{ref.id}/", views, f"edition {ref.id}", BODIES)


def _edition_index_page(editions: tuple[Edition, ...], settings: Settings) -> Page:
    data = {"value": [_edition_data(edition, settings) for edition in editions]}
    return _page(EDITIONS, {"data": view(data)}, "the editions")


def _index_page(catalog: Catalog, editions: tuple[Edition, ...], settings: Settings) -> Page:
    """The entry point: the site's data and the URL of every list."""
    site = site_view(settings)
    topics = [
        {"name": t.ref.name, "url": absolute(settings.base, f"{NEWS}{t.ref.slug}/{FILE}")}
        for t in sorted(catalog.topics, key=lambda topic: topic.ref.slug)
    ]
    data = without_missing(
        title=site.title,
        description=site.description,
        language=site.language,
        url=f"{site.base_url}/",
        news=absolute(site.base_url, NEWS + FILE),
        editions=absolute(site.base_url, EDITIONS + FILE),
        topics=topics,
    )
    return _page("/api/", {"data": view(data)}, "the API")


def _edition_data(edition: Edition, settings: Settings) -> dict[str, Any]:
    ref = edition.ref
    folder = absolute(settings.base, f"{EDITIONS}{ref.id}/")
    return without_missing(
        id=ref.id,
        number=ref.number,
        title=ref.title,
        excerpt=edition.excerpt,
        authors=[
            without_missing(
                name=a.name, url=absolute(settings.base, a.permalink) if a.permalink else ""
            )
            for a in edition.authors
        ],
        images=_edition_images(edition, settings),
        first=ref.first.isoformat(),
        last=ref.last.isoformat(),
        closed=ref.closed,
        count=len(visible_cards(edition.cards)),
        url=absolute(settings.base, ref.permalink),
        api=folder + FILE,
        bodies=folder + BODIES if settings.api.bodies else "",
    )


def _edition_images(edition: Edition, settings: Settings) -> list[dict[str, Any]]:
    """The picture of the edition's note, unless it is on another host and settings forbid those."""
    image = edition.image
    shown = image and image.url and (image.local or settings.images.remote == "link")
    return [picture_data(image, settings.base)] if image and shown else []


def _also_covered(edition: Edition, settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """Guid of a story's first article -> the other articles on the same event."""
    return {
        story.card.guid: [
            without_missing(
                guid=each.guid,
                name=source_name(each),
                title=each.title,
                url=absolute(settings.base, reader_url(each, settings)),
            )
            for each in story.covered
        ]
        for story in contents(edition, is_visible).stories
        if story.covered
    }


def _corrections_data(edition: Edition, settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "title": each.title,
            "url": absolute(settings.base, each.link),
            "date": iso(each.date),
            "text": each.text,
        }
        for each in edition.corrections
    ]


def _sections_data(edition: Edition, settings: Settings) -> list[dict[str, Any]]:
    """The bands of the edition. After the top stories, its articles are in the same order."""
    return [
        without_missing(
            name=part.band.name,
            url=absolute(settings.base, part.band.permalink) if part.band.permalink else "",
            count=len(part.stories),
        )
        for part in contents(edition, is_visible).parts
    ]


def _edition_with_note(frame: DocumentFrame) -> dict[str, Any]:

    data = frame.edition or {}
    if not frame.note:
        return data
    note = absolute_html(frame.note, frame.base, data["url"])
    return {**data, "note": note}


def _page(folder: str, views: dict[str, View], origin: str, file: str = FILE) -> Page:
    path = folder.lstrip("/") + file
    return Page(path=path, format="api", kind="api", views=views, origin=f"{origin} in the API")


def _encode_document(data: dict[str, Any]) -> bytes:
    return encode_json(data, "topics" if "topics" in data else "value")
