"""What was found, kept by the digests of what it was found in: a second check reads what changed.

Disposable: `.site_gen/check.sqlite`, emptied when the program or the settings differ.
"""

import contextlib
import sqlite3
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from site_gen.check.document import Summary
from site_gen.check.findings import Hit
from site_gen.check.scan import Link

FILE = "check.sqlite"
VERSION = 1
_TABLES = """
create table if not exists state(key text not null);
create table if not exists file(path text primary key, digest text, entry blob) without rowid;
create table if not exists summary(path text primary key, data blob) without rowid;
create table if not exists result(key text primary key, data blob) without rowid;
"""
_EMPTY = "delete from file; delete from summary; delete from result;"
Placed = tuple[str, Hit]
"""A content path and what was found there."""

T = TypeVar("T")


class Entry(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What is known of a file of this digest.

    ignored   the rules that it asks to be silent
    inner     links from the top of our site, and local pictures
    readable  whether there is a summary of it
    """

    digest: str
    hits: tuple[Hit, ...] = ()
    ignored: tuple[str, ...] = ()
    inner: tuple[Link, ...] = ()
    readable: bool = True


Row = tuple[str, Entry, Summary | None]
"""A content path, and what was found there."""

_entry = msgspec.msgpack.Decoder(Entry)
_summary = msgspec.msgpack.Decoder(Summary)
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

    def entry(self, path: str) -> Entry | None:
        """What is kept of a file, whatever it holds now."""
        rows = self._rows("select path,entry from file where path=?", _entry, path)
        return next((entry for _, entry in rows), None)

    def entries(self) -> dict[str, Entry]:
        """All of them."""
        return dict(self._rows("select path,entry from file", _entry))

    def summary(self, path: str) -> Summary | None:
        """The summary of a file, as it was when its entry was made."""
        rows = self._rows("select path,data from summary where path=?", _summary, path)
        return next((summary for _, summary in rows), None)

    def results(self) -> dict[str, tuple[Placed, ...]]:
        """What was found across files, by the digests of all that it was found in."""
        return dict(self._rows("select key,data from result", _placed))

    def _rows(self, query: str, decoder: "msgspec.msgpack.Decoder[T]", *given: str
              ) -> "list[tuple[str, T]]":  # fmt: skip
        try:
            return [(key, decoder.decode(data)) for key, data in self._db.execute(query, given)]
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            self._forget()
            return []

    def _forget(self) -> None:
        with contextlib.suppress(sqlite3.Error), self._db:
            self._db.executescript(_EMPTY)

    def put(
        self,
        rows: Iterable[Row],
        results: Iterable[tuple[str, tuple[Placed, ...]]] = (),
        gone: Iterable[str] = (),
        stale: Iterable[str] = (),
    ) -> None:
        """Keep rows and results; forget files that are gone and results that are stale. Where
        that cannot be, the next check is only slower."""
        with contextlib.suppress(sqlite3.Error), self._db:
            for path, entry, summary in rows:
                given = (path, entry.digest, _encode(entry))
                self._db.execute("insert or replace into file values(?,?,?)", given)
                self._db.execute("delete from summary where path=?", (path,))
                if summary is not None:
                    self._db.execute("insert into summary values(?,?)", (path, _encode(summary)))
            kept = ((key, _encode(placed)) for key, placed in results)
            self._db.executemany("insert or replace into result values(?,?)", kept)
            for path in gone:
                self._db.execute("delete from file where path=?", (path,))
                self._db.execute("delete from summary where path=?", (path,))
            self._db.executemany("delete from result where key=?", ((key,) for key in stale))


def _opened(path: Path | None, key: str) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()  # never ours: writing would reach another folder
    # Whoever collects garbage closes it: a thread of its own in a preview.
    db = sqlite3.connect(path or ":memory:", timeout=5, check_same_thread=False)
    try:
        if db.execute("pragma user_version").fetchone()[0] not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        db.execute("pragma synchronous=off")
        with db:
            db.executescript(_TABLES)
            db.execute(f"pragma user_version={VERSION}")
            if [(key,)] != db.execute("select key from state").fetchall():
                db.executescript(_EMPTY)
                db.execute("delete from state")
                db.execute("insert into state values(?)", (key,))
    except BaseException:
        db.close()
        raise
    return db
