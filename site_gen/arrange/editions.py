"""Articles into weeks: range, cut-off, number, and the order in which an edition shows them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from site_gen import permalinks
from site_gen.basics import dates
from site_gen.model import Card, Edition, EditionRef, Note
from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.settings import Settings

NO_NOTE = Note(id="", path="").body
HINTS = 5
"""Unknown names of one note for which a near one is looked for: it may have a thousand."""


class Arranged(NamedTuple):
    """Editions newest first, the references of all weeks by id, and problems."""

    editions: tuple[Edition, ...]
    refs: dict[str, EditionRef]
    problems: list[Problem]


def cutoff(last: date, settings: Settings) -> datetime:
    """When the week that ends on day `last` closes, in UTC.

    On the named weekday within the week, else at the end of its last day; the weekday on which
    weeks begin means the day after the last.
    """
    day = last
    if settings.editions.cutoff_day:
        wanted = dates.WEEKDAYS.index(settings.editions.cutoff_day)
        first = last - timedelta(days=6)
        day = first + timedelta(days=(wanted - first.weekday()) % 7)
        if day == first:
            day = last + timedelta(days=1)
    return dates.at(day, dates.clock(settings.editions.cutoff_time), settings.zone)


def editions(
    cards: Iterable[Card], notes: Mapping[str, Note], now: datetime, settings: Settings
) -> Arranged:
    """The weeks of `cards`. A week without articles is skipped, whatever its note says."""
    weeks: dict[str, list[Card]] = {}
    for card in cards:
        weeks.setdefault(card.edition, []).append(card)
    found: list[Edition] = []
    refs: dict[str, EditionRef] = {}
    problems: list[Problem] = []
    number = settings.editions.first_number
    for week in sorted(weeks, key=lambda w: dates.week_range(w, settings.first_weekday)):
        note = notes.get(week)
        first, last = dates.week_range(week, settings.first_weekday)
        close = cutoff(last, settings)
        closed = close <= now
        hidden = not closed and not settings.editions.show_open
        refs[week] = EditionRef(
            id=week,
            permalink="" if hidden else permalinks.edition(week, settings),
            first=first,
            last=last,
            number=_number(note, number, closed),
            title=note.title if note else "",
            closed=closed,
        )
        number += closed
        if hidden:
            continue
        ordered, faults = order(weeks[week], note)
        problems += faults
        found.append(
            Edition(
                ref=refs[week],
                cutoff=close,
                cards=ordered,
                note=note.body if note else NO_NOTE,
                lastmod=max(card.lastmod for card in ordered),
            )
        )
    return Arranged(tuple(reversed(found)), refs, problems)


def _number(note: Note | None, counted: int, closed: bool) -> int | None:
    if not closed:
        return None
    return note.number if note and note.number is not None else counted


def order(cards: list[Card], note: Note | None) -> tuple[tuple[Card, ...], list[Problem]]:
    """Pins, lead, heat, quality, time (newest first), identity."""
    wanted = [*note.pins, note.lead] if note else []
    by_name: dict[str, str] = {}
    for same in zip(*(names(card) for card in cards), strict=True):  # all slugs first, and so on
        for name, card in zip(same, cards, strict=True):
            by_name.setdefault(name, card.id)
    problems: list[Problem] = []
    place: dict[str, int] = {}
    for name in filter(None, wanted):
        identity = by_name.get(name.removesuffix(".md").strip("/"))
        if identity is None and note:
            near = did_you_mean(name, by_name) if len(problems) < HINTS else ""
            problems.append(_unknown(name, note, near))
        elif identity is not None:
            place.setdefault(identity, len(place))
    last = len(place)

    def key(card: Card) -> tuple[int, int, int, float, str]:
        heat, quality = card.heat or 0, card.quality or 0
        return place.get(card.id, last), -heat, -quality, -card.date.timestamp(), card.id

    return tuple(sorted(cards, key=key)), problems


def names(card: Card) -> tuple[str, ...]:
    """What a note may call an article: its slug, its content path, the path's last part."""
    return card.slug, card.id, f"content/{card.id}", card.id.rsplit("/", 1)[-1]


def _unknown(name: str, note: Note, near: str) -> Problem:
    return Problem(
        "edition/unknown-article",
        f"{shown(name)} is no article of edition {note.id}.{near}",
        Where(f"content/{note.path}", key="lead" if name == note.lead else "pins"),
        "name an article of this week by its slug",
    )


def changed_numbers(before: Mapping[str, int], editions_: Iterable[Edition]) -> Iterable[Problem]:
    """A warning for each edition whose number the last build gave differently."""
    for edition in editions_:
        old, new = before.get(edition.ref.id), edition.ref.number
        if old is not None and new is not None and old != new:
            yield Problem(
                "edition/number",
                f"edition {edition.ref.id} was No. {old} and becomes No. {new}",
                Where(f"content/editions/{edition.ref.id}.md", key="number"),
                f"write `number: {old}` in its note to keep the number readers know",
                "warning",
            )


def twice(refs: Iterable[EditionRef]) -> Iterable[Problem]:
    """A warning for each number that two editions carry."""
    seen: dict[int, str] = {}
    for ref in refs:
        if ref.number is not None and seen.setdefault(ref.number, ref.id) != ref.id:
            yield Problem(
                "edition/number",
                f"editions {seen[ref.number]} and {ref.id} are both No. {ref.number}",
                Where(f"content/editions/{ref.id}.md", key="number"),
                "change `number` in one of the two notes",
                "warning",
            )
