"""Dates in a text. Only what stands there: no month guessed, no zone assumed for a time."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"\b(?:{_MONTH.format('m1')} ?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ .-]*{_MONTH.format('m2')},?[ -]?(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)"
    r"|(?P<a4>\d{1,2})[/.-](?P<b4>\d{1,2})[/.-](?P<y4>\d{4})(?!\d))",
    re.I,
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\s*(am|pm|a\.m\.|p\.m\.|[a-z]{2,4})?\b"
    r"|\b\d{1,3} (minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b"
    r"|^(last |first )?(updated|published|posted|modified)( on| at)?\b",
    re.I,
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[ap])?\.?(?:m\b\.?)?\s*"
    r"\(?(?P<zone>Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?(?![A-Za-z])"
)
_TIME_HALF = re.compile(r"(\d)\s*([apAP])\.?[mM]\b\.?")
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
    "PDT": -420, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Minutes ahead of UTC of the zone names that mean one thing (CST and IST do not)."""


def find_date(text: str) -> datetime | None:
    """The first full date in `text`, midnight UTC; None where there is none or it is ambiguous."""
    found = _DATE.search(text[:400])
    return _day(found) if found else None


def find_moment(text: str) -> datetime | None:
    """The first date of `text`, with its time where a zone is named, else at midnight UTC."""
    found = _DATE.search(text[:400])
    day = _day(found) if found else None
    if day is None or found is None:
        return None
    rest = text[: found.start()] + " " + text[found.end() : 400]
    clock = _TIME.search(_TIME_HALF.sub(lambda m: f"{m[1]} {m[2].lower()}m ", rest))
    return _at(day, clock) if clock else day


def has_clock(text: str) -> bool:
    """Whether `text` has a time of day, an age (`3 hours ago`) or opens as a time line does."""
    return _CLOCK.search(text[:400]) is not None


def _at(day: datetime, clock: re.Match[str]) -> datetime:
    offset = _offset(clock.group("zone") or "")
    hour, minute = int(clock.group("hour")), int(clock.group("minute"))
    half = (clock.group("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if offset is None or hour > 23 or minute > 59:
        return day
    return day.replace(hour=hour, minute=minute, tzinfo=offset).astimezone(UTC)


def _offset(zone: str) -> timezone | None:
    if zone[:1] in ("+", "-"):
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        ahead = timedelta(minutes=minutes * (-1 if zone[0] == "-" else 1))
        return timezone(ahead) if minutes <= 14 * 60 else None
    minutes_ahead = _ZONES.get(zone)
    return None if minutes_ahead is None else timezone(timedelta(minutes=minutes_ahead))


def _day(found: re.Match[str]) -> datetime | None:
    part = found.groupdict()
    if part["y4"]:
        return _numeric(int(part["a4"]), int(part["b4"]), int(part["y4"]))
    key = "1" if part["y1"] else "2" if part["y2"] else "3"
    month = part["m" + key]
    number = int(month) if key == "3" else _MONTHS.index(month[:3].lower()) + 1
    return _made(int(part["y" + key]), number, int(part["d" + key]))


def _numeric(first: int, second: int, year: int) -> datetime | None:
    """A date in figures counts only where day and month cannot be mistaken."""
    if first > 12:
        return _made(year, second, first)
    if second > 12 or first == second:
        return _made(year, first, second)
    return None


def _made(year: int, month: int, day: int) -> datetime | None:
    try:
        made = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return made if 1900 <= year <= 2200 else None
