"""What to write instead of an invalid date: the day that was meant, or all possible days."""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta, timezone

from site_gen.basics import clock_times, dates, written_dates
from site_gen.frontmatter.suspicious import CURLY

_FIGURES = re.compile(
    r"\D{0,9}?(?<![\w:])(\d{1,4})\s?([./\-\u2010-\u2015\u2212])\s?(\d{1,2})\s?[./\-\u2010-\u2015\u2212]"
    r"\s?(\d{1,4})(?![\d:])"
)
_NO_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DOTTED = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d\d)(?![\d.:])")
_MIDNIGHT = re.compile(r"\D{0,9}24:00(?::00)?(?!\d)")
_LAST = date(dates.MAX_YEAR, 12, 31)
_OTHER_ZONE = timezone(timedelta(hours=1))
_CENTURY = 69
"""Two-digit years below this are in this century."""


def date_cure(value: str) -> str:
    """The cure for a value that `dates.parse` refuses."""
    text = value.strip()[: written_dates.MAX_LENGTH]
    if text[:1] in CURLY:
        return "leave out the quotes, or write straight ones: YAML knows no others"
    found = _FIGURES.match(text)
    if found is None:
        made = _read_words(text)
        return _incomplete_cure(text) or f"write {made or 'a date such as 2024-02-17T09:00:00Z'}"
    days, doubt = _days(found)
    if not days:
        return doubt
    rest = _DOTTED.sub(r"\1:\2", text[found.end() :])
    if _MIDNIGHT.match(rest) and days[0] < _LAST:
        return f"write {days[0] + timedelta(days=1)}T00:00: the day ends where the next begins"
    clock = clock_times.find(rest)
    if clock is None and re.search(r"\d", rest):
        return "correct the time: it goes from 00:00 to 23:59, as in 2024-02-17T09:00"
    written = [_read_words(f"{day} {rest}") if clock else day.isoformat() for day in days]
    if clock and not all("T" in each for each in written):
        return "correct the zone: write it as in 2024-02-17T09:00+01:00"
    if len(days) == 1:
        return f"write {written[0]}"
    each = zip(written, days, strict=True)
    return "write " + ", or ".join(f"{made} for {day.day} {day:%B}" for made, day in each)


def _days(found: re.Match[str]) -> tuple[list[date], str]:
    """The days that three numbers can mean; if there are none, the reason."""
    days: list[date] = []
    doubts: list[str] = []
    for year, month, day in _possible_orders(*found.groups()):
        if not dates.MIN_YEAR <= year <= dates.MAX_YEAR:
            doubts.append(f"correct the year: it is from {dates.MIN_YEAR} to {dates.MAX_YEAR}")
        elif not 1 <= month <= 12:
            doubts.append(f"correct the month: there is none of the number {month}")
        else:
            last = calendar.monthrange(year, month)[1]
            if 1 <= day <= last:
                days.append(date(year, month, day))
            named = f"{calendar.month_name[month]} {year}"
            doubts.append(f"correct the day: {named} has {last} days")
    return list(dict.fromkeys(days)), doubts[0]


def _possible_orders(one: str, mark: str, two: str, three: str) -> Iterator[tuple[int, int, int]]:
    """(year, month, day) in each order in which dates are written this way."""
    first, second, third = int(one), int(two), int(three)
    if len(one) > 2:
        yield first, second, third
        if second > 12 >= third:
            yield first, third, second
        return
    year = third if len(three) > 2 else _full_year(third)
    if len(three) <= 2 and mark not in "./":  # 24-02-13
        yield _full_year(first), second, third
    yield year, second, first
    if mark != ".":  # 02/13/2024, as in America
        yield year, first, second


def _full_year(year: int) -> int:
    return year + (2000 if year < _CENTURY else 1900)


def _read_words(text: str) -> str:
    """A date in words, in our format, with a time in UTC if its zone is given; "" for none."""
    read, elsewhere = (written_dates.read(text, zone) for zone in (UTC, _OTHER_ZONE))
    if read is None or elsewhere is None:
        return ""
    if not read.exact:
        return read.moment.date().isoformat()
    named = read.moment == elsewhere.moment
    return dates.iso(read.moment) if named else f"{read.moment:%Y-%m-%dT%H:%M}"


def _incomplete_cure(text: str) -> str:
    """The cure for a day without a year, a month or a week; "" for anything else."""
    if (found := _NO_YEAR.fullmatch(text)) and int(found[2]) <= 12 and int(found[1]) <= 31:
        return f"add the year, as in YEAR-{int(found[2]):02}-{int(found[1]):02}"
    if found := _WEEK.fullmatch(text):
        try:
            first, last = dates.week_range(f"{found[1]}-W{int(found[2]):02}")
        except ValueError:
            return ""
        return f"write a day of that week: {first} to {last}"
    if found := _MONTH.fullmatch(text):
        return f"add the day, as in {found[1]}-{int(found[2]):02}-01"
    return ""
