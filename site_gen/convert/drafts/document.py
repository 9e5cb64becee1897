"""Content files as convert writes them."""

from collections.abc import Mapping
from typing import Any

from site_gen import frontmatter


def to_bytes(matter: Mapping[str, Any], body: str) -> bytes:
    """Front matter, a blank line, the body; ends with one newline."""
    text = body.strip("\n")
    head = f"---\n{frontmatter.dump(matter)}---\n"
    return (f"{head}\n{text}\n" if text.strip() else head).encode("utf-8")
