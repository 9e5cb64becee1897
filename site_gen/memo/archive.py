"""Articles of a long archive, decoded when somebody looks at them, an edition at a time.

What goes over all of them asks for what is known of each without that: path, seal, date, and the
few that are unusual. A list gives real cards to whoever takes some of it, and is a tuple for
another process. Whoever writes the memo has its numbers.
"""

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, overload

from site_gen.basics import slugs
from site_gen.model import ArticleRef, Card

Item = TypeVar("Item")


class Columns(NamedTuple):
    """What is known at once of the articles of an edition, each list in the same order.

    marks   what they were read as, see engine/cache/catalog.py
    seals   digests of all but detail and body, see formats/common/units.py
    times   their moments
    names   guids and folded slugs, each in a line
    ready   place and whole of some: the first, and those that are unusual
    """

    paths: list[str]
    marks: list[tuple[str, str]]
    seals: list[str]
    times: list[float]
    guids: str
    slugs: str
    ready: list[tuple[int, ArticleRef]]

    @classmethod
    def of(
        cls,
        refs: Sequence[ArticleRef],
        marks: Mapping[str, tuple[str, str]],
        seal: Callable[[ArticleRef], str],
        leads: Collection[str],
    ) -> "Columns":
        """Of these; `leads` are ids of cards that stand first in a list of their own."""
        return cls(
            [ref.path for ref in refs],
            [marks[ref.path] for ref in refs],
            [seal(ref) for ref in refs],
            [ref.card.date.timestamp() for ref in refs],
            _lines(ref.card.guid for ref in refs),
            _lines(slugs.folded(ref.card.slug) for ref in refs),
            [(i, r) for i, r in enumerate(refs) if r.card.id in leads or not _is_usual(r)],
        )


def _lines(names: Iterable[str]) -> str:
    return "\n".join(("", *names, ""))


def _is_usual(ref: ArticleRef) -> bool:
    """Whether nothing leads from or to it but lists: what goes over all may leave it out."""
    card = ref.card
    named = ref.targets or ref.aliases or ref.corrections or card.story
    return not (named or card.draft or card.future or card.canonical == "original")


class Archive:
    """Articles by number; `load` gives all of one edition, in the order of its numbers.

    numbers, columns   of each edition
    fresh              what was put into it since
    """

    def __init__(self, load: Callable[[str], Sequence[ArticleRef]]) -> None:
        self._load = load
        self._refs: dict[int, ArticleRef] = {}
        self.numbers: dict[str, Sequence[int]] = {}
        self.columns: dict[str, Columns] = {}
        self.fresh: dict[int, ArticleRef] = {}

    def add(self, edition: str, numbers: Sequence[int], columns: Columns) -> None:
        """Make an edition known."""
        self.numbers[edition], self.columns[edition] = numbers, columns
        self._refs.update((numbers[place], ref) for place, ref in columns.ready)

    def put(self, ref: ArticleRef) -> int:
        """Give an article a number that none had."""
        number = max(self.paths, default=-1) + 1
        self.fresh[number] = self._refs[number] = ref
        self.paths[number], self.by_path[ref.path] = ref.path, number
        self.ids[number] = ref.card.id
        self.times[number] = ref.card.date.timestamp()
        return number

    @cached_property
    def ready(self) -> frozenset[int]:
        """Numbers of those that may be unusual."""
        own = ((self.numbers[name], each.ready) for name, each in self.columns.items())
        return frozenset(numbers[place] for numbers, ready in own for place, _ in ready)

    @cached_property
    def paths(self) -> dict[int, str]:
        """Content paths by number."""
        return self._column("paths")

    @cached_property
    def by_path(self) -> dict[str, int]:
        """The last number of each path."""
        return {path: number for number, path in self.paths.items()}

    @cached_property
    def ids(self) -> dict[int, str]:
        """Ids of cards by number."""
        return {number: path.removesuffix(".md") for number, path in self.paths.items()}

    @cached_property
    def seals(self) -> dict[int, str]:
        """See Columns; of those that were there."""
        return self._column("seals")

    @cached_property
    def times(self) -> dict[int, float]:
        """Moments by number."""
        return self._column("times")

    def _column(self, name: str) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for edition, columns in self.columns.items():
            found.update(zip(self.numbers[edition], getattr(columns, name), strict=True))
        return found

    @cached_property
    def _homes(self) -> dict[int, str]:
        return {number: name for name, own in self.numbers.items() for number in own}

    def home(self, number: int) -> str:
        """The edition of an article."""
        fresh = self.fresh.get(number)
        return fresh.card.edition if fresh else self._homes[number]

    def ref(self, number: int) -> ArticleRef:
        """An article; all of its edition come with it."""
        if number not in self._refs:
            self._decode(self._homes[number])
        return self._refs[number]

    def _decode(self, edition: str) -> None:
        self._refs |= dict(zip(self.numbers[edition], self._load(edition), strict=True))

    def decode(self) -> None:
        """All that is not decoded yet, for who looks at it when the memo is closed."""
        for edition, numbers in self.numbers.items():
            if not self._refs.keys() >= set(numbers):
                self._decode(edition)

    def card(self, number: int) -> Card:
        """Its card."""
        return self.ref(number).card

    def place(self, number: int) -> tuple[float, str]:
        """By which articles are ordered, see arrange/catalog.py."""
        return -self.times[number], self.ids[number]

    def is_named(self, guids: Iterable[str], names: Iterable[str]) -> bool:
        """Whether one of those that were there has one of these guids or folded slugs."""
        said = [f"\n{guid}\n" for guid in guids]
        called = [f"\n{name}\n" for name in names]
        return any(
            any(each in own.guids for each in said) or any(each in own.slugs for each in called)
            for own in self.columns.values()
        )

    def merged(
        self, numbers: Sequence[int], gone: Collection[int], new: Iterable[int]
    ) -> "array[int]":
        """Numbers in their order without those that are gone, with new ones in their places."""
        left = array("I", [n for n in numbers if n not in gone] if gone else numbers)
        for number in new:
            left.insert(bisect_left(left, self.place(number), key=self.place), number)
        return left


class _Numbered(Sequence[Item]):
    """Some items of an archive by their numbers, each decoded when it is asked for."""

    __slots__ = ("archive", "numbers")

    def __init__(self, archive: Archive, numbers: Sequence[int]) -> None:
        self.archive, self.numbers = archive, numbers

    @abstractmethod
    def _item(self, number: int) -> Item: ...

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, at: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(at, slice):
            return tuple(map(self._item, self.numbers[at]))
        return self._item(self.numbers[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


class Cards(_Numbered[Card]):
    """Some cards of an archive, newest first or as an edition has them."""

    __slots__ = ()

    def _item(self, number: int) -> Card:
        return self.archive.card(number)

    def merged(self, gone: Collection[str], new: Iterable[Card]) -> "Cards":
        """Without some (ids), with new ones in their places; these are in the archive."""
        names, by_path = self.archive.ids, self.archive.by_path
        left = [n for n in self.numbers if names[n] not in gone] if gone else self.numbers
        new_ones = [by_path[f"{card.id}.md"] for card in new]
        return Cards(self.archive, self.archive.merged(left, (), new_ones))


class Articles(_Numbered[ArticleRef]):
    """All articles of an archive in the catalog's order; some are `other` ones by now."""

    def __init__(
        self,
        archive: Archive,
        numbers: Sequence[int],
        other: Mapping[int, ArticleRef] = MappingProxyType({}),
    ) -> None:
        super().__init__(archive, numbers)
        self._other = other

    def _item(self, number: int) -> ArticleRef:
        return self._other.get(number) or self.archive.ref(number)

    @property
    def cards(self) -> Cards:
        """Their cards."""
        return Cards(self.archive, self.numbers)

    def of_paths(self, paths: Iterable[str]) -> dict[int, ArticleRef]:
        """Those of these content paths, by number."""
        known = {self.archive.by_path.get(path, -1) for path in paths} - {-1}
        found = known.intersection(self.numbers) if known else ()
        return {number: self._item(number) for number in found}

    def unusual(self) -> tuple[ArticleRef, ...]:
        """Those that may be unusual, see `unusual`."""
        ready, fresh = self.archive.ready, self.archive.fresh
        return tuple([self._item(n) for n in self.numbers if n in ready or n in fresh])

    def of_edition(self, edition: str) -> list[ArticleRef]:
        """Those of an edition, in order."""
        own = {*self.archive.numbers.get(edition, ())}
        own |= {n for n, ref in self.archive.fresh.items() if ref.card.edition == edition}
        return [self._item(n) for n in self.numbers if n in own] if own else []

    def changed(self) -> dict[str, list[ArticleRef]]:
        """By edition, those of editions of which some came, went or are others since the archive
        was made."""
        archive, here = self.archive, set(self.numbers)
        fresh = [n for n in here if n in archive.fresh]
        names = {archive.home(n) for n in (*fresh, *self._other.keys() & here)}
        names |= {name for name, own in archive.numbers.items() if not here.issuperset(own)}
        found: dict[str, list[ArticleRef]] = {name: [] for name in names}
        for name in names & archive.numbers.keys():
            fresh += [n for n in archive.numbers[name] if n in here]
        for number in sorted(set(fresh), key=archive.place):
            ref = self._item(number)
            found[ref.card.edition].append(ref)
        return found

    def seals(self, seal: Callable[[ArticleRef], str]) -> dict[int, str]:
        """The seals of these and others of the archive, by number."""
        fresh = self.archive.fresh.items()
        return {**self.archive.seals, **{number: seal(ref) for number, ref in fresh}}

    def number_of(self, name: str) -> int | None:
        """The number of the article whose card has this id; None for none of these."""
        number = self.archive.by_path.get(f"{name}.md", -1)
        return number if number in self._here else None

    @cached_property
    def _here(self) -> frozenset[int]:
        return frozenset(self.numbers)

    def numbered(self, number: int) -> ArticleRef:
        """The article of a number."""
        return self._item(number)

    def replaced(self, others: Mapping[int, ArticleRef]) -> "Articles":
        """With other bodies and details of some."""
        return Articles(self.archive, self.numbers, {**self._other, **others})

    def merged(self, gone: Iterable[str], new: Sequence[ArticleRef]) -> "Articles":
        """Without some (content paths), with new ones in their places."""
        out = self.of_paths(gone).keys()
        numbers = self.archive.merged(self.numbers, out, map(self.archive.put, new))
        return Articles(self.archive, numbers, self._other)


def decode(articles: Sequence[ArticleRef]) -> None:
    """Read all of them, and so all cards of their catalog, before the memo is closed."""
    if isinstance(articles, Articles):
        articles.archive.decode()


def unusual(articles: Sequence[ArticleRef]) -> Sequence[ArticleRef]:
    """At least those that have aliases, a story, corrections or links to others, are not public,
    or have their canonical elsewhere; no more than those are decoded."""
    return articles.unusual() if isinstance(articles, Articles) else articles


def paths(articles: Sequence[ArticleRef]) -> list[str]:
    """Their content paths."""
    if isinstance(articles, Articles):
        return [*map(articles.archive.paths.__getitem__, articles.numbers)]
    return [ref.path for ref in articles]


def ids(cards: Iterable[Card]) -> list[str]:
    """Their ids."""
    if isinstance(cards, Cards):
        return [*map(cards.archive.ids.__getitem__, cards.numbers)]
    return [card.id for card in cards]


def of_paths(articles: Sequence[ArticleRef], wanted: Collection[str]) -> list[ArticleRef]:
    """Those of these content paths, in order."""
    if not isinstance(articles, Articles):
        return [ref for ref in articles if ref.path in wanted]
    found = articles.of_paths(wanted)
    return [found[number] for number in sorted(found, key=articles.archive.place)]


def of_edition(articles: Sequence[ArticleRef], edition: str) -> list[ArticleRef]:
    """Those of an edition, in order."""
    if isinstance(articles, Articles):
        return articles.of_edition(edition)
    return [ref for ref in articles if ref.card.edition == edition]


def cards_of(articles: Sequence[ArticleRef]) -> Sequence[Card]:
    """Their cards."""
    if isinstance(articles, Articles):
        return articles.cards
    return tuple([ref.card for ref in articles])


def changed_editions(articles: Sequence[ArticleRef]) -> dict[str, list[ArticleRef]]:
    """The articles of all editions; of an archive those of which it does not have all."""
    if isinstance(articles, Articles):
        return articles.changed()
    found: dict[str, list[ArticleRef]] = {}
    for ref in articles:
        found.setdefault(ref.card.edition, []).append(ref)
    return found


def part_of(cards: Sequence[Card], at: slice) -> Sequence[Card]:
    """A part of a list, decoded no sooner than the whole; the whole itself where it is that."""
    if at.start == 0 and at.stop >= len(cards):
        return cards
    return Cards(cards.archive, cards.numbers[at]) if isinstance(cards, Cards) else cards[at]
