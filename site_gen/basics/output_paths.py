"""Checks paths of outputs: relative, and valid on every file system."""

import re
from functools import cache

_ILLEGAL = r'[\x00-\x1f<>:"|?*\\]|[. ]$'
_RESERVED = r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)"
# What nearly every path looks like: plain lower-case parts, none of them a reserved name.
_PLAIN_PART = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_PLAIN = rf"{_PLAIN_PART}(?:/{_PLAIN_PART})*"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Plain, illegal, reserved. Compiled on first use, since a build without changes needs none."""
    return re.compile(_PLAIN), re.compile(_ILLEGAL), re.compile(_RESERVED)


def path_fault(path: str) -> str:
    """Why `path` cannot be an output, or ""."""
    plain, illegal, reserved = _patterns()
    if len(path) < 250 and plain.fullmatch(path):
        return ""
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return "is no plain path"
        if illegal.search(part) or reserved.match(part):
            return f'has a part ("{part}") that not every file system can hold'
        if len(part.encode("utf-8", "surrogatepass")) > 255:
            return "has a part of over 255 bytes"
    return ""
