"""The memo: results of past builds, in SQLite. Versioned and disposable.

Tables for all outputs: `file` (stamp and digest of a content file), `read` (what it was read as),
`part` (its facts, detail, body and terms, loaded on demand) and `picture`. Tables for each output:
`page` (the key of each file), `unit` (what is planned together) and `published` (permalinks and
guids). A damaged file is replaced by an empty one. Of a file that another user signed, permalinks,
guids and numbers are kept, but nothing that is shown on a page.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.basics.stamps import Stamp
from site_gen.memo.database import open_database, remove_database
from site_gen.memo.key import sign

_SIGNATURE_SIZE = 16
_LENGTH_SIZE = 4
"""Bytes of the number that says how long a body is."""

SETTLED_FILES = "files"
"""The state of an output with the names and stamps of the content files it was built from. Deleted
as soon as a new result is recorded for any file."""

SHARED = ""
"""The output name for state that belongs to no output."""


class FileRow(NamedTuple):
    """The stamp of a content file and the digest of its bytes."""

    stamp: Stamp
    digest: str


class ReadRow(NamedTuple):
    """What a content file was read as: encoded Facts and problems; of an article also the encoded
    Detail, the body and its search terms (see formats/search/terms.py).

    parts   digest of an article's body and detail
    frame   digest of everything else, or of the whole file if it is no article
    """

    path: str
    digest: str
    kind: str
    problems: str
    frame: str = ""
    parts: str = ""
    facts: bytes = b""
    detail: bytes = b""
    body: str = ""
    terms: str = ""


class ReadMark(NamedTuple):
    """The small columns of a ReadRow."""

    digest: str
    kind: str
    frame: str
    parts: str
    problems: str

    @classmethod
    def from_row(cls, row: ReadRow) -> "ReadMark":
        """The mark of a row."""
        return cls(row.digest, row.kind, row.frame, row.parts, row.problems)


class PageRow(NamedTuple):
    """An output as it was last written: its key, its inputs by name, and its stamp."""

    path: str
    key: str
    inputs: str
    reasons: str
    stamp: Stamp


class UnitRow(NamedTuple):
    """A unit as it was last planned, see engine/plan.py."""

    key: str
    pages_digest: str


Published = dict[str, list[str]]
"""Permalink of each article -> [content path, guid, digest that a renamed file keeps, guid that it
had before the last change of it]."""


class Memo:
    """An open memo. Must be closed. Not shared between processes: workers open their own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_database(path)
        if self.get_bytes(SHARED, "owner") != sign(b"owner"):
            self.forget_untrusted()

    def close(self) -> None:
        self._db.close()

    def begin_snapshot(self) -> None:
        """Begin a read transaction: the memo is seen as it is now, and reads are faster."""
        self._db.execute("begin")

    def forget_untrusted(self) -> None:
        """Forget everything that another user could have forged; keep published permalinks, guids
        and numbers."""
        with self.transaction():
            for table in ("read", "part", "picture", "file", "unit"):
                self._db.execute(f"delete from {table}")  # noqa: S608 - literals
            self._db.execute("delete from state where name <> 'numbers'")
            self._db.execute("update page set key='', inputs='', reasons=''")
            self.set_bytes(SHARED, "owner", sign(b"owner"))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction, rolled back if the block raises."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def get_state(self, output: str, name: str) -> Any:
        """A stored value (JSON), or None."""
        row = self._db.execute(
            "select value from state where output=? and name=?", (output, name)
        ).fetchone()
        try:
            return json.loads(row[0]) if row else None
        except (ValueError, TypeError):
            return None

    def set_state(self, output: str, name: str, value: Any) -> None:
        self._db.execute(
            "insert or replace into state values(?,?,?)", (output, name, json.dumps(value))
        )

    def get_bytes(self, output: str, name: str) -> bytes:
        """Stored bytes; b"" if there are none."""
        row = self._db.execute(
            "select value from state where output=? and name=?", (output, name)
        ).fetchone()
        return row[0] if row and isinstance(row[0], bytes) else b""

    def set_bytes(self, output: str, name: str, data: bytes) -> None:
        self._db.execute("insert or replace into state values(?,?,?)", (output, name, data))

    def forget_state(self, output: str, name: str) -> None:
        self._db.execute("delete from state where output=? and name=?", (output, name))

    def forget_states(self, output: str, begin: str) -> None:
        """Forget all values of an output whose names begin with `begin`."""
        self._db.execute(
            "delete from state where output=? and substr(name,1,?)=?", (output, len(begin), begin)
        )

    def invalidate_stamps(self) -> None:
        """Make the next build of every output hash every file. Needed after the clock was set back,
        when a file may have been changed without a change of its stamp."""
        with self.transaction():
            self._db.execute("delete from state where name='settled'")
            self.set_state(SHARED, "looked", 0)

    def files(self, paths: Iterable[str] | None = None) -> list[tuple[str, int, int, int, str]]:
        """(path, *stamp, digest) of every content file, or of some."""
        return self._rows("select path,size,mtime,inode,digest from file", paths)

    def _rows(self, wanted: str, paths: Iterable[str] | None) -> list[Any]:
        """The rows of a query, all or those of `paths`."""
        if paths is None:
            return self._db.execute(wanted).fetchall()
        of = f"{wanted} where path=?"
        return [row for path in paths for row in self._db.execute(of, (path,))]

    def file_digest(self, path: str) -> str:
        """The digest of a content file when it was last read; "" if it was not."""
        row = self._db.execute("select digest from file where path=?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def put_files(self, rows: Iterable[tuple[str, FileRow]]) -> None:
        self._db.executemany(
            "insert or replace into file values(?,?,?,?,?)",
            ((path, *row.stamp, row.digest) for path, row in rows),
        )

    def read_digests(self) -> dict[str, str]:
        return dict(self._db.execute("select path,digest from read"))

    def read_marks(self, paths: Iterable[str] | None = None) -> dict[str, ReadMark]:
        """The marks of all files, or of some, by content path."""
        return _marks(self._rows(_SELECT_MARK, paths))

    def notable_marks(self) -> dict[str, ReadMark]:
        """The marks of all files but articles without problems, by content path."""
        return _marks(self._db.execute(f"{_SELECT_MARK} where kind<>'article' or problems<>''"))

    def reads(self, paths: Iterable[str] | None = None) -> Iterator[tuple[str, str, bytes, str]]:
        """(path, kind, facts, problems) of all files, or of some, sorted by path. Raises
        ForeignRowError."""
        wanted = "select path,kind,facts,problems from read join part using(path)"
        if paths is None:
            yield from map(_verify_read, self._db.execute(f"{wanted} order by path"))
            return
        for path in sorted(paths):
            yield from map(_verify_read, self._db.execute(f"{wanted} where path=?", (path,)))

    def put_reads(self, rows: Iterable[ReadRow]) -> None:
        """Record what files were read as, and delete SETTLED_FILES of all outputs."""
        rows = list(rows)
        self._forget_settled_files()
        self._db.executemany(
            "insert or replace into read values(?,?,?,?,?,?)",
            ((row.path, *ReadMark.from_row(row)) for row in rows),
        )
        self._db.executemany(
            "insert or replace into part values(?,?,?,?)", map(_signed_parts, rows)
        )

    def forget_reads(self, paths: Iterable[str] | None = None) -> None:
        """Forget some files, or everything that was read."""
        self._forget_settled_files()
        if paths is None:
            for table in ("read", "part", "picture"):
                self._db.execute(f"delete from {table}")  # noqa: S608 - literals
            return
        rows = [(path,) for path in paths]
        for table in ("read", "part", "file"):
            self._db.executemany(f"delete from {table} where path=?", rows)  # noqa: S608 - literals

    def _forget_settled_files(self) -> None:
        self._db.execute("delete from state where name=?", (SETTLED_FILES,))

    def detail_and_body(self, path: str) -> tuple[bytes, str]:
        """The encoded Detail of an article and its body. Raises ForeignRowError."""
        row = self._db.execute("select shown from part where path=?", (path,)).fetchone()
        data = _verify(row[0], "shown", path) if row else b""
        end = len(data) - int.from_bytes(data[:_LENGTH_SIZE])
        return data[_LENGTH_SIZE:end], data[end:].decode()

    def terms(self, paths: Sequence[str]) -> list[list[str]]:
        """The lines of search terms of each of a few paths. Raises ForeignRowError."""
        marks = ",".join("?" * len(paths))
        rows = self._db.execute(f"select path,terms from part where path in ({marks})", paths)  # noqa: S608 - marks
        found = {path: _verify(terms, "terms", path).decode() for path, terms in rows}
        return [found[path].split("\n") for path in paths]

    def units(self, output: str) -> dict[str, UnitRow]:
        """The last plan of an output, by unit."""
        rows = self._db.execute("select name,key,pages_digest from unit where output=?", (output,))
        return {row[0]: UnitRow(*row[1:]) for row in rows}

    def unit_pages(self, output: str, name: str) -> tuple[bytes, str]:
        """(encoded pages without views, their keys separated by spaces) of a planned unit."""
        pages, keys = self._db.execute(
            "select pages,keys from unit where output=? and name=?", (output, name)
        ).fetchone()
        return pages, keys

    def put_unit(self, output: str, name: str, row: UnitRow, pages: bytes, keys: str) -> None:
        self._db.execute(
            "insert or replace into unit values(?,?,?,?,?,?)", (output, name, *row, pages, keys)
        )

    def forget_units(self, output: str, names: Iterable[str]) -> None:
        self._db.executemany(
            "delete from unit where output=? and name=?", ((output, name) for name in names)
        )

    def published(self, output: str, paths: Iterable[str] | None = None) -> Published:
        """What the last good build published of all content files, or of some."""
        wanted = "select permalink,path,guid,similarity,earlier from published where output=?"
        rows: Iterable[tuple[str, ...]]
        if paths is None:
            rows = self._db.execute(wanted, (output,))
        else:
            of = f"{wanted} and path=?"
            rows = (row for path in paths for row in self._db.execute(of, (output, path)))
        return {row[0]: list(row[1:]) for row in rows}

    def put_published(self, output: str, before: Published, now: Published) -> None:
        """Record what was published; `before` is what the memo has."""
        self._db.executemany(
            "delete from published where output=? and permalink=?",
            ((output, permalink) for permalink in before.keys() - now.keys()),
        )
        self._db.executemany(
            "insert or replace into published values(?,?,?,?,?,?)",
            ((output, key, *entry) for key, entry in now.items() if entry != before.get(key)),
        )

    def pictures(self) -> dict[str, str]:
        """The measures of pictures (JSON), by digest and extension."""
        return dict(self._db.execute("select key,measured from picture"))

    def put_pictures(self, found: Mapping[str, str]) -> None:
        self._db.executemany("insert or replace into picture values(?,?)", found.items())

    def page_keys(self, output: str) -> dict[str, tuple[str, int, int, int]]:
        """(key, *stamp) of every output, by path."""
        rows = self._db.execute(
            "select path,key,size,mtime,inode from page where output=?", (output,)
        )
        return {row[0]: row[1:] for row in rows}

    def page(self, output: str, path: str) -> PageRow | None:
        """The row of one output; None if there is none."""
        row = self._db.execute(
            "select key,inputs,reasons,size,mtime,inode from page where output=? and path=?",
            (output, path),
        ).fetchone()
        return PageRow(path, row[0], row[1], row[2], row[3:]) if row else None

    def put_pages(self, output: str, rows: Iterable[PageRow]) -> None:
        self._db.executemany(
            "insert or replace into page values(?,?,?,?,?,?,?,?)",
            ((output, r.path, r.key, r.inputs, r.reasons, *r.stamp) for r in rows),
        )

    def forget_pages(self, output: str, paths: Iterable[str]) -> None:
        self._db.executemany(
            "delete from page where output=? and path=?", ((output, path) for path in paths)
        )


_SELECT_MARK = "select path,digest,kind,frame,parts,problems from read"


def _marks(rows: Iterable[tuple[str, ...]]) -> dict[str, ReadMark]:
    mark = partial(tuple.__new__, ReadMark)  # avoids a Python call for each row
    return {row[0]: mark(row[1:]) for row in rows}


class ForeignRowError(sqlite3.DatabaseError):
    """A row was not signed with this user's key."""


def _signed_parts(row: ReadRow) -> tuple[str, bytes, bytes, bytes]:
    path, body, terms = row.path, row.body.encode(), row.terms.encode()
    shown = b"".join((len(body).to_bytes(_LENGTH_SIZE), row.detail, body))
    return (
        path,
        _sign("facts", path, row.kind.encode(), row.problems.encode(), row.facts) + row.facts,
        _sign("shown", path, shown) + shown,
        _sign("terms", path, terms) + terms,
    )


def _verify_read(row: tuple[str, str, bytes, str]) -> tuple[str, str, bytes, str]:
    path, kind, facts, problems = row
    data = _verify(facts, "facts", path, kind.encode(), problems.encode())
    return path, kind, data, problems


def _verify(value: bytes, what: str, path: str, *before: bytes) -> bytes:
    """The value without its signature. Raises ForeignRowError if that is wrong."""
    found, rest = bytes(value[:_SIGNATURE_SIZE]), bytes(value[_SIGNATURE_SIZE:])
    if found != _sign(what, path, *before, rest):
        raise ForeignRowError(f"the {what} of {path} were not noted by this user")
    return rest


def _sign(what: str, path: str, *parts: bytes) -> bytes:
    return sign(what.encode(), path.encode("utf-8", "surrogatepass"), *parts)


def discard(path: Path, error: Exception) -> None:
    """Delete a memo that broke a build. After ForeignRowError permalinks, guids and numbers are
    kept."""
    if isinstance(error, ForeignRowError):
        memo = Memo(path)
        memo.forget_untrusted()
        memo.close()
        return
    remove_database(path)
