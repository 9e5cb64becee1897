"""Corrections: on the edition of what they correct, in the next one to come out, in a list."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from site_gen.arrange.locks import Locks, mark
from site_gen.model import ArticleRef, Corrected, Correction, Edition, Note


class Assigned(NamedTuple):
    """All dated corrections, newest first, and the editions with theirs."""

    corrections: tuple[Corrected, ...]
    editions: tuple[Edition, ...]


def assigned(
    articles: Iterable[ArticleRef],
    notes: Iterable[Note],
    editions: Sequence[Edition],
    locks: Locks,
) -> Assigned:
    """Assign each correction to editions, which come newest first.

    What was corrected before its edition closed is told on its own page and in the list alone.
    """
    found = list(_of_articles(articles))
    known = {edition.ref.id: edition for edition in editions}
    for note in notes:
        if note.id in known:
            found += _of_note(note, known[note.id])
    own: dict[str, list[Corrected]] = {}
    earlier: dict[str, list[Corrected]] = {}
    for each in sorted(found, key=lambda c: (c.date, c.id, c.text)):
        home = known.get(each.edition)
        if home is None or each.date <= (home.closes or home.cutoff):
            continue
        own.setdefault(each.edition, []).append(each)
        place = _told_in(each, editions, locks)
        if place:
            earlier.setdefault(place, []).append(each)
    shown = (
        replace(
            edition,
            corrections=tuple(own.get(edition.ref.id, ())),
            earlier=tuple(earlier.get(edition.ref.id, ())),
        )
        for edition in editions
    )
    newest = sorted(found, key=lambda c: (-c.date.timestamp(), c.id, c.text))
    return Assigned(tuple(newest), tuple(shown))


def _told_in(each: Corrected, editions: Sequence[Edition], locks: Locks) -> str | None:
    """The first edition that closes after a correction; a locked one keeps its own."""
    for edition in reversed(editions):
        lock = locks.all.get(edition.ref.id)
        closes = edition.closes or edition.cutoff
        if edition.ref.id == each.edition or closes < each.date:
            continue
        if lock is None or mark(each.id, each.text) in lock.corrections:
            return edition.ref.id
    return None


def _of_articles(articles: Iterable[ArticleRef]) -> Iterable[Corrected]:
    for ref in articles:
        card = ref.card
        for correction in ref.corrections:
            yield from _corrected(
                correction, card.guid, card.title, card.link, card.edition, card.language
            )


def _of_note(note: Note, edition: Edition) -> Iterable[Corrected]:
    ref = edition.ref
    for correction in note.corrections:
        yield from _corrected(correction, f"editions/{ref.id}", ref.title or ref.id, ref.permalink,
                              ref.id, "")  # fmt: skip


def _corrected(
    correction: Correction, name: str, title: str, link: str, edition: str, language: str
) -> Iterable[Corrected]:
    if correction.date and correction.text.strip():
        yield Corrected(
            id=name, title=title, link=link, edition=edition, date=correction.date,
            text=correction.text.strip(), language=language,
        )  # fmt: skip
