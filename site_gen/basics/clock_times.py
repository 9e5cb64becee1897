"""Times of day as people write them, with their time zone: `7:47 PM EST`, `18.30 Uhr`."""

import re
from typing import NamedTuple

_HALF = r"(?P<half>[ap]\.?\s?m\b\.?|[صم](?!\w))"
_BEFORE = r"(?:(?P<early>午前|上午|오전)|(?P<late>午後|下午|오후))?\s?"
_OCLOCK = r"\s?(?:Uhr|uur|klo|h|часов)\b"
_ZONE = (
    r"\s*[,(]?\s*(?:(?:GMT|UTC)?\s?(?P<offset>[+−-]\d{1,2}(?::?\d\d)?)(?!\d)"
    r"|(?P<place>[A-Z][a-z]+/[A-Z]\w+)|(?P<zone>(?-i:Z|[A-Z]{2,5}|МСК|МСК))(?!\w))?"
)
_WAYS = (
    # 19:30, 7:30:15 pm, 19:30:00.123
    rf"(?<![\d:.]){_BEFORE}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    rf"(?:\s?{_HALF}|{_OCLOCK})?{_ZONE}",
    # T1930Z, T193000
    r"(?<=T)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?" + _ZONE,
    # 18h30, 18.30 Uhr, 7.30pm, kl. 18.30
    rf"(?<![\d:.,])(?P<hour>\d{{1,2}})h(?P<minute>\d\d)(?!\d){_ZONE}",
    rf"(?<![\d:.,])(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?:\s?{_HALF}|{_OCLOCK}){_ZONE}",
    rf"\b(?:kl|klo|ore|alle|om|at)\.?\s(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?![\d.]){_ZONE}",
    # 午後6時30分
    rf"{_BEFORE}(?P<hour>\d{{1,2}})\s?[時时点點시](?:\s?(?P<minute>\d{{1,2}})\s?[分분])?{_ZONE}",
    # 7 pm, 18 Uhr
    rf"(?<![\d:.,])(?P<hour>\d{{1,2}})(?:\s?{_HALF}|\s(?:Uhr|uur)\b){_ZONE}",
)
_PATTERNS = tuple(re.compile(way, re.IGNORECASE) for way in _WAYS)


class Clock(NamedTuple):
    """A time of day (24 hours) and its zone: an offset such as `+01:00`, or a name."""

    hour: int
    minute: int
    second: int
    offset: str
    zone: str


def find(text: str) -> Clock | None:
    """The first time of day in `text`; None if there is none or it is impossible."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found:
            return _clock(found.groupdict())
    return None


def _clock(part: dict[str, str | None]) -> Clock | None:
    hour, minute = int(part["hour"] or 0), int(part.get("minute") or 0)
    second = int(part.get("second") or 0)
    half = (part.get("half") or "").lower()[:1]
    if hour <= 12 and (half in ("p", "م") or part.get("late")):
        hour = hour % 12 + 12
    elif hour <= 12 and (half or part.get("early")):
        hour = hour % 12
    if hour > 23 or minute > 59 or second > 59:
        return None
    return Clock(
        hour, minute, second, part.get("offset") or "", part.get("place") or part.get("zone") or ""
    )
