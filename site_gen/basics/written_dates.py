"""Reads dates as pages, feeds, mails and people write them, in many languages.

Ambiguous dates are not guessed, such as 3/4 without a language, or zones with several meanings.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from site_gen.basics import clock_times, month_names, zone_names
from site_gen.basics.dates import MAX_YEAR, MIN_YEAR

MAX_LENGTH = 400
"""Characters that are read."""

DAY_ONLY = "only the day is known"

_WORD = r"[^\s\d.,/()|:;–—-]+"
_END = r"(?P<year>\d{4})(?!\d)"
_DAY_FIRST = re.compile(
    rf"(?<![\d.,:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|ero|[ºª°.]|-го)?[\s,/-]*"
    rf"(?:(?:de|of|di|do|den)\s+)?(?P<month>{_WORD})\.?[\s,./-]*(?:(?:de|del|di|do)\s+)?"
    r"(?P<year>\d{4}(?!\d)|\d\d(?=\s+\d{1,2}:\d\d))"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_WORD})\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+"
    rf"(?:\d{{1,2}}:\d\d(?::\d\d)?\s+(?:[A-Z]{{3,5}}\s+)?)?{_END}"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})\.?(?:\sm\.)?[\s,-]*(?P<month>{_WORD})\.?[\s-]*(?P<day>\d{{1,2}})(?!\d)"
)
_VIETNAMESE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}) tháng (?P<number>\d{{1,2}}),?(?: năm)? {_END}"
)
_EAST_ASIAN = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<number>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]"
)
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<number>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})"
    r"(?!\d)"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<number>[01]\d)(?P<day>[0-3]\d)(?=T\d{4}|$)", re.ASCII
)
_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<mark>[/.-])\s?(?P<b>\d{1,2})(?P=mark)\s?" + _END
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_ANY = re.compile(r"\d.{1,40}\d\d|\d{8}", re.ASCII)
"""What all dates contain: the digits of a day and of a year."""
_MONTHS_FIRST = ("en-US", "en-PH", "fil")
"""Languages in which 3/4 is the fourth of March."""


class Reading(NamedTuple):
    """A date that was read.

    moment  in UTC; of a day without a time, midnight in the site's zone
    exact   whether there was a time
    doubt   what an editor should know, or ""
    span    the place of the day in the text
    """

    moment: datetime
    exact: bool
    doubt: str = ""
    span: tuple[int, int] = (0, 0)


def read(value: object, zone: tzinfo, language: str = "") -> Reading | None:
    """The date in a field (text, or a parsed date), or None if there is none for certain.

    zone      the site's, for days without a time and times without a zone
    language  of the document: decides the order of month and day, and ambiguous zones
    """
    if isinstance(value, datetime):
        return _within(value if value.tzinfo else value.replace(tzinfo=zone), True, "", (0, 0))
    text = value.isoformat() if isinstance(value, date) else value
    if not isinstance(text, str):
        return None
    if _EPOCH.fullmatch(text.strip()):
        return _within(datetime.fromtimestamp(int(text.strip()[:10]), UTC), True, "", (0, 0))
    return find(text, zone, language)


def find(text: str, zone: tzinfo, language: str = "") -> Reading | None:
    """The first date in a line of text, read as in `read`."""
    line = _figures(text[:MAX_LENGTH])
    if not _ANY.search(line):
        return None
    found = min(_days(line, language), key=lambda found: found[1], default=None)
    if found is None:
        return None
    day, span = found
    rest = f"{line[: span[0]]} {_inner(line, span)} {line[span[1] :]}"
    return _with_time(day, rest, zone, language, span)


def warnings(key: str, value: object, found: Reading | None) -> list[str]:
    """Messages for editors about the field `key` with `value`, from which `found` was read."""
    if found is None:
        return [f'{key}: "{str(value)[:60]}" cannot be read as a date']
    return [f"{key}: {found.doubt}"] if found.doubt else []


def is_later(one: datetime, other: datetime) -> bool:
    """Whether `one` is at least a minute after `other`."""
    return one - other >= timedelta(minutes=1)


def moment(value: object, zone: tzinfo, language: str = "") -> datetime | None:
    """The moment in `value`, in UTC, or None."""
    found = read(value, zone, language)
    return found.moment if found else None


def _figures(text: str) -> str:
    """`text` with ASCII digits and plain spaces; its length stays the same."""
    return "".join(
        str(unicodedata.digit(c, 0)) if c.isdecimal() else " " if c.isspace() else c for c in text
    )


def _inner(line: str, span: tuple[int, int]) -> str:
    """A time inside the date: `Wed Mar 4 07:30:00 EST 2026`."""
    inside = re.search(r"\d{1,2}:\d\d(?::\d\d)?(?:\s+[A-Z]{3,5})?", line[slice(*span)])
    return inside[0] if inside else ""


def _days(line: str, language: str) -> Iterator[tuple[date, tuple[int, int]]]:
    """The first day that each pattern finds, with its place."""
    for pattern, reader in _WAYS:
        start = 0
        while found := pattern.search(line, start):
            day = reader(found, language)
            if day is not None:
                yield day, found.span()
                break
            start = found.start() + 1


def _worded(found: re.Match[str], language: str) -> date | None:
    month = month_names.number(found["month"], language)
    year = int(found["year"])
    if year < 100:
        year += 2000 if year < 69 else 1900
    elif year > 2400:
        year -= 543  # the Buddhist calendar, of Thailand
    return _day(year, month, int(found["day"])) if month else None


def _numbered(found: re.Match[str], _language: str) -> date | None:
    return _day(int(found["year"]), int(found["number"]), int(found["day"]))


def _all_figures(found: re.Match[str], language: str) -> date | None:
    """A date of three numbers. The month is not the one over 12, else the separator and the
    language decide."""
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    if first == second or first > 12 or found["mark"] == ".":
        return _day(year, second, first)
    if second > 12 or language in _MONTHS_FIRST:
        return _day(year, first, second)
    return None if language in ("", "en") else _day(year, second, first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if MIN_YEAR <= year <= MAX_YEAR else None
    except ValueError:
        return None


def _with_time(
    day: date, rest: str, zone: tzinfo, language: str, span: tuple[int, int]
) -> Reading | None:
    midnight = datetime.combine(day, time.min)
    clock = clock_times.find(rest)
    if clock is None:
        return _within(midnight.replace(tzinfo=zone), False, DAY_ONLY, span)
    naive = midnight.replace(hour=clock.hour, minute=clock.minute, second=clock.second)
    try:
        meant = _zone(clock, naive, zone, language)
    except zone_names.UnknownZoneError as doubt:
        said = f"{doubt}, so only the day is taken"
        return _within(midnight.replace(tzinfo=zone), False, said, span)
    return _within(naive.replace(tzinfo=meant), True, "", span)


def _zone(clock: clock_times.Clock, naive: datetime, zone: tzinfo, language: str) -> tzinfo:
    if clock.offset:
        return zone_names.parse_offset(clock.offset)
    return zone_names.find_zone(clock.zone, naive, zone, language) if clock.zone else zone


def _within(moment: datetime, exact: bool, doubt: str, span: tuple[int, int]) -> Reading | None:
    try:
        made = moment.astimezone(UTC)
    except OverflowError:
        return None
    return Reading(made, exact, doubt, span) if MIN_YEAR <= made.year <= MAX_YEAR else None


_Reader = Callable[[re.Match[str], str], date | None]
_WAYS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_ISO, _numbered),
    (_COMPACT, _numbered),
    (_EAST_ASIAN, _numbered),
    (_VIETNAMESE, _numbered),
    (_FIGURES, _all_figures),
    (_DAY_FIRST, _worded),
    (_MONTH_FIRST, _worded),
    (_YEAR_FIRST, _worded),
)
"""Patterns for a day, each with the function that makes a date of the match."""
