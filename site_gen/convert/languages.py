"""Language tags as pages, feeds and people write them, normalised."""

import re

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")


def normalize(text: str) -> str:
    """`en_us` -> `en-US`; "" for invalid tags."""
    found = _TAG.fullmatch(text.strip().partition(".")[0])
    if not found:
        return ""
    parts = [found[1].lower(), (found[2] or "").title(), (found[3] or "").upper()]
    return "-".join(filter(None, parts))
