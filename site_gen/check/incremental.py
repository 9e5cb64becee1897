"""The short way of a check: from what the last one kept, and the few files that were edited since.

An edited article or note of which all is as it was but title, texts and minutes of reading leaves
the catalog as it was; then neither catalog nor the other files are read, and only its edition is
looked at again. Anything else goes the long way. A test holds that both say the same.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple, overload

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from site_gen.basics import digest, files
from site_gen.basics.stamps import RACY, differing, file_system_time, packed
from site_gen.check.across import of_edition
from site_gen.check.cache import Mark, Store
from site_gen.check.reader import Examiner, Reader
from site_gen.check.rules import BY_NAME
from site_gen.check.rules.front_matter import SOON
from site_gen.check.rules.rule import Placed, View
from site_gen.check.selection import files_of
from site_gen.engine.report import Options
from site_gen.engine.snapshot import CONTENT, Snapshot, take_snapshot
from site_gen.memo import problem_codec
from site_gen.model import Card, Catalog, Edition, EditionRef, Facts, Note
from site_gen.problems import Problem
from site_gen.query import Contents, known_numbers
from site_gen.settings import Settings

MOST = 32
"""Files that may have been edited: of more the catalog is read."""
BY_LINKS = ("links/dead", "pictures/heavy")
"""Rules for the site that look at nothing of a file but its inner links."""
_NONE = b"\0" * digest.SIZE


class Known(NamedTuple):
    """A site as a view needs it: its editions in order, their references, and what other files lie
    below `content/`. A catalog that was not read is empty."""

    catalog: Catalog
    files: Reader
    editions: Sequence[Edition]
    refs: tuple[EditionRef, ...]
    others: Iterable[str]


class Look(NamedTuple):
    """The files as they stand, and when they were looked at, by the clock of their file system."""

    time: int
    snapshot: Snapshot


class Kept(Struct, frozen=True, kw_only=True):
    """What the last check of the whole site leaves.

    made      digest of settings, options and oddities, and what else the catalog is made from
    since     the moment of that check, and until when its catalog holds
    paths     of all content files in order, with NUL between them; then of each, packed:
    stamps    its stamp
    digests   its digest, zeros where none is known
    places    digest of what the catalog and the rules across files have of it, zeros for one that
              may not change alone
    homes     the place of its edition, -1 for none
    young     which of them may have been written again under the same stamp
    alone     whether there is but one edition
    site      what was found in the site as a whole
    """

    made: str
    since: datetime
    until: datetime | None
    looked: int
    paths: str
    stamps: bytes
    digests: bytes
    places: bytes
    homes: bytes
    young: tuple[int, ...]
    problems: str
    refs: tuple[EditionRef, ...]
    alone: bool
    site: tuple[Placed, ...]


class Recalled(NamedTuple):
    """A site known from what was kept. `edited` are places of editions to be looked at again."""

    known: Known
    edited: frozenset[int]
    problems: tuple[Problem, ...]
    kept: Kept


_KEPT = msgspec.msgpack.Decoder(Kept)
_EDITION = msgspec.msgpack.Decoder(Edition)
_STATE = "kept"
_NO_CATALOG = Catalog(articles=(), editions=(), topics=(), providers=(), authors=(), pages=())


class LostError(Exception):
    """A part of what was kept is gone: another process made it anew."""


class Editions(Sequence[Edition]):
    """Editions in order, each decoded when it is asked for. Raises LostError."""

    def __init__(self, refs: Sequence[EditionRef], store: Store) -> None:
        self._refs, self._store = refs, store
        self._places = {ref.id: n for n, ref in enumerate(refs)}
        self._read: dict[int, Edition] = {}

    def __len__(self) -> int:
        return len(self._refs)

    @overload
    def __getitem__(self, place: int) -> Edition: ...
    @overload
    def __getitem__(self, place: slice) -> list[Edition]: ...
    def __getitem__(self, place: int | slice) -> Edition | list[Edition]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if place not in self._read:
            found = self._store.edition(self._refs[place].id, _EDITION)
            if found is None:
                raise LostError
            self._read[place] = found
        return self._read[place]

    def index(self, value: Edition, start: int = 0, stop: int = 0) -> int:
        """The place of an edition, by its id."""
        return self._places[value.ref.id]

    def put(self, place: int, edition: Edition) -> None:
        """Another one in its place."""
        self._read[place] = edition


def look(root: Path) -> Look:
    """The site's files as they stand now."""
    work = root / ".site_gen"
    work.mkdir(parents=True, exist_ok=True)
    return Look(file_system_time(work), take_snapshot(root))


def recalled(
    root: Path,
    settings: Settings,
    options: Options,
    store: Store,
    examiner: Examiner,
    look: Look,
) -> Recalled | None:
    """The site as it is now, from what was kept; None where more is to be read than a few files.

    Rules of plugins that look across files see a catalog: with one of them there is no short way.
    """
    kept = store.state(_STATE, _KEPT)
    if kept is None or look.time < kept.looked or _theirs(examiner):
        return None
    if not (kept.since <= options.now and (kept.until is None or options.now < kept.until)):
        return None
    if kept.made != _made(root, settings, options, look.snapshot):
        return None
    paths = kept.paths.split("\0")
    if paths != [*look.snapshot.content]:
        return None
    stamps = look.snapshot.stamps()
    edits = _edits(kept, paths, stamps, root)
    if edits is None or len(edits) > MOST:
        return None
    return _with_edits(kept, paths, stamps, edits, Site(root, settings, store, examiner, look))


class Site(NamedTuple):
    """Where a site is, and what reads it."""

    root: Path
    settings: Settings
    store: Store
    examiner: Examiner
    look: Look


def _theirs(examiner: Examiner) -> bool:
    return any(r.edition or r.site for name, r in examiner.rules.items() if name not in BY_NAME)


def _made(root: Path, settings: Settings, options: Options, snapshot: Snapshot) -> str:
    shown = f"{options.drafts} {options.future} {options.keep_going} {snapshot.odd!r}"
    return digest.of_parts(digest.of_value(settings), shown, known_numbers(root, options))


def _edits(kept: Kept, paths: list[str], stamps: bytes, root: Path) -> dict[int, bytes] | None:
    """Files by place whose bytes are others than they were, with their digests; None for one that
    is no text."""
    found = {}
    for place in {*kept.young, *differing(stamps, kept.stamps)}:
        own = _digest(root / CONTENT / paths[place])
        if own != _part(kept.digests, place):
            if not paths[place].endswith(".md"):
                return None
            found[place] = own
    return found


def _digest(path: Path) -> bytes:
    try:
        return bytes.fromhex(digest.of_bytes(files.read_bytes(path, 1 << 30)))
    except files.Unreadable:
        return _NONE


def _part(packed_digests: bytes, place: int) -> bytes:
    return packed_digests[place * digest.SIZE : (place + 1) * digest.SIZE]


def _with_edits(
    kept: Kept, paths: list[str], stamps: bytes, edits: Mapping[int, bytes], site: Site
) -> Recalled | None:
    digests = bytearray(kept.digests)
    for place, own in edits.items():
        digests[place * digest.SIZE : (place + 1) * digest.SIZE] = own
    hexed = digests.hex()
    width = 2 * digest.SIZE
    texts = {path: hexed[n * width : (n + 1) * width]
             for n, path in enumerate(paths) if path.endswith(".md")}  # fmt: skip
    reader = Reader(site.examiner, site.store, texts)
    editions = Editions(kept.refs, site.store)
    homes = struct.unpack(f"{len(paths)}i", kept.homes)
    edited = set[int]()
    for place in edits:
        value = _alone(site, paths[place], _part(kept.places, place), reader)
        if value is None:
            return None
        home = homes[place]
        if home >= 0:
            edited.add(home)
            try:
                if isinstance(value, Facts):
                    editions.put(home, _patched(editions[home], value.card))
                else:
                    editions.put(home, replace(editions[home], minutes=value.minutes))
                    edited |= _later(site, home, paths[place], reader)
            except LostError:
                return None
    others = [path for path in paths if path not in texts]
    known = Known(_NO_CATALOG, reader, editions, kept.refs, others)
    problems = tuple(problem_codec.decode(kept.problems))
    limit = site.look.time - RACY
    young = tuple(n for n, s in enumerate(site.look.snapshot.content.values()) if s[1] > limit)
    now = replace(kept, stamps=stamps, digests=bytes(digests), young=young, looked=site.look.time)
    return Recalled(known, frozenset(edited), problems, now)


def _alone(site: Site, path: str, place: bytes, reader: Reader) -> Facts | Note | None:
    """What an edited file came to, where nothing else need be looked at for it."""
    from site_gen.engine.inputs import reader as reading

    if place == _NONE:
        return None
    row = reading.Reader(site.root, site.settings).read(path)
    mark = reader.mark(path)
    if row.problems or mark is None or not row.digest == mark.digest == reader.digests[path]:
        return None
    if row.kind not in ("article", "note"):
        return None
    kind: type[Facts] | type[Note] = Facts if row.kind == "article" else Note
    value: Facts | Note = msgspec.msgpack.decode(row.facts, type=kind)
    return value if _place(value, mark) == place else None


def _place(value: Facts | Note, mark: Mark) -> bytes:
    """Digest of what of a file may not change alone."""
    if isinstance(value, Facts):
        card = replace(value.card, title="", excerpt="", why="", minutes=0)
        rest: Facts | Note = replace(
            value, card=card, digest="", detail="", body=str(bool(value.body)), source="", terms=b""
        )
    else:
        rest = replace(value, title="", excerpt="", body="", minutes=0, source="", facts="")
    return bytes.fromhex(digest.of_value((rest, mark.inner, mark.ignored)))


def _patched(edition: Edition, card: Card) -> Edition:
    """The edition with what may have changed of one of its cards."""
    cards = tuple(
        replace(own, title=card.title, excerpt=card.excerpt, why=card.why, minutes=card.minutes)
        if own.id == card.id else own
        for own in edition.cards
    )  # fmt: skip
    return replace(edition, cards=cards)


def _later(site: Site, home: int, path: str, reader: Reader) -> set[int]:
    """The later editions that may repeat what a note of this one links otherwise than before."""
    before, after = site.store.summary(path), reader.summary(path)
    if before is not None and after is not None and before.links == after.links:
        return set()
    return set(range(max(0, home - site.settings.check.repeat_editions), home))


def across(recalled: Recalled, view: View, store: Store) -> Iterator[Placed]:
    """What is found across files: as it was kept, but for editions of edited files. Keeps that."""
    known, kept = recalled.known, recalled.kept
    whole = view._replace(alone=kept.alone)
    found = {name: placed for name, (_, placed) in store.across().items()}
    fresh = [place for place, ref in enumerate(known.refs)
             if place in recalled.edited or ref.id not in found]  # fmt: skip
    for place in fresh:
        found[known.refs[place].id] = tuple(of_edition(known.editions[place], whole))
    ids = [known.refs[place].id for place in fresh]
    store.put_across((name, "", found[name]) for name in ids)
    store.put_site({_STATE: kept}, {known.refs[n].id: known.editions[n] for n in recalled.edited})
    chosen = known.refs if len(view.chosen) == len(known.refs) else [e.ref for e in view.chosen]
    for ref in chosen:
        elsewhen = ref.closed or ref.first > view.now.date()
        if view.alone != kept.alone and elsewhen:  # who names one wants to hear more of it
            yield from of_edition(view.chosen[0], view)
        else:
            yield from found[ref.id]
    yield from kept.site


def keep(
    look: Look, contents: Contents, options: Options, view: View, store: Store,
    site: Iterable[Placed],
) -> None:  # fmt: skip
    """Leave to the next check what this one, of the whole site, came to."""
    snapshot, refs = look.snapshot, tuple(edition.ref for edition in view.editions)
    if contents.snapshot is None or contents.snapshot.content != snapshot.content:
        return  # something was written meanwhile
    site = tuple(site)
    homes = {path: n for n, e in enumerate(view.editions) for path in files_of(e)}
    fixed = set(_fixed(contents, view, site))
    digests = contents.others | contents.read
    marks = {p: m for p in contents.quiet if p not in fixed and (m := view.files.mark(p))}
    places = {p: _place(contents.quiet[p], m) for p, m in marks.items()}
    limit = look.time - RACY
    stamps = snapshot.content.values()
    kept = Kept(
        made=_made(view.root, view.settings, options, snapshot),
        since=view.now,
        until=_until(contents, view),
        looked=look.time,
        paths="\0".join(snapshot.content),
        stamps=packed(stamps),
        digests=b"".join([bytes.fromhex(digests.get(p) or "") or _NONE for p in snapshot.content]),
        places=b"".join([places.get(p, _NONE) for p in snapshot.content]),
        homes=struct.pack(f"{len(stamps)}i", *[homes.get(p, -1) for p in snapshot.content]),
        young=tuple(n for n, stamp in enumerate(stamps) if stamp[1] > limit),
        problems=problem_codec.encode(contents.problems),
        refs=refs,
        alone=view.alone,
        site=site,
    )
    bare: Callable[[Edition], Edition] = lambda e: replace(e, note="", corrections=(), earlier=())  # noqa: E731
    store.put_site({_STATE: kept}, {e.ref.id: bare(e) for e in view.editions})


def _fixed(contents: Contents, view: View, site: Iterable[Placed]) -> Iterator[str]:
    """Files that may not change alone: of them something is said or locked that rests on more."""
    yield from (path for path, hit in site if hit.rule not in BY_LINKS)
    for problem in contents.problems:
        for where in (problem.where, *problem.also):
            if where is not None:
                yield where.path.removeprefix(f"{CONTENT}/")
    for edition in view.editions:
        if edition.locked:
            yield from files_of(edition)


def _until(contents: Contents, view: View) -> datetime | None:
    """When something is another thing although no file changed."""
    ahead = (
        moment - SOON for a in view.catalog.articles for moment in (a.card.date, a.card.lastmod)
    )
    later = [moment for moment in ahead if moment > view.now]
    begin = [datetime.combine(e.ref.first, time(), view.now.tzinfo)
             for e in view.editions if not view.has_begun(e)]  # fmt: skip
    ends = [*later, *begin, *([contents.valid[1]] if contents.valid[1] else [])]
    return min(ends, default=None)
