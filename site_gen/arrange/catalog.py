"""Articles to the catalog: the one cross-page index, and every conflict between files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from site_gen import edition_periods, permalinks
from site_gen.arrange import corrections, editions, gone, groups, links, sections
from site_gen.arrange.links import Targets
from site_gen.arrange.locks import Locks, deleted
from site_gen.arrange.odd_files import odd_files, odd_pages
from site_gen.arrange.parts import article_ref
from site_gen.arrange.pictures import localized
from site_gen.arrange.same_names import same_names
from site_gen.arrange.schedule import Schedule, schedule
from site_gen.arrange.visible import Moment, notices, turns, visible, why_not
from site_gen.basics import dates, safehtml, slugs
from site_gen.model import (
    ArticleRef,
    Author,
    Card,
    Catalog,
    ContentPage,
    Facts,
    Lock,
    Measured,
    Note,
    Notice,
    Picture,
    SafeHtml,
    StaticFile,
)
from site_gen.problems import Problem, Where
from site_gen.problems import shown as quoted
from site_gen.settings import Settings


class Arranged(NamedTuple):
    """The catalog, its problems, and the moments between which it would be the same.

    `valid` = (from, until): None where no article and no edition ever changes state; `gone` are
    addresses of what is not to be shown.
    """

    catalog: Catalog
    problems: tuple[Problem, ...]
    valid: tuple[datetime | None, datetime | None]
    gone: tuple[str, ...] = ()


def place_of(card: Card) -> tuple[float, str]:
    """By which articles are ordered: newest first."""
    return -card.date.timestamp(), card.id


def is_valid(valid: tuple[datetime | None, datetime | None], now: datetime) -> bool:
    """Whether `now` lies between the moments of `Arranged.valid`."""
    since, until = valid
    return (since is None or since <= now) and (until is None or now < until)


def arrange(
    facts: Sequence[Facts],
    notes: Sequence[Note],
    pages: Sequence[ContentPage],
    files: Mapping[str, str],
    moment: Moment,
    settings: Settings,
    measured: Mapping[str, Measured] | None = None,
    broken: Iterable[str] = (),
    locks: Iterable[Lock] = (),
) -> Arranged:
    """The catalog of what is shown at `moment`.

    `files`: content path -> digest, no Markdown; `measured`: what the pictures among them are;
    `broken`: content paths of articles with faults that say that they are not to be shown.
    """
    shown = sorted(visible(facts, moment), key=lambda each: place_of(each.card))
    problems = [*equal_slugs(shown), *equal_guids(shown)]
    problems += [*same_names(shown)]
    locks = tuple(locks)
    sent = {member.guid for lock in locks for member in lock.members}
    withdrawn = tuple(_in_place(notices(facts, moment, sent), shown, problems))
    noted = {n.id: n for n in notes if not why_not(n, moment)}
    moments = {*turns((*facts, *notes, *pages))}
    slots = schedule(noted.values(), settings)
    held = Locks(locks, noted, settings)
    shown = [in_edition(each, slots, held, settings, problems) for each in shown]
    cards_shown, unshown = (f.card for f in shown), hidden_names(facts, broken, moment)
    weeks = editions.editions(cards_shown, noted, slots, held, moment, settings, unshown)
    shown = [each for each in shown if _is_out(each, weeks, moment, settings)]
    found = _page_targets(facts, shown, notes, pages, weeks)
    read: tuple[Facts | Note | ContentPage, ...] = (*facts, *notes, *pages)
    unseen = [each for each in read if is_unseen(each, moment)]
    pages = [p for p in pages if not why_not(p, moment)]
    problems += odd_pages(pages)
    found |= dict.fromkeys(broken, "") | {page.path: page.permalink for page in pages}
    found |= {notice.path: notice.permalink for notice in withdrawn}
    everything: tuple[Facts | Note | ContentPage, ...] = (*facts, *notes, *pages)
    targets = Targets(
        found,
        files,
        measured or {},
        settings.images.variants,
        {each.path: dict(each.anchors) for each in everything if each.anchors},
        {notice.path for notice in withdrawn},
    )
    refs, attachments = _resolved(shown, targets, problems)
    cards = {ref.card.id: ref.card for ref in refs}
    authors = groups.authors(cards.values(), people_of(shown), settings)
    with_page = {author.ref.slug for author in authors}
    shown_editions = tuple(
        replace(
            edition,
            authors=tuple(
                a if a.slug in with_page else replace(a, permalink="") for a in edition.authors
            ),
            cards=tuple(cards[c.id] for c in edition.cards),
            **_of_note(noted.get(edition.ref.id), targets, problems, attachments),
        )
        for edition in weeks.editions
    )
    ordered = tuple(cards.values())
    content_pages = tuple(
        replace(p, body=_body(p, targets, problems, attachments))
        for p in sorted(pages, key=lambda p: (p.order, p.slug))
    )
    attached = tuple(_attached(attachments, files))
    corrected = corrections.told(refs, noted.values(), shown_editions, held)
    catalog = Catalog(
        articles=tuple(refs),
        editions=corrected.editions,
        corrections=corrected.corrections,
        topics=groups.topics(ordered, settings),
        sections=groups.sections(ordered, settings),
        stories=groups.stories(ordered, weeks.refs),
        providers=groups.providers(ordered, settings),
        authors=authors,
        pages=content_pages,
        weeks=tuple(weeks.refs.values()),
        files=(*_static(files), *attached),
        withdrawn=withdrawn,
        pictures=links.measured(((f.source, f"/{f.path}") for f in attached), targets),
    )
    led = {link.target.lstrip("/") for each in everything for link in each.links}
    problems += odd_files(files, led | attachments.keys())
    problems += sections.unknown(noted.values(), cards.values(), held.all, settings)
    problems += slots.problems
    problems += deleted(held.all.values(), facts, broken)
    problems += weeks.problems
    problems += editions.twice(weeks.refs.values())
    valid = _valid(moments | weeks.turns, moment)
    return Arranged(catalog, tuple(problems), valid, gone.addresses(unseen, broken))


def is_unseen(each: Facts | Note | ContentPage, moment: Moment) -> bool:
    """Whether a text says of itself that it is not to be shown."""
    return bool(why_not(each, moment)) or (isinstance(each, Facts) and each.withdrawn is not None)


def _is_out(facts: Facts, weeks: editions.Arranged, moment: Moment, settings: Settings) -> bool:
    """Whether its edition has come out, where the settings hide what has not."""
    shown = settings.editions.show_open or moment.future
    return shown or weeks.refs[facts.card.edition].closed


def hidden_names(
    facts: Iterable[Facts], broken: Iterable[str], moment: Moment
) -> dict[str, editions.Hidden]:
    """By each name that a note may use, the articles that are not shown."""
    found: dict[str, editions.Hidden] = {}
    for each in facts:
        if why := "withdrawn" if each.withdrawn else why_not(each, moment):
            for name in editions.names(each.card):
                found.setdefault(name, editions.Hidden(each.path, why))
    for path in broken:
        for name in editions.names_of_file(path.removesuffix(".md")):
            found.setdefault(name, editions.Hidden(path, "not to be shown"))
    return found


def _in_place(
    found: Iterable[Notice], shown: Iterable[Facts], problems: list[Problem]
) -> Iterator[Notice]:
    """The notices whose address no other article has taken."""
    taken = {slugs.folded(each.card.permalink): each for each in shown if each.card.has_page}
    for notice in found:
        other = taken.get(slugs.folded(notice.permalink))
        if other is None:
            yield notice
            continue
        problems.append(
            Problem(
                "article/withdrawn",
                f"{notice.permalink} is another article's by now: the notice is not shown",
                Where(f"content/{notice.path}", key="withdrawn"),
                "give the newer article another `slug`",
                "note",  # no build that takes a text back fails
                also=(Where(f"content/{other.path}", other.slug_line),),
            )
        )


STATIC = "static/"


def _static(files: Mapping[str, str]) -> Iterable[StaticFile]:
    for path in sorted(files):
        if path.startswith(STATIC):
            yield StaticFile(source=path, path=path.removeprefix(STATIC), digest=files[path])


def _attached(attachments: Mapping[str, str], files: Mapping[str, str]) -> Iterable[StaticFile]:
    """Each published copy once: equal files under equal names share it."""
    copies = {url: target for target, url in sorted(attachments.items(), reverse=True)}
    for url, target in sorted(copies.items()):
        yield StaticFile(source=target, path=url.lstrip("/"), digest=files[target])


def _valid(moments: Set[datetime], moment: Moment) -> tuple[datetime | None, datetime | None]:
    return (
        max((m for m in moments if m <= moment.now), default=None),
        min((m for m in moments if m > moment.now), default=None),
    )


def in_edition(
    each: Facts, slots: Schedule, locks: Locks, settings: Settings, problems: list[Problem]
) -> Facts:
    """The article with the edition in which it comes out, where that is not what it was read as."""
    card = each.card
    own = slots.home(card.edition, card.date)
    home, late = locks.home(each, own, slots)
    problems += [late] if late else []
    if home == card.edition:
        return each
    if own != card.edition != "" and edition_periods.is_by_notes(settings):
        problems.append(_unknown_edition(each))
    day = dates.day_in(card.date, settings.zone)
    permalink = card.permalink
    if "{edition}" in settings.article_permalink:
        permalink = permalinks.article(card.slug, day, home, settings)
    link = permalink if card.has_page else card.link
    return replace(
        each, card=replace(card, edition=home, permalink=permalink, link=link), digest=""
    )


def _unknown_edition(each: Facts) -> Problem:
    return Problem(
        "article/edition",
        f"edition: no note is named {quoted(each.card.edition)}",
        Where(f"content/{each.path}", key="edition"),
        "name an edition by the file of its note, without .md",
        "warning",
    )


def _resolved(
    shown: Sequence[Facts], targets: Targets, problems: list[Problem]
) -> tuple[list[ArticleRef], dict[str, str]]:
    refs = []
    attachments: dict[str, str] = {}
    for each in shown:
        pairs: tuple[tuple[str, str], ...] = ()
        pictures: tuple[Picture, ...] = ()
        card = each.card
        if each.links:
            resolved = links.resolve(each.links, each.path, targets)
            problems += resolved.problems
            pairs, pictures = resolved.pairs, resolved.pictures
            attachments.update((t, u) for t, u in pairs if t in targets.files)
            card = replace(card, image=localized(card.image, pairs, pictures))
        refs.append(article_ref(each, card, pairs, pictures))
    return refs, attachments


def _of_note(
    note: Note | None,
    targets: Targets,
    problems: list[Problem],
    attachments: dict[str, str],
) -> dict[str, Any]:
    """Text and picture of a note, its local links resolved."""
    if note is None:
        return {}
    resolved = links.resolve(note.links, note.path, targets)
    problems += resolved.problems
    attachments.update((t, u) for t, u in resolved.pairs if t in targets.files)
    return {
        "note": safehtml.localize(note.body, resolved.pairs),
        "image": localized(note.image, resolved.pairs, resolved.pictures),
    }


def _body(
    page: ContentPage, targets: Targets, problems: list[Problem], attachments: dict[str, str]
) -> SafeHtml:
    resolved = links.resolve(page.links, page.path, targets)
    problems += resolved.problems
    attachments.update((t, u) for t, u in resolved.pairs if t in targets.files)
    return safehtml.localize(page.body, resolved.pairs)


def _page_targets(
    facts: Sequence[Facts],
    shown: Sequence[Facts],
    notes: Sequence[Note],
    pages: Sequence[ContentPage],
    weeks: editions.Arranged,
) -> dict[str, str]:
    targets = {f.path: "" for f in facts}
    targets |= {f.path: f.card.link for f in shown}
    targets |= {n.path: weeks.refs[n.id].permalink if n.id in weeks.refs else "" for n in notes}
    targets |= {p.path: "" for p in pages}
    return targets


def people_of(shown: Iterable[Facts]) -> dict[str, Author]:
    """What articles say of each author, by slug: the newest bio stands."""
    people: dict[str, Author] = {}
    for each in shown:
        for ref, author in zip(each.card.authors, each.authors, strict=True):
            if ref.slug not in people or (author.bio and not people[ref.slug].bio):
                people[ref.slug] = author
    return people


def equal_slugs(shown: Iterable[Facts]) -> Iterable[Problem]:
    seen: dict[str, Facts] = {}
    for each in shown:
        other = seen.setdefault(slugs.folded(each.card.slug), each)
        if other is not each:
            yield _twice(
                "slug",
                "slug",
                each.card.slug,
                each,
                other,
                each.slug_line,
                other.slug_line,
                "give one of the two another `slug`",
            )


def equal_guids(shown: Iterable[Facts]) -> Iterable[Problem]:
    seen: dict[str, Facts] = {}
    for each in shown:
        other = seen.setdefault(each.card.guid, each)
        if other is not each:
            yield _twice(
                "guid",
                "guid",
                each.card.guid,
                each,
                other,
                each.guid_line,
                other.guid_line,
                "remove the `guid` of the copy",
            )


def _twice(
    code: str, what: str, value: str, one: Facts, two: Facts, line: int, other: int, cure: str
) -> Problem:
    first, second = sorted(((one.path, line), (two.path, other)))
    return Problem(
        f"article/{code}",
        f'two articles have the {what} "{value}"',
        Where(f"content/{first[0]}", first[1]),
        cure,
        also=(Where(f"content/{second[0]}", second[1]),),
    )
