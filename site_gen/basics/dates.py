"""Dates and weeks. All parsed times are UTC; a zone is used only to find days."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

MIN_YEAR, MAX_YEAR = 1990, 2100
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
# As nearly every article has it; the library's own reader takes a sixth of the long way's time.
_PLAIN = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)


def parse(text: str, zone: tzinfo) -> datetime:
    """An ISO 8601 / RFC 3339 date or time as UTC; a time without an offset is in `zone`.

    Raises ValueError with a reason that editors understand.
    """
    plain = _plain(text)
    if plain:
        return plain
    found = _ISO.fullmatch(text.strip())
    if not found:
        raise ValueError("is not a date such as 2024-02-17T09:00:00Z or 2024-02-17")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise ValueError(f"has a year outside {MIN_YEAR} to {MAX_YEAR}")
    micro = int((found[7] or "0").ljust(6, "0")[:6])
    try:
        moment = datetime(year, month, day, hour, minute, second, micro, _offset(found[8], zone))
    except ValueError:
        raise ValueError("is a day or time that does not exist") from None
    return moment.astimezone(UTC)


def _plain(text: str) -> datetime | None:
    if not _PLAIN.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if MIN_YEAR <= moment.year <= MAX_YEAR else None


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    if text in "Zz":
        return UTC
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo or UTC


def week_of(day: date, first_weekday: int = 0) -> str:
    """The id (`2024-W07`) of the week around `day`: the ISO week of the range's fourth day."""
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    year, week, _ = (first + timedelta(days=3)).isocalendar()
    return f"{year}-W{week:02d}"


def edition_id_cure(text: str, error: ValueError) -> str:
    """What to write instead of an invalid edition id: `2026-48` is the week 2026-W48."""
    if "week" not in str(error):
        return "correct it"
    found = re.fullmatch(r"(\d{4})[-_/ ]?(?:W|w|KW|kw)?[-_/ ]?(\d{1,2})", text.strip())
    if found and 1990 <= int(found[1]) <= 2100:
        last = date(int(found[1]), 12, 28).isocalendar().week
        if 1 <= int(found[2]) <= last:
            return f"write {found[1]}-W{int(found[2]):02d}"
        return f"weeks of {found[1]} go from {found[1]}-W01 to {found[1]}-W{last}"
    return "write it as 2024-W07"


def week_range(week: str, first_weekday: int = 0) -> tuple[date, date]:
    """The first and last day of a week. Raises ValueError for an invalid id."""
    found = _WEEK.fullmatch(week)
    if not found:
        raise ValueError("is not a week such as 2024-W07")
    try:
        thursday = date.fromisocalendar(int(found[1]), int(found[2]), 4)
    except ValueError:
        raise ValueError("is a week that does not exist") from None
    # A first or last day of the allowed years may be in a week of the year beside them.
    if not MIN_YEAR - 1 <= thursday.year <= MAX_YEAR + 1:
        raise ValueError(f"has a year outside {MIN_YEAR} to {MAX_YEAR}")
    start = thursday - timedelta(days=3)
    shift = (start.weekday() - first_weekday) % 7
    for first in (start - timedelta(days=shift), start + timedelta(days=7 - shift)):
        if week_of(first, first_weekday) == week:
            return first, first + timedelta(days=6)
    raise AssertionError(f"no range for {week}")


def parse_clock(text: str) -> timedelta:
    """`HH:MM` from 00:00 to 24:00 as time since midnight. Raises ValueError."""
    found = re.fullmatch(r"(\d\d):(\d\d)", text)
    if not found or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > 1440:
        raise ValueError("is not a time of day from 00:00 to 24:00")
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def moment_at(day: date, since_midnight: timedelta, zone: tzinfo) -> datetime:
    """The moment of a wall-clock time on a day in a zone, in UTC (24:00 = next midnight)."""
    wall = datetime.combine(day, time.min) + since_midnight
    return wall.replace(tzinfo=zone).astimezone(UTC)


def day_in(moment: datetime, zone: tzinfo) -> date:
    """The calendar day of a moment in a zone."""
    return moment.date() if moment.tzinfo is zone else moment.astimezone(zone).date()


@lru_cache(maxsize=4096)  # a page says the same moment up to six times
def iso(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second: `2024-02-17T09:00:00Z`."""
    own = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return own.isoformat()[:19] + "Z"
