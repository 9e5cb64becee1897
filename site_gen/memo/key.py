"""The key with which a user's memo is signed, so that one from somebody else is not trusted.

It is in the user's data folder, the only file that a build writes outside the site. If it cannot be
stored, a key of this process and its children is used, and the next build starts without a memo.
"""

import contextlib
import os
from functools import cache
from pathlib import Path

from site_gen.basics import user_data
from site_gen.basics.digest import keyed

KEY_SIZE = 32
_INHERITED = "SITE_GEN_MEMO_KEY"


def sign(*parts: bytes) -> bytes:
    """A keyed digest of `parts`, 16 bytes, which nobody without the key can compute."""
    return keyed(_key(), *parts)


@cache
def _key() -> bytes:
    place = user_data.data_folder()
    found = _read_key(place / "memo.key") if place else b""
    if not found and place:
        with contextlib.suppress(OSError):
            _create_key(place)
            found = _read_key(place / "memo.key")
    if found:
        return found
    import secrets  # for a first build

    kept = os.environ.setdefault(_INHERITED, secrets.token_hex(KEY_SIZE))
    return kept.encode("ascii", "replace")[:64]


def _read_key(path: Path) -> bytes:
    """The key; b"" if there is none, or others could read or write it."""
    data = user_data.read_private(path, KEY_SIZE + 1)
    return data if len(data) == KEY_SIZE else b""


def _create_key(place: Path) -> None:
    """Create the key file in one step, as another build may do so at the same time."""
    import secrets

    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / "memo.key"
    fresh = place / f".{secrets.token_hex(8)}.tmp"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_SIZE))
        if path.is_file() and not _read_key(path):
            path.unlink()  # cut short, or accessible to others
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
