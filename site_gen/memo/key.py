"""The key by which a user's own memo is told from a stranger's.

It lies in the user's own data folder, the one file that a build writes outside the site. Where it
cannot be kept, one for this process and its children does: then the next build starts afresh.
"""

import contextlib
import os
from functools import cache
from pathlib import Path

from site_gen.basics import user_data
from site_gen.basics.digest import keyed

SIZE = 32
_INHERITED = "SITE_GEN_MEMO_KEY"


def seal(*parts: bytes) -> bytes:
    """16 bytes that nobody without the key can make for `parts`."""
    return keyed(_key(), *parts)


@cache
def _key() -> bytes:
    place = user_data.folder()
    found = _read(place / "memo.key") if place else b""
    if not found and place:
        with contextlib.suppress(OSError):
            _make(place)
            found = _read(place / "memo.key")
    if found:
        return found
    import secrets  # for a first build

    kept = os.environ.setdefault(_INHERITED, secrets.token_hex(SIZE))
    return kept.encode("ascii", "replace")[:64]


def _read(path: Path) -> bytes:
    """The key, b"" where none is that is ours alone."""
    data = user_data.read(path, SIZE + 1)
    return data if len(data) == SIZE else b""


def _make(place: Path) -> None:
    """A whole key or none: another build may be making one at this moment."""
    import secrets

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
