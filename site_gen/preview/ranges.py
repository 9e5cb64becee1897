"""One byte range of a file (RFC 9110, section 14); several at once are answered in full."""

import re

SPEC = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})", re.ASCII)


def wanted(header: str | None, size: int) -> tuple[int, int] | None:
    """First and past-the-end byte; None = the whole file. Raises ValueError: no such bytes."""
    found = SPEC.fullmatch(header.strip()) if header else None
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start = int(found[1])
        end = min(size, int(found[2]) + 1) if found[2] else size
    if found[1] and found[2] and int(found[2]) < int(found[1]):
        return None  # not valid, so ignored, says section 14.1.1
    if start >= end:
        raise ValueError("no such bytes")
    return start, end
