"""The articles of a long archive, decoded on first access, one edition at a time.

Code that goes over all articles uses what is known without decoding: paths, digests, times, and the
few special articles. `Articles` and `Cards` are lazy sequences of an archive; pickling makes a
tuple of them. Other lists of articles and cards are plain tuples.
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
    """What is known without decoding of the articles of an edition; all lists are in its order.

    marks          what the articles were read as, see engine/cache/catalog.py
    digests        of everything but detail and body, see `card_digest` in formats/common/units.py
    times          POSIX timestamps of their dates
    guids, slugs   guids and folded slugs, a line each
    preloaded      (index, article) of those that are stored here: the first, and the special ones
    """

    paths: list[str]
    marks: list[tuple[str, str]]
    digests: list[str]
    times: list[float]
    guids: str
    slugs: str
    preloaded: list[tuple[int, ArticleRef]]

    @classmethod
    def from_refs(
        cls,
        refs: Sequence[ArticleRef],
        marks: Mapping[str, tuple[str, str]],
        digest_of: Callable[[ArticleRef], str],
        leads: Collection[str],
    ) -> "Columns":
        """The columns of the articles `refs`; `leads` are ids of cards that are first in a list,
        which are preloaded too."""
        return cls(
            [ref.path for ref in refs],
            [marks[ref.path] for ref in refs],
            [digest_of(ref) for ref in refs],
            [ref.card.date.timestamp() for ref in refs],
            _join_lines(ref.card.guid for ref in refs),
            _join_lines(slugs.folded(ref.card.slug) for ref in refs),
            [(i, r) for i, r in enumerate(refs) if r.card.id in leads or not _is_ordinary(r)],
        )


def _join_lines(names: Iterable[str]) -> str:
    return "\n".join(("", *names, ""))


def _is_ordinary(ref: ArticleRef) -> bool:
    """Whether an article is public and only lists link from or to it. See `special_articles`."""
    card = ref.card
    named = ref.targets or ref.aliases or ref.corrections or card.story
    return not (named or card.draft or card.future or card.canonical == "original")


class Archive:
    """Articles by number. `load` returns all articles of an edition, in the order of its numbers.

    numbers, columns   by edition
    added              articles added since the archive was stored, by number
    """

    def __init__(self, load: Callable[[str], Sequence[ArticleRef]]) -> None:
        self._load = load
        self._refs: dict[int, ArticleRef] = {}
        self.numbers: dict[str, Sequence[int]] = {}
        self.columns: dict[str, Columns] = {}
        self.added: dict[int, ArticleRef] = {}

    def add_edition(self, edition: str, numbers: Sequence[int], columns: Columns) -> None:
        """Add a stored edition."""
        self.numbers[edition], self.columns[edition] = numbers, columns
        self._refs.update((numbers[place], ref) for place, ref in columns.preloaded)

    def add_article(self, ref: ArticleRef) -> int:
        """Add a new article, and return its number."""
        number = max(self.paths, default=-1) + 1
        self.added[number] = self._refs[number] = ref
        self.paths[number], self.by_path[ref.path] = ref.path, number
        self.ids[number] = ref.card.id
        self.times[number] = ref.card.date.timestamp()
        return number

    @cached_property
    def preloaded(self) -> frozenset[int]:
        """The numbers of preloaded articles, among which are all special ones."""
        own = ((self.numbers[name], each.preloaded) for name, each in self.columns.items())
        return frozenset(numbers[place] for numbers, ready in own for place, _ in ready)

    @cached_property
    def paths(self) -> dict[int, str]:
        """Content paths by number."""
        return self._column("paths")

    @cached_property
    def by_path(self) -> dict[str, int]:
        """The newest number of each content path."""
        return {path: number for number, path in self.paths.items()}

    @cached_property
    def ids(self) -> dict[int, str]:
        """Card ids by number."""
        return {number: path.removesuffix(".md") for number, path in self.paths.items()}

    @cached_property
    def digests(self) -> dict[int, str]:
        """Digests (see Columns) of stored articles, by number."""
        return self._column("digests")

    @cached_property
    def times(self) -> dict[int, float]:
        """POSIX timestamps by number."""
        return self._column("times")

    def _column(self, name: str) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for edition, columns in self.columns.items():
            found.update(zip(self.numbers[edition], getattr(columns, name), strict=True))
        return found

    @cached_property
    def _editions(self) -> dict[int, str]:
        return {number: name for name, own in self.numbers.items() for number in own}

    def edition_of(self, number: int) -> str:
        """The id of an article's edition."""
        fresh = self.added.get(number)
        return fresh.card.edition if fresh else self._editions[number]

    def article(self, number: int) -> ArticleRef:
        """The article of a number. Decodes all articles of its edition."""
        if number not in self._refs:
            self._decode(self._editions[number])
        return self._refs[number]

    def _decode(self, edition: str) -> None:
        self._refs |= dict(zip(self.numbers[edition], self._load(edition), strict=True))

    def decode_all(self) -> None:
        """Decode all articles, so that they can be used after the memo is closed."""
        for edition, numbers in self.numbers.items():
            if not self._refs.keys() >= set(numbers):
                self._decode(edition)

    def card(self, number: int) -> Card:
        """The card of a number."""
        return self.article(number).card

    def sort_key(self, number: int) -> tuple[float, str]:
        """The key by which articles are sorted, see arrange/catalog.py."""
        return -self.times[number], self.ids[number]

    def has_any_name(self, guids: Iterable[str], names: Iterable[str]) -> bool:
        """Whether a stored article has one of `guids` or one of the folded slugs `names`."""
        said = [f"\n{guid}\n" for guid in guids]
        called = [f"\n{name}\n" for name in names]
        return any(
            any(each in own.guids for each in said) or any(each in own.slugs for each in called)
            for own in self.columns.values()
        )

    def merge(
        self, numbers: Sequence[int], gone: Collection[int], new: Iterable[int]
    ) -> "array[int]":
        """`numbers`, which are sorted, without `gone` and with `new` ones sorted in."""
        left = array("I", [n for n in numbers if n not in gone] if gone else numbers)
        for number in new:
            left.insert(bisect_left(left, self.sort_key(number), key=self.sort_key), number)
        return left


class _LazySequence(Sequence[Item]):
    """Items of an archive by their numbers, decoded on access."""

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


class Cards(_LazySequence[Card]):
    """Cards of an archive, newest first or in the order of an edition."""

    __slots__ = ()

    def _item(self, number: int) -> Card:
        return self.archive.card(number)

    def merge(self, gone: Collection[str], new: Iterable[Card]) -> "Cards":
        """These cards without those with ids in `gone` and with `new` ones sorted in, which must be
        in the archive."""
        names, by_path = self.archive.ids, self.archive.by_path
        left = [n for n in self.numbers if names[n] not in gone] if gone else self.numbers
        new_ones = [by_path[f"{card.id}.md"] for card in new]
        return Cards(self.archive, self.archive.merge(left, (), new_ones))


class Articles(_LazySequence[ArticleRef]):
    """The articles of a catalog, in its order; `other` replaces some of the archive's by number."""

    def __init__(
        self,
        archive: Archive,
        numbers: Sequence[int],
        other: Mapping[int, ArticleRef] = MappingProxyType({}),
    ) -> None:
        super().__init__(archive, numbers)
        self._replaced = other

    def _item(self, number: int) -> ArticleRef:
        return self._replaced.get(number) or self.archive.article(number)

    @property
    def cards(self) -> Cards:
        """The cards of these articles."""
        return Cards(self.archive, self.numbers)

    def find_by_path(self, paths: Iterable[str]) -> dict[int, ArticleRef]:
        """The articles with these content paths, by number."""
        known = {self.archive.by_path.get(path, -1) for path in paths} - {-1}
        found = known.intersection(self.numbers) if known else ()
        return {number: self._item(number) for number in found}

    def special(self) -> tuple[ArticleRef, ...]:
        """See `special_articles`."""
        ready, fresh = self.archive.preloaded, self.archive.added
        return tuple([self._item(n) for n in self.numbers if n in ready or n in fresh])

    def find_by_edition(self, edition: str) -> list[ArticleRef]:
        """The articles of an edition, in order."""
        own = {*self.archive.numbers.get(edition, ())}
        own |= {n for n, ref in self.archive.added.items() if ref.card.edition == edition}
        return [self._item(n) for n in self.numbers if n in own] if own else []

    def changed_editions(self) -> dict[str, list[ArticleRef]]:
        """The articles of each edition of which some were added, removed or replaced since the
        archive was stored."""
        archive, here = self.archive, set(self.numbers)
        fresh = [n for n in here if n in archive.added]
        names = {archive.edition_of(n) for n in (*fresh, *self._replaced.keys() & here)}
        names |= {name for name, own in archive.numbers.items() if not here.issuperset(own)}
        found: dict[str, list[ArticleRef]] = {name: [] for name in names}
        for name in names & archive.numbers.keys():
            fresh += [n for n in archive.numbers[name] if n in here]
        for number in sorted(set(fresh), key=archive.sort_key):
            ref = self._item(number)
            found[ref.card.edition].append(ref)
        return found

    def digests(self, digest_of: Callable[[ArticleRef], str]) -> dict[int, str]:
        """The digests (see Columns) of all articles of the archive, by number; `digest_of` computes
        that of an added one."""
        fresh = self.archive.added.items()
        return {**self.archive.digests, **{number: digest_of(ref) for number, ref in fresh}}

    def number_of(self, name: str) -> int | None:
        """The number of the article whose card has the id `name`; None if it is not among these."""
        number = self.archive.by_path.get(f"{name}.md", -1)
        return number if number in self._here else None

    @cached_property
    def _here(self) -> frozenset[int]:
        return frozenset(self.numbers)

    def by_number(self, number: int) -> ArticleRef:
        """The article of a number."""
        return self._item(number)

    def replace(self, others: Mapping[int, ArticleRef]) -> "Articles":
        """These articles with `others` in place of those with the same number."""
        return Articles(self.archive, self.numbers, {**self._replaced, **others})

    def merge(self, gone: Iterable[str], new: Sequence[ArticleRef]) -> "Articles":
        """These articles without those at the paths `gone`, and with `new` ones sorted in."""
        out = self.find_by_path(gone).keys()
        numbers = self.archive.merge(self.numbers, out, map(self.archive.add_article, new))
        return Articles(self.archive, numbers, self._replaced)


def decode_all(articles: Sequence[ArticleRef]) -> None:
    """Decode all articles, and so all cards of their catalog, so that they can be used after the
    memo is closed."""
    if isinstance(articles, Articles):
        articles.archive.decode_all()


def special_articles(articles: Sequence[ArticleRef]) -> Sequence[ArticleRef]:
    """At least the articles that have aliases, a story, corrections or links to others, are not
    public, or have a canonical URL elsewhere. Decodes no other articles."""
    return articles.special() if isinstance(articles, Articles) else articles


def content_paths(articles: Sequence[ArticleRef]) -> list[str]:
    """The content paths of articles, in order."""
    if isinstance(articles, Articles):
        return [*map(articles.archive.paths.__getitem__, articles.numbers)]
    return [ref.path for ref in articles]


def card_ids(cards: Iterable[Card]) -> list[str]:
    """The ids of cards, in order."""
    if isinstance(cards, Cards):
        return [*map(cards.archive.ids.__getitem__, cards.numbers)]
    return [card.id for card in cards]


def find_by_path(articles: Sequence[ArticleRef], wanted: Collection[str]) -> list[ArticleRef]:
    """The articles with the content paths `wanted`, in order."""
    if not isinstance(articles, Articles):
        return [ref for ref in articles if ref.path in wanted]
    found = articles.find_by_path(wanted)
    return [found[number] for number in sorted(found, key=articles.archive.sort_key)]


def find_by_edition(articles: Sequence[ArticleRef], edition: str) -> list[ArticleRef]:
    """The articles of an edition, in order."""
    if isinstance(articles, Articles):
        return articles.find_by_edition(edition)
    return [ref for ref in articles if ref.card.edition == edition]


def cards_of(articles: Sequence[ArticleRef]) -> Sequence[Card]:
    """The cards of articles, in order."""
    if isinstance(articles, Articles):
        return articles.cards
    return tuple([ref.card for ref in articles])


def changed_editions(articles: Sequence[ArticleRef]) -> dict[str, list[ArticleRef]]:
    """The articles by edition; of an archive only those of editions that changed since it was
    stored."""
    if isinstance(articles, Articles):
        return articles.changed_editions()
    found: dict[str, list[ArticleRef]] = {}
    for ref in articles:
        found.setdefault(ref.card.edition, []).append(ref)
    return found


def slice_cards(cards: Sequence[Card], at: slice) -> Sequence[Card]:
    """A slice of a list without decoding it; the list itself if the slice covers it."""
    if at.start == 0 and at.stop >= len(cards):
        return cards
    return Cards(cards.archive, cards.numbers[at]) if isinstance(cards, Cards) else cards[at]
