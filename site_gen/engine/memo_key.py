"""The key by which a user's own memo is told from a stranger's.

It lies in the user's own data folder, the one file that a build writes outside the site. Where it
cannot be kept, one for this process and its children does: then the next build starts afresh.
"""

import contextlib
import os
import secrets
import stat
import sys
from functools import cache
from pathlib import Path

from site_gen.basics.digest import keyed

SIZE = 32
_INHERITED = "SITE_GEN_MEMO_KEY"


def folder() -> Path | None:
    """Where programs keep what is the user's own; None for a user without a home."""
    named = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    if named and Path(named).is_absolute():
        return Path(named) / "site_gen"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    below = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
    return home / below / "site_gen"


def seal(*parts: bytes) -> bytes:
    """16 bytes that nobody without the key can make for `parts`."""
    return keyed(_key(), *parts)


@cache
def _key() -> bytes:
    place = folder()
    found = _read(place / "memo.key") if place else b""
    if not found and place:
        with contextlib.suppress(OSError):
            _make(place)
            found = _read(place / "memo.key")
    if found:
        return found
    kept = os.environ.setdefault(_INHERITED, secrets.token_hex(SIZE))
    return kept.encode("ascii", "replace")[:64]


def _read(path: Path) -> bytes:
    """The key, b"" where none is that is ours alone."""
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        )
    except OSError:
        return b""
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or (os.name == "posix" and about.st_mode & 0o077):
            return b""
        data = file.read(SIZE + 1)
    return data if len(data) == SIZE else b""


def _make(place: Path) -> None:
    """A whole key or none: another build may be making one at this moment."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / "memo.key"
    fresh = place / f".{secrets.token_hex(8)}.tmp"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
        if path.is_file() and not _read(path):
            path.unlink()  # cut short, or open to others
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
