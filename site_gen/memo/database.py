"""The memo's SQLite file: its tables, opening it, and removing a damaged one."""

import errno
import os
import sqlite3
from pathlib import Path

VERSION = 13
PAGE_SIZE = 8192
_TABLES = """
create table if not exists file(
  path text primary key, size int, mtime int, inode int, digest text);
create table if not exists read(
  path text primary key, digest text, kind text, frame text, parts text, problems text);
create table if not exists part(
  path text primary key, facts blob, shown blob, terms blob);
create table if not exists page(
  output text, path text, key text, inputs text, reasons text, size int, mtime int, inode int,
  primary key(output, path)) without rowid;
create table if not exists unit(
  output text, name text, key text, pages_digest text, pages blob, keys text,
  primary key(output, name)) without rowid;
create table if not exists published(
  output text, permalink text, path text, guid text, similarity text, earlier text,
  primary key(output, permalink)) without rowid;
create index if not exists published_path on published(output, path);
create table if not exists picture(key text primary key, measured text);
create table if not exists state(
  output text, name text, value text, primary key(output, name));
"""
_SYSTEM_ERRORS = {
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
    sqlite3.SQLITE_CANTOPEN,
}


def open_database(path: Path) -> sqlite3.Connection:
    """The open database. A damaged one is replaced by an empty one. Raises sqlite3.Error if the
    system refuses."""
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if is_system_error(error):
            raise
        remove_database(path)
        return _connect(path)


def is_system_error(error: sqlite3.Error) -> bool:
    """Whether the system refused (no space, no rights), so that the file may be good."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in _SYSTEM_ERRORS and code != sqlite3.SQLITE_IOERR_SHORT_READ


def is_disk_full(error: OSError | sqlite3.Error, path: str) -> bool:
    """Whether the disk is full, which SQLite may report as "disk i/o error" or "disk image is
    malformed"."""
    if not isinstance(error, sqlite3.Error):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT):
        return code == sqlite3.SQLITE_FULL
    try:
        disk = os.statvfs(os.path.dirname(path) or ".")
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < 1 << 16


def remove_database(path: Path) -> None:
    """Delete the database with its journals."""
    for each in _database_files(path):
        each.unlink(missing_ok=True)


def _database_files(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    for each in _database_files(path):
        if each.is_symlink():
            each.unlink()  # we create no links: writing through it would reach another folder
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        if version == 0:  # bodies are larger than the default 4 kB: a third of the reads and writes
            db.execute(f"pragma page_size={PAGE_SIZE}")
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=normal")
        if version == 0:  # only for a new file: doing it always would double the time of opening
            db.executescript(_TABLES)
            db.execute(f"pragma user_version={VERSION}")
        for table in ("file", "read", "part", "unit", "published", "picture", "page", "state"):
            # No columns, as a value of the first row may have a megabyte.
            db.execute(f"select 1 from {table} limit 1").fetchone()  # noqa: S608 - literals
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db
