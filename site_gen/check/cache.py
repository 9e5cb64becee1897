"""What was found, kept by the digests of what it was found in: a second check reads what changed.

Disposable: `.site_gen/check.sqlite`, emptied when the program or the settings differ.
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
"""A content path and what was found there."""

T = TypeVar("T")


class Mark(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What is known of a file of this digest without looking at what was found in it.

    rules     which rules found something, a character each: its place in the list of rules
    ignored   the rules that it asks to be silent
    inner     links from the top of our site, and local pictures
    readable  whether there is a summary of it
    """

    digest: str
    rules: str = ""
    ignored: tuple[str, ...] = ()
    inner: tuple[Link, ...] = ()
    readable: bool = True


class Row(Struct, frozen=True, array_like=True):
    """A file by its content path, as it was looked at: what was found and its summary as they are
    kept, so that whoever looked has encoded them too."""

    path: str
    mark: Mark
    found: bytes
    about: bytes | None

    @classmethod
    def of(
        cls,
        path: str,
        mark: Mark,
        hits: tuple[Hit, ...] = (),
        summary: Summary | None = None,
        harmless: tuple[int, ...] = (),
    ) -> "Row":
        """`harmless` are numbers of short lines that are no leftovers: only a new one need be
        looked up among many phrases."""
        found = _encode((mark.digest, hits, harmless))
        return cls(path, mark, found, None if summary is None else _encode(summary))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What was found in it."""
        return _found.decode(self.found)[1]

    @property
    def summary(self) -> Summary | None:
        """What others need to know of it."""
        return None if self.about is None else _summary.decode(self.about)

    def encoded(self) -> bytes:
        """As bytes, which go from one process to another sooner than what they are of."""
        return _encode(self)


_index = msgspec.msgpack.Decoder(dict[str, Mark])
decode_row = msgspec.msgpack.Decoder(Row).decode
_summary = msgspec.msgpack.Decoder(Summary)
_found = msgspec.msgpack.Decoder(tuple[str, tuple[Hit, ...], tuple[int, ...]])
_placed = msgspec.msgpack.Decoder(tuple[Placed, ...])
_encode = msgspec.msgpack.Encoder().encode


class Store:
    """The findings of one site under one key: of program and settings. Damaged, locked or not to
    be written, it holds for this run alone."""

    def __init__(self, folder: Path, key: str) -> None:
        path = folder / FILE
        try:
            self._db = _opened(path, key)
        except (sqlite3.OperationalError, OSError):
            self._db = _opened(None, key)
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                path.unlink()
            self._db = _opened(path, key)
        weakref.finalize(self, self._db.close)

    def index(self) -> dict[str, Mark]:
        """What is known of each file, by path."""
        return self.state("index", _index) or {}

    def hits(self, path: str, digest: str) -> tuple[Hit, ...] | None:
        """What was found in a file of this digest."""
        for found in self._values("select found from file where path=?", _found, path):
            if found[0] == digest:
                return found[1]
        return None

    def harmless(self, path: str) -> tuple[int, ...]:
        """The short lines of a file, as it was when it was looked at, that are no leftovers."""
        found = self._values("select found from file where path=?", _found, path)
        return found[0][2] if found else ()

    def summary(self, path: str) -> Summary | None:
        """The summary of a file, as it was when it was looked at."""
        query = "select summary from file where path=? and summary is not null"
        return next(iter(self._values(query, _summary, path)), None)

    def across(self) -> dict[str, tuple[str, tuple[Placed, ...]]]:
        """What was found across the files of each edition, by id: the digest of all that it was
        found in, "" where that was not made, and the findings."""
        query = "select id,key,found from edition where found is not null"
        try:
            return {i: (key, _placed.decode(data)) for i, key, data in self._db.execute(query)}
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            self.forget()
            return {}

    def edition(self, name: str, decoder: "msgspec.msgpack.Decoder[T]") -> T | None:
        """What is kept of an edition itself."""
        query = "select data from edition where id=? and data is not null"
        return next(iter(self._values(query, decoder, name)), None)

    def state(self, name: str, decoder: "msgspec.msgpack.Decoder[T]") -> T | None:
        """What is kept of the site as a whole under a name."""
        query = "select data from state where name=?"
        return next(iter(self._values(query, decoder, name)), None)

    def _values(self, query: str, decoder: "msgspec.msgpack.Decoder[T]", given: str) -> list[T]:
        try:
            return [decoder.decode(row[0]) for row in self._db.execute(query, (given,))]
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            self.forget()
            return []

    def forget(self) -> None:
        """Forget all of it."""
        with contextlib.suppress(sqlite3.Error), self._db:
            for name in _NAMES:
                self._db.execute(f"delete from {name} where {_KEEP[name]}")  # noqa: S608

    def put_files(
        self, rows: Iterable[Row], index: Mapping[str, Mark], gone: Iterable[str] = ()
    ) -> None:
        """Keep files that were looked at, and what is known of all. Where that cannot be, the
        next check is only slower, as with all that is put here."""
        given = ((row.path, row.found, row.about) for row in rows)
        with contextlib.suppress(sqlite3.Error), self._db:
            self._db.executemany("insert or replace into file values(?,?,?)", given)
            self._db.executemany("delete from file where path=?", ((path,) for path in gone))
            self._set("index", _encode(index))

    def put_across(
        self, found: Iterable[tuple[str, str, tuple[Placed, ...]]], gone: Iterable[str] = ()
    ) -> None:
        """Keep what was found across files: id of the edition, key, findings."""
        keep = (
            "insert into edition(id,key,found) values(?,?,?) on conflict(id)"
            " do update set key=excluded.key, found=excluded.found"
        )
        with contextlib.suppress(sqlite3.Error), self._db:
            rows = ((name, key, _encode(placed)) for name, key, placed in found)
            self._db.executemany(keep, rows)
            self._db.executemany("delete from edition where id=?", ((name,) for name in gone))

    def put_site(self, states: Mapping[str, object], editions: Mapping[str, object]) -> None:
        """Keep values of the site as a whole by name, and editions by id."""
        keep = (
            "insert into edition(id,data) values(?,?) on conflict(id)"
            " do update set data=excluded.data"
        )
        with contextlib.suppress(sqlite3.Error), self._db:
            for name, value in states.items():
                self._set(name, _encode(value))
            self._db.executemany(keep, ((name, _encode(own)) for name, own in editions.items()))

    def _set(self, name: str, data: bytes) -> None:
        self._db.execute("insert or replace into state values(?,?)", (name, data))


_KEEP = {"file": "1", "edition": "1", "state": "name!='key'"}
"""What of each table is forgotten."""


def _opened(path: Path | None, key: str) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()  # never ours: writing would reach another folder
    # Whoever collects garbage closes it: a thread of its own in a preview.
    db = sqlite3.connect(path or ":memory:", timeout=5, check_same_thread=False)
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        db.execute("pragma synchronous=off")
        if version == 0:
            db.execute("pragma page_size=16384")  # of smaller ones each row would need two
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
