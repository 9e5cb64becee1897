"""What the state machine of test_exact.py does to files: the edits of edits.toml, and pictures."""

import re
import struct
import tomllib
import zlib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

EDITS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("edits.toml").read_text("utf-8"))
"""Settings that are one or the other; lines that are there or not; files by path, and texts that
they may have."""

SETTING_LINES = [(head, line) for head, lines in EDITS["setting_lines"].items() for line in lines]
"""Lines of site.toml that are there or not, each with the table that it stands in."""

ARTICLES = ("a", "b", "c", "d", "more/e", "f")
FOREIGN = ("mine.txt", "articles/a/mine.txt", "topics/mine/x.txt", ".hidden")
BODIES = (
    "Calm water today.",
    "The [other one](/place/) and ![the deck](deck.png).",
    "See [the ferry](a.md).",
    "",
)
DAYS = tuple(
    f"publishedDateTime: {day}"
    for day in ("2024-02-13", "2024-02-25T22:59:59Z", "2024-02-25T23:00:00Z", "2024-06-09", "soon")
)
PICTURES = ("content/deck.png", "content/static/logo.png")
TITLES = ("Fog", "Fog & rain", "Ferry")


def toggled_setting(text: str, table: str, line: str) -> str:
    """The settings without the line, or with it under its table, `top` or at the `end`."""
    if f"\n{line}\n" in f"\n{text}":
        return f"\n{text}".replace(f"\n{line}\n", "\n", 1)[1:]
    if table == "top":
        return f"{line}\n{text}"
    if table != "end" and f"[{table}]\n" in text:
        return text.replace(f"[{table}]\n", f"[{table}]\n{line}\n", 1)
    return f"{text}\n{line}\n" if table == "end" else f"{text}\n[{table}]\n{line}\n"


def toggled_front_matter(text: str, line: str) -> str:
    """A content file without the line, or with it as the first of its front matter."""
    if f"---\n{line}\n" in text:
        return text.replace(f"---\n{line}\n", "---\n", 1)
    return text.replace("---\n", f"---\n{line}\n", 1)


def variants(kind: str) -> st.SearchStrategy[tuple[str, str | None]]:
    """A path and one of the texts it may hold; None = no file."""
    pairs = [(path, text) for path, texts in EDITS[kind].items() for text in (*texts, None)]
    return st.sampled_from(pairs)


def retitled(text: str, title: str) -> str:
    """A content file, or the settings, under another title."""
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", text)
    return re.sub(r"(?m)^title = .*$", f'title = "{title}"', text)


def picture(width: int, height: int, shade: int) -> bytes:
    """A PNG of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + bytes([shade]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data
