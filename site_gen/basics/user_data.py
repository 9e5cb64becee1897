"""The user's own data folder, outside every site."""

import os
import stat
import sys
from pathlib import Path


def data_folder() -> Path | None:
    """Our folder in the user's data folder; None for a user without a home."""
    named = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    if named and Path(named).is_absolute():
        return Path(named) / "site_gen"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    below = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
    return home / below / "site_gen"


def read_private(path: Path, size: int, others: int = 0o077) -> bytes:
    """The first `size` bytes of a file that is private to the user, else b"". Private is a regular
    file, no link, that gives other users none of the rights in `others`."""
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        )
    except OSError:
        return b""
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or (os.name == "posix" and about.st_mode & others):
            return b""
        return file.read(size)
