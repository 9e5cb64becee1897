"""When editions begin and close: the slots of the calendar that `editions.every` cuts.

Slots follow one another without gap. One is known by its place, a whole number, or by its id.
Where notes say what the editions are (`every = "note"`), the calendar has nothing to say.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from site_gen.basics import dates
from site_gen.settings import EditionSettings, Settings

NOTE = "note"
DAYS = {"week": 7, "2 weeks": 14, "day": 1}
WEEKS = frozenset({"week", "2 weeks"})

_DAY = timedelta(days=1)
_NOON = timedelta(hours=12)
_INSTANT = timedelta(microseconds=1)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_MONDAY = date(1990, 1, 1)


class Slot(NamedTuple):
    """The time of one edition.

    first, last   the days that name it, in the site's zone: those whose noon it holds, or the
                  day or month itself
    begins        cut-off of the one before, in UTC
    closes        its own
    """

    id: str
    first: date
    last: date
    begins: datetime
    closes: datetime


class Calendar:
    """The slots of one rhythm. Places are whole numbers, one more for each later slot."""

    def __init__(self, editions: EditionSettings, zone: ZoneInfo) -> None:
        self._every = editions.every
        self._zone = zone
        self._first_weekday = dates.WEEKDAYS.index(editions.first_weekday)
        self._time = dates.parse_clock(editions.cutoff_time)
        self._weekday = -1
        if editions.cutoff_day and self._every in WEEKS:
            self._weekday = dates.WEEKDAYS.index(editions.cutoff_day)
        self._start = _MONDAY + timedelta(days=(self._first_weekday - _MONDAY.weekday()) % 7)
        if self._every == "2 weeks":
            self._start = date.fromisoformat(editions.start)
        self._whole_days = self._time % _DAY == timedelta(0)
        self._closes: dict[int, datetime] = {}

    def place_at(self, moment: datetime) -> int:
        """The slot that holds a moment: after the cut-off before, and up to its own.

        A cut-off at midnight is the end of the day before: what is dated that midnight, as a
        date alone is, comes after it.
        """
        place = self._place_of_day(dates.day_in(moment, self._zone))
        while not self._holds(place, moment):
            place += 1
        while self._holds(place - 1, moment):
            place -= 1
        return place

    def place_of(self, name: str) -> int:
        """The slot with an id. Raises ValueError, saying what such an id looks like."""
        if self._every == "month":
            return self._place_of_month(name)
        if self._every == "day":
            try:
                day = date.fromisoformat(name)
            except ValueError:
                day = None
            if day is None or day.isoformat() != name:
                raise ValueError("is not a day such as 2024-02-15")
            _check_year(day.year)
            return self._place_of_day(day)
        first, last = dates.week_range(name, self._first_weekday if self._every == "week" else 0)
        for place in (self._place_of_day(first), self._place_of_day(last)):
            if self.id_of(place) == name:
                return place
        raise ValueError(f"lies within edition {self.id_of(self._place_of_day(last))}")

    def id_of(self, place: int) -> str:
        """The id of a slot: `2024-W07`, `2024-02` or `2024-02-15`."""
        first, last = self._days(place)
        if self._every == "month":
            return f"{first.year}-{first.month:02d}"
        if self._every == "day":
            return first.isoformat()
        if self._every == "week":
            return dates.week_of(first, self._first_weekday)
        return dates.week_of(last)

    def id_at(self, moment: datetime) -> str:
        """The id of the slot that holds a moment."""
        return self.id_of(self.place_at(moment))

    def slot(self, place: int) -> Slot:
        """A slot, wholly."""
        first, last = self._days(place)
        if self._every in WEEKS:
            first, last = self._last_day(place - 1) + _DAY, self._last_day(place)
        return Slot(self.id_of(place), first, last, self.closes(place - 1), self.closes(place))

    def closes(self, place: int) -> datetime:
        """The cut-off of a slot, in UTC."""
        known = self._closes.get(place)
        if known is None:
            known = self._closes[place] = dates.moment_at(
                self._cutoff_day(place), self._time, self._zone
            )
        return known

    def _holds(self, place: int, moment: datetime) -> bool:
        closes = self.closes(place)
        return moment < closes if self._whole_days else moment <= closes

    def _place_of_day(self, day: date) -> int:
        if self._every == "month":
            return day.year * 12 + day.month - 1
        return (day - self._start).days // DAYS[self._every]

    def _days(self, place: int) -> tuple[date, date]:
        """First and last day of the calendar's own unit."""
        if self._every == "month":
            following = place + 1
            return (
                date(place // 12, place % 12 + 1, 1),
                date(following // 12, following % 12 + 1, 1) - _DAY,
            )
        length = DAYS[self._every]
        first = self._start + timedelta(days=place * length)
        return first, first + timedelta(days=length - 1)

    def _cutoff_day(self, place: int) -> date:
        """The last day; or the named weekday in the last seven, where the weekday of the first of
        those means the day after the last."""
        last = self._days(place)[1]
        if self._weekday < 0:
            return last
        first = last - timedelta(days=6)
        day = first + timedelta(days=(self._weekday - first.weekday()) % 7)
        return last + _DAY if day == first else day

    def _last_day(self, place: int) -> date:
        """The last day whose noon is not after the cut-off."""
        day = self._cutoff_day(place)
        return day if self._time >= _NOON else day - _DAY

    def _place_of_month(self, name: str) -> int:
        found = _MONTH.fullmatch(name)
        if not found or not 1 <= int(found[2]) <= 12:
            raise ValueError("is not a month such as 2024-02")
        _check_year(int(found[1]))
        return int(found[1]) * 12 + int(found[2]) - 1


def calendar(settings: Settings) -> Calendar:
    """The slots of a site. Raises ValueError where its editions are what notes say."""
    return _calendar(settings.editions, settings.timezone)


def is_by_notes(settings: Settings) -> bool:
    """Whether the editions of a site are what its notes say."""
    return settings.editions.every == NOTE


@lru_cache(maxsize=8)
def _calendar(editions: EditionSettings, timezone: str) -> Calendar:
    if editions.every == NOTE:
        raise ValueError("notes say what the editions are")
    return Calendar(editions, ZoneInfo(timezone))


def _check_year(year: int) -> None:
    if not dates.MIN_YEAR <= year <= dates.MAX_YEAR:
        raise ValueError(f"has a year outside {dates.MIN_YEAR} to {dates.MAX_YEAR}")
