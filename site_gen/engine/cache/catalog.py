"""The last arrangement, and by what it is known to be right: in the memo, or in one process.

It is known by digests of all that it was made from, so that nothing of it need be believed. In the
memo it lies by editions, so that an edit writes one of them, and is sealed as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter, is_
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen.arrange.catalog import Arranged
from site_gen.basics import digest
from site_gen.engine.report import Options, Waiting
from site_gen.memo import problem_codec
from site_gen.memo.key import seal
from site_gen.memo.memo import Memo
from site_gen.model import ArticleRef, Card, Catalog, Noun
from site_gen.settings import Settings

STATE = "catalog"
"""Name of the state that has it; its editions are `catalog ` and their id."""

_GROUPS = ("editions", "topics", "sections", "stories", "providers", "authors")
_SEAL = 16


MOST = 256
"""Articles that may differ in body or detail: with more, all are arranged anew."""
FEW = 32
"""Those that may differ in more than that, or come or go."""

Mark = tuple[str, str]
"""Of an article that was read: digest of all but its body and detail, and of these. The first one
begins with a digest of its links and anchors, if there are any."""


def ties(mark: Mark) -> str:
    """That digest."""
    return mark[0].rpartition(" ")[0]


class Changes(NamedTuple):
    """Content paths of articles that are not as they were: in body and detail at most, in more (or
    new), not there any more."""

    parts: frozenset[str]
    fresh: frozenset[str]
    gone: frozenset[str]

    @classmethod
    def between(cls, before: Mapping[str, Mark], after: Mapping[str, Mark]) -> "Changes":
        """What differs between two states."""
        other = {path for path, mark in after.items() if before.get(path) != mark}
        parts = {p for p in other if p in before and before[p][0] == after[p][0]}
        gone = before.keys() - after.keys()
        return cls(frozenset(parts), frozenset(other - parts), frozenset(gone))

    @classmethod
    def none(cls) -> "Changes":
        """Nothing differs."""
        return cls(frozenset(), frozenset(), frozenset())

    @property
    def in_parts(self) -> bool:
        """Whether articles differ in body and detail alone."""
        return not self.fresh and not self.gone

    @property
    def are_few(self) -> bool:
        """Whether it is worth to go on from what was."""
        return len(self.parts) <= MOST and len(self.fresh) + len(self.gone) <= FEW


class Known(NamedTuple):
    """What was arranged.

    key       digest of all that it was made from but the articles and the moment
    name      by which it is told from all others: digest of all that it was made from, of the
              moment those between which it is the same
    articles  what each of those was, by content path
    hidden    content paths of articles that are not shown by their own word
    rooted    whether a link of an article begins at the top of the site
    editions  of one that was loaded, digest of what each edition's articles are encoded as
    """

    key: str
    name: str
    articles: Mapping[str, Mark]
    arranged: Arranged
    hidden: tuple[str, ...]
    waiting: Waiting
    rooted: bool
    editions: Mapping[str, str] = MappingProxyType({})


def name_of(key: str, articles: Mapping[str, Mark], arranged: Arranged) -> str:
    """The name of an arrangement."""
    marks = (part for path in sorted(articles) for part in (path, *articles[path]))
    return digest.of_parts(key, repr(arranged.valid), *marks)


class _Stored(Noun, frozen=True, kw_only=True):
    """An arrangement without its articles, whose groups have no cards.

    articles  content path of each that was read, and its mark
    gone      addresses of what is not to be shown
    editions  digest of what each edition's articles are encoded as
    order     of each article, which of these it is in
    groups    by field and group the places of its cards among the articles
    """

    key: str
    name: str
    valid: tuple[datetime | None, datetime | None]
    problems: str
    gone: tuple[str, ...]
    hidden: tuple[str, ...]
    waiting: tuple[Any, ...]
    rooted: bool
    articles: tuple[tuple[str, str, str], ...]
    editions: dict[str, str]
    order: tuple[int, ...]
    groups: tuple[tuple[tuple[int, ...], ...], ...]
    catalog: Catalog


_STORED = msgspec.msgpack.Decoder(_Stored)
_REFS = msgspec.msgpack.Decoder(tuple[ArticleRef, ...])


def key_of(frames: Iterable[str], settings: Settings, options: Options, program: str) -> str:
    """Digest of all that an arrangement is made from but articles and the moment; `frames` are of
    the content files: see Content.frames."""
    shown = f"{options.drafts} {options.future}"
    return digest.of_parts(program, shown, digest.of_value(settings), *frames)


def load(memo: Memo, output: str, key: str) -> Known | None:
    """The last arrangement of an output, where it was made under this key."""
    data = memo.bytes_of(output, STATE)
    if data[:_SEAL] != seal(STATE.encode(), data[_SEAL:]):
        return None
    stored = _STORED.decode(data[_SEAL:])
    articles = _articles(memo, output, stored) if stored.key == key else None
    if articles is None:
        return None
    catalog = replace(
        stored.catalog,
        articles=articles,
        **{name: _filled(name, stored, articles) for name in _GROUPS},
    )
    problems = tuple(problem_codec.decode(stored.problems))
    marks = {path: (frame, parts) for path, frame, parts in stored.articles}
    arranged = Arranged(catalog, problems, stored.valid, stored.gone)
    also = (stored.hidden, Waiting(*stored.waiting), stored.rooted, stored.editions)
    return Known(key, stored.name, marks, arranged, *also)


def _articles(memo: Memo, output: str, stored: _Stored) -> tuple[ArticleRef, ...] | None:
    """All articles in order; None where an edition of theirs is not as it was written."""
    found: list[Iterator[ArticleRef]] = []
    for name, own in stored.editions.items():
        data = memo.bytes_of(output, f"{STATE} {name}")
        if digest.of_bytes(data) != own:
            return None
        found.append(iter(_REFS.decode(data)))
    return tuple([next(found[place]) for place in stored.order])


def _filled(name: str, stored: _Stored, articles: tuple[ArticleRef, ...]) -> tuple[Any, ...]:
    places = stored.groups[_GROUPS.index(name)]
    groups = zip(getattr(stored.catalog, name), places, strict=True)
    return tuple(replace(g, cards=tuple([articles[i].card for i in own])) for g, own in groups)


def store(memo: Memo, output: str, known: Known, before: Known | None) -> None:
    """Tell the memo of an arrangement, `before` being what was loaded from it: call it within a
    transaction."""
    catalog = known.arranged.catalog
    by_edition = _by_edition(catalog)
    was = _by_edition(before.arranged.catalog) if before else {}
    editions = dict(before.editions) if before else {}
    if not before:
        memo.forget_states(output, f"{STATE} ")
    for name in was.keys() - by_edition.keys():
        memo.forget_state(output, f"{STATE} {name}")
        del editions[name]
    for name, refs in by_edition.items():
        if not _is_same(refs, was.get(name, ())):
            data = msgspec.msgpack.encode(refs)
            memo.set_bytes(output, f"{STATE} {name}", data)
            editions[name] = digest.of_bytes(data)
    number = {name: place for place, name in enumerate(editions)}
    place = {ref.card.id: at for at, ref in enumerate(catalog.articles)}
    stored = _Stored(
        key=known.key,
        name=known.name,
        valid=known.arranged.valid,
        problems=problem_codec.encode(known.arranged.problems),
        gone=known.arranged.gone,
        hidden=known.hidden,
        waiting=tuple(known.waiting),
        rooted=known.rooted,
        articles=tuple([(path, *mark) for path, mark in known.articles.items()]),
        editions=editions,
        order=tuple(map(number.__getitem__, map(attrgetter("card.edition"), catalog.articles))),
        groups=tuple(tuple(_places(getattr(catalog, name), place)) for name in _GROUPS),
        catalog=replace(
            catalog,
            articles=(),
            **{
                name: tuple(replace(group, cards=()) for group in getattr(catalog, name))
                for name in _GROUPS
            },
        ),
    )
    data = msgspec.msgpack.encode(stored)
    memo.set_bytes(output, STATE, seal(STATE.encode(), data) + data)


def _by_edition(catalog: Catalog) -> dict[str, list[ArticleRef]]:
    found: dict[str, list[ArticleRef]] = {}
    for name, refs in groupby(catalog.articles, key=attrgetter("card.edition")):
        found.setdefault(name, []).extend(refs)
    return found


def _is_same(refs: Sequence[ArticleRef], others: Sequence[ArticleRef]) -> bool:
    """Whether these are the very same: what was patched keeps all that it does not change."""
    return len(refs) == len(others) and all(map(is_, refs, others))


def _places(groups: Iterable[Any], place: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    for group in groups:
        cards: tuple[Card, ...] = group.cards
        yield tuple(map(place.__getitem__, map(attrgetter("id"), cards)))


def forget(memo: Memo, output: str) -> None:
    """Forget it: what is known of the pages may be of another one."""
    memo.forget_state(output, STATE)
