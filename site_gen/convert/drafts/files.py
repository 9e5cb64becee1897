"""The one place where convert reads and writes the site's files: below one folder, whole or not."""

import os
import tempfile
from pathlib import Path

from site_gen.basics import files
from site_gen.problems import Problem, SiteError, Where


class Store:
    """Files below `root`, by relative path with `/`. With `dry` nothing is written."""

    def __init__(self, root: Path, *, dry: bool = False) -> None:
        self.root = root
        self._dry = dry

    def read(self, relative: str) -> bytes | None:
        """The bytes, None where there is no such file. Raises SiteError for what is no file."""
        path = self._path(relative)
        if not os.path.lexists(path):
            return None
        try:
            return files.read_bytes(path)
        except files.Unreadable as error:
            raise _error(relative, error.reason) from None

    def write(self, relative: str, data: bytes) -> None:
        """Replace the file at once. Raises SiteError with the system's reason."""
        if self._dry:
            return
        path = self._path(relative)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                os.chmod(name, 0o644 & ~_umask())
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as error:
            raise _error(relative, f"cannot be written ({error.strerror})") from None

    def remove(self, relative: str) -> None:
        """Take a file away, if it is there."""
        if not self._dry:
            self._path(relative).unlink(missing_ok=True)

    def _path(self, relative: str) -> Path:
        """The path, after a look that no link leads out on the way."""
        parts = relative.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\\" in relative or "\0" in relative:
            raise _error(relative, "is no path inside the site")
        at = self.root
        for part in parts[:-1]:
            at /= part
            if at.is_symlink():
                raise _error(relative, "lies behind a symbolic link")
        return at / parts[-1]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _error(relative: str, reason: str) -> SiteError:
    return SiteError(
        [Problem("convert/write", f"{relative} {reason}", Where(relative), "check the folder")]
    )
