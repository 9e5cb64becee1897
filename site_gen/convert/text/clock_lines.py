"""Lines that say when, without a date: a time of day, an age."""

import re

_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\s*(am|pm|a\.m\.|p\.m\.|[a-z]{2,4})?\b"
    r"|\b\d{1,3} (minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b"
    r"|^(last |first )?(updated|published|posted|modified)( on| at)?\b",
    re.I,
)


def has_clock(text: str) -> bool:
    """Whether `text` has a time of day, an age (`3 hours ago`) or opens as a time line does."""
    return _CLOCK.search(text[:400]) is not None
