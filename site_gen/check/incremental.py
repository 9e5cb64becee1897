"""The incremental check: starts from the state that the last check saved, and the edited files.

If only title, texts and reading time of an article or note changed, the catalog stays the same.
Then neither the catalog nor other files are read, and only the edition of that file is checked
again. Any other change needs a full check. A test ensures that both find the same.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from site_gen.basics import digest, files
from site_gen.basics.stamps import RACY, differing_places, file_system_time, pack
from site_gen.check.cache import IndexEntry, Store
from site_gen.check.cross_file import find_in_edition
from site_gen.check.reader import DocumentChecker, Reader
from site_gen.check.rules import BY_NAME
from site_gen.check.rules.front_matter import SOON
from site_gen.check.rules.rule import Placed, View
from site_gen.check.selection import files_of
from site_gen.check.stored_editions import CacheChangedError, StoredEditions
from site_gen.engine.report import Options
from site_gen.engine.snapshot import CONTENT, Snapshot, take_snapshot
from site_gen.memo import problem_codec
from site_gen.model import Card, Catalog, Edition, EditionRef, Facts, Note
from site_gen.problems import Problem
from site_gen.query import Contents, known_numbers
from site_gen.settings import Settings

MAX_EDITED = 32
"""If more files were edited, the catalog is read."""
RULES_ON_LINKS = ("links/dead", "pictures/heavy", "files/private", "files/author")
"""Rules for the site that depend on nothing of a file but its internal links."""
_NO_DIGEST = b"\0" * digest.SIZE


class SiteContent(NamedTuple):
    """What a view needs of a site.

    catalog   empty if the site was restored
    editions  newest first, as `refs`
    others    paths of the files below `content/` that are no texts
    """

    catalog: Catalog
    files: Reader
    editions: Sequence[Edition]
    refs: tuple[EditionRef, ...]
    others: Iterable[str]


class FileState(NamedTuple):
    """The stamps of all files, and when they were read: file system time in nanoseconds."""

    time: int
    snapshot: Snapshot


class SavedState(Struct, frozen=True, kw_only=True):
    """What a check of the whole site saves for the next one.

    inputs_digest    digest of what the catalog is made from, beside the content files
    since, until     the time of that check, and when its catalog will change by itself
    read_at          `FileState.time` of that check
    paths            all content files in order, separated by NUL; then, packed in that order:
    stamps           their stamps
    digests          their digests, zeros if unknown
    shared_digests   digests of what other files depend on (`_shared_digest`), zeros for a file
                     whose edits always need a full check
    edition_indexes  the indexes of their editions in `refs`, -1 for none
    racy             indexes of files that may have been written again under the same stamp
    single_edition   whether the check was of one edition only
    site_findings    findings of the rules for the site
    """

    inputs_digest: str
    since: datetime
    until: datetime | None
    read_at: int
    paths: str
    stamps: bytes
    digests: bytes
    shared_digests: bytes
    edition_indexes: bytes
    racy: tuple[int, ...]
    problems: str
    refs: tuple[EditionRef, ...]
    single_edition: bool
    site_findings: tuple[Placed, ...]


class RestoredSite(NamedTuple):
    """A site as restored from the saved state. `edited` are indexes of editions to check again."""

    content: SiteContent
    edited: frozenset[int]
    problems: tuple[Problem, ...]
    saved: SavedState


_STATE_DECODER = msgspec.msgpack.Decoder(SavedState)
_STATE_NAME = "kept"
_EMPTY_CATALOG = Catalog(articles=(), editions=(), topics=(), providers=(), authors=(), pages=())


def read_file_state(root: Path) -> FileState:
    """Read the current stamps of the site's files."""
    work = root / ".site_gen"
    work.mkdir(parents=True, exist_ok=True)
    return FileState(file_system_time(work), take_snapshot(root))


def restore(
    root: Path,
    settings: Settings,
    options: Options,
    store: Store,
    checker: DocumentChecker,
    file_state: FileState,
) -> RestoredSite | None:
    """Return the current site from the saved state; None if a full check is needed.

    A plugin's rule across files needs the catalog, so it always needs a full check.
    """
    saved = store.state(_STATE_NAME, _STATE_DECODER)
    if saved is None or file_state.time < saved.read_at or _has_plugin_rules(checker):
        return None
    if not (saved.since <= options.now and (saved.until is None or options.now < saved.until)):
        return None
    if saved.inputs_digest != _inputs_digest(root, settings, options, file_state.snapshot):
        return None
    paths = saved.paths.split("\0")
    if paths != [*file_state.snapshot.content]:
        return None
    stamps = file_state.snapshot.stamps()
    edits = _find_edits(saved, paths, stamps, root)
    if edits is None or len(edits) > MAX_EDITED:
        return None
    source = _Source(root, settings, store, checker, file_state)
    return _apply_edits(saved, paths, stamps, edits, source)


class _Source(NamedTuple):
    """A site, and what is needed to read its files."""

    root: Path
    settings: Settings
    store: Store
    checker: DocumentChecker
    file_state: FileState


def _has_plugin_rules(checker: DocumentChecker) -> bool:
    return any(r.edition or r.site for name, r in checker.rules.items() if name not in BY_NAME)


def _inputs_digest(root: Path, settings: Settings, options: Options, snapshot: Snapshot) -> str:
    given = f"{options.drafts} {options.future} {options.keep_going} {snapshot.odd!r}"
    return digest.of_parts(digest.of_value(settings), given, known_numbers(root, options))


def _find_edits(
    saved: SavedState, paths: list[str], stamps: bytes, root: Path
) -> dict[int, bytes] | None:
    """Return the new digests of changed files by index; None if one of them is no text."""
    found = {}
    for index in {*saved.racy, *differing_places(stamps, saved.stamps)}:
        own = _file_digest(root / CONTENT / paths[index])
        if own != _digest_at(saved.digests, index):
            if not paths[index].endswith(".md"):
                return None
            found[index] = own
    return found


def _file_digest(path: Path) -> bytes:
    try:
        return bytes.fromhex(digest.of_bytes(files.read_bytes(path, 1 << 30)))
    except files.Unreadable:
        return _NO_DIGEST


def _digest_at(packed_digests: bytes, index: int) -> bytes:
    return packed_digests[index * digest.SIZE : (index + 1) * digest.SIZE]


def _apply_edits(
    saved: SavedState, paths: list[str], stamps: bytes, edits: Mapping[int, bytes], source: _Source
) -> RestoredSite | None:
    digests = bytearray(saved.digests)
    for index, own in edits.items():
        digests[index * digest.SIZE : (index + 1) * digest.SIZE] = own
    all_hex = digests.hex()
    width = 2 * digest.SIZE
    texts = {path: all_hex[n * width : (n + 1) * width]
             for n, path in enumerate(paths) if path.endswith(".md")}  # fmt: skip
    reader = Reader(source.checker, source.store, texts)
    editions = StoredEditions(saved.refs, source.store)
    edition_indexes = struct.unpack(f"{len(paths)}i", saved.edition_indexes)
    edited = set[int]()
    for index in edits:
        shared = _digest_at(saved.shared_digests, index)
        value = _read_isolated_edit(source, paths[index], shared, reader)
        if value is None:
            return None
        place = edition_indexes[index]
        if place >= 0:
            edited.add(place)
            try:
                if isinstance(value, Facts):
                    editions.put(place, _with_card(editions[place], value.card))
                else:
                    editions.put(place, replace(editions[place], minutes=value.minutes))
                    edited |= _later_editions(source, place, paths[index], reader)
            except CacheChangedError:
                return None
    others = [path for path in paths if path not in texts]
    content = SiteContent(_EMPTY_CATALOG, reader, editions, saved.refs, others)
    problems = tuple(problem_codec.decode_problems(saved.problems))
    read_at, snapshot = source.file_state
    racy = tuple(n for n, s in enumerate(snapshot.content.values()) if s[1] > read_at - RACY)
    now = replace(saved, stamps=stamps, digests=bytes(digests), racy=racy, read_at=read_at)
    return RestoredSite(content, frozenset(edited), problems, now)


def _read_isolated_edit(
    source: _Source, path: str, shared: bytes, reader: Reader
) -> Facts | Note | None:
    """Return the new facts of an edited file; None if the edit may affect other files."""
    from site_gen.engine.inputs import reader as reading

    if shared == _NO_DIGEST:
        return None
    row = reading.Reader(source.root, source.settings).read(path)
    entry = reader.index_entry(path)
    if row.problems or entry is None or not row.digest == entry.digest == reader.digests[path]:
        return None
    if row.kind not in ("article", "note"):
        return None
    kind: type[Facts] | type[Note] = Facts if row.kind == "article" else Note
    value: Facts | Note = msgspec.msgpack.decode(row.facts, type=kind)
    return value if _shared_digest(value, entry) == shared else None


def _shared_digest(value: Facts | Note, entry: IndexEntry) -> bytes:
    """Return the digest of all that the catalog and other files depend on."""
    if isinstance(value, Facts):
        card = replace(value.card, title="", excerpt="", why="", minutes=0)
        rest: Facts | Note = replace(
            value, card=card, digest="", detail="", body=str(bool(value.body)), source="", terms=b""
        )
    else:
        rest = replace(value, title="", excerpt="", body="", minutes=0, source="", facts="")
    return bytes.fromhex(digest.of_value((rest, entry.internal_links, entry.ignored)))


def _with_card(edition: Edition, card: Card) -> Edition:
    """Return the edition with the texts and reading time of a card replaced."""
    cards = tuple(
        replace(own, title=card.title, excerpt=card.excerpt, why=card.why, minutes=card.minutes)
        if own.id == card.id else own
        for own in edition.cards
    )  # fmt: skip
    return replace(edition, cards=cards)


def _later_editions(source: _Source, edition_index: int, path: str, reader: Reader) -> set[int]:
    """Return the later editions that are compared with the changed links of a note."""
    before, after = source.store.summary(path), reader.summary(path)
    if before is not None and after is not None and before.links == after.links:
        return set()
    return set(range(max(0, edition_index - source.settings.check.repeat_editions), edition_index))


def find_across_files(restored: RestoredSite, view: View, store: Store) -> Iterator[Placed]:
    """Return the findings of rules across files: saved ones, and new ones of changed editions.

    Saves the new state. Raises CacheChangedError.
    """
    content, saved = restored.content, restored.saved
    whole = view._replace(alone=saved.single_edition)
    found = {name: placed for name, (_, placed) in store.edition_findings().items()}
    stale = [index for index, ref in enumerate(content.refs)
             if index in restored.edited or ref.id not in found]  # fmt: skip
    for index in stale:
        found[content.refs[index].id] = tuple(find_in_edition(content.editions[index], whole))
    ids = [content.refs[index].id for index in stale]
    store.save_edition_findings((name, "", found[name]) for name in ids)
    edited = {content.refs[n].id: content.editions[n] for n in restored.edited}
    store.save_states({_STATE_NAME: saved}, edited)
    chosen = content.refs if len(view.chosen) == len(content.refs) else [e.ref for e in view.chosen]
    for ref in chosen:
        not_current = ref.closed or ref.first > view.now.date()
        if view.alone != saved.single_edition and not_current:  # rules for notes depend on `alone`
            yield from find_in_edition(view.chosen[0], view)
        else:
            yield from found[ref.id]
    yield from saved.site_findings


def save(
    file_state: FileState, contents: Contents, options: Options, view: View, store: Store,
    found: Iterable[Placed],
) -> None:  # fmt: skip
    """Save the state after a check of the whole site, in which the rules for it `found` these."""
    snapshot, refs = file_state.snapshot, tuple(edition.ref for edition in view.editions)
    if contents.snapshot is None or contents.snapshot.content != snapshot.content:
        return  # something was written meanwhile
    site_findings = tuple(found)
    numbers = {path: n for n, e in enumerate(view.editions) for path in files_of(e)}
    excluded = set(_files_with_dependents(contents, view, site_findings))
    digests = contents.others | contents.read
    entries = {path: entry for path in contents.without_problems
               if path not in excluded and (entry := view.files.index_entry(path))}  # fmt: skip
    shared = {
        path: _shared_digest(contents.without_problems[path], entry)
        for path, entry in entries.items()
    }
    limit = file_state.time - RACY
    paths, stamps = snapshot.content.keys(), snapshot.content.values()
    saved = SavedState(
        inputs_digest=_inputs_digest(view.root, view.settings, options, snapshot),
        since=view.now,
        until=_valid_until(contents, view),
        read_at=file_state.time,
        paths="\0".join(paths),
        stamps=pack(stamps),
        digests=b"".join([bytes.fromhex(digests.get(p) or "") or _NO_DIGEST for p in paths]),
        shared_digests=b"".join([shared.get(p, _NO_DIGEST) for p in paths]),
        edition_indexes=struct.pack(f"{len(paths)}i", *[numbers.get(p, -1) for p in paths]),
        racy=tuple(n for n, stamp in enumerate(stamps) if stamp[1] > limit),
        problems=problem_codec.encode_problems(contents.problems),
        refs=refs,
        single_edition=view.alone,
        site_findings=site_findings,
    )
    bare: Callable[[Edition], Edition] = lambda e: replace(e, note="", corrections=(), earlier=())  # noqa: E731
    store.save_states({_STATE_NAME: saved}, {e.ref.id: bare(e) for e in view.editions})


def _files_with_dependents(
    contents: Contents, view: View, site_findings: Iterable[Placed]
) -> Iterator[str]:
    """Return files whose edits always need a full check: problems, findings or locks name them."""
    yield from (path for path, hit in site_findings if hit.rule not in RULES_ON_LINKS)
    for problem in contents.problems:
        for where in (problem.where, *problem.also):
            if where is not None:
                yield where.path.removeprefix(f"{CONTENT}/")
    for edition in view.editions:
        if edition.locked:
            yield from files_of(edition)


def _valid_until(contents: Contents, view: View) -> datetime | None:
    """Return when the catalog or a finding will change although no file does."""
    ahead = (
        moment - SOON for a in view.catalog.articles for moment in (a.card.date, a.card.lastmod)
    )
    later = [moment for moment in ahead if moment > view.now]
    begin = [datetime.combine(e.ref.first, time(), view.now.tzinfo)
             for e in view.editions if not view.has_begun(e)]  # fmt: skip
    ends = [*later, *begin, *([contents.valid_between[1]] if contents.valid_between[1] else [])]
    return min(ends, default=None)
