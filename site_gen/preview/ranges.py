"""Parses the header Range for one byte range (RFC 9110, section 14). Several get the whole file."""

import re

SPEC = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})", re.ASCII)


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return start and end (exclusive) in bytes, None for the whole file.

    Raises ValueError if the file has no such bytes.
    """
    found = SPEC.fullmatch(header.strip()) if header else None
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start = int(found[1])
        end = min(size, int(found[2]) + 1) if found[2] else size
    if found[1] and found[2] and int(found[2]) < int(found[1]):
        return None  # invalid, so ignored (section 14.1.1)
    if start >= end:
        raise ValueError("no such bytes")
    return start, end
