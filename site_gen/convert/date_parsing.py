"""Dates as pages, feeds and other systems write them. What cannot be told is None, not guessed."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from site_gen.basics import dates

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d?-\d\d?)(?:[Tt ]+(?P<time>\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?))?"
    r"\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d\d:?\d\d)?(?:\s+[A-Z]{3,5})?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap])?\.?m?", re.IGNORECASE)
_ZONE = re.compile(r"(?:GMT|UTC)?([+-])(\d\d):?(\d\d)\b|\b(GMT|UTC|Z)\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def parsed(text: object, zone: tzinfo) -> datetime | None:
    """The moment in UTC, a naive one in `zone`; None for what is no date, or out of 1990–2100."""
    if isinstance(text, datetime | date):
        text = text.isoformat()
    line = str(text or "").strip()[:100]
    for attempt in (_iso, _rfc822, _worded):
        try:
            found = attempt(line, zone)
        except (ValueError, OverflowError, TypeError):
            continue
        if found is not None:
            return found
    return None


def zone_of(name: str) -> tzinfo:
    """The zone of the settings, which were checked when they were read; UTC for the empty name."""
    return ZoneInfo(name) if name else UTC


def _iso(line: str, zone: tzinfo) -> datetime | None:
    found = _ISO.fullmatch(line)
    if not found:
        return None
    day = "-".join(part.zfill(2) for part in found["day"].split("-"))
    if not found["time"]:
        return dates.parse(day, zone)
    clock = found["time"] if found["time"][1] != ":" else f"0{found['time']}"
    offset = (found["zone"] or "").replace("UTC", "Z").replace("GMT", "Z")
    return dates.parse(f"{day}T{clock}{offset}", zone)


def _rfc822(line: str, zone: tzinfo) -> datetime | None:
    if not re.search(r"\d:\d", line):
        return None
    moment = parsedate_to_datetime(line)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC if line.endswith("-0000") else zone)
    return dates.parse(dates.iso(moment), zone)


def _worded(line: str, zone: tzinfo) -> datetime | None:
    if found := _DAY_FIRST.search(line):
        day, month, year = found[1], found[2], found[3]
    elif found := _MONTH_FIRST.search(line):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    if month[:3].lower() not in MONTHS:
        return None
    number = MONTHS.index(month[:3].lower()) + 1
    text = f"{year}-{number:02d}-{int(day):02d}"
    rest = line[: found.start()] + " " + line[found.end() :]
    clock = _TIME.search(rest)
    if not clock:
        return dates.parse(text, zone)
    hour = int(clock[1]) % 12 + 12 * (clock[4] in "pP") if clock[4] else int(clock[1])
    moment = f"{text}T{hour:02d}:{clock[2]}:{clock[3] or '00'}"
    return dates.parse(moment + _offset(rest), zone)


def _offset(text: str) -> str:
    found = _ZONE.search(text)
    if not found:
        return ""
    return "Z" if found[4] else f"{found[1]}{found[2]}:{found[3]}"


def later(one: datetime, other: datetime) -> bool:
    """Whether `one` is at least a minute after `other`."""
    return one - other >= timedelta(minutes=1)
