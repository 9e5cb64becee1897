"""Every content file: recalled if its bytes are known, else read (the first memo)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Any

import msgspec

from site_gen.arrange.visible import Moment, is_hidden
from site_gen.basics import digest, files
from site_gen.basics.stamps import RACY
from site_gen.engine.cache.catalog import FEW, MOST
from site_gen.engine.cache.in_process import Read
from site_gen.engine.inputs.reader import EDITIONS, LOCK, Reader, parse_all, read_all
from site_gen.engine.site import Site
from site_gen.engine.snapshot import CONTENT, STATIC
from site_gen.engine.up_to_date import changed_files
from site_gen.memo import problem_codec
from site_gen.memo.memo import SHARED, FileRow, ReadMark, ReadRow
from site_gen.memo.shared_values import SharedValues
from site_gen.model import ContentPage, Facts, Hidden, Lock, Note
from site_gen.problems import Problem, Where
from site_gen.read.cache_key import read_key
from site_gen.workers import pool

_STATIC = f"{STATIC}/"

HEAVY = 128 << 10
"""Bytes of a file that is read in a process of its own: where memory ends in other people's code,
the process ends with it, and nothing else would say with which file."""
A_MILLISECOND = 8 << 10
"""Bytes that take about a millisecond to read."""

_DECODERS: dict[str, msgspec.msgpack.Decoder[Any]] = {
    "article": msgspec.msgpack.Decoder(Facts),
    "hidden": msgspec.msgpack.Decoder(Hidden),
    "note": msgspec.msgpack.Decoder(Note),
    "lock": msgspec.msgpack.Decoder(Lock),
    "page": msgspec.msgpack.Decoder(ContentPage),
}


class Content:
    """The content of one site at one moment: filled by `run`.

    facts, notes, locks, pages   what the files came to that we read
    hidden    paths of those that say of themselves that they are not shown now
    broken    those of them that could not be read
    failed    those that should be shown and could not be read
    digests   of the other files, by path below content/
    """

    def __init__(self, site: Site) -> None:
        self.site, self.settings, self.kept = site, site.settings, site.kept
        self.root, self.snapshot, self.memo = site.root, site.snapshot, site.memo
        self.report, self.options = site.report, site.options
        self.facts: list[Facts] = []
        self.notes: list[Note] = []
        self.locks: list[Lock] = []
        self.pages: list[ContentPage] = []
        self.hidden: set[str] = set()
        self.broken: list[str] = []
        self.failed: list[str] = []
        self.digests: dict[str, str] = {}

    def run(self) -> None:
        """Read new files, recall the others under the exact key of the program."""
        self._read_key = read_key(self.settings, self.site.program)
        self._forget_other_programs()
        self._asked = asked = self._may_differ()
        here = self.snapshot.content
        others = [path for path in here if not _is_read(path)]
        known = self.memo.files(None if asked is None else {*asked, *others})
        fresh = self._fresh(known)
        reads = self.memo.read_marks(asked)
        gone = (reads.keys() - here.keys()) | {row[0] for row in known}.difference(here)
        as_read = {path for path, mark in reads.items() if fresh.get(path) == mark.digest}
        mine = here if asked is None else asked & here.keys()
        changed = self._really_changed(sorted({*filter(_is_read, mine)} - as_read), reads, fresh)
        if gone:
            with self.memo.transaction():
                self.memo.forget_reads(gone)
        for path in gone:
            reads.pop(path, None)
        found = {**reads, **self._read_all(changed)}
        if asked is not None:
            found = self.memo.notable_marks() | found
        self._other_files(fresh, others)
        self.site.note(self.snapshot.odd)
        self._reads = dict(sorted(found.items()))

    def _may_differ(self) -> frozenset[str] | None:
        """Paths of the files to look up in the memo; None for all."""
        if self.site.caller.kept is not None:
            return None  # who builds again keeps what all came to
        found = changed_files(self.site)
        return found if found is not None and len(found) <= MOST + FEW else None

    def _look_up_all(self) -> None:
        """Look up the files that were skipped."""
        if self._asked is not None:
            self._look_up(None)
            self._asked = None

    def _look_up(self, paths: Iterable[str] | None) -> None:
        known = self.memo.read_marks(paths)
        self._reads = dict(sorted({**known, **self._reads}.items()))

    def frames(self) -> Iterator[str]:
        """Of all that was read and is no article, in order: path, kind, digest; then of all other
        files: path, digest."""
        for path, mark in self._reads.items():
            if mark.kind != "article":
                yield from (path, mark.kind, mark.frame)
        for pair in self.digests.items():
            yield from pair

    def articles(self, before: Mapping[str, tuple[str, str]] | None) -> dict[str, tuple[str, str]]:
        """The mark of each article, by path: see cache/catalog.py. `before` are those of the
        arrangement that the output was settled with, None where that is not known."""
        if before is None:
            self._look_up_all()
        found = dict(before) if before and self._asked is not None else {}
        for path in self._asked or ():
            found.pop(path, None)
        own = self._reads.items()
        return found | {path: (m.frame, m.parts) for path, m in own if m.kind == "article"}

    def but_quiet_articles(self) -> set[str]:
        """Paths of all files but articles without problems."""
        return {p for p, mark in self._reads.items() if mark.kind != "article" or mark.problems}

    def texts(self) -> list[Facts | Note | ContentPage]:
        """All texts that were read and may be shown."""
        return [*self.facts, *self.notes, *self.pages]

    def facts_of(self, paths: Collection[str]) -> list[Facts]:
        """The facts of some articles."""
        rows = self.memo.reads(paths)
        return [_DECODERS[kind].decode(data) for _, kind, data, _ in rows if kind == "article"]

    def quiet(self) -> Iterator[Facts | Note]:
        """Articles and notes without problems."""
        read: tuple[Facts | Note, ...] = (*self.facts, *self.notes)
        return (each for each in read if not self._reads[each.path].problems)

    def _forget_other_programs(self) -> None:
        """Forget read results of another program version or other settings."""
        if self.memo.get_state(SHARED, "read") != self._read_key:
            with self.memo.transaction():
                self.memo.forget_reads()
                self.memo.set_state(SHARED, "read", self._read_key)

    def _fresh(self, known: Iterable[tuple[str, int, int, int, str]]) -> dict[str, str]:
        """Digests that can be trusted: the stamp is the same and not too recent."""
        trusted = self._looked() - RACY
        stamp_of = self.snapshot.content.get
        return {
            row[0]: row[4]
            for row in known
            if row[4]  # without one it could not be read: that may have passed
            and row[2] <= trusted
            and row[1:4] == stamp_of(row[0])
        }

    def _looked(self) -> int:
        """When files were last looked at; 0 for a clock that was set back since then."""
        looked: int = self.memo.get_state(SHARED, "looked") or 0
        if self.site.file_time < looked:
            self.memo.invalidate_stamps()
            return 0
        return looked

    def _really_changed(
        self, paths: list[str], reads: dict[str, ReadMark], fresh: dict[str, str]
    ) -> list[str]:
        """The files whose stamp and bytes differ; of others only the stamp is recorded."""
        changed = []
        same: list[tuple[str, FileRow]] = []
        for path in paths:
            file_digest = self._hash(path) if path in reads else ""
            if file_digest and reads[path].digest == file_digest:
                same.append((path, FileRow(self.snapshot.content[path], file_digest)))
                fresh[path] = file_digest
            else:
                changed.append(path)
        with self.memo.transaction():
            self.memo.put_files(same)
        return changed

    def _hash(self, path: str) -> str:
        self.report.hashed += 1
        try:
            return digest.of_bytes(files.read_bytes(self.root / CONTENT / path, 1 << 30))
        except files.Unreadable as error:
            if "vanished" in error.reason and not _is_read(path):
                # Of a file that is read the reader says it.
                self.site.note([_vanished(path, error.reason)])
            return ""

    def _read_all(self, paths: list[str]) -> dict[str, ReadMark]:
        """Read files into the memo. Returns their results by path."""
        found: dict[str, ReadMark] = {}
        reader = Reader(self.root, self.settings)
        self.report.read += len(paths)
        done = 0
        for rows in self._rows(reader, paths):
            with self.memo.transaction():
                self.memo.put_reads(rows)
                self.memo.put_files(
                    (r.path, FileRow(self.snapshot.content[r.path], r.digest)) for r in rows
                )
            found.update((row.path, ReadMark.from_row(row)) for row in rows)
            done += len(rows)
            self.site.progress("reading", done, len(paths))
        return found

    def _rows(self, reader: Reader, paths: list[str]) -> Iterator[list[ReadRow]]:
        if self.site.caller.workers is None or len(paths) < pool.MIN_ITEMS:
            return pool.map_chunks(
                *(read_all, reader, paths, self.options.jobs, _crashed),
                cost=lambda path: 1 + self.snapshot.content[path][0] // A_MILLISECOND,
                risky=lambda path: self.snapshot.content[path][0] >= HEAVY,
                seconds=2 * self.settings.limits.article_seconds + 5,
            )
        from site_gen.workers.spread import map_on_workers

        loaded = map(reader.loaded, paths)
        return map_on_workers(
            parse_all, reader, loaded, lambda x: _crashed(x.path), self.site.caller.workers
        )

    def _other_files(self, fresh: dict[str, str], paths: list[str]) -> None:
        """Digests of files that may be copied; an unused image is hashed only once."""
        rows = []
        for path in paths:
            file_digest = fresh.get(path) or self._hash(path)
            if path not in fresh:
                rows.append((path, FileRow(self.snapshot.content[path], file_digest)))
            self.digests[path] = file_digest
        with self.memo.transaction():
            self.memo.put_files(rows)
            self.memo.set_state(SHARED, "looked", self.site.file_time)

    def recall(self, only: Set[str] | None = None) -> None:
        """Results of the files (or `only` some), decoded once per process."""
        self.facts, self.notes, self.locks, self.pages = [], [], [], []
        self.broken, self.failed = [], []
        if only is None:
            self._look_up_all()
        elif missing := only - self._reads.keys():
            self._look_up(missing)
        known = self.kept.reads(self._read_key)
        digests = {p: m.digest for p, m in self._reads.items() if only is None or p in only}
        for path in [p for p in known if not known[p].digest or known[p].digest != digests.get(p)]:
            del known[path]
        unknown = [path for path in digests if path not in known]
        few = None if only is None and len(unknown) == len(digests) else unknown
        shared = SharedValues()
        for path, kind, data, problems in self.memo.reads(few):
            value = _DECODERS[kind].decode(data) if kind in _DECODERS else None
            if isinstance(value, Facts):
                shared.of(value.card)
            found = problem_codec.decode_problems(problems) if problems else ()
            known[path] = Read(digests[path], value, tuple(found))
        said: list[Problem] = []
        moment = Moment(self.options.now, self.options.drafts, self.options.future)
        for path in digests:
            read = known[path]
            hidden = is_hidden(read.value, moment)
            if hidden:
                self.hidden.add(path)
            if read.problems:
                # what is only early is to be right when its time comes
                never = hidden and is_hidden(read.value, moment._replace(future=True))
                said += (p._replace(severity="note") if never else p for p in read.problems)
            match read.value:
                case Facts():
                    self.facts.append(read.value)
                case None:
                    self.failed.append(path)
                case Hidden():
                    self.broken.append(path)
                case Note():
                    self.notes.append(read.value)
                case Lock():
                    self.locks.append(read.value)
                case ContentPage():
                    self.pages.append(read.value)
        self.site.note(said)


def _is_read(path: str) -> bool:
    """Whether a content file is read, and not copied."""
    if path.startswith(_STATIC):
        return False
    return path.endswith(".md") or (path.startswith(EDITIONS) and path.endswith(LOCK))


def _vanished(path: str, reason: str) -> Problem:
    where = Where(f"{CONTENT}/{path}")
    return Problem("file/unreadable", f"the file {reason}", where, "restore it, and build again")


def _crashed(path: str) -> ReadRow:
    problem = Problem(
        "article/crash",
        "the file ends the process that reads it, for want of memory perhaps",
        Where(f"{CONTENT}/{path}"),
        "shorten or split it, and report it to us",
    )
    return ReadRow(path, "", "failed", problem_codec.encode_problems([problem]))
