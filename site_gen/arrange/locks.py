"""What was sent stays as it was: members, order and numbers of locked editions, and what came
late to them or was changed since."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from site_gen.arrange.lock_settings import late_of, lock_settings, names_of
from site_gen.arrange.schedule import Schedule, Span
from site_gen.arrange.sections import bands_of
from site_gen.basics import dates, digest, safehtml
from site_gen.model import (
    ArticleRef,
    Card,
    Catalog,
    Correction,
    Edition,
    EditionRef,
    Facts,
    Lock,
    Member,
    Note,
    Picture,
    Thread,
)
from site_gen.problems import Problem, Severity, Where, shown
from site_gen.settings import Settings

_ASSET = re.compile(r"/assets/[^\"#?]+")
_KEYS = {"title": "title", "excerpt": "excerpt", "date": "publishedDateTime", "picture": "images",
         "rights": "rights", "time": "modifiedDateTime"}  # fmt: skip
"""The key at which a change stands, by the first word for it."""
LENGTH = 16
"""Digits of a digest in a lock."""


class Locks:
    """The locks of a site, by the id of their edition."""

    def __init__(self, locks: Iterable[Lock], noted: Collection[str], settings: Settings) -> None:
        self.all = {lock.id: lock for lock in locks}
        self._noted = noted
        self._settings = settings
        self._homes = {m.guid: lock.id for lock in self.all.values() for m in lock.members}
        self._by_time = sorted(self.all.values(), key=lambda lock: (lock.closed, lock.id))
        self._closes = [lock.closed for lock in self._by_time]

    def span(self, name: str, slots: Schedule) -> Span:
        """The span of an edition: the locked one, else the current one."""
        lock = self.all.get(name)
        if lock is None:
            return slots.span(name)
        return Span(name, lock.first, lock.last, None, lock.closed)

    def home(self, each: Facts, own: str, slots: Schedule) -> tuple[str, Problem | None]:
        """The edition that an article is in, whose date or file says `own`."""
        member = self._homes.get(each.card.guid)
        if member is not None:
            was_late = member != own and own in self.all
            return member, _late(each, own, member, "note") if was_late else None
        if not self._is_past(own, slots):
            return own, None
        if own in self.all and late_of(self.all[own], self._settings) == "join":
            return own, _joined(each, own)
        target = own
        while self._is_past(target, slots):
            target = slots.at(self.span(target, slots).closes, after=True)
        late = self._settings.editions.late
        return target, _late(each, own, target, "error" if late == "refuse" else "warning")

    def ordered(self, lock: Lock, cards: Sequence[Card]) -> list[Card]:
        """Locked members in their order, then new ones in the order of `cards`."""
        places = {member.guid: place for place, member in enumerate(lock.members)}
        return sorted(cards, key=lambda card: places.get(card.guid, len(places)))

    def _is_past(self, name: str, slots: Schedule) -> bool:
        """Whether nothing new can be in an edition: it is locked, or lies between two that are, of
        which the numbers say that nothing came out between them."""
        if name in self.all:
            return True
        if name in self._noted or not self._by_time:
            return False
        place = bisect_left(self._closes, slots.span(name).closes)
        if not 0 < place < len(self._by_time):
            return False
        return self._by_time[place].number - self._by_time[place - 1].number <= 1


def deleted(
    locks: Iterable[Lock], facts: Sequence[Facts], broken: Iterable[str]
) -> Iterator[Problem]:
    """A warning for each member whose file is gone. One that says itself that it is not to be
    shown is not, nor one of the `broken` files, which say so too."""
    known = {each.card.guid for each in facts}
    paths = set(broken)
    for lock in locks:
        for member in lock.members:
            if member.guid not in known and member.path not in paths:
                yield Problem(
                    "edition/deleted",
                    f"{shown(member.path)} was in edition {lock.id}, which is closed, and is gone",
                    Where(f"content/{lock.path}"),
                    "restore the file; to take a story back, add "
                    "`withdrawn: {date: ..., reason: ...}` to it",
                    "warning",
                )


def changed(
    locks: Iterable[Lock],
    facts: Iterable[Facts],
    settings: Settings,
    digests: Mapping[str, str],
    hidden: Collection[str] = (),
) -> Iterator[Problem]:
    """A warning for each member among these articles that is not what subscribers saw and has no
    correction of a later date. Of what says of itself that it is not shown (`hidden`, content
    paths) no warning: no build that takes a text down fails."""
    known = {each.card.guid: each for each in facts}
    for lock in locks:
        for member in lock.members:
            found = known.get(member.guid)
            if found is None or found.withdrawn or not found.published or found.path in hidden:
                continue
            if _is_corrected(found.corrections, lock, settings):
                continue
            if parts := [*_parts(found, member), *_files(member.files, digests)]:
                yield _changed(f"content/{found.path}", lock, parts)


def changed_notes(
    locks: Iterable[Lock],
    notes: Iterable[Note],
    settings: Settings,
    digests: Mapping[str, str],
    hidden: Collection[str] = (),
) -> Iterator[Problem]:
    """The same for notes."""
    noted = {note.id: note for note in notes if not note.draft}
    taken_down = {note.id for note in notes if not note.published}
    hushed = {note.id for note in notes if note.path in hidden}
    for lock in locks:
        if lock.id in taken_down:
            continue
        quiet = lock.id in hushed or f"editions/{lock.id}.md" in hidden
        for each in _of_note(lock, noted.get(lock.id), settings, digests):
            yield each._replace(severity="note") if quiet else each


def _parts(found: Facts, member: Member) -> Iterator[str]:
    """The parts of an article that changed."""
    card = found.card
    if seen(card) != member.seen:
        renamed = member.title and member.title != card.title
        yield f"title (it was {shown(member.title)})" if renamed else "excerpt, address or title"
    if found.source[:LENGTH] != member.text:
        yield "text"
    if member.facts and facts_of(card) != member.facts:
        yield "date, source, authors, topics, story or language"
    if member.picture and picture_of(card.image) != member.picture:
        yield "picture"
    if member.rights and card.rights != member.rights:
        yield f"rights (it was {shown(member.rights)})"
    if member.lastmod and card.lastmod.isoformat() != member.lastmod:
        yield "time of the last change"


def _files(files: Iterable[tuple[str, str]], digests: Mapping[str, str]) -> Iterator[str]:
    """Pictures and attachments whose bytes are others; one that is gone leads nowhere."""
    for path, file_digest in files:
        if digests.get(path, file_digest)[:LENGTH] != file_digest:
            yield f"file {shown(path)}"


def _of_note(
    lock: Lock, note: Note | None, settings: Settings, digests: Mapping[str, str]
) -> Iterator[Problem]:
    """A note that changed, came or went since its edition was closed."""
    path = f"content/editions/{lock.id}.md"
    if note is None:
        if lock.note:
            yield Problem(
                "edition/changed",
                f"the note of edition {lock.id}, which is closed, is gone",
                Where(path),
                "restore the file: its letter and its entry in feeds are shown without it",
                "warning",
            )
        return
    if _is_corrected(note.corrections, lock, settings):
        return
    if not lock.note:
        yield Problem(
            "edition/changed",
            f"it came after edition {lock.id} was closed, and changes its letter",
            Where(f"content/{note.path}"),
            "take it away, or say so with a dated `corrections`",
            "warning",
        )
        return
    parts = ["title or text"] if note.source[:LENGTH] != lock.note else []
    if lock.facts and note.facts[:LENGTH] != lock.facts:
        parts.append("date, guid, excerpt, authors or picture")
    if lock.words and words_to(note.image) != lock.words:
        parts.append("words to its picture")
    parts += _files(lock.files, digests)
    if parts:
        yield _changed(f"content/{note.path}", lock, parts)


def lost_threads(locks: Iterable[Lock], known: Collection[str]) -> Iterator[Problem]:
    """A warning for each locked edition whose letter names an earlier one that is no more; `known`
    are the ids of the closed ones."""
    for lock in locks:
        names = dict.fromkeys(name for _, told in lock.threads or () for name, _ in told)
        if gone := [name for name in names if name not in known]:
            yield Problem(
                "edition/changed",
                f"edition {lock.id}, which is closed, names earlier ones on its stories that are"
                f" gone: {', '.join(map(shown, gone[:3]))}",
                Where(f"content/{lock.path}", key="threads"),
                "restore the articles of that edition, or their dates",
                "warning",
            )


def lock_of(
    edition: Edition, catalog: Catalog, settings: Settings, threads: Mapping[str, Thread]
) -> Lock:
    """The lock of a closed edition in its current state. `threads` are by the ids of its cards."""
    bands = bands_of(edition)
    refs: Mapping[str, ArticleRef] = {ref.card.id: ref for ref in catalog.articles}
    files = {f"/{file.path}": (file.source, file.digest[:LENGTH]) for file in catalog.files}
    return Lock(
        id=edition.ref.id,
        path=f"editions/{edition.ref.id}.lock",
        number=edition.ref.number or 0,
        following=edition.following,
        first=edition.ref.first,
        last=edition.ref.last,
        closed=edition.closes or edition.cutoff,
        top=edition.top,
        note=edition.source[:LENGTH],
        facts=edition.facts[:LENGTH],
        bands=tuple((band.slug, band.name) for band in edition.bands),
        corrections=tuple(mark(each.id, each.text) for each in edition.earlier),
        threads=tuple(
            (card.guid, tuple((ref.id, ref.number or 0) for ref in _earlier(card, threads)))
            for card in edition.cards
            if card.story
        ),
        settings=lock_settings(settings),
        names=names_of(edition.cards),
        words=words_to(edition.image),
        files=_led_to(f'{edition.image.url if edition.image else ""}"{edition.note}', files),
        members=tuple(
            Member(
                guid=card.guid,
                path=refs[card.id].path,
                seen=seen(refs[card.id].as_read or card),
                text=refs[card.id].source[:LENGTH],
                facts=facts_of(refs[card.id].as_read or card),
                picture=picture_of((refs[card.id].as_read or card).image, refs[card.id].targets),
                band=bands.get(card.guid, ""),
                title=card.title,
                rights=card.rights,
                lastmod=card.lastmod.isoformat(),
                files=tuple(
                    sorted({files[url] for _, url in refs[card.id].targets if url in files})
                ),
            )
            for card in edition.cards
        ),
    )


def _earlier(card: Card, threads: Mapping[str, Thread]) -> tuple[EditionRef, ...]:
    thread = threads.get(card.id)
    return thread.earlier if thread else ()


def _led_to(html: str, files: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of the files (by address) those that a note shows or leads to."""
    return tuple(sorted({files[url] for url in _ASSET.findall(html) if url in files}))


def words_to(image: Picture | None) -> str:
    """Digest of the words to a picture, "" for none."""
    said = (image.alt, image.caption, image.credit) if image else ()
    return digest.of_parts(*said)[:LENGTH] if said else ""


def with_joined(lock: Lock, now: Lock) -> Lock:
    """The lock with those that joined its edition; `now` is a lock of that as it is."""
    known = {member.guid for member in lock.members}
    news = tuple(member for member in now.members if member.guid not in known)
    names = {**dict(now.names), **dict(lock.names)} if lock.names else {}
    bands = lock.bands if lock.bands is None else now.bands
    told = {member.guid for member in news}
    threads = (*(lock.threads or ()), *(each for each in now.threads or () if each[0] in told))
    return replace(
        lock,
        members=(*lock.members, *news),
        bands=bands,
        names=tuple(sorted(names.items())),
        threads=None if lock.threads is None else threads,
    )


def seen(card: Card) -> str:
    """Digest of the parts of an article that subscribers saw."""
    return digest.of_parts(card.title, card.excerpt, card.link)[:LENGTH]


def facts_of(card: Card) -> str:
    """Digest of what else a letter, a feed's entry or an e-book says of an article."""
    return digest.of_parts(
        card.date.isoformat(),
        card.provider.key if card.provider else "",
        *(author.slug for author in card.authors),
        *(topic.slug for topic in card.topics),
        card.story, card.why, card.original, card.language, card.type,
    )[:LENGTH]  # fmt: skip


def picture_of(image: Picture | None, targets: Iterable[tuple[str, str]] = ()) -> str:
    """Digest of which picture an article has and the words to it, not of the file. `targets` are
    the pairs of a content path and an address by which it was resolved."""
    if image is None:
        return digest.of_parts("")[:LENGTH]
    written = {url: path for path, url in targets}.get(image.url, image.url)
    path = written.removeprefix(f"{safehtml.LOCAL}:").lstrip("/")
    return digest.of_parts(path, image.alt, image.caption, image.credit)[:LENGTH]


def mark(name: str, text: str) -> str:
    """Digest of a correction of what is called `name`."""
    return digest.of_parts(name, text)[:LENGTH]


def _is_corrected(corrections: Iterable[Correction], lock: Lock, settings: Settings) -> bool:
    """Whether a correction is dated after the edition closed, or is of that day alone."""
    day = dates.day_in(lock.closed, settings.zone)
    return any(c.date and dates.day_in(c.date, settings.zone) >= day for c in corrections)


def _changed(path: str, lock: Lock, parts: Sequence[str]) -> Problem:
    return Problem(
        "edition/changed",
        f"its {' and '.join(parts)} changed since edition {lock.id} was closed",
        Where(path, key=_KEYS.get(parts[0].split()[0].rstrip(","), "")),
        'say so: `corrections: [{date: 2024-02-20, text: "..."}]`; or put back what it was',
        "warning",
    )


def _joined(each: Facts, own: str) -> Problem:
    return Problem(
        "edition/late",
        f"is dated in edition {own}, which is closed, and joins it",
        Where(f"content/{each.path}", key="publishedDateTime"),
        f"`site-gen close {own}` writes it into the lock, so that it stays there",
        "note",
    )


def _late(each: Facts, own: str, target: str, severity: Severity) -> Problem:
    goes = f"; it goes to {target}" if target and severity != "error" else ""
    return Problem(
        "edition/late",
        f"is dated in edition {own}, which is closed{goes}",
        Where(f"content/{each.path}", key="publishedDateTime"),
        f'to settle it, add `edition: "{target}"`, or correct the date'
        if target
        else "correct the date",
        severity,
    )
