"""The cache of findings, by digest of the files they are about: a check reads only changed files.

It is `.site_gen/check.sqlite`, may be deleted, and is cleared when the program or settings change.
"""

import contextlib
import sqlite3
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from site_gen.check.document import Summary
from site_gen.check.findings import Hit
from site_gen.check.scan import Link

FILE = "check.sqlite"
VERSION = 2
_TABLES = """
create table if not exists state(name text primary key, data blob) without rowid;
create table if not exists file(path text primary key, found blob, summary blob) without rowid;
create table if not exists edition(id text primary key, key text, found blob, data blob)
  without rowid;
"""
_NAMES = ("file", "edition", "state")
Placed = tuple[str, Hit]
"""A path relative to `content/` and what was found in that file."""

T = TypeVar("T")


class IndexEntry(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What is known about a file of this digest without decoding its findings.

    rules           one character for each finding: the number of its rule (`chr(number)`)
    ignored         the rules in its `checkIgnore`
    internal_links  links to paths of this site, and local pictures
    readable        whether the file could be parsed, so that there is a summary
    """

    digest: str
    rules: str = ""
    ignored: tuple[str, ...] = ()
    internal_links: tuple[Link, ...] = ()
    readable: bool = True


class Row(Struct, frozen=True, array_like=True):
    """The results of checking one file, as stored.

    Findings and summary are encoded by the process that made them, which may be a worker.
    """

    path: str
    entry: IndexEntry
    encoded_hits: bytes
    encoded_summary: bytes | None

    @classmethod
    def of(
        cls,
        path: str,
        entry: IndexEntry,
        hits: tuple[Hit, ...] = (),
        summary: Summary | None = None,
        clean_lines: tuple[int, ...] = (),
    ) -> "Row":
        """Encode the results of a file. `clean_lines` are the keys of short lines that are no
        leftovers, so that the next check looks up new lines only."""
        findings = _encode((entry.digest, hits, clean_lines))
        return cls(path, entry, findings, None if summary is None else _encode(summary))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The findings in the file."""
        return _findings.decode(self.encoded_hits)[1]

    @property
    def summary(self) -> Summary | None:
        """The summary of the file; None if it could not be parsed."""
        data = self.encoded_summary
        return None if data is None else _summary.decode(data)

    def encoded(self) -> bytes:
        """Return the row as bytes, which pass between processes faster than objects."""
        return _encode(self)


_index = msgspec.msgpack.Decoder(dict[str, IndexEntry])
decode_row = msgspec.msgpack.Decoder(Row).decode
_summary = msgspec.msgpack.Decoder(Summary)
_findings = msgspec.msgpack.Decoder(tuple[str, tuple[Hit, ...], tuple[int, ...]])
_placed = msgspec.msgpack.Decoder(tuple[Placed, ...])
_encode = msgspec.msgpack.Encoder().encode


class Store:
    """The cached findings of one site, valid for one `key` (see `run.cache_key`).

    A damaged file is replaced. If it cannot be opened or written, the cache lives in memory.
    """

    def __init__(self, folder: Path, key: str) -> None:
        path = folder / FILE
        try:
            self._db = _open(path, key)
        except (sqlite3.OperationalError, OSError):
            self._db = _open(None, key)
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                path.unlink()
            self._db = _open(path, key)
        weakref.finalize(self, self._db.close)

    def index(self) -> dict[str, IndexEntry]:
        """Return the index entries of all files by path."""
        return self.state("index", _index) or {}

    def hits(self, path: str, digest: str) -> tuple[Hit, ...] | None:
        """Return the findings in a file; None if none are stored for this digest."""
        for found in self._values("select found from file where path=?", _findings, path):
            if found[0] == digest:
                return found[1]
        return None

    def clean_lines(self, path: str) -> tuple[int, ...]:
        """Return the keys of short lines without findings in the last checked version."""
        found = self._values("select found from file where path=?", _findings, path)
        return found[0][2] if found else ()

    def summary(self, path: str) -> Summary | None:
        """Return the summary of the last checked version of a file."""
        query = "select summary from file where path=? and summary is not null"
        return next(iter(self._values(query, _summary, path)), None)

    def edition_findings(self) -> dict[str, tuple[str, tuple[Placed, ...]]]:
        """Return the findings of each edition by its id, with the digest of what they depend on
        ("" if it was not computed)."""
        query = "select id,key,found from edition where found is not null"
        try:
            return {i: (key, _placed.decode(data)) for i, key, data in self._db.execute(query)}
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            self.clear()
            return {}

    def edition(self, name: str, decoder: "msgspec.msgpack.Decoder[T]") -> T | None:
        """Return a stored edition by id."""
        query = "select data from edition where id=? and data is not null"
        return next(iter(self._values(query, decoder, name)), None)

    def state(self, name: str, decoder: "msgspec.msgpack.Decoder[T]") -> T | None:
        """Return a stored value of the whole site by name."""
        query = "select data from state where name=?"
        return next(iter(self._values(query, decoder, name)), None)

    def _values(self, query: str, decoder: "msgspec.msgpack.Decoder[T]", given: str) -> list[T]:
        try:
            return [decoder.decode(row[0]) for row in self._db.execute(query, (given,))]
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            self.clear()
            return []

    def clear(self) -> None:
        """Delete everything but the key."""
        with contextlib.suppress(sqlite3.Error), self._db:
            for name in _NAMES:
                self._db.execute(f"delete from {name} where {_DELETABLE[name]}")  # noqa: S608

    def save_files(
        self, rows: Iterable[Row], index: Mapping[str, IndexEntry], gone: Iterable[str] = ()
    ) -> None:
        """Store the results of checked files and the index of all files.

        Errors of SQLite are ignored here and below: without the cache, a check is only slower.
        """
        given = ((row.path, row.encoded_hits, row.encoded_summary) for row in rows)
        with contextlib.suppress(sqlite3.Error), self._db:
            self._db.executemany("insert or replace into file values(?,?,?)", given)
            self._db.executemany("delete from file where path=?", ((path,) for path in gone))
            self._set("index", _encode(index))

    def save_edition_findings(
        self, found: Iterable[tuple[str, str, tuple[Placed, ...]]], gone: Iterable[str] = ()
    ) -> None:
        """Store (id, key, findings) of editions, and delete those with an id in `gone`."""
        query = (
            "insert into edition(id,key,found) values(?,?,?) on conflict(id)"
            " do update set key=excluded.key, found=excluded.found"
        )
        with contextlib.suppress(sqlite3.Error), self._db:
            rows = ((name, key, _encode(placed)) for name, key, placed in found)
            self._db.executemany(query, rows)
            self._db.executemany("delete from edition where id=?", ((name,) for name in gone))

    def save_states(self, states: Mapping[str, object], editions: Mapping[str, object]) -> None:
        """Store values of the whole site by name, and editions by id."""
        query = (
            "insert into edition(id,data) values(?,?) on conflict(id)"
            " do update set data=excluded.data"
        )
        with contextlib.suppress(sqlite3.Error), self._db:
            for name, value in states.items():
                self._set(name, _encode(value))
            self._db.executemany(query, ((name, _encode(own)) for name, own in editions.items()))

    def _set(self, name: str, data: bytes) -> None:
        self._db.execute("insert or replace into state values(?,?)", (name, data))


_DELETABLE = {"file": "1", "edition": "1", "state": "name!='key'"}
"""The condition for rows that `clear` deletes."""


def _open(path: Path | None, key: str) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()  # never created by us; writing would reach another folder
    # The garbage collector closes the connection, in a preview from another thread.
    db = sqlite3.connect(path or ":memory:", timeout=5, check_same_thread=False)
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        db.execute("pragma synchronous=off")
        if version == 0:
            db.execute("pragma page_size=16384")  # in smaller pages, each row would need two
            with db:
                db.executescript(_TABLES)
                db.execute(f"pragma user_version={VERSION}")
        if [(key,)] != db.execute("select data from state where name='key'").fetchall():
            with db:
                for name in _NAMES:
                    db.execute(f"delete from {name}")  # noqa: S608 - literals
                db.execute("insert into state values('key',?)", (key,))
    except BaseException:
        db.close()
        raise
    return db
