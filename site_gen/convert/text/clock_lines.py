"""Recognises lines with a time of day or an age, but no date."""

import re

_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\s*(am|pm|a\.m\.|p\.m\.|[a-z]{2,4})?\b"
    r"|\b\d{1,3} (minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b"
    r"|^(last |first )?(updated|published|posted|modified)( on| at)?\b",
    re.I,
)


_TIME = re.compile(
    r"\d{1,2}(?:[:.h]\d\d| ?(?=[ap]\.?m))\s*(?:[ap]\.?m\.?|uhr|h)?(?: [a-z]{2,4})?", re.I
)


def is_time(text: str) -> bool:
    """Whether `text` is only a time of day."""
    return len(text) <= 20 and _TIME.fullmatch(text) is not None


def has_clock(text: str) -> bool:
    """Whether `text` has a time of day or an age (`3 hours ago`), or begins like a time line."""
    return _CLOCK.search(text[:400]) is not None
