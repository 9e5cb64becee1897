"""Paged lists of cards and their indexes. Pages are numbered from the oldest, so that a full
page never changes; the newest is at the list's own path."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from site_gen import permalinks
from site_gen.formats.common.paging import split_pages
from site_gen.model import (
    ArchiveLine,
    ArchiveYear,
    Card,
    Catalog,
    Edition,
    EditionRef,
    Group,
    IndexEntry,
    Pager,
)

_YEAR = re.compile(r"((?:19|2[01])\d\d)-", re.ASCII)


class Listed(NamedTuple):
    """A topic, provider or author: name, cards and views of its page."""

    name: str
    permalink: str
    description: str
    logo: str
    cards: Sequence[Card]
    views: dict[str, Any]


class Part(NamedTuple):
    """One page of a list."""

    permalink: str
    pager: Pager
    cards: tuple[Card, ...]
    groups: tuple[Group, ...]


def groups(catalog: Catalog) -> Iterator[tuple[str, str, str, tuple[Listed, ...]]]:
    """(template, folder, group, its items) for each kind of list."""
    yield "topic.html", permalinks.TOPICS, "topics", tuple(
        Listed(t.ref.name, t.ref.permalink, t.description, "", t.cards,
               {"topic": t.ref, "description": t.description, "parents": t.parents,
                "children": t.children})
        for t in catalog.topics
    )  # fmt: skip
    yield "section.html", permalinks.SECTIONS, "sections", tuple(
        Listed(s.ref.name, s.ref.permalink, "", "", s.cards, {"section": s.ref})
        for s in catalog.sections
    )  # fmt: skip
    yield (
        "story.html",
        permalinks.STORIES,
        "stories",
        tuple(
            Listed(s.name, s.permalink, "", "", s.cards, {"story": s.name}) for s in catalog.stories
        ),
    )
    yield "provider.html", permalinks.PROVIDERS, "providers", tuple(
        Listed(p.ref.name, p.ref.permalink, p.description, p.ref.logo, p.cards,
               {"provider": p.ref, "domain": p.domain, "description": p.description})
        for p in catalog.providers
    )  # fmt: skip
    yield "author.html", permalinks.AUTHORS, "authors", tuple(
        Listed(a.ref.name, a.ref.permalink, a.bio, "", a.cards,
               {"author": a.ref, "bio": a.bio, "links": a.links})
        for a in catalog.authors
    )  # fmt: skip


def paged(item: Listed, weeks: Mapping[str, EditionRef], numbers: range) -> Iterator[Part]:
    """Pages of a list, newest first."""
    for own, pager, cards in split_pages(item.permalink, item.cards, numbers):
        yield Part(own, pager, cards, by_edition(cards, weeks))


def by_edition(cards: tuple[Card, ...], weeks: Mapping[str, EditionRef]) -> tuple[Group, ...]:
    """Cards under their editions, newest edition first."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.edition, []).append(card)
    newest_first = sorted(found, key=lambda week: weeks[week].first, reverse=True)
    return tuple(Group(edition=weeks[week], cards=tuple(found[week])) for week in newest_first)


def entries(items: tuple[Listed, ...]) -> tuple[IndexEntry, ...]:
    """The lines of an index page."""
    return tuple(
        IndexEntry(name=i.name, permalink=i.permalink, count=len(i.cards),
                   description=i.description, logo=i.logo)
        for i in items
    )  # fmt: skip


def archive_lines(editions: Iterable[Edition]) -> tuple[ArchiveLine, ...]:
    """A line for each edition: its reference, the headline of its lead, its count."""
    return tuple(
        ArchiveLine(edition=e.ref, lead=e.cards[0].title if e.cards else e.excerpt, count=e.stories)
        for e in editions
        if e.ref.id
    )


def years(catalog: Catalog) -> tuple[ArchiveYear, ...]:
    """The archive, newest first; an edition belongs to the year in its id, if there is one."""
    lines = archive_lines(catalog.editions)
    return tuple(
        ArchiveYear(year=year, lines=tuple(group))
        for year, group in groupby(lines, key=lambda line: _year(line.edition))
    )


def _year(edition: EditionRef) -> int:
    found = _YEAR.match(edition.id)
    return int(found[1]) if found else edition.last.year
