"""Reads files that may be hostile: regular files only, bounded, strict UTF-8, no odd characters."""

import os
import re
import stat
from functools import cache
from pathlib import Path
from typing import NamedTuple

HARD_LIMIT = 16 << 20
_LEFT_STARTS = (".", "#", "~$")
_LEFT_ENDS = (
    *("~", ".swp", ".swo", ".swx", ".kate-swp", ".tmp", ".bak", ".orig", ".rej", ".save", ".old"),
    *(".part", ".crdownload"),
    *("___jb_tmp___", "___jb_old___"),
)
_LEFT_NAMES = frozenset({"Thumbs.db", "desktop.ini", "4913"})
_COPY = re.compile(
    r"[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+\b|conflicted copy|\.sync-conflict-\d{8}"
)
"""Files that a git merge tool left, and conflict copies of synchronised folders."""
REPLACEMENT = "\ufffd"

# What XML 1.0 and HTML forbid, and noncharacters: one of them in a title would spoil a whole feed.
_FORBIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(_FORBIDDEN)  # 6 ms, which a build with nothing to do need not wait for


class Unreadable(Exception):  # noqa: N818 - a fact about a file, not a bug
    """A file that cannot be read: the reason, and the line if there is one."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Text(NamedTuple):
    """The text of a file with `\\n` newlines; `odd` has the lines with replaced characters."""

    text: str
    odd: tuple[int, ...] = ()


def read_bytes(path: str | Path, limit: int = HARD_LIMIT) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises Unreadable. Follows no links."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Unreadable("has vanished") from None
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror})") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("is not a regular file")
        if status.st_size > limit:
            raise Unreadable(f"has {status.st_size} bytes; the limit is {limit}")
        return _read(descriptor, status.st_size, limit)
    finally:
        os.close(descriptor)


def _read(descriptor: int, size: int, limit: int) -> bytes:
    parts = []
    total = 0
    while part := os.read(descriptor, max(size - total, 0) + 1):
        parts.append(part)
        total += len(part)
        if total > limit:
            raise Unreadable(f"has more than {limit} bytes")
        if total == size:
            break  # one less than asked for: the end
    return b"".join(parts)


def decode(data: bytes) -> Text:
    """Decode strict UTF-8 (a BOM is allowed); normalises newlines, replaces forbidden
    characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise Unreadable(f"is not UTF-8 (byte 0x{byte:02x} in line {line})", line) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _has_forbidden(text):
        return Text(text)
    lines = [text.count("\n", 0, m.start()) + 1 for m in list(_forbidden().finditer(text))[:5]]
    return Text(clean(text), tuple(dict.fromkeys(lines))) if lines else Text(text)


# Taken out before each character is asked for, which takes a third of the time: nearly all of a
# text is of these.
_ASCII = bytes(range(0x20, 0x7F)) + b"\n"


def non_ascii(text: str) -> str:
    """`text` without its plain ASCII. Little of a typical page is left, so checking it is fast."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return rest.decode("utf-8", "surrogatepass")


def printable(text: str) -> bool:
    """Whether `text` has only printable characters, spaces and newlines."""
    return non_ascii(text).isprintable()


def _has_forbidden(text: str) -> bool:
    rest = non_ascii(text)
    return not rest.isprintable() and _forbidden().search(rest) is not None


def clean(text: str) -> str:
    """`text` with forbidden characters replaced by U+FFFD."""
    return _forbidden().sub(REPLACEMENT, text) if _has_forbidden(text) else text


def is_leftover(name: str) -> bool:
    """Whether an editor or the system left this file. Such files are never content."""
    if ("conflict" in name or not name.islower()) and _COPY.search(name):
        return True
    if name[-3:] == ".md" and name[0] not in ".#~":
        return False  # nearly every file, found out in a third of the time
    return name.startswith(_LEFT_STARTS) or name.endswith(_LEFT_ENDS) or name in _LEFT_NAMES
