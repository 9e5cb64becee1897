"""The last arrangement, and by what it is known to be right: in the memo, or in one process.

It is known by digests of all that it was made from, so that nothing of it need be believed. In the
memo it lies by editions, so that an edit writes one of them and reads those that it looks into;
their digests stand in one value that is signed.
"""

from array import array
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen.arrange.catalog import Arranged
from site_gen.basics import digest
from site_gen.engine.report import Options, Waiting
from site_gen.formats.common.units import ListDigests, card_digest
from site_gen.memo import problem_codec
from site_gen.memo.archive import Archive, Articles, Cards, Columns, changed_editions, content_paths
from site_gen.memo.key import sign
from site_gen.memo.memo import ForeignRowError, Memo
from site_gen.model import ArticleRef, Card, Catalog, Note, Record
from site_gen.problems import Problem
from site_gen.settings import Settings

STATE = "catalog"
"""Name of the state that has it; what is known at once of its editions is `catalog ` and their id,
their articles `catalog:` and it."""

_GROUPS = ("editions", "topics", "sections", "stories", "providers", "authors")
_SEAL = 16

MOST = 256
"""Articles that may differ in body or detail: with more, all are arranged anew."""
FEW = 32
"""Those that may differ in more than that, or come or go."""

Mark = tuple[str, str]
"""Of an article that was read: digest of all but its body and detail, and of these. The first one
begins with a digest of its links and anchors, if there are any."""


def link_digest(mark: Mark) -> str:
    """The digest of links and anchors."""
    return mark[0].rpartition(" ")[0]


class Changes(NamedTuple):
    """Content paths of articles that are not as they were: in body and detail at most, in more (or
    new), not there any more."""

    parts: frozenset[str]
    fresh: frozenset[str]
    gone: frozenset[str]

    @classmethod
    def between(cls, before: Mapping[str, Mark], after: Mapping[str, Mark]) -> "Changes":
        """The differences between two states."""
        other = {path for path, mark in after.items() if before.get(path) != mark}
        parts = {p for p in other if p in before and before[p][0] == after[p][0]}
        gone = before.keys() - after.keys()
        return cls(frozenset(parts), frozenset(other - parts), frozenset(gone))

    @classmethod
    def none(cls) -> "Changes":
        """Whether nothing differs."""
        return cls(frozenset(), frozenset(), frozenset())

    @property
    def in_parts(self) -> bool:
        """Whether articles differ only in body and detail."""
        return not self.fresh and not self.gone

    @property
    def are_few(self) -> bool:
        """Whether updating the last arrangement is worth it."""
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
    lists: ListDigests | None = None


def name_of(key: str, arranged: Arranged, marks: Mapping[str, Mark], *after: str) -> str:
    """The name of an arrangement: digest of all that it was made from, of the moment those between
    which it is the same; or of the name of the last one and of what became of it."""
    own = (part for path in sorted(marks) for part in (path, *marks[path]))
    return digest.of_parts(key, repr(arranged.valid), *after, *own)


class _Stored(Record, frozen=True, kw_only=True):
    """An arrangement without its articles, whose groups have no cards.

    Each article has a number of its own, which it keeps; many of them are packed.

    gone      addresses of what is not to be shown
    others    content path and mark of each article that is not in the catalog
    editions  of each, digests of what is known at once and of its articles, and their numbers
    order     numbers of all articles in the catalog's order
    groups    by field and group the numbers of its cards, and digests of these as others may know
              them and, of editions, as they are, "" for none
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
    editions: dict[str, tuple[str, str, bytes]]
    order: bytes
    groups: tuple[tuple[tuple[bytes, str, str], ...], ...]
    as_read: frozenset[str]
    catalog: Catalog


_STORED = msgspec.msgpack.Decoder(_Stored)
_COLUMNS = msgspec.msgpack.Decoder(Columns)
_ARTICLES = msgspec.msgpack.Decoder(tuple[ArticleRef, ...])


def key_of(frames: Iterable[str], settings: Settings, options: Options, program: str) -> str:
    """Digest of all that an arrangement is made from but articles and the moment; `frames` are of
    the content files: see Content.frames."""
    shown = f"{options.drafts} {options.future}"
    return digest.of_parts(program, shown, digest.of_value(settings), *frames)


def load(memo: Memo, output: str, key: str) -> Known | None:
    """The last arrangement of an output, if it has this key."""
    data = memo.get_bytes(output, STATE)
    if data[:_SEAL] != sign(STATE.encode(), data[_SEAL:]):
        return None
    stored = _STORED.decode(data[_SEAL:])
    marks = dict(stored.others)
    archive = _archive(memo, output, stored, marks) if stored.key == key else None
    if archive is None:
        return None
    lists = ListDigests()
    groups = {name: _filled(name, stored, archive, lists) for name in _GROUPS}
    articles = Articles(archive, _unpacked(stored.order))
    catalog = replace(stored.catalog, articles=articles, **groups)
    problems = tuple(problem_codec.decode_problems(stored.problems))
    arranged = Arranged(catalog, problems, stored.valid, stored.gone)
    amended = tuple(problem_codec.decode_problems(stored.amended))
    also = (stored.hidden, Waiting(*stored.waiting), stored.rooted, amended, stored, lists)
    return Known(key, stored.name, marks, arranged, *also)


def with_notes(known: Known, notes: Iterable[Note]) -> Known:
    """A loaded arrangement with the `notes` of the files."""
    if not known.written or not known.written.as_read:
        return known
    bodies = {note.path: note.body for note in notes if note.path in known.written.as_read}
    catalog = known.arranged.catalog
    editions = tuple(replace(e, note=bodies.get(e.path, e.note)) for e in catalog.editions)
    arranged = known.arranged._replace(catalog=replace(catalog, editions=editions))
    return known._replace(arranged=arranged)


def _archive(memo: Memo, output: str, stored: _Stored, marks: dict[str, Mark]) -> Archive | None:
    """All articles by number, and their `marks`; None where what is known at once of an edition is
    not as it was written."""
    archive = Archive(partial(_refs, memo, output, stored))
    for name, (own, _, numbers) in stored.editions.items():
        data = memo.get_bytes(output, f"{STATE} {name}")
        if digest.of_bytes(data) != own:
            return None
        columns = _COLUMNS.decode(data)
        archive.add_edition(name, _unpacked(numbers), columns)
        marks.update(zip(columns.paths, columns.marks, strict=True))
    return archive


def _refs(memo: Memo, output: str, stored: _Stored, name: str) -> Sequence[ArticleRef]:
    """The articles of an edition. Raises Foreign where they are not as they were written."""
    data = memo.get_bytes(output, f"{STATE}:{name}")
    if digest.of_bytes(data) != stored.editions[name][1]:
        raise ForeignRowError(f"the articles of {name} were not noted by this user")
    return _ARTICLES.decode(data)


def _filled(name: str, stored: _Stored, archive: Archive, lists: ListDigests) -> tuple[Any, ...]:
    made = []
    written = stored.groups[_GROUPS.index(name)]
    for group, (numbers, *own) in zip(getattr(stored.catalog, name), written, strict=True):
        these = Cards(archive, _unpacked(numbers))
        lists.set(these, *own)
        made.append(replace(group, cards=these))
    return tuple(made)


def _unpacked(numbers: bytes) -> "array[int]":
    return array("I", numbers)


def store(
    memo: Memo,
    output: str,
    known: Known,
    before: Known | None,
    lists: ListDigests,
    notes: Iterable[Note],
) -> None:
    """Tell the memo of an arrangement, `before` being what was loaded from it, whose parts are the
    very same as far as they did not change; `lists` has digests of lists of cards, `notes` are all
    that were read. Call it within a transaction."""
    catalog = known.arranged.catalog
    if not isinstance(catalog.articles, Articles):
        before = None  # arranged from scratch
        memo.forget_states(output, STATE)
    packed = _Numbers(catalog)
    as_read = _as_read(catalog, notes)
    others = known.articles
    if len(others) > len(catalog.articles):
        others = {path: others[path] for path in others.keys() - packed.paths}
    stored = _Stored(
        key=known.key,
        name=known.name,
        valid=known.arranged.valid,
        problems=problem_codec.encode_problems(known.arranged.problems),
        gone=known.arranged.gone,
        hidden=known.hidden,
        waiting=tuple(known.waiting),
        rooted=known.rooted,
        amended=problem_codec.encode_problems(known.amended),
        others=tuple(sorted(others.items())) if others is not known.articles else (),
        editions=_stored_editions(memo, output, known, before, packed),
        order=packed.order.tobytes(),
        groups=tuple(
            tuple(
                [
                    (packed.of(each.cards), *lists.for_next_build(each))
                    for each in getattr(catalog, name)
                ]
            )
            for name in _GROUPS
        ),
        as_read=as_read,
        catalog=_emptied(catalog, as_read),
    )  # fmt: skip
    data = msgspec.msgpack.encode(stored)
    memo.set_bytes(output, STATE, sign(STATE.encode(), data) + data)


def _as_read(catalog: Catalog, notes: Iterable[Note]) -> frozenset[str]:
    """Paths of notes that their editions show unchanged."""
    bodies = {note.path: note.body for note in notes}
    return frozenset(e.path for e in catalog.editions if e.note and e.note == bodies.get(e.path))


def _emptied(catalog: Catalog, as_read: Container[str]) -> Catalog:
    """The catalog without what is stored elsewhere: articles, cards, unchanged notes."""
    groups = {n: tuple(replace(g, cards=()) for g in getattr(catalog, n)) for n in _GROUPS}
    none = Note(id="", path="").body
    groups["editions"] = tuple(
        replace(e, note=none) if e.path in as_read else e for e in groups["editions"]
    )
    return replace(catalog, articles=(), **groups)


class _Numbers:
    """The number of each card of a catalog: what it has in its archive, or its place.

    paths   content paths of all articles
    """

    def __init__(self, catalog: Catalog) -> None:
        articles = catalog.articles
        if isinstance(articles, Articles):
            self._by_path: Mapping[str, int] = articles.archive.by_path
            self.order = array("I", articles.numbers)
        else:
            self._by_path = {ref.path: place for place, ref in enumerate(articles)}
            self.order = array("I", range(len(articles)))
        self.paths = set(content_paths(articles))

    def of(self, cards: Iterable[Card]) -> bytes:
        """The numbers of some cards, packed."""
        if isinstance(cards, Cards):
            return array("I", cards.numbers).tobytes()
        return array("I", [self._by_path[f"{card.id}.md"] for card in cards]).tobytes()


def _stored_editions(
    memo: Memo, output: str, known: Known, before: Known | None, packed: _Numbers
) -> dict[str, tuple[str, str, bytes]]:
    """Write the articles of editions that changed since `before`."""
    catalog = known.arranged.catalog
    editions = dict(before.written.editions) if before and before.written else {}
    leads = {edition.cards[0].id for edition in catalog.editions if edition.cards}
    for name, refs in changed_editions(catalog.articles).items():
        for state in (f"{STATE} {name}", f"{STATE}:{name}"):
            memo.forget_state(output, state)
        editions.pop(name, None)
        if refs:
            columns = Columns.from_refs(refs, known.articles, card_digest, leads)
            data = msgspec.msgpack.encode(columns), msgspec.msgpack.encode(refs)
            memo.set_bytes(output, f"{STATE} {name}", data[0])
            memo.set_bytes(output, f"{STATE}:{name}", data[1])
            own = packed.of(ref.card for ref in refs)
            editions[name] = digest.of_bytes(data[0]), digest.of_bytes(data[1]), own
    return editions


def forget(memo: Memo, output: str) -> None:
    """Forget the arrangement: the known pages may belong to another one."""
    memo.forget_state(output, STATE)
