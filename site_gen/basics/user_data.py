"""Where programs keep what is the user's own, outside every site."""

import os
import stat
import sys
from pathlib import Path


def folder() -> Path | None:
    """Our folder among the user's data; None for a user without a home."""
    named = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    if named and Path(named).is_absolute():
        return Path(named) / "site_gen"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    below = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
    return home / below / "site_gen"


def read(path: Path, size: int, others: int = 0o077) -> bytes:
    """At most `size` bytes of a file, b"" where none is that is ours alone: a regular one, no link,
    and none of the rights in `others` given to anybody else."""
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
