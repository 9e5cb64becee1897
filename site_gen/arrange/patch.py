"""An arrangement after a few articles changed: what they are in is made anew, all else stays.

`arrange` makes of articles editions, groups, corrections and problems. So this holds where those
that changed tell of no correction, links to them and theirs are as they were, each problem that was
known is of others alone and none arises, and the same editions come out: then an edition is made
from its own cards, a group from its own. Wherever one of these is in doubt the answer is None, and
all is arranged.
"""

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from site_gen.arrange import editions, gone, groups
from site_gen.arrange.catalog import (
    Arranged,
    hidden_names,
    in_edition,
    is_unseen,
    people_of,
    place_of,
)
from site_gen.arrange.conflicts import equal_guids, equal_slugs
from site_gen.arrange.inputs import Inputs
from site_gen.arrange.locks import Locks
from site_gen.arrange.parts import article_ref
from site_gen.arrange.pictures import localized
from site_gen.arrange.same_names import names_of, same_names
from site_gen.arrange.schedule import schedule
from site_gen.arrange.visible import turns, visible, why_not
from site_gen.basics import slugs
from site_gen.model import ArticleRef, Card, Edition, Facts
from site_gen.problems import Problem

FILES_ALONE = frozenset({"file/ignored", "file/assets", "file/private", "page/latest"})
"""Problems in which articles have no part."""

OF_ONE_TEXT = ("picture/", "article/edition", "edition/late")
"""Problems in which no other text has a part than the one at fault."""

Grouped = TypeVar("Grouped")


class Changed(NamedTuple):
    """Articles that are not as they were.

    paths   content paths, of those that are gone too; `added` are those that were not there
    tied    paths of those whose links and anchors are as they were
    facts   what those that are there came to
    """

    paths: Collection[str]
    added: Collection[str]
    tied: Collection[str]
    facts: Sequence[Facts]


FactsOf = Callable[[Collection[str]], Sequence[Facts]]
"""Looks up articles by their content paths."""


def patched(
    before: Arranged, changed: Changed, inputs: Inputs, facts_of: FactsOf, now: datetime
) -> Arranged | None:
    """The arrangement once some articles changed; None where all is to be arranged.

    Of articles, `inputs` need have those alone that are not shown by their own word.
    """
    if not all(_stays(problem, changed) for problem in before.problems):
        return None
    try:
        return _Patch(before, changed, inputs, facts_of, now).made()
    except _InDoubtError:
        return None


def _stays(problem: Problem, changed: Changed) -> bool:
    """Whether it is said again, whatever became of the articles that changed."""
    path = problem.where.path.removeprefix("content/") if problem.where else ""
    if problem.code in FILES_ALONE:
        return True
    if not path or path in changed.paths:
        return False
    # What a link names, and what it may have meant, is looked for among the paths that there are.
    same = not changed.added and len(changed.facts) == len(changed.paths)
    return problem.code.startswith(OF_ONE_TEXT) or (same and problem.code.startswith("link/"))


class _InDoubtError(Exception):
    """All is to be arranged."""


def _sure(holds: bool) -> None:
    if not holds:
        raise _InDoubtError


class _Patch:
    def __init__(
        self, before: Arranged, changed: Changed, inputs: Inputs, facts_of: FactsOf, now: datetime
    ) -> None:
        self.before, self.catalog, self.changed = before, before.catalog, changed
        self.inputs, self.settings, self.facts_of = inputs, inputs.settings, facts_of
        moment = self.moment = inputs.moment(now)
        self.shown = sorted(visible(changed.facts, moment), key=lambda each: place_of(each.card))
        paths, articles = changed.paths, self.catalog.articles
        self.old = {ref.path: ref for ref in articles if ref.path in paths}
        self.rest = [ref for ref in articles if ref.path not in paths]
        self.noted = {n.id: n for n in inputs.notes if not why_not(n, moment)}
        self.slots = schedule(self.noted.values(), self.settings)
        self.locks = Locks(inputs.locks, self.noted, self.settings)

    def made(self) -> Arranged:
        """The arrangement. Raises _InDoubtError."""
        self._nothing_leads_to_them()
        self._nothing_is_wrong()
        self._names_are_known()
        new = list(self._refs())
        articles = list(self.rest)
        for ref in new:
            insort(articles, ref, key=lambda each: place_of(each.card))
        cards = {ref.card.id: ref.card for ref in new}
        catalog = replace(
            self.catalog,
            articles=tuple(articles),
            editions=tuple(self._editions(cards)),
            **self._groups(cards, articles),
        )
        return Arranged(catalog, self.before.problems, self._valid(), self._gone())

    # -- what must hold ---------------------------------------------------------------------

    def _nothing_leads_to_them(self) -> None:
        """Links to them, and theirs, are as they were; no correction, lock or notice is of them."""
        facts, old, (paths, added, tied, _) = self.changed.facts, self.old, self.changed
        links = {each.path: each.card.link for each in self.shown}
        _sure(all(path in old or path in tied or path in added for path in paths))
        _sure(all(path in tied and path in links for path, ref in old.items() if ref.targets))
        _sure(all(f.path in tied and f.path in old for f in facts if f.links))
        still = {p for p, ref in old.items() if p in tied and ref.card.link == links.get(p)}
        named = self._targets()
        _sure((set(paths) - still).isdisjoint(named))
        root = self.settings.root.strip("/")
        led = {gone.plain(target.removeprefix(root).strip("/")) for target in named}
        _sure(led.isdisjoint(self._turned()))
        _sure(not any(f.withdrawn or f.corrections for f in facts))
        _sure(not any(ref.corrections for ref in old.values()))
        _sure(not any(notice.path in paths for notice in self.catalog.withdrawn))
        lost = {each.card.guid for each in facts} | {ref.card.guid for ref in old.values()}
        lost -= {each.card.guid for each in self.shown}
        _sure(not any(m.guid in lost for lock in self.inputs.locks for m in lock.members))

    def _turned(self) -> set[str]:
        """Addresses that are shown now and were not, or the other way round."""
        before = {a for r in self.old.values() for a in (r.card.permalink, *r.aliases)}
        now = {a for f in self.shown for a in (f.card.permalink, *f.aliases)}
        turned = (before ^ now) | (set(self.before.gone) ^ set(self._gone()))
        return {gone.plain(address).strip("/") for address in turned}

    def _targets(self) -> set[str]:
        """Content paths that others name, as far as they may be."""
        named = [target for ref in self.rest for target, _ in ref.targets]
        named += [link.target for note in self.inputs.notes for link in note.links]
        named += [link.target for page in self.inputs.pages for link in page.links]
        return {target.partition("#")[0].strip("/") for target in named}

    def _nothing_is_wrong(self) -> None:
        """No address, guid or name is another's."""
        fresh = [*equal_slugs(self.shown), *equal_guids(self.shown), *same_names(self.shown)]
        _sure(not fresh)
        own = [ref.card for ref in self.old.values()]
        taken = {slugs.folded(e.card.slug) for e in self.shown}
        taken -= {slugs.folded(card.slug) for card in own}
        guids = {each.card.guid for each in self.shown} - {card.guid for card in own}
        if taken or guids:
            others = (ref.card for ref in self.rest)
            _sure(not any(c.guid in guids or slugs.folded(c.slug) in taken for c in others))
        places = {slugs.folded(each.card.permalink) for each in self.shown}
        _sure(not any(slugs.folded(n.permalink) in places for n in self.catalog.withdrawn))

    def _names_are_known(self) -> None:
        """Each name of the new ones is the first of its address, or the one that stands there; and
        none is lost that notes or settings may name."""
        known = {
            **{("topics", t.ref.slug): t.ref.name for t in self.catalog.topics},
            **{("section", s.ref.slug): s.ref.name for s in self.catalog.sections},
            **{("authors", a.ref.slug): a.ref.name for a in self.catalog.authors},
            **{("provider", p.ref.key): p.ref.name for p in self.catalog.providers},
        }
        now = {name for each in self.shown for name in names_of(each.card)}
        _sure(all(known.get((kind, slug), name) == name for kind, slug, name in now))
        lost = {name for ref in self.old.values() for name in names_of(ref.card)} - now
        if lost and (self.settings.sections or any(n.sections for n in self.noted.values())):
            _sure(lost <= {name for ref in self.rest for name in names_of(ref.card)})

    # -- what is made anew ------------------------------------------------------------------

    def _refs(self) -> Iterator[ArticleRef]:
        problems: list[Problem] = []
        for each in self.shown:
            each = in_edition(each, self.slots, self.locks, self.settings, problems)
            old = self.old.get(each.path)
            pairs, pictures = (old.targets, old.pictures) if old and each.links else ((), ())
            card = each.card
            if each.links:
                card = replace(card, image=localized(card.image, pairs, pictures))
            yield article_ref(each, card, pairs, pictures)
        _sure(not problems)

    def _editions(self, cards: Mapping[str, Card]) -> Iterator[Edition]:
        own = {ref.card.id for ref in self.old.values()}
        homes = {ref.card.edition for ref in self.old.values()}
        homes |= {card.edition for card in cards.values()}
        _sure(homes <= {edition.ref.id for edition in self.catalog.editions})
        unshown = hidden_names(self.inputs.facts, self.inputs.broken, self.moment)
        for edition in self.catalog.editions:
            name = edition.ref.id
            if name not in homes:
                yield edition
                continue
            stay = [card for card in edition.cards if card.id not in own]
            new = [card for card in cards.values() if card.edition == name]
            _sure(bool(stay or new))
            note, lock = self.noted.get(name, editions.NO_NOTE), self.locks.all.get(name)
            made, problems = editions.edition(
                sorted([*stay, *new], key=place_of),
                edition.ref,
                self.locks.span(name, self.slots),
                replace(note, number=lock.number) if lock else note,
                edition.following,
                lock,
                self.locks,
                self.settings,
                unshown,
            )
            _sure(not problems)
            yield replace(
                made,
                note=edition.note,
                image=edition.image,
                authors=edition.authors,
                corrections=edition.corrections,
                earlier=edition.earlier,
            )

    def _groups(self, cards: Mapping[str, Card], articles: Sequence[ArticleRef]) -> dict[str, Any]:
        before, settings = self.catalog, self.settings
        both = [*(ref.card for ref in self.old.values()), *cards.values()]
        own = {card.id for card in both}

        def of(have: Iterable[Any], names: set[str], name: Callable[[Any], str]) -> Any:
            """Cards of the groups of these names as they are now, and the other groups."""
            have = tuple(have)
            old = {c.id: c for g in have if name(g) in names for c in g.cards if c.id not in own}
            ordered = sorted({**old, **cards}.values(), key=place_of)
            return ordered, tuple(g for g in have if name(g) not in names)

        def slug(group: Any) -> str:
            return str(group.ref.slug)

        def key(group: Any) -> str:
            return slugs.folded(group.ref.key)

        topics = of(before.topics, {slug(t) for t in groups.topics(both, settings)}, slug)
        sections = of(before.sections, {c.section.slug for c in both if c.section}, slug)
        people = of(before.authors, {a.slug for c in both for a in c.authors}, slug)
        sources = {slugs.folded(c.provider.key) for c in both if c.provider}
        providers = of(before.providers, sources, key)
        told = {slugs.folded(c.story) for c in both if c.story}
        tellers = (r.card for r in articles if r.card.story) if told else ()
        stories = [card for card in tellers if slugs.folded(card.story) in told]
        return {
            "topics": groups.topics(topics[0], settings, topics[1]),
            "sections": groups.sections(sections[0], settings, sections[1]),
            "authors": self._authors(people[0], people[1], articles),
            "providers": groups.providers(
                [c for c in providers[0] if c.provider and slugs.folded(c.provider.key) in sources],
                settings,
                providers[1],
            ),
            "stories": groups.stories(
                stories,
                [week.id for week in before.weeks],
                [story for story in before.stories if story.key not in told],
            ),
        }

    def _authors(
        self, cards: Sequence[Card], known: Sequence[Any], articles: Sequence[ArticleRef]
    ) -> tuple[Any, ...]:
        """Authors; what is said of those that the new ones name is looked up in all that name
        them."""
        wanted = {card.id for card in cards if card.authors}
        if not wanted and len(known) == len(self.catalog.authors):
            return self.catalog.authors
        paths = [ref.path for ref in articles if ref.card.id in wanted]
        facts = sorted(self.facts_of(paths), key=lambda each: place_of(each.card))
        found = groups.authors(cards, people_of(facts), self.settings, known)
        if any(edition.authors for edition in self.catalog.editions):
            before = {author.ref.slug for author in self.catalog.authors}
            _sure(before == {author.ref.slug for author in found})
        return found

    def _gone(self) -> tuple[str, ...]:
        unseen = [each for each in self.inputs.texts if is_unseen(each, self.moment)]
        return gone.addresses(unseen, self.inputs.broken)

    def _valid(self) -> tuple[datetime | None, datetime | None]:
        """No longer than before, and up to the next moment of the new ones."""
        since, until = self.before.valid
        moments = [*turns(self.changed.facts)]
        past = [m for m in (since, *moments) if m and m <= self.moment.now]
        ahead = [m for m in (until, *moments) if m and m > self.moment.now]
        return max(past, default=None), min(ahead, default=None)
