"""The last arrangement, and by what it is known to be right: in the memo, or in one process.

It is known by digests of all that it was made from, so that nothing of it need be believed. In the
memo it lies by editions, so that an edit writes one of them, and is sealed as a whole.
"""

from array import array
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen.arrange.catalog import Arranged
from site_gen.basics import digest
from site_gen.engine.report import Options, Waiting
from site_gen.formats.common.units import Lists
from site_gen.memo import problem_codec
from site_gen.memo.key import seal
from site_gen.memo.memo import Memo
from site_gen.model import ArticleRef, Card, Catalog, Note, Noun
from site_gen.problems import Problem
from site_gen.settings import Settings

STATE = "catalog"
"""Name of the state that has it; its editions are `catalog ` and their id."""

_GROUPS = ("editions", "topics", "sections", "stories", "providers", "authors")
_SEAL = 16
_CARD, _PATH = attrgetter("card"), attrgetter("path")


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
    name      by which it is told from all others: see `name_of`
    articles  what each of those was, by content path
    hidden    content paths of articles that are not shown by their own word
    rooted    whether a link of an article begins at the top of the site
    amended   what articles of locked editions are not as they were
    written   what the memo has of one that was loaded; `lists` are digests of its lists of cards;
              its editions have their notes from `with_notes`
    """

    key: str
    name: str
    articles: Mapping[str, Mark]
    arranged: Arranged
    hidden: tuple[str, ...]
    waiting: Waiting
    rooted: bool
    amended: tuple[Problem, ...]
    written: "_Stored | None" = None
    lists: Lists | None = None


def name_of(key: str, arranged: Arranged, marks: Mapping[str, Mark], *after: str) -> str:
    """The name of an arrangement: digest of all that it was made from, of the moment those between
    which it is the same; or of the name of the last one and of what became of it."""
    own = (part for path in sorted(marks) for part in (path, *marks[path]))
    return digest.of_parts(key, repr(arranged.valid), *after, *own)


class _Stored(Noun, frozen=True, kw_only=True):
    """An arrangement without its articles, whose groups have no cards.

    Each article has a number of its own, which it keeps; many of them are packed.

    gone      addresses of what is not to be shown
    others    content path and mark of each article that is not in the catalog
    editions  of each, digest of what its articles are encoded as, and their numbers
    order     numbers of all articles in the catalog's order
    groups    by field and group the numbers of its cards, and a digest of these, "" for none
    as_read   paths of notes that are shown as they were read, and are not in the catalog again
    """

    key: str
    name: str
    valid: tuple[datetime | None, datetime | None]
    problems: str
    gone: tuple[str, ...]
    hidden: tuple[str, ...]
    waiting: tuple[Any, ...]
    rooted: bool
    amended: str
    others: tuple[tuple[str, Mark], ...]
    editions: dict[str, tuple[str, bytes]]
    order: bytes
    groups: tuple[tuple[tuple[bytes, str], ...], ...]
    as_read: frozenset[str]
    catalog: Catalog


_STORED = msgspec.msgpack.Decoder(_Stored)
_EDITION = msgspec.msgpack.Decoder(tuple[tuple[ArticleRef, ...], tuple[Mark, ...]])


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
    marks = dict(stored.others)
    found = _articles(memo, output, stored, marks) if stored.key == key else None
    if found is None:
        return None
    cards = {number: ref.card for number, ref in found.items()}
    lists = Lists()
    groups = {name: _filled(name, stored, cards, lists) for name in _GROUPS}
    articles = tuple(map(found.__getitem__, _unpacked(stored.order)))
    catalog = replace(stored.catalog, articles=articles, **groups)
    problems = tuple(problem_codec.decode(stored.problems))
    arranged = Arranged(catalog, problems, stored.valid, stored.gone)
    amended = tuple(problem_codec.decode(stored.amended))
    also = (stored.hidden, Waiting(*stored.waiting), stored.rooted, amended, stored, lists)
    return Known(key, stored.name, marks, arranged, *also)


def with_notes(known: Known, notes: Iterable[Note]) -> Known:
    """An arrangement that was loaded, with the `notes` that the files have."""
    if not known.written or not known.written.as_read:
        return known
    bodies = {note.path: note.body for note in notes if note.path in known.written.as_read}
    catalog = known.arranged.catalog
    editions = tuple(replace(e, note=bodies.get(e.path, e.note)) for e in catalog.editions)
    arranged = known.arranged._replace(catalog=replace(catalog, editions=editions))
    return known._replace(arranged=arranged)


def _articles(
    memo: Memo, output: str, stored: _Stored, marks: dict[str, Mark]
) -> dict[int, ArticleRef] | None:
    """All articles by number, and their `marks`; None where an edition of theirs is not as it was
    written."""
    found: dict[int, ArticleRef] = {}
    for name, (own, numbers) in stored.editions.items():
        data = memo.bytes_of(output, f"{STATE} {name}")
        if digest.of_bytes(data) != own:
            return None
        refs, of_refs = _EDITION.decode(data)
        found.update(zip(_unpacked(numbers), refs, strict=True))
        marks.update(zip(map(_PATH, refs), of_refs, strict=True))
    return found


def _filled(name: str, stored: _Stored, cards: Mapping[int, Card], lists: Lists) -> tuple[Any, ...]:
    made = []
    written = stored.groups[_GROUPS.index(name)]
    for group, (numbers, own) in zip(getattr(stored.catalog, name), written, strict=True):
        these = tuple(map(cards.__getitem__, _unpacked(numbers)))
        lists.put(these, own)
        made.append(replace(group, cards=these))
    return tuple(made)


def _unpacked(numbers: bytes) -> "array[int]":
    return array("I", numbers)


def _packed(cards: Iterable[Card], number: Mapping[int, int]) -> bytes:
    return array("I", map(number.__getitem__, map(id, cards))).tobytes()


def store(
    memo: Memo,
    output: str,
    known: Known,
    before: Known | None,
    lists: Lists,
    notes: Iterable[Note],
) -> None:
    """Tell the memo of an arrangement, `before` being what was loaded from it, whose parts are the
    very same as far as they did not change; `lists` has digests of lists of cards, `notes` are all
    that were read. Call it within a transaction."""
    catalog = known.arranged.catalog
    if before is None:
        memo.forget_states(output, f"{STATE} ")
    number = _numbers(catalog, before)
    had = dict(_groups_of(before)) if before else {}
    as_read = _as_read(catalog, notes)
    others = known.articles
    if len(others) > len(catalog.articles):
        shown = set(map(_PATH, catalog.articles))
        others = {path: mark for path, mark in others.items() if path not in shown}
    stored = _Stored(
        key=known.key,
        name=known.name,
        valid=known.arranged.valid,
        problems=problem_codec.encode(known.arranged.problems),
        gone=known.arranged.gone,
        hidden=known.hidden,
        waiting=tuple(known.waiting),
        rooted=known.rooted,
        amended=problem_codec.encode(known.amended),
        others=tuple(others.items()) if others is not known.articles else (),
        editions=_stored_editions(memo, output, known, before, number),
        order=_packed(map(_CARD, catalog.articles), number),
        groups=tuple(
            tuple([
                had.get(id(g.cards)) or (_packed(g.cards, number), lists.get(g.cards)) for g in own
            ])
            for own in (getattr(catalog, name) for name in _GROUPS)
        ),
        as_read=as_read,
        catalog=_emptied(catalog, as_read),
    )  # fmt: skip
    data = msgspec.msgpack.encode(stored)
    memo.set_bytes(output, STATE, seal(STATE.encode(), data) + data)


def _as_read(catalog: Catalog, notes: Iterable[Note]) -> frozenset[str]:
    """Paths of notes that their editions show as they were read."""
    bodies = {note.path: note.body for note in notes}
    return frozenset(e.path for e in catalog.editions if e.note and e.note == bodies.get(e.path))


def _emptied(catalog: Catalog, as_read: Container[str]) -> Catalog:
    """The catalog without what is written elsewhere: articles, cards, notes that are as read."""
    groups = {n: tuple(replace(g, cards=()) for g in getattr(catalog, n)) for n in _GROUPS}
    none = Note(id="", path="").body
    groups["editions"] = tuple(
        replace(e, note=none) if e.path in as_read else e for e in groups["editions"]
    )
    return replace(catalog, articles=(), **groups)


def _numbers(catalog: Catalog, before: Known | None) -> dict[int, int]:
    """The number of each card: what it had, or one that none had."""
    number: dict[int, int] = {}
    last = -1
    if before and before.written:
        had = _unpacked(before.written.order)
        number.update(zip(map(id, map(_CARD, before.arranged.catalog.articles)), had, strict=True))
        last = max(had, default=-1)
    fresh = count(last + 1)
    for card in map(_CARD, catalog.articles):
        if id(card) not in number:
            number[id(card)] = next(fresh)
    return number


def _stored_editions(
    memo: Memo, output: str, known: Known, before: Known | None, number: Mapping[int, int]
) -> dict[str, tuple[str, bytes]]:
    """Writes the articles of those editions that are not as they were `before`."""
    articles = known.arranged.catalog.articles
    was = before.arranged.catalog.articles if before else ()
    editions = dict(before.written.editions) if before and before.written else {}
    ids, were = set(map(id, articles)), set(map(id, was))
    fresh = [ref for ref in articles if id(ref) not in were]
    others = {ref.card.edition for ref in (*fresh, *(r for r in was if id(r) not in ids))}
    # Of the rest their numbers say which are in these: to look into all takes longer.
    rest = {n for name in others & editions.keys() for n in _unpacked(editions[name][1])}
    by_edition: dict[str, list[ArticleRef]] = {name: [] for name in others}
    for ref in articles:
        if id(ref) not in were or number[id(ref.card)] in rest:
            by_edition[ref.card.edition].append(ref)
    for name, refs in by_edition.items():
        memo.forget_state(output, f"{STATE} {name}")
        editions.pop(name, None)
        if refs:
            data = msgspec.msgpack.encode((refs, [known.articles[ref.path] for ref in refs]))
            memo.set_bytes(output, f"{STATE} {name}", data)
            editions[name] = digest.of_bytes(data), _packed(map(_CARD, refs), number)
    return editions


def _groups_of(before: Known) -> Iterator[tuple[int, tuple[bytes, str]]]:
    """What is written of each group's cards, under the tuple that has these."""
    assert before.written is not None
    for name, written in zip(_GROUPS, before.written.groups, strict=True):
        groups = getattr(before.arranged.catalog, name)
        yield from zip((id(group.cards) for group in groups), written, strict=True)


def forget(memo: Memo, output: str) -> None:
    """Forget it: what is known of the pages may be of another one."""
    memo.forget_state(output, STATE)
