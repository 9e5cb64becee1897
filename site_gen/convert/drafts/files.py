"""Reads and writes files below one folder, atomically, for all of convert."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from site_gen.basics import files
from site_gen.problems import Problem, SiteError, Where

MARK = ".site_gen-"
"""Prefix of files that are being written."""

ANYTHING: Final = object()


class Changed(Exception):  # noqa: N818 - no error: the editor was faster
    """A file was changed since it was read."""


class Store:
    """Files below `root`, by relative path with `/`. With `dry`, nothing is written."""

    def __init__(self, root: Path, *, dry: bool = False) -> None:
        self.root = root
        self._dry = dry

    def read(self, relative: str) -> bytes | None:
        """The bytes, None if there is no such file. Raises SiteError if it is no regular file."""
        path = self._path(relative)
        if not os.path.lexists(path):
            return None
        try:
            return files.read_bytes(path)
        except files.Unreadable as error:
            raise _error(relative, error.reason) from None

    def write(self, relative: str, data: bytes, *, instead_of: Any = ANYTHING) -> None:
        """Replace the file atomically. Raises SiteError with the system's reason.

        With `instead_of`, the expected content (None: no file), the file is synced to the disk, and
        Changed is raised and nothing written if an editor has saved something else.
        """
        if self._dry:
            return
        path = self._path(relative)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=MARK, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                    if instead_of is not ANYTHING:
                        stream.flush()
                        os.fsync(stream.fileno())
                os.chmod(name, 0o644 & ~_umask())
                if instead_of is not ANYTHING and self.read(relative) != instead_of:
                    raise Changed(relative)
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise
            if instead_of is not ANYTHING:
                _sync_folder(path.parent)
        except OSError as error:
            raise _error(relative, f"cannot be written ({error.strerror})") from None

    def sweep(self, folder: str) -> None:
        """Remove what an interrupted run left below `folder`. No other run may be active."""
        top = self.root / folder
        if self._dry or not top.is_dir() or top.is_symlink():
            return
        for path in sorted(top.rglob(f"{MARK}*.tmp")):
            if not path.is_symlink():
                path.unlink(missing_ok=True)

    def remove(self, relative: str) -> None:
        """Remove a file if it exists."""
        if not self._dry:
            self._path(relative).unlink(missing_ok=True)

    def _path(self, relative: str) -> Path:
        """The path, after checking that no link leads out of the folder."""
        parts = relative.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\\" in relative or "\0" in relative:
            raise _error(relative, "is no path inside the site")
        at = self.root
        for part in parts[:-1]:
            at /= part
            if at.is_symlink():
                raise _error(relative, "lies behind a symbolic link")
        return at / parts[-1]


def refuse_links(root: Path, folder: str) -> None:
    """Raise SiteError if a link on the way to a folder leads out of `root`."""
    at = root
    for part in Path(folder).parts:
        at /= part
        if at.is_symlink():
            raise _error(at.relative_to(root).as_posix(), "is a symbolic link")


def _sync_folder(folder: Path) -> None:
    """Makes the new name survive a power failure; not every file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _error(relative: str, reason: str) -> SiteError:
    return SiteError(
        [Problem("convert/write", f"{relative} {reason}", Where(relative), "check the folder")]
    )
