"""Finds the file of the output for a URL path. No spelling of a path leads out of the output."""

import os
import re
import stat
from pathlib import Path
from urllib.parse import unquote_to_bytes

from site_gen.preview.request import RequestError

UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]' if os.name == "nt" else r"[\x00-\x1f\x7f/\\]")
BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
HIDDEN = frozenset(("_headers", "_redirects"))


def decode(path: str) -> tuple[str, ...]:
    """Return the parts of a URL path, each decoded once; a last "" stands for a final slash.

    Raises RequestError for any part that is no plain name: "..", an encoded slash or backslash,
    NUL, invalid UTF-8, a broken escape.
    """
    parts = tuple(_decode_part(part) for part in path.split("/")[1:])
    if any(part == "" for part in parts[:-1]):
        raise RequestError(404, "an empty part in the path")
    return parts


def _decode_part(raw: str) -> str:
    if BROKEN_ESCAPE.search(raw):
        raise RequestError(400, "a broken escape in the path")
    try:
        part = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(400, "the path is not UTF-8") from None
    if part in (".", "..") or UNSAFE.search(part):
        raise RequestError(404, "the path leaves the site")
    return part


def is_public(parts: tuple[str, ...]) -> bool:
    """Whether a host would serve this path: no dot-files but .well-known, no `_headers` etc."""
    first, *rest = parts
    if len(parts) == 1 and first in HIDDEN:
        return False
    dotted = any(part.startswith(".") for part in rest)
    return not dotted and (not first.startswith(".") or first == ".well-known")


def file_at(output: Path, parts: tuple[str, ...]) -> Path | None:
    """Return the regular file at a path with links resolved; None if it is missing or outside."""
    if not is_public(parts):
        return None
    try:
        root = os.path.realpath(output)
        real = os.path.realpath(os.path.join(root, *parts), strict=True)
        inside = os.path.commonpath((root, real)) == root
        regular = stat.S_ISREG(os.stat(real).st_mode)
    except (OSError, ValueError):
        return None
    return Path(real) if inside and regular else None


def candidates(parts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the paths at which static hosts look for a file, in order."""
    if parts[-1] == "":
        return ((*parts[:-1], "index.html"),)
    return (parts, (*parts[:-1], f"{parts[-1]}.html"))


def is_folder(output: Path, parts: tuple[str, ...]) -> bool:
    """Whether the path with a final slash leads to a page."""
    return bool(parts[-1]) and file_at(output, (*parts, "index.html")) is not None
