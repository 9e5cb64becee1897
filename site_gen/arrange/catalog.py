"""Makes the catalog, the one cross-page index, and finds all conflicts between files."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from site_gen import edition_periods, permalinks
from site_gen.arrange import corrections, editions, gone, groups, links, sections
from site_gen.arrange.conflicts import equal_guids, equal_slugs
from site_gen.arrange.inputs import Inputs
from site_gen.arrange.links import Targets
from site_gen.arrange.locks import Locks, deleted
from site_gen.arrange.odd_files import odd_files, odd_pages, private_files
from site_gen.arrange.parts import article_ref
from site_gen.arrange.same_names import same_names
from site_gen.arrange.schedule import Schedule, schedule
from site_gen.arrange.visible import Moment, change_moments, notices, visible, why_not
from site_gen.basics import dates, safehtml, slugs
from site_gen.basics.hidden_addresses import clean_value, hidden_spellings
from site_gen.basics.secret_files import private_part
from site_gen.model import (
    ArticleRef,
    Author,
    Card,
    Catalog,
    ContentPage,
    Edition,
    Facts,
    Note,
    Notice,
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
    """Sort key of articles: newest first."""
    return -card.date.timestamp(), card.id


def is_valid(valid: tuple[datetime | None, datetime | None], now: datetime) -> bool:
    """Whether `now` lies between the moments of `Arranged.valid`."""
    since, until = valid
    return (since is None or since <= now) and (until is None or now < until)


def arrange(inputs: Inputs, now: datetime) -> Arranged:
    """The catalog of what is shown `now`."""
    work = _Work(inputs, now)
    work.show()
    work.place_in_editions()
    work.find_targets()
    work.resolve_links()
    catalog = work.catalog()
    work.check(catalog)
    return work.arranged(catalog)


class _Work:
    """One arrangement; its steps are called in order.

    shown        articles that are to be shown, newest first; then those of editions that are out
    pages        pages that are to be shown
    noted        notes that are to be shown, by edition
    withdrawn    what stands in the place of articles that were taken back
    weeks        the editions with the cards of their articles as they were read
    targets      what links may lead to
    refs         the articles as the catalog holds them
    told         notes as they are shown, by edition
    attachments  content path of a file that a text leads to -> its address
    files        those that may be published, and the others: `private`
    """

    shown: list[Facts]
    pages: list[ContentPage]
    noted: dict[str, Note]
    withdrawn: tuple[Notice, ...]
    schedule: Schedule
    locks: Locks
    weeks: editions.Arranged
    targets: Targets
    refs: list[ArticleRef]

    def __init__(self, inputs: Inputs, now: datetime) -> None:
        self.inputs, self.settings, self.moment = inputs, inputs.settings, inputs.moment(now)
        self.problems: list[Problem] = []
        self.attachments: dict[str, str] = {}
        self.told: dict[str, Note] = {}
        found, allowed = inputs.files, self.settings.allow_files
        self.private = {path for path in found if private_part(path, allowed)}
        self.files = {p: found[p] for p in found if p not in self.private}

    def show(self) -> None:
        """Find the visible texts and their conflicts."""
        moment, problems, facts = self.moment, self.problems, self.inputs.facts
        self.shown = sorted(visible(facts, moment), key=lambda each: place_of(each.card))
        problems += [*equal_slugs(self.shown), *equal_guids(self.shown), *same_names(self.shown)]
        sent = {member.guid for lock in self.inputs.locks for member in lock.members}
        self.withdrawn = tuple(_in_place(notices(facts, moment, sent), self.shown, problems))
        self.noted = {n.id: n for n in self.inputs.notes if not why_not(n, moment)}
        self.pages = [p for p in self.inputs.pages if not why_not(p, moment)]
        problems += odd_pages(self.pages)

    def place_in_editions(self) -> None:
        """Put each article into its edition; drop those of editions that are not out."""
        moment, settings, noted = self.moment, self.settings, self.noted
        slots = self.schedule = schedule(noted.values(), settings)
        held = self.locks = Locks(self.inputs.locks, noted, settings)
        shown = [in_edition(each, slots, held, settings, self.problems) for each in self.shown]
        cards = (each.card for each in shown)
        unshown = hidden_names(self.inputs.facts, self.inputs.broken, moment)
        weeks = editions.editions(cards, noted, slots, held, moment, settings, unshown)
        self.weeks = weeks
        self.shown = [each for each in shown if _is_out(each, weeks, moment, settings)]

    def find_targets(self) -> None:
        """Find the address of each content path, "" for hidden ones."""
        refs = self.weeks.refs
        found = {f.path: "" for f in self.inputs.facts} | {f.path: f.card.link for f in self.shown}
        found |= {p.path: "" for p in self.inputs.pages} | {p.path: p.permalink for p in self.pages}
        found |= {n.path: refs[n.id].permalink if n.id in refs else "" for n in self.inputs.notes}
        found |= dict.fromkeys(self.inputs.broken, "")
        found |= {notice.path: notice.permalink for notice in self.withdrawn}
        self.targets = Targets(
            found,
            self.files,
            self.inputs.measured,
            self.settings.images.variants,
            {each.path: dict(each.anchors) for each in self.inputs.texts if each.anchors},
            {notice.path for notice in self.withdrawn},
            self.private,
            self._hidden(found),
            self.settings.root,
            self.settings.base,
            {path: permalink for path, permalink in self._permalinks() if not found[path]},
        )

    def _permalinks(self) -> Iterator[tuple[str, str]]:
        yield from ((each.path, each.card.permalink) for each in self.inputs.facts)
        yield from ((page.path, page.permalink) for page in self.inputs.pages)

    def _hidden(self, led: Mapping[str, str]) -> frozenset[str]:
        """Addresses of texts that are not shown (`led`: where paths lead), and of nothing else."""
        unseen = (each for each in self.inputs.texts if not led[each.path])
        hidden = gone.own(unseen, self.inputs.broken)
        if not hidden:
            return hidden
        seen: tuple[Facts | ContentPage | Note | Notice, ...]
        seen = (*self.shown, *self.pages, *self.noted.values(), *self.withdrawn)
        taken = {gone.plain(alias) for each in seen for alias in each.aliases}
        taken |= {gone.plain(address) for address in led.values()}
        taken |= {gone.plain(ref.permalink) for ref in self.weeks.refs.values()}
        return hidden - taken

    def resolve_links(self) -> None:
        """Resolve the links of articles."""
        self.refs = [self._resolved(each) for each in self.shown]

    def _resolved(self, each: Facts) -> ArticleRef:
        if not each.links:
            return article_ref(each, each.card)
        found = self._links_of(each)
        card = replace(
            each.card,
            image=safehtml.resolve_picture(each.card.image, found.pairs, found.pictures),
        )
        return article_ref(each, card, found.pairs, found.pictures)

    def _links_of(self, each: Facts | Note | ContentPage) -> links.Resolved:
        """Resolve the links of a text; linked files are published."""
        found = links.resolve(each.links, each.path, self.targets)
        self.problems += found.problems
        self.attachments.update((t, u) for t, u in found.pairs if t in self.targets.files)
        return found

    def catalog(self) -> Catalog:
        """The catalog of everything shown."""
        settings, refs = self.settings, self.weeks.refs
        cards = tuple(ref.card for ref in self.refs)
        authors = groups.authors(cards, self._people(), settings)
        shown = tuple(self._editions({author.ref.slug for author in authors}))
        pages = tuple(map(self._page, sorted(self.pages, key=lambda p: (p.order, p.slug))))
        attached = tuple(_attached(self.attachments, self.files))
        notes = (self.noted | self.told).values()
        corrected = corrections.assigned(self.refs, notes, shown, self.locks)
        return Catalog(
            articles=tuple(self.refs),
            editions=corrected.editions,
            corrections=corrected.corrections,
            topics=groups.topics(cards, settings),
            sections=groups.sections(cards, settings),
            stories=groups.stories(cards, refs),
            providers=groups.providers(cards, settings),
            authors=authors,
            pages=pages,
            weeks=tuple(refs.values()),
            files=(*_static(self.files), *attached),
            withdrawn=self.withdrawn,
            pictures=links.measured(((f.source, f"/{f.path}") for f in attached), self.targets),
        )

    def _people(self) -> dict[str, Author]:
        """Authors, without addresses of hidden texts."""
        lost = {ref.path: hidden_spellings(ref.targets) for ref in self.refs if ref.targets}
        return people_of(
            replace(each, authors=clean_value(each.authors, lost[each.path]))
            if lost.get(each.path)
            else each
            for each in self.shown
        )

    def _editions(self, with_page: Set[str]) -> Iterator[Edition]:
        """The editions with their cards as they are shown; `with_page` are slugs of authors."""
        cards = {ref.card.id: ref.card for ref in self.refs}
        for each in self.weeks.editions:
            authors = tuple(
                a if a.slug in with_page else replace(a, permalink="") for a in each.authors
            )
            own = tuple(cards[card.id] for card in each.cards)
            note = self.noted.get(each.ref.id)
            shown = replace(each, authors=authors, cards=own)
            yield self._with_note(shown, note) if note else shown

    def _with_note(self, edition: Edition, note: Note) -> Edition:
        found = self._links_of(note)
        text = safehtml.resolve_links(note.body, found.pairs)
        picture = safehtml.resolve_picture(note.image, found.pairs, found.pictures)
        lost = hidden_spellings(found.pairs)
        self.told[note.id] = replace(note, corrections=clean_value(note.corrections, lost))
        excerpt = clean_value(edition.excerpt, lost)
        return replace(edition, note=text, image=clean_value(picture, lost), excerpt=excerpt)

    def _page(self, page: ContentPage) -> ContentPage:
        pairs = self._links_of(page).pairs
        excerpt = clean_value(page.excerpt, hidden_spellings(pairs))
        return replace(page, body=safehtml.resolve_links(page.body, pairs), excerpt=excerpt)

    def check(self, catalog: Catalog) -> None:
        """Problems that concern several texts."""
        held, noted, weeks = self.locks.all, self.noted.values(), self.weeks
        cards = [ref.card for ref in catalog.articles]
        led = {link.target.lstrip("/") for each in self.inputs.texts for link in each.links}
        self.problems += odd_files(self.files, led | self.attachments.keys())
        self.problems += private_files(self.private, self.settings.allow_files)
        self.problems += sections.unknown(noted, cards, held, self.settings)
        self.problems += self.schedule.problems
        self.problems += deleted(held.values(), self.inputs.facts, self.inputs.broken)
        self.problems += weeks.problems
        self.problems += editions.duplicate_numbers(weeks.refs.values())

    def arranged(self, catalog: Catalog) -> Arranged:
        """The catalog with problems and moments of change."""
        read = self.inputs.texts
        unseen = [each for each in read if is_unseen(each, self.moment)]
        valid = _valid({*change_moments(read), *self.weeks.change_moments}, self.moment)
        addresses = gone.addresses(unseen, self.inputs.broken)
        return Arranged(catalog, tuple(self.problems), valid, addresses)


def is_unseen(each: Facts | Note | ContentPage, moment: Moment) -> bool:
    """Whether a text says itself that it is hidden."""
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
    """The notices whose address is still free."""
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


def people_of(shown: Iterable[Facts]) -> dict[str, Author]:
    """Author details by slug; the newest bio wins."""
    people: dict[str, Author] = {}
    for each in shown:
        for ref, author in zip(each.card.authors, each.authors, strict=True):
            if ref.slug not in people or (author.bio and not people[ref.slug].bio):
                people[ref.slug] = author
    return people
