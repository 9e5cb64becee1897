"""Which editions there are, from when to when, and in which of them an article is."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from site_gen import edition_periods
from site_gen.basics import dates
from site_gen.model import Note
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

SO_FAR = ""
"""The id of what is after the last note, where notes say what the editions are."""


INSTANT = timedelta(microseconds=1)

NEVER = datetime(dates.MAX_YEAR, 12, 31, tzinfo=UTC)
"""Its closing time."""


class Span(NamedTuple):
    """The time of one edition, see edition_periods.Slot. `begins` is None for the first."""

    id: str
    first: date
    last: date
    begins: datetime | None
    closes: datetime

    def has_begun(self, now: datetime) -> bool:
        return self.begins is None or self.begins <= now


class Schedule(ABC):
    """The possible editions: by the calendar, or by the dates of notes."""

    problems: tuple[Problem, ...] = ()

    @abstractmethod
    def home(self, named: str, moment: datetime) -> str:
        """The id of the edition of what is dated `moment`, and whose file or calendar says that
        it belongs to the edition `named`."""

    @abstractmethod
    def span(self, name: str) -> Span:
        """The time of an edition whose id `home` gave."""

    @abstractmethod
    def at(self, moment: datetime, *, after: bool = False) -> str:
        """The id of the edition of what is dated at, or right after, a moment."""

    def comes_out(self, note: Note) -> bool:
        """Whether a note is an edition, articles or not."""
        return not note.skip


def schedule(notes: Iterable[Note], settings: Settings) -> Schedule:
    """The schedule of a site."""
    found = {note.id: note for note in notes}
    return (
        _ByNotes(found, settings)
        if edition_periods.is_by_notes(settings)
        else _ByCalendar(found, settings)
    )


class _ByCalendar(Schedule):
    """Slots of the calendar; notes can join or skip some."""

    def __init__(self, notes: Mapping[str, Note], settings: Settings) -> None:
        self._slots = edition_periods.calendar(settings)
        self._joined: dict[int, int] = {}
        self._homes: dict[str, str] = {}
        problems = []
        for note in sorted(notes.values(), key=lambda note: note.id):
            own = self._slots.place_of(note.id)
            if note.range:
                first, last = (self._slots.place_of(name) for name in note.range)
                for place in range(first, last + 1):
                    other = self._joined.setdefault(place, own)
                    if other != own:
                        problems.append(_in_both(note, self._slots.id_of(other)))
        self._skipped = {self._slots.place_of(n.id) for n in notes.values() if n.skip}
        self.problems = tuple(problems)

    def home(self, named: str, moment: datetime) -> str:
        known = self._homes.get(named)
        if known is None:
            known = self._slots.id_of(self._home(self._slots.place_of(named)))
            self._homes[named] = known
        return known

    def span(self, name: str) -> Span:
        own = self._slots.place_of(name)
        first = last = own
        while self._home(first - 1) == own:
            first -= 1
        while self._home(last + 1) == own:
            last += 1
        begin, end = self._slots.slot(first), self._slots.slot(last)
        return Span(name, begin.first, end.last, begin.begins, end.closes)

    def at(self, moment: datetime, *, after: bool = False) -> str:
        place = self._slots.place_at(moment + INSTANT if after else moment)
        return self._slots.id_of(self._home(place))

    def _home(self, place: int) -> int:
        """The slot as which a slot comes out: its own, mostly."""
        while True:
            place = self._joined.get(place, place)
            if place not in self._skipped:
                return place
            place += 1


class _ByNotes(Schedule):
    """Each note is an edition: what is dated after the one before, and up to its own date."""

    def __init__(self, notes: Mapping[str, Note], settings: Settings) -> None:
        self._zone = settings.zone
        dated = [note for note in notes.values() if note.date and not note.skip]
        self._notes = sorted(dated, key=lambda note: (note.date, note.id))
        self._dates = [note.date for note in self._notes if note.date]
        self._places = {note.id: place for place, note in enumerate(self._notes)}
        self.problems = tuple(_undated(n) for n in notes.values() if n.date is None)

    def home(self, named: str, moment: datetime) -> str:
        return named if named in self._places else self.at(moment)

    def span(self, name: str) -> Span:
        place = len(self._notes) if name == SO_FAR else self._places[name]
        begins = self._dates[place - 1] if place else None
        closes = NEVER if name == SO_FAR else self._dates[place]
        day = dates.day_in(begins or closes if name == SO_FAR else closes, self._zone)
        return Span(name, day, day, begins, closes)

    def at(self, moment: datetime, *, after: bool = False) -> str:
        place = bisect_left(self._dates, moment + INSTANT if after else moment)
        return self._notes[place].id if place < len(self._notes) else SO_FAR

    def comes_out(self, note: Note) -> bool:
        return note.id in self._places


def _in_both(note: Note, other: str) -> Problem:
    return Problem(
        "edition/range",
        f"the range of edition {note.id} is partly that of {other}",
        Where(f"content/{note.path}", key="range"),
        "let each edition stand in one range only",
    )


def _undated(note: Note) -> Problem:
    return Problem(
        "edition/date",
        f"the note {shown(note.id)} has no date, and notes say what the editions are",
        Where(f"content/{note.path}", key="title"),
        "add a line such as `date: 2024-02-17`: what is dated up to then is in it",
    )
