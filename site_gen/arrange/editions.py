"""Makes editions of articles: their numbers, and the order of their stories."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from site_gen import permalinks
from site_gen.arrange.locks import Locks
from site_gen.arrange.schedule import SO_FAR, Schedule, Span
from site_gen.arrange.sections import Layout, laid_out
from site_gen.arrange.visible import Moment
from site_gen.basics import dates
from site_gen.model import Card, Edition, EditionRef, Lock, Note
from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.settings import Settings
from site_gen.story_order import rank

NO_NOTE = Note(id="", path="")
HINTS = 5
"""Unknown names of one note for which a near one is looked for: it may have a thousand."""


class Arranged(NamedTuple):
    """Editions newest first, the references of all editions by id, and problems.

    change_moments   moments at which an edition begins or closes
    """

    editions: tuple[Edition, ...]
    refs: dict[str, EditionRef]
    problems: list[Problem]
    change_moments: frozenset[datetime]


class Hidden(NamedTuple):
    """An article that is not shown: its content path and why, in a word."""

    path: str
    why: str


def editions(
    cards: Iterable[Card],
    notes: Mapping[str, Note],
    slots: Schedule,
    locks: Locks,
    moment: Moment,
    settings: Settings,
    unshown: Mapping[str, Hidden] | None = None,
) -> Arranged:
    """The editions of `cards`, each of which names its own, of `notes` and of locks.

    `unshown` knows by the names of each article that is not shown why it is not.
    """
    held: dict[str, list[Card]] = {note.id: [] for note in notes.values() if slots.comes_out(note)}
    held |= {name: [] for name in locks.all}
    for card in cards:
        held.setdefault(card.edition, []).append(card)
    spans = {name: locks.span(name, slots) for name in held}
    found: list[Edition] = []
    refs: dict[str, EditionRef] = {}
    problems: list[Problem] = []
    number = settings.editions.first_number
    for name in sorted(held, key=lambda name: (spans[name].closes, name)):
        note, span, lock = notes.get(name, NO_NOTE), spans[name], locks.all.get(name)
        closed = span.closes <= moment.now
        begun = span.has_begun(moment.now) or moment.future
        problems += [] if begun else map(_not_begun, held[name])
        hidden = not begun or (not closed and not settings.editions.show_open)
        if lock:
            note = replace(note, number=lock.number)
        ref = refs[name] = _ref(span, note, number if closed else None, settings, hidden=hidden)
        number = lock.following if lock else number + closed
        if hidden:
            continue
        made, faults = edition(
            held[name], ref, span, note, number, lock, locks, settings, unshown or {}
        )
        problems += faults
        found.append(made)
    change_moments = {m for span in spans.values() for m in (span.begins, span.closes) if m}
    return Arranged(tuple(reversed(found)), refs, problems, frozenset(change_moments))


def edition(
    cards: list[Card],
    ref: EditionRef,
    span: Span,
    note: Note,
    following: int,
    lock: Lock | None,
    locks: Locks,
    settings: Settings,
    unshown: Mapping[str, Hidden],
) -> tuple[Edition, list[Problem]]:
    """The edition of these cards, and what is wrong with it."""
    layout, problems = _layout(cards, note, lock, locks, settings, unshown)
    made = _edition(ref, span, note, layout, following, lock, settings, problems)
    return made, problems


def _layout(
    cards: list[Card],
    note: Note,
    lock: Lock | None,
    locks: Locks,
    settings: Settings,
    unshown: Mapping[str, Hidden],
) -> tuple[Layout, list[Problem]]:
    if lock:
        ranked, _, _ = order(cards, NO_NOTE, {})
        ordered = locks.ordered(lock, ranked)
        return laid_out(ordered, lock.top, note, settings, lock), []
    ranked, named, problems = order(cards, note, unshown)
    return laid_out(ranked, named, note, settings), problems


def _ref(
    span: Span, note: Note, counted: int | None, settings: Settings, *, hidden: bool
) -> EditionRef:
    """`counted` is its number where the note says no other, None while it is open."""
    day = dates.day_in(note.date, settings.zone) if note.date else span.last
    permalink = permalinks.HOME
    if span.id != SO_FAR:
        permalink = permalinks.edition(span.id, day, settings, number=note.number, slug=note.slug)
    return EditionRef(
        id=span.id,
        permalink="" if hidden else permalink,
        folder=permalinks.edition_folder(span.id, permalink),
        first=span.first,
        last=span.last,
        number=None if counted is None else counted if note.number is None else note.number,
        title=note.title,
        closed=counted is not None,
    )


def _edition(
    ref: EditionRef,
    span: Span,
    note: Note,
    layout: Layout,
    following: int,
    lock: Lock | None,
    settings: Settings,
    problems: list[Problem],
) -> Edition:
    dated = span.closes
    if note.date and note.date != span.closes:
        if (span.begins is None or span.begins <= note.date) and note.date <= span.closes:
            dated = note.date
        else:
            problems.append(_misdated(note, span, settings))
    untouched = span.closes if ref.closed or span.begins is None else span.begins
    corrected = [c.date for c in note.corrections if c.date]
    changes = [] if lock else [*corrected, *(card.lastmod for card in layout.cards)]
    aliases = list(note.aliases)
    own = permalinks.edition_folder(ref.id)
    if ref.id != SO_FAR and ref.permalink != own:
        aliases.append(own)
    return Edition(
        ref=ref,
        cutoff=dated,
        cards=layout.cards,
        top=layout.top,
        bands=layout.bands,
        stories=layout.stories,
        locked=lock is not None,
        threads=lock.threads if lock else None,
        closes=None if dated == span.closes else span.closes,
        source=note.source,
        facts=note.facts,
        following=following,
        note=note.body,
        lastmod=max(changes, default=untouched),
        path=note.path,
        guid=note.guid,
        excerpt=note.excerpt,
        image=note.image,
        authors=note.authors,
        aliases=tuple(aliases),
        minutes=note.minutes,
    )


def _not_begun(card: Card) -> Problem:
    return Problem(
        "edition/not-begun",
        f"edition {card.edition} has not begun: on no edition's page, in no letter until then",
        Where(f"content/{card.id}.md", key="edition"),
        "correct `edition`, or let it wait",
        "warning",
    )


def _misdated(note: Note, span: Span, settings: Settings) -> Problem:
    last = dates.day_in(span.closes, settings.zone)
    return Problem(
        "edition/date",
        f"the date of edition {note.id} is not in it: it is up to {last.isoformat()}",
        Where(f"content/{note.path}", key="date"),
        "correct the date, or the name of the file",
        "warning",
    )


def order(
    cards: list[Card], note: Note, hidden: Mapping[str, Hidden]
) -> tuple[tuple[Card, ...], int, list[Problem]]:
    """Pins, lead, then by importance; and how many the note names."""
    wanted = [name for name in (*note.pins, note.lead) if name]
    by_name: dict[str, str] = {}
    named = map(names, cards if wanted else ())
    for same in zip(*named, strict=True):  # all slugs first, and so on
        for name, card in zip(same, cards, strict=True):
            by_name.setdefault(name, card.id)
    problems: list[Problem] = []
    place: dict[str, int] = {}
    for name in wanted:
        plain = name.removesuffix(".md").strip("/")
        identity = by_name.get(plain)
        if identity is None and plain in hidden:
            problems.append(_not_shown(name, note, hidden[plain]))
        elif identity is None:
            near = did_you_mean(name, by_name) if len(problems) < HINTS else ""
            problems.append(_unknown(name, note, near))
        else:
            place.setdefault(identity, len(place))
    last = len(place)

    def key(card: Card) -> tuple[int, tuple[int, int, float, str]]:
        return place.get(card.id, last), rank(card)

    return tuple(sorted(cards, key=key)), last, problems


def names(card: Card) -> tuple[str, ...]:
    """Names of an article in a note: its slug, its content path, the last part of that."""
    return card.slug, *names_of_file(card.id)


def names_of_file(identity: str) -> tuple[str, str, str]:
    """The names without the slug."""
    return identity, f"content/{identity}", identity.rsplit("/", 1)[-1]


def _unknown(name: str, note: Note, near: str) -> Problem:
    return Problem(
        "edition/unknown-article",
        f"{shown(name)} is no article of edition {note.id}.{near}",
        Where(f"content/{note.path}", key="lead" if name == note.lead else "pins"),
        "name an article of this week by its slug; until then the next story stands there",
        "warning",
    )


def _not_shown(name: str, note: Note, hidden: Hidden) -> Problem:
    return Problem(
        "edition/not-shown",
        f"{shown(name)} is not shown in edition {note.id}: content/{hidden.path} is {hidden.why}",
        Where(f"content/{note.path}", key="lead" if name == note.lead else "pins"),
        "the next story stands there; name another one, or let it be",
        "note",
    )


def changed_numbers(
    before: Mapping[str, int], editions_: Iterable[Edition], *, taken_down: bool = False
) -> Iterable[Problem]:
    """A warning for each edition whose number the last build gave differently; a note where this
    build takes a text down, for then no build fails."""
    for edition in editions_:
        old, new = before.get(edition.ref.id), edition.ref.number
        if old is not None and new is not None and old != new:
            yield Problem(
                "edition/number",
                f"edition {edition.ref.id} was No. {old} and becomes No. {new}",
                _of_note(edition.ref.id, edition.path),
                "where an article went into an edition of the past, give it an `edition:` that is"
                f" not closed; else write `number: {old}` in its note,"
                f" content/editions/{edition.ref.id}.md, to keep the number readers know",
                "note" if taken_down else "warning",
            )


def _of_note(identity: str, path: str) -> Where:
    """The number in the note of an edition; where it has none, the folder of notes."""
    return Where(f"content/{path}", key="number") if path else Where("content/editions")


def duplicate_numbers(refs: Iterable[EditionRef]) -> Iterable[Problem]:
    """A warning for each number that two editions have."""
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
