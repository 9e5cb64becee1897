"""The memo: what past builds learnt, in SQLite. Versioned, disposable, never pickled.

Shared are `file` and `read` (what a content file is, and came to, in short), `part` (all that it
came to, fetched where it is needed) and `picture`; per output folder `page` (the key of each file),
`unit` (what is planned together) and `published` (addresses and guids). A damaged file is thrown
away and made anew; of a stranger's, addresses and numbers are kept, and nothing that stands on a
page.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.basics.stamps import Stamp
from site_gen.memo.database import open_file, remove
from site_gen.memo.key import seal

_SEAL = 16
_SIZE = 4
"""Bytes that say how long a body is."""

FILES = "files"
"""The state of an output that names the content files it was settled with, as long as what is noted
of each is what it was then."""

SHARED = ""
"""The output name under which state that belongs to no output is kept."""


class FileRow(NamedTuple):
    """A content file whose bytes were hashed."""

    stamp: Stamp
    digest: str


class ReadRow(NamedTuple):
    """What a content file came to: encoded Facts and problems; of an article also the encoded
    Detail, the body, and the lines of terms by which it is found.

    parts   digest of an article's body and detail; `frame` of all else, or of the whole file
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
    """A row of what was read without what it came to."""

    digest: str
    kind: str
    frame: str
    parts: str
    problems: str

    @classmethod
    def of(cls, row: ReadRow) -> "ReadMark":
        """The mark of a row."""
        return cls(row.digest, row.kind, row.frame, row.parts, row.problems)


class PageRow(NamedTuple):
    """An output as it was last made: its key, its inputs by name, and its stamp."""

    path: str
    key: str
    inputs: str
    reasons: str
    stamp: Stamp


class UnitRow(NamedTuple):
    """A unit as it was last planned: see plan.py."""

    key: str
    seal: str


Published = dict[str, list[str]]
"""Permalink of each article -> content path, guid, a digest that a renamed file keeps, and the guid
it had before, if the last build was told of another one: who takes our advice hears no more."""


class Memo:
    """An open memo. Not shared between processes; a worker opens its own, read-only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_file(path)
        if self.bytes_of(SHARED, "owner") != seal(b"owner"):
            self.disown()

    def close(self) -> None:
        self._db.close()

    def hold(self) -> None:
        """See it from now on as it is now: a look at it is then no transaction of its own."""
        self._db.execute("begin")

    def disown(self) -> None:
        """A stranger's memo, or one from before: where things stood is all that is kept of it."""
        with self.transaction():
            for table in ("read", "part", "picture", "file", "unit"):
                self._db.execute(f"delete from {table}")  # noqa: S608 - literals
            self._db.execute("delete from state where name <> 'numbers'")
            self._db.execute("update page set key='', inputs='', reasons=''")
            self.set_bytes(SHARED, "owner", seal(b"owner"))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One short transaction."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def state(self, output: str, name: str) -> Any:
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

    def bytes_of(self, output: str, name: str) -> bytes:
        """Stored bytes, none when there are not any."""
        row = self._db.execute(
            "select value from state where output=? and name=?", (output, name)
        ).fetchone()
        return row[0] if row and isinstance(row[0], bytes) else b""

    def set_bytes(self, output: str, name: str, data: bytes) -> None:
        self._db.execute("insert or replace into state values(?,?,?)", (output, name, data))

    def forget_state(self, output: str, name: str) -> None:
        self._db.execute("delete from state where output=? and name=?", (output, name))

    def forget_states(self, output: str, begin: str) -> None:
        """Forget all values of an output whose names begin so."""
        self._db.execute(
            "delete from state where output=? and substr(name,1,?)=?", (output, len(begin), begin)
        )

    def doubt_stamps(self) -> None:
        """The clock was set back: a file may have been written again at the very time that its
        stamp says, so that every file is to be looked at, for every output."""
        with self.transaction():
            self._db.execute("delete from state where name='settled'")
            self.set_state(SHARED, "looked", 0)

    def files(self, paths: Iterable[str] | None = None) -> list[tuple[str, int, int, int, str]]:
        """(path, *stamp, digest) of every content file, or of some."""
        return self._rows("select path,size,mtime,inode,digest from file", paths)

    def _rows(self, wanted: str, paths: Iterable[str] | None) -> list[Any]:
        """Rows of a table that is by path: all, or some."""
        if paths is None:
            return self._db.execute(wanted).fetchall()
        of = f"{wanted} where path=?"
        return [row for path in paths for row in self._db.execute(of, (path,))]

    def file_digest(self, path: str) -> str:
        """The digest of a content file as it was last read; "" when it was not."""
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
        """What is known of each file that was read, or of some, by path."""
        return _marks(self._rows(_MARK, paths))

    def loud_marks(self) -> dict[str, ReadMark]:
        """The same of all but those articles of which nothing is to be said."""
        return _marks(self._db.execute(f"{_MARK} where kind<>'article' or problems<>''"))

    def reads(self, paths: Iterable[str] | None = None) -> Iterator[tuple[str, str, bytes, str]]:
        """(path, kind, facts, problems) of every file read, or of some, sorted by path."""
        wanted = "select path,kind,facts,problems from read join part using(path)"
        if paths is None:
            yield from map(_unsealed_read, self._db.execute(f"{wanted} order by path"))
            return
        for path in sorted(paths):
            yield from map(_unsealed_read, self._db.execute(f"{wanted} where path=?", (path,)))

    def put_reads(self, rows: Iterable[ReadRow]) -> None:
        """Note what files came to: what outputs were settled with is not all there is any more."""
        rows = list(rows)
        self._forget_settled_files()
        self._db.executemany(
            "insert or replace into read values(?,?,?,?,?,?)",
            ((row.path, *ReadMark.of(row)) for row in rows),
        )
        self._db.executemany(
            "insert or replace into part values(?,?,?,?)", map(_sealed_parts, rows)
        )

    def forget_reads(self, paths: Iterable[str] | None = None) -> None:
        """Forget some files, or all that was read."""
        self._forget_settled_files()
        if paths is None:
            for table in ("read", "part", "picture"):
                self._db.execute(f"delete from {table}")  # noqa: S608 - literals
            return
        rows = [(path,) for path in paths]
        for table in ("read", "part", "file"):
            self._db.executemany(f"delete from {table} where path=?", rows)  # noqa: S608 - literals

    def _forget_settled_files(self) -> None:
        self._db.execute("delete from state where name=?", (FILES,))

    def shown(self, path: str) -> tuple[bytes, str]:
        """The encoded Detail of an article, and its body: its page takes both."""
        row = self._db.execute("select shown from part where path=?", (path,)).fetchone()
        data = _unsealed(row[0], "shown", path) if row else b""
        end = len(data) - int.from_bytes(data[:_SIZE])
        return data[_SIZE:end], data[end:].decode()

    def terms(self, paths: Sequence[str]) -> list[list[str]]:
        """The lines of terms by which each of a few articles is found."""
        marks = ",".join("?" * len(paths))
        rows = self._db.execute(f"select path,terms from part where path in ({marks})", paths)  # noqa: S608 - marks
        found = {path: _unsealed(terms, "terms", path).decode() for path, terms in rows}
        return [found[path].split("\n") for path in paths]

    def units(self, output: str) -> dict[str, UnitRow]:
        """The last plan of an output, by unit."""
        rows = self._db.execute("select name,key,seal from unit where output=?", (output,))
        return {row[0]: UnitRow(*row[1:]) for row in rows}

    def unit_pages(self, output: str, name: str) -> tuple[bytes, str]:
        """The pages of a unit in the last plan, encoded without their views, and their keys with
        spaces between them."""
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
        """What the last good build published, of all content files or of some."""
        wanted = "select permalink,path,guid,similarity,earlier from published where output=?"
        rows: Iterable[tuple[str, ...]]
        if paths is None:
            rows = self._db.execute(wanted, (output,))
        else:
            of = f"{wanted} and path=?"
            rows = (row for path in paths for row in self._db.execute(of, (output, path)))
        return {row[0]: list(row[1:]) for row in rows}

    def put_published(self, output: str, before: Published, now: Published) -> None:
        """What was published, in the place of what was `before`."""
        self._db.executemany(
            "delete from published where output=? and permalink=?",
            ((output, permalink) for permalink in before.keys() - now.keys()),
        )
        self._db.executemany(
            "insert or replace into published values(?,?,?,?,?,?)",
            ((output, key, *entry) for key, entry in now.items() if entry != before.get(key)),
        )

    def pictures(self) -> dict[str, str]:
        """What pictures are (JSON), by digest and extension."""
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
        """All that is known of one output."""
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


_MARK = "select path,digest,kind,frame,parts,problems from read"


def _marks(rows: Iterable[tuple[str, ...]]) -> dict[str, ReadMark]:
    mark = partial(tuple.__new__, ReadMark)  # no call of Python for each row
    return {row[0]: mark(row[1:]) for row in rows}


class Foreign(sqlite3.DatabaseError):
    """A row that was not written with the key of this user."""


def _sealed_parts(row: ReadRow) -> tuple[str, bytes, bytes, bytes]:
    path, body, terms = row.path, row.body.encode(), row.terms.encode()
    shown = b"".join((len(body).to_bytes(_SIZE), row.detail, body))
    return (
        path,
        _seal("facts", path, row.kind.encode(), row.problems.encode(), row.facts) + row.facts,
        _seal("shown", path, shown) + shown,
        _seal("terms", path, terms) + terms,
    )


def _unsealed_read(row: tuple[str, str, bytes, str]) -> tuple[str, str, bytes, str]:
    path, kind, facts, problems = row
    data = _unsealed(facts, "facts", path, kind.encode(), problems.encode())
    return path, kind, data, problems


def _unsealed(value: bytes, what: str, path: str, *before: bytes) -> bytes:
    """The value without its seal. Raises Foreign for a seal that is not ours."""
    found, rest = bytes(value[:_SEAL]), bytes(value[_SEAL:])
    if found != _seal(what, path, *before, rest):
        raise Foreign(f"the {what} of {path} were not noted by this user")
    return rest


def _seal(what: str, path: str, *parts: bytes) -> bytes:
    return seal(what.encode(), path.encode("utf-8", "surrogatepass"), *parts)


def throw_away(path: Path, error: Exception) -> None:
    """Forget the memo that broke a build; of one that a stranger changed, what stands on pages."""
    if isinstance(error, Foreign):
        memo = Memo(path)
        memo.disown()
        memo.close()
        return
    remove(path)
