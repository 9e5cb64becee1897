"""The JSON API: static files in the shape of everyday.cc's, for programs that read the digest.

Everything hangs under `/api/`. Articles keep the keys of their front matter, camelCase; none
of it is more than their rights allow. Lists hold cards, an edition's document whole articles;
bodies are in documents of their own, which a setting turns on.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from site_gen.basics import digest
from site_gen.basics.dates import iso
from site_gen.formats.api.article import article_data, card_data, known, picture_data
from site_gen.formats.common import paging
from site_gen.formats.common.contents import contents
from site_gen.formats.common.links import absolute, absolute_html
from site_gen.formats.common.publishable import (
    address,
    has_something,
    is_visible,
    named,
    shows_body,
    visible,
)
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import as_json
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import articles_view, bodies_view, cards_view, view
from site_gen.memo.archive import cards_of
from site_gen.model import ArticleRef, Card, Catalog, Edition, Noun, Page, View
from site_gen.settings import Settings

FILE = "index.json"
BODIES = "bodies.json"
NEWS = "/api/news/"
EDITIONS = "/api/editions/"


class Text(Noun, frozen=True, kw_only=True):
    """Whose body one of the bodies of a document is: its guid and absolute URL."""

    guid: str
    url: str


class Frame(Noun, frozen=True, kw_only=True):
    """What stands around the articles of one document; every URL is absolute.

    related        how much of articles elsewhere, as in `[api]`
    newer, older   the neighbouring pages of a list
    covered        guid of a story's first article -> others on the same event
    extra          unknown keys of front matter that the settings publish
    note           of the edition, as its page has it; URLs in it are made absolute by `render`
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
    """The news, newest first and in pages; each topic likewise; each edition; two indexes."""
    cards = cards_of(catalog.articles)
    lists = [(NEWS, "the news", cards)]
    lists += [(f"{NEWS}{t.ref.slug}/", f"topic {t.ref.name}", t.cards) for t in catalog.topics]
    for folder, origin, own in lists:
        seal = partial(digests.cards, own)
        yield Unit(folder, seal, partial(_list, folder, origin, own, digests.refs, settings))
    editions = tuple(e for e in catalog.editions if e.ref.id and has_something(e))
    for edition in editions:
        seal = partial(_digest, edition, digests)
        yield Unit(edition.ref.id, seal, partial(_edition, edition, digests.refs, settings))
    yield Unit("", lambda: digests.frame, lambda: _indexes(catalog, editions, settings))


def _digest(edition: Edition, digests: Digests) -> str:
    return digest.of_parts(digests.edition(edition), digests.articles(edition.cards))


def _indexes(catalog: Catalog, editions: tuple[Edition, ...], settings: Settings) -> Iterator[Page]:
    yield _index(catalog, editions, settings)
    yield _edition_index(editions, settings)


def render(page: Page, theme: object) -> bytes:
    """The document in UTF-8; its key order is fixed."""
    if "data" in page.views:
        return _document(page.views["data"].value)
    frame: Frame = page.views["frame"].value
    if "bodies" in page.views:
        texts = zip(page.views["texts"].value, page.views["bodies"].value, strict=True)
        whole = [known(guid=text.guid, url=text.url,
                       html=absolute_html(body, frame.base, text.url))
                 for text, body in texts]  # fmt: skip
        return _document({**(frame.edition or {}), "value": whole})
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
            | known(alsoCoveredBy=(frame.covered or {}).get(article.card.guid, []))
            for article in articles
        ]
        return _document({**_described(frame), "value": value})
    cards = page.views["cards"].value
    value = [card_data(card, frame.base, remote=frame.remote) for card in cards]
    around = known(page=frame.page, newer=frame.newer, older=frame.older)
    return _document({**around, "value": value})


def _list(
    folder: str,
    origin: str,
    cards: Sequence[Card],
    refs: Mapping[str, ArticleRef],
    settings: Settings,
) -> Iterator[Page]:
    """Pages of a list, as those that people read: a full page changes with its articles only."""
    for own, pager, part in paging.pages(folder, visible(cards)):
        frame = Frame(
            base=settings.base,
            remote=settings.images.remote == "link",
            page=pager.number,
            newer=absolute(settings.base, pager.newer + FILE) if pager.newer else "",
            older=absolute(settings.base, pager.older + FILE) if pager.older else "",
        )
        chosen = [refs[card.id] for card in part]
        yield _page(own, {"frame": view(frame), "cards": cards_view(chosen)}, origin)


def _edition(
    edition: Edition, refs: Mapping[str, ArticleRef], settings: Settings
) -> Iterator[Page]:
    """Its whole articles, and the bodies of those that may be shown where settings ask for them."""
    frame = Frame(
        base=settings.base,
        remote=settings.images.remote == "link",
        related=settings.api.related,
        extra=settings.api.extra,
        edition={
            **_edition_data(edition, settings),
            **known(sections=_sections(edition, settings)),
            **known(corrections=_corrections(edition, settings)),
        },
        note=edition.note,
        covered=_covered(edition, settings),
    )
    chosen = [refs[card.id] for card in visible(edition.cards)]
    folder = f"{EDITIONS}{edition.ref.id}/"
    views = {"frame": view(frame), "articles": articles_view(chosen)}
    yield _page(folder, views, f"edition {edition.ref.id}")
    if settings.api.bodies:
        yield _bodies(edition, refs, settings)


def _bodies(edition: Edition, refs: Mapping[str, ArticleRef], settings: Settings) -> Page:
    """The bodies of an edition that may be shown, in its order."""
    ref = edition.ref
    frame = Frame(
        base=settings.base,
        remote=settings.images.remote == "link",
        edition=known(id=ref.id, url=absolute(settings.base, ref.permalink)),
    )
    cards = [card for card in visible(edition.cards) if shows_body(card)]
    texts = tuple(
        Text(guid=card.guid, url=absolute(settings.base, address(card, settings))) for card in cards
    )
    views = {
        "frame": view(frame),
        "texts": view(texts),
        "bodies": bodies_view(refs[card.id] for card in cards),
    }
    return _page(f"{EDITIONS}{ref.id}/", views, f"edition {ref.id}", BODIES)


def _edition_index(editions: tuple[Edition, ...], settings: Settings) -> Page:
    data = {"value": [_edition_data(edition, settings) for edition in editions]}
    return _page(EDITIONS, {"data": view(data)}, "the editions")


def _index(catalog: Catalog, editions: tuple[Edition, ...], settings: Settings) -> Page:
    """Where to start: the site, and the address of every list."""
    site = site_view(settings)
    topics = [
        {"name": t.ref.name, "url": absolute(settings.base, f"{NEWS}{t.ref.slug}/{FILE}")}
        for t in sorted(catalog.topics, key=lambda topic: topic.ref.slug)
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
    return _page("/api/", {"data": view(data)}, "the API")


def _edition_data(edition: Edition, settings: Settings) -> dict[str, Any]:
    ref = edition.ref
    folder = absolute(settings.base, f"{EDITIONS}{ref.id}/")
    return known(
        id=ref.id,
        number=ref.number,
        title=ref.title,
        excerpt=edition.excerpt,
        authors=[
            known(name=a.name, url=absolute(settings.base, a.permalink) if a.permalink else "")
            for a in edition.authors
        ],
        images=_images(edition, settings),
        first=ref.first.isoformat(),
        last=ref.last.isoformat(),
        closed=ref.closed,
        count=len(visible(edition.cards)),
        url=absolute(settings.base, ref.permalink),
        api=folder + FILE,
        bodies=folder + BODIES if settings.api.bodies else "",
    )


def _images(edition: Edition, settings: Settings) -> list[dict[str, Any]]:
    """The picture of its note, as far as pictures of other hosts may be named."""
    image = edition.image
    shown = image and image.url and (image.local or settings.images.remote == "link")
    return [picture_data(image, settings.base)] if image and shown else []


def _covered(edition: Edition, settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """Who else told of the stories that several did, in their order."""
    return {
        story.card.guid: [
            known(
                guid=each.guid,
                name=named(each),
                title=each.title,
                url=absolute(settings.base, address(each, settings)),
            )
            for each in story.covered
        ]
        for story in contents(edition, is_visible).stories
        if story.covered
    }


def _corrections(edition: Edition, settings: Settings) -> list[dict[str, Any]]:
    """Those of what is in it."""
    return [
        {
            "title": each.title,
            "url": absolute(settings.base, each.link),
            "date": iso(each.date),
            "text": each.text,
        }
        for each in edition.corrections
    ]


def _sections(edition: Edition, settings: Settings) -> list[dict[str, Any]]:
    """Its bands in order; after the first stories, the articles are in this order too."""
    return [
        known(
            name=part.band.name,
            url=absolute(settings.base, part.band.permalink) if part.band.permalink else "",
            count=len(part.stories),
        )
        for part in contents(edition, is_visible).parts
    ]


def _described(frame: Frame) -> dict[str, Any]:
    """What is said of an edition, and its note whole: our own words, or the issue itself."""
    data = frame.edition or {}
    if not frame.note:
        return data
    note = absolute_html(frame.note, frame.base, data["url"])
    return {**data, "note": note}


def _page(folder: str, views: dict[str, View], origin: str, file: str = FILE) -> Page:
    path = folder.lstrip("/") + file
    return Page(path=path, format="api", kind="api", views=views, origin=f"{origin} in the API")


def _document(data: dict[str, Any]) -> bytes:
    return as_json(data, "topics" if "topics" in data else "value")
