"""The version of the program that built a site last, kept in `.site_gen/` and in its pages."""

import contextlib
import re
from pathlib import Path

from site_gen import __version__
from site_gen.basics import files

VERSION_FILE = ".site_gen/version"
_GENERATOR = re.compile(rb'<meta name="generator" content="site_gen ([0-9][0-9A-Za-z.+-]{0,30})">')


def write_version(root: Path) -> None:
    """Record this version, unless it is recorded already. Errors are ignored."""
    path = root / VERSION_FILE
    if _read(path) != f"{__version__}\n".encode():
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)  # never write through a link
            path.write_text(f"{__version__}\n", "utf-8")


def read_version(root: Path, output: Path) -> str:
    """The recorded version, else that named by the home page of the output; "" for none."""
    noted = _read(root / VERSION_FILE).decode("ascii", "replace").strip()
    if re.fullmatch(r"[0-9][0-9A-Za-z.+-]{0,30}", noted):
        return noted
    found = _GENERATOR.search(_read(output / "index.html", 1 << 20))
    return found[1].decode("ascii") if found else ""


def _read(path: Path, limit: int = 100) -> bytes:
    try:
        return files.read_bytes(path, limit)
    except files.Unreadable:
        return b""
