"""What is kept on disk of an arrangement: enough to plan one article without all the others.

Paths of articles, in their order; which belong to an edition, which to one feed; and what else a
catalog has beside articles. Not believed: a page planned from it counts only where its key is
the one under which the page was made (see bodies.py).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from site_gen.basics import slugs
from site_gen.engine.keys import Keyed
from site_gen.formats.common.views import articles_in
from site_gen.model import (
    ArticleRef,
    Card,
    Catalog,
    Edition,
    Facts,
    Noun,
    Page,
    Persona,
    Publisher,
    SectionGroup,
    Topic,
)

FEEDS = frozenset({"rss", "atom", "json_feed"})


class Feed(Noun, frozen=True, kw_only=True):
    """Feeds that hold the same articles: the paths of their files, and places of the articles."""

    files: tuple[str, ...]
    articles: tuple[int, ...]


class Outline(Noun, frozen=True, kw_only=True):
    """A catalog without its articles, which are places in `paths` wherever it names them.

    special    articles that are shown otherwise than as they were read: local links, pictures
    editions   places of the articles of each edition of `rest`, in their order
    """

    paths: tuple[str, ...]
    special: dict[str, ArticleRef]
    editions: tuple[tuple[int, ...], ...]
    feeds: tuple[Feed, ...]
    rest: Catalog


_DECODER = msgspec.msgpack.Decoder(Outline)


def outlined(catalog: Catalog, pages: Iterable[Keyed], facts: Iterable[Facts]) -> bytes:
    """The outline of a catalog and its plan, encoded; nothing for a site with formats of which
    one page shows many articles, feeds aside: an edited body concerns too much of it."""
    from site_gen.formats.common.text import legal  # an edit reads an outline, and writes none

    guids = {legal(ref.card.guid): number for number, ref in enumerate(catalog.articles)}
    feeds = _feeds((each.page for each in pages), guids)
    if feeds is None:
        return b""
    read = {each.path: each.card for each in facts}
    ids = {ref.card.id: number for number, ref in enumerate(catalog.articles)}
    made = Outline(
        paths=tuple(ref.path for ref in catalog.articles),
        special={
            ref.path: replace(ref, detail="", body="")
            for ref in catalog.articles
            if ref.targets or ref.pictures or ref.card is not read[ref.path]
        },
        editions=tuple(tuple(ids[c.id] for c in e.cards) for e in catalog.editions),
        feeds=feeds,
        rest=_rest(catalog),
    )
    return msgspec.msgpack.encode(made)


def decoded(data: bytes) -> Outline:
    """The outline that was encoded. Raises msgspec.DecodeError."""
    return _DECODER.decode(data)


def _feeds(pages: Iterable[Page], guids: Mapping[str, int]) -> tuple[Feed, ...] | None:
    """Feeds with bodies, by the articles that they hold; None where other formats show such too."""
    found: dict[tuple[int, ...], list[str]] = {}
    for page in pages:
        if page.format in FEEDS:
            if page.views["bodies"].value:
                held = tuple(guids[entry.id] for entry in page.views["entries"].value)
                found.setdefault(held, []).append(page.path)
        elif page.format != "html" and articles_in(page):
            return None
    return tuple(Feed(files=tuple(files), articles=held) for held, files in found.items())


def _rest(catalog: Catalog) -> Catalog:
    return replace(
        catalog,
        articles=(),
        editions=tuple(replace(e, cards=()) for e in catalog.editions),
        topics=tuple(replace(t, cards=()) for t in catalog.topics),
        sections=tuple(replace(s, cards=()) for s in catalog.sections),
        stories=tuple(replace(s, cards=()) for s in catalog.stories),
        providers=tuple(replace(p, cards=()) for p in catalog.providers),
        authors=tuple(replace(a, cards=()) for a in catalog.authors),
        files=(),
    )


class Part(Noun, frozen=True, kw_only=True):
    """The part of an outline that some articles concern.

    articles   places of all that are needed to plan those pages, newest first
    editions   numbers of the editions that are whole in it
    files      feeds that show one of the articles
    """

    articles: tuple[int, ...]
    editions: frozenset[int]
    files: frozenset[str]


def part_of(outline: Outline, paths: Iterable[str]) -> Part:
    """All that the editions and feeds hold which the articles at `paths` are in."""
    wanted = set(paths)
    own = {number for number, path in enumerate(outline.paths) if path in wanted}
    editions = {n for n, places in enumerate(outline.editions) if own.intersection(places)}
    feeds = [feed for feed in outline.feeds if own.intersection(feed.articles)]
    articles = own.union(*(outline.editions[n] for n in editions), *(f.articles for f in feeds))
    return Part(
        articles=tuple(sorted(articles)),
        editions=frozenset(editions),
        files=frozenset(file for feed in feeds for file in feed.files),
    )


def catalog_of(outline: Outline, part: Part, refs: Mapping[str, ArticleRef]) -> Catalog:
    """The catalog of a part; `refs` has its articles by path. What it has not stays out of topics,
    providers, authors and of editions that are not whole: pages of those are other ones."""
    articles = tuple(refs[outline.paths[place]] for place in part.articles)
    cards = tuple(ref.card for ref in articles)

    def edition(number: int, shown: Edition) -> Edition:
        places = outline.editions[number] if number in part.editions else ()
        return replace(shown, cards=tuple(refs[outline.paths[p]].card for p in places))

    rest = outline.rest
    return replace(
        rest,
        articles=articles,
        editions=tuple(edition(number, shown) for number, shown in enumerate(rest.editions)),
        topics=_held(rest.topics, cards, _topics),
        sections=_held(rest.sections, cards, _section),
        providers=_held(rest.providers, cards, _provider),
        authors=_held(rest.authors, cards, _authors),
    )


Held = TypeVar("Held", Topic, SectionGroup, Publisher, Persona)


def _held(
    groups: Iterable[Held], cards: Iterable[Card], keys: Callable[[Card], Iterable[str]]
) -> tuple[Held, ...]:
    """The groups that some of the cards are in, with those cards."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        for key in keys(card):
            found.setdefault(key, []).append(card)
    return tuple(replace(g, cards=tuple(found[k])) for g in groups if (k := _key(g)) in found)


def _key(group: Topic | SectionGroup | Publisher | Persona) -> str:
    return slugs.folded(group.ref.key) if isinstance(group, Publisher) else group.ref.slug


def _topics(card: Card) -> Iterable[str]:
    return [topic.slug for topic in card.topics]


def _section(card: Card) -> Iterable[str]:
    return [card.section.slug] if card.section else []


def _provider(card: Card) -> Iterable[str]:
    return [slugs.folded(card.provider.key)] if card.provider else []


def _authors(card: Card) -> Iterable[str]:
    return [author.slug for author in card.authors]
