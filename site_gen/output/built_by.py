"""Which version of the program built a site last: noted in `.site_gen/`, and said by its pages."""

import contextlib
import re
from pathlib import Path

from site_gen import __version__
from site_gen.basics import files

NOTE = ".site_gen/version"
_GENERATOR = re.compile(rb'<meta name="generator" content="site_gen ([0-9][0-9A-Za-z.+-]{0,30})">')


def note(root: Path) -> None:
    """Write down that this version did, unless that stands there. A site is as good without."""
    path = root / NOTE
    if _read(path) != f"{__version__}\n".encode():
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)  # never through a link
            path.write_text(f"{__version__}\n", "utf-8")


def last(root: Path, output: Path) -> str:
    """The version that built the site here, else the one that built the output; "" for none."""
    noted = _read(root / NOTE).decode("ascii", "replace").strip()
    if re.fullmatch(r"[0-9][0-9A-Za-z.+-]{0,30}", noted):
        return noted
    found = _GENERATOR.search(_read(output / "index.html", 1 << 20))
    return found[1].decode("ascii") if found else ""


def _read(path: Path, limit: int = 100) -> bytes:
    try:
        return files.read_bytes(path, limit)
    except files.Unreadable:
        return b""
