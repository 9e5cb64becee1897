"""Updates an arrangement after a few articles changed: only what contains them is made again.

`arrange` makes of articles editions, groups, corrections and problems. So this holds where those
that changed tell of no correction, links to them and theirs are as they were, each problem that was
known is of others alone and none arises, and the same editions come out: then an edition is made
from its own cards, a group from its own. Wherever one of these is in doubt the answer is None, and
all is arranged.
"""

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

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
from site_gen.arrange.same_names import names_of, same_names
from site_gen.arrange.schedule import schedule
from site_gen.arrange.visible import change_moments, visible, why_not
from site_gen.basics import safehtml, slugs
from site_gen.memo import archive
from site_gen.model import ArticleRef, Card, Edition, Facts
from site_gen.problems import Problem

FILES_ALONE = frozenset({"file/ignored", "file/assets", "file/private", "page/latest"})
"""Problems that no article causes."""

OF_ONE_TEXT = ("picture/", "article/edition", "edition/late")
"""Problems in which no other text has a part than the one at fault."""


class Changed(NamedTuple):
    """The changed articles.

    paths   content paths, of those that are gone too; `added` are those that were not there
    same_links    paths of those whose links and anchors are as they were
    facts   what those that are there came to
    """

    paths: Collection[str]
    added: Collection[str]
    same_links: Collection[str]
    facts: Sequence[Facts]


FactsOf = Callable[[Collection[str]], Sequence[Facts]]
"""Looks up articles by their content paths."""


def patched(
    before: Arranged, changed: Changed, inputs: Inputs, facts_of: FactsOf, now: datetime
) -> Arranged | None:
    """The updated arrangement; None if everything must be arranged again.

    Of articles, `inputs` need have those alone that are not shown by their own word.
    """
    if not all(_stays(problem, changed) for problem in before.problems):
        return None
    try:
        return _Patch(before, changed, inputs, facts_of, now).made()
    except _InDoubtError:
        return None


def _stays(problem: Problem, changed: Changed) -> bool:
    """Whether a problem stays, whatever happened to the changed articles."""
    path = problem.where.path.removeprefix("content/") if problem.where else ""
    if problem.code in FILES_ALONE:
        return True
    if not path or path in changed.paths:
        return False
    # What a link names, and what it may have meant, is looked for among the paths that there are.
    same = not changed.added and len(changed.facts) == len(changed.paths)
    return problem.code.startswith(OF_ONE_TEXT) or (same and problem.code.startswith("link/"))


class _InDoubtError(Exception):
    """Everything must be arranged again."""


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
        self.old = {ref.path: ref for ref in archive.find_by_path(articles, paths)}
        others = (ref for ref in archive.special_articles(articles) if ref.path not in paths)
        self.unusual = tuple(others)
        self.noted = {n.id: n for n in inputs.notes if not why_not(n, moment)}
        self.slots = schedule(self.noted.values(), self.settings)
        self.locks = Locks(inputs.locks, self.noted, self.settings)

    def made(self) -> Arranged:
        """The updated arrangement. Raises _InDoubtError."""
        self._nothing_leads_to_them()
        self._nothing_is_wrong()
        self._names_are_known()
        new = list(self._refs())
        articles = self._merged(new)
        cards = {ref.card.id: ref.card for ref in new}
        catalog = replace(
            self.catalog,
            articles=articles,
            editions=tuple(self._editions(cards)),
            **self._groups(cards, new),
        )
        return Arranged(catalog, self.before.problems, self._valid(), self._gone())

    @cached_property
    def rest(self) -> Sequence[ArticleRef]:
        """The unchanged articles, decoded."""
        return [ref for ref in self.catalog.articles if ref.path not in self.changed.paths]

    def _merged(self, new: Sequence[ArticleRef]) -> Sequence[ArticleRef]:
        """The articles with the changed ones replaced."""
        known = self.catalog.articles
        if isinstance(known, archive.Articles):
            return known.merge(self.changed.paths, new)
        articles = list(self.rest)
        for ref in new:
            insort(articles, ref, key=lambda each: place_of(each.card))
        return tuple(articles)

    # -- what must hold ---------------------------------------------------------------------

    def _nothing_leads_to_them(self) -> None:
        """Links to them, and theirs, are as they were; no correction, lock or notice is of them."""
        facts, old, (paths, added, same_links, _) = self.changed.facts, self.old, self.changed
        links = {each.path: each.card.link for each in self.shown}
        _sure(all(path in old or path in same_links or path in added for path in paths))
        _sure(all(path in same_links and path in links for path, ref in old.items() if ref.targets))
        _sure(all(f.path in same_links and f.path in old for f in facts if f.links))
        still = {p for p, ref in old.items() if p in same_links and ref.card.link == links.get(p)}
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
        """Addresses that appeared or disappeared."""
        before = {a for r in self.old.values() for a in (r.card.permalink, *r.aliases)}
        now = {a for f in self.shown for a in (f.card.permalink, *f.aliases)}
        turned = (before ^ now) | (set(self.before.gone) ^ set(self._gone()))
        return {gone.plain(address).strip("/") for address in turned}

    def _targets(self) -> set[str]:
        """Content paths that others name, as far as they may be."""
        named = [target for ref in self.unusual for target, _ in ref.targets]
        named += [link.target for note in self.inputs.notes for link in note.links]
        named += [link.target for page in self.inputs.pages for link in page.links]
        return {target.partition("#")[0].strip("/") for target in named}

    def _nothing_is_wrong(self) -> None:
        """Whether no address, guid or name collides."""
        fresh = [*equal_slugs(self.shown), *equal_guids(self.shown), *same_names(self.shown)]
        _sure(not fresh)
        own = [ref.card for ref in self.old.values()]
        taken = {slugs.folded(e.card.slug) for e in self.shown}
        taken -= {slugs.folded(card.slug) for card in own}
        guids = {each.card.guid for each in self.shown} - {card.guid for card in own}
        if taken or guids:
            _sure(not self._are_others(guids, taken))
        places = {slugs.folded(each.card.permalink) for each in self.shown}
        _sure(not any(slugs.folded(n.permalink) in places for n in self.catalog.withdrawn))

    def _are_others(self, guids: set[str], taken: set[str]) -> bool:
        """Whether an article that did not change has one of these guids or folded slugs."""
        articles = self.catalog.articles
        if isinstance(articles, archive.Articles):
            return articles.archive.has_any_name(guids, taken)
        others = (ref.card for ref in self.rest)
        return any(c.guid in guids or slugs.folded(c.slug) in taken for c in others)

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
            _sure(all(url for _, url in pairs))  # else words are left out of it
            if each.links:
                card = replace(card, image=safehtml.resolve_picture(card.image, pairs, pictures))
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

    def _groups(self, cards: Mapping[str, Card], new: Sequence[ArticleRef]) -> dict[str, Any]:
        before, settings, fresh = self.catalog, self.settings, cards.values()
        named = set(chain.from_iterable(names_of(ref.card) for ref in self.old.values()))
        lost = named - set(chain.from_iterable(map(names_of, fresh)))

        def topics_of(card: Card) -> set[str]:
            return {topic.ref.slug for topic in groups.topics([card], settings)}

        def section_of(card: Card) -> set[str]:
            return {card.section.slug} if card.section else set()

        def provider_of(card: Card) -> set[str]:
            return {slugs.folded(card.provider.key)} if card.provider else set()

        topics = self._others(before.topics, lambda t: t.ref.slug, topics_of, fresh)
        sections = self._others(before.sections, lambda s: s.ref.slug, section_of, fresh)
        for kind, own in (("topics", topics), ("section", sections)):
            for group in own:
                name = (kind, group.ref.slug, group.ref.name)
                # Another spelling may stand where nobody has this one any more.
                _sure(name not in lost or any(name in names_of(card) for card in group.cards))
        providers = self._others(
            before.providers, lambda p: slugs.folded(p.ref.key), provider_of, fresh
        )
        known = {slugs.folded(group.ref.key) for group in providers}
        return {
            "topics": groups.topics(fresh, settings, topics),
            "sections": groups.sections(fresh, settings, sections),
            "authors": self._authors(cards),
            "providers": groups.providers(
                [card for card in fresh if provider_of(card) - known], settings, providers
            ),
            "stories": self._stories(fresh, new),
        }

    def _others(
        self,
        have: Iterable[Any],
        name: Callable[[Any], str],
        names: Callable[[Card], set[str]],
        fresh: Collection[Card],
    ) -> list[Any]:
        """The groups of a kind with their current cards; empty ones are dropped."""
        own = {ref.card.id: names(ref.card) for ref in self.old.values()}
        of = [(card, names(card)) for card in fresh]
        concerned = set[str]().union(*own.values(), *(named for _, named in of))
        found: list[Any] = []
        for group in have:
            key = name(group)
            if key in concerned:
                new = [card for card, named in of if key in named]
                gone = {each for each, named in own.items() if key in named}
                cards = _with(group.cards, gone, new)
                group = groups.with_cards(group, cards, self.settings) if cards else None
            if group is not None:
                found.append(group)
        return found

    def _stories(self, fresh: Collection[Card], new: Sequence[ArticleRef]) -> tuple[Any, ...]:
        both = (*(ref.card for ref in self.old.values()), *fresh)
        told = {slugs.folded(card.story) for card in both if card.story}
        tellers = (ref.card for ref in (*self.unusual, *new) if ref.card.story)
        return groups.stories(
            [card for card in tellers if slugs.folded(card.story) in told] if told else (),
            [week.id for week in self.catalog.weeks],
            [story for story in self.catalog.stories if story.key not in told],
        )

    def _authors(self, cards: Mapping[str, Card]) -> tuple[Any, ...]:
        """Authors; what is said of those that the new ones name is looked up in all that name
        them."""
        own = {ref.card.id: ref.card for ref in self.old.values()}
        names = {a.slug for card in (*own.values(), *cards.values()) for a in card.authors}
        if not names:
            return self.catalog.authors
        known = [author for author in self.catalog.authors if author.ref.slug not in names]
        old = {c.id: c for a in self.catalog.authors if a.ref.slug in names for c in a.cards}
        named = {**{c: old[c] for c in old.keys() - own.keys()}, **cards}
        facts = self.facts_of([f"{card.id}.md" for card in named.values() if card.authors])
        facts = sorted(facts, key=lambda each: place_of(each.card))
        ordered = sorted(named.values(), key=place_of)
        found = groups.authors(ordered, people_of(facts), self.settings, known)
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
        moments = [*change_moments(self.changed.facts)]
        past = [m for m in (since, *moments) if m and m <= self.moment.now]
        ahead = [m for m in (until, *moments) if m and m > self.moment.now]
        return max(past, default=None), min(ahead, default=None)


def _with(cards: Sequence[Card], gone: Collection[str], new: Sequence[Card]) -> Sequence[Card]:
    """Cards, newest first, without some (ids) and with new ones in their places."""
    if isinstance(cards, archive.Cards):
        return cards.merge(gone, new)
    left = [card for card in cards if card.id not in gone]
    for card in new:
        insort(left, card, key=place_of)
    return tuple(left)
