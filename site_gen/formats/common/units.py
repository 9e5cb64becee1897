"""Units, which are outputs that are planned together, and the digests of their inputs.

A unit whose digest is in the memo is not planned again. Its digest covers everything that it uses
of the catalog; those of settings, theme and program are added to it for all units alike.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.memo.archive import Articles, Cards, card_ids, find_by_path
from site_gen.model import ArticleRef, Card, Catalog, Edition, Page
from site_gen.problems import Problem, SiteError

_OTHER_FIELDS = tuple(
    name
    for name in ArticleRef.__struct_fields__
    if name
    not in ("card", "digest", "path", "detail", "body", "source", "terms", "targets", "pictures")
)
"""The fields of an ArticleRef that the digests of its card, detail and body do not cover."""

_other_values = attrgetter(*_OTHER_FIELDS)
_EMPTY_OTHERS = ((),) * len(_OTHER_FIELDS)


class Unit(NamedTuple):
    """Outputs that are planned together.

    name          unique among the units of its format; two words at most
    digest        returns a digest of the inputs. It must take the digests of details and bodies
                  from `Digests`, which records whose were used, so that it is not called again
                  while none of them changed
    plan          returns the pages
    early_digest  returns a digest of more than the inputs that is faster to compute. If it did not
                  change, neither did `digest`, nor the articles whose details and bodies it uses
    """

    name: str
    digest: Callable[[], str]
    plan: Callable[[], Iterable[Page]]
    early_digest: Callable[[], str] | None = None

    def pages(self) -> tuple[list[Page], tuple[Problem, ...]]:
        """The planned pages, and the problems with what they lack. Raises SiteError."""
        pages: list[Page] = []
        try:
            for page in self.plan():
                pages.append(page)
        except IncompleteUnitError as error:
            return pages, error.problems
        return pages, ()


class IncompleteUnitError(SiteError):
    """Raised by `plan` after its last page. The pages are good; its problems say what they lack."""


def card_digest(ref: ArticleRef) -> str:
    """A digest of an article's card and of all other fields but detail and body."""
    own = ref.digest or digest.of_value(ref.card)
    others = _other_values(ref)
    return digest.of_parts(own, digest.of_value(others)) if any(others) else own


class ListDigests:
    """A cache of the digests of lists of cards, keyed by the identity of the list. A topic's is
    needed by its page, its feed, the API and others, and by the next build."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Sequence[Card], str, str]] = {}
        self._doubted: set[int] = set()

    def get(self, cards: Sequence[Card]) -> tuple[str, str]:
        """(digest of the cards, digest of the whole articles); "" for one that is not known."""
        return self._known.get(id(cards), ((), "", ""))[1:]

    def set(self, cards: Sequence[Card], own: str, whole: str) -> None:
        self._known[id(cards)] = (cards, own, whole)  # keeps `cards` alive, so its id stays unique

    def forget_whole(self, catalog: Catalog, changed: Collection[str]) -> None:
        """Forget the digests of whole articles of editions with one of `changed` (content paths),
        whose body or detail changed."""
        homes = (
            {ref.card.edition for ref in find_by_path(catalog.articles, changed)} if changed else ()
        )
        for edition in catalog.editions if homes else ():
            if edition.ref.id in homes:
                self.set(edition.cards, self.get(edition.cards)[0], "")
                self._doubted.add(id(edition.cards))

    def for_next_build(self, group: Any) -> tuple[str, str]:
        """The digests of a group's cards that the memo may keep. That of whole articles is kept for
        editions only, and not after `forget_whole`."""
        own, whole = self.get(group.cards)
        stands = isinstance(group, Edition) and id(group.cards) not in self._doubted
        return own, whole if stands else ""


class RefsById(Mapping[str, ArticleRef]):
    """The articles of an archive by the id of their card, decoded on access."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[str]:
        return iter(card_ids(self._articles.cards))

    def __getitem__(self, name: str) -> ArticleRef:
        number = self._articles.number_of(name)
        if number is None:
            raise KeyError(name)
        return self._articles.by_number(number)


class Digests:
    """The digests of a catalog's parts, each computed once for all units.

    The place of an article is its number in the archive, else its index in the catalog.

    used           places of the articles whose detail or body was used; the caller clears it
    list_digests   those of the last build, and all that were computed since
    """

    def __init__(self, catalog: Catalog, lists: ListDigests | None = None) -> None:
        self._catalog = catalog
        self.used: set[int] = set()
        self._notes: dict[str, str] = {}
        self._editions: dict[str, tuple[Edition, str]] = {}
        self.list_digests = lists or ListDigests()

    @cached_property
    def refs(self) -> Mapping[str, ArticleRef]:
        """The articles by the id of their card."""
        articles = self._catalog.articles
        if isinstance(articles, Articles):
            return RefsById(articles)
        return {article.card.id: article for article in articles}

    def place(self, name: str) -> int | None:
        """The place of the article whose card has the id `name`; None if there is none."""
        articles = self._catalog.articles
        if isinstance(articles, Articles):
            return articles.number_of(name)
        return self._by_id.get(name)

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return {ref.card.id: place for place, ref in enumerate(self._catalog.articles)}

    def _places(self, cards: Iterable[Card]) -> Sequence[int]:
        if isinstance(cards, Cards):
            return cards.numbers
        return [self._place(card) for card in cards]

    def _place(self, card: Card) -> int:
        place = self.place(card.id)
        if place is None:
            raise KeyError(card.id)
        return place

    @property
    def _all(self) -> Sequence[int]:
        articles = self._catalog.articles
        return articles.numbers if isinstance(articles, Articles) else range(len(articles))

    def cards(self, cards: Iterable[Card]) -> str:
        """A digest of cards in the given order, without details and bodies."""
        if not isinstance(cards, tuple | Cards):
            return self._digest_cards(cards)
        own, whole = self.list_digests.get(cards)
        if not own:
            own = self._digest_cards(cards)
            self.list_digests.set(cards, own, whole)
        return own

    def _digest_cards(self, cards: Iterable[Card]) -> str:
        return digest.of_parts(*map(self._card_digests.__getitem__, self._places(cards)))

    def lists(self, lists: Iterable[tuple[Card, ...]]) -> str:
        """A digest of several lists of cards, many of which may be the same list."""
        return digest.of_parts(*map(self.cards, lists))

    def articles(self, cards: Sequence[Card]) -> str:
        """A digest of whole articles in the given order, with details and bodies."""
        places = self._places(cards)
        self.used.update(places)
        lasts = isinstance(cards, tuple | Cards)
        own, whole = self.list_digests.get(cards) if lasts else ("", "")
        if not whole:
            refs, known = self.refs, self._card_digests
            of = [refs[name] for name in card_ids(cards)]
            bodies, details = [ref.body for ref in of], [ref.detail for ref in of]
            whole = digest.of_parts(*[known[place] for place in places], *details, *bodies)
            if lasts:
                self.list_digests.set(cards, own, whole)
        return whole

    def body(self, ref: ArticleRef) -> str:
        """The digest of an article's body."""
        self.used.add(self._place(ref.card))
        return ref.body

    def edition(self, edition: Edition) -> str:
        """A digest of an edition with its note and its cards."""
        known, found = self._editions.get(edition.ref.id, (None, ""))
        if known is not edition:
            found = digest.of_parts(self.note(edition), self.cards(edition.cards))
            self._editions[edition.ref.id] = edition, found
        return found

    def note(self, edition: Edition) -> str:
        """A digest of an edition without its cards. Cached, as a note may be long."""
        name = edition.ref.id
        if name not in self._notes:
            self._notes[name] = digest.of_value(replace(edition, cards=()))
        return self._notes[name]

    @cached_property
    def frame(self) -> str:
        """A digest of the whole catalog without the details and bodies of articles."""
        parts = [digest.of_parts(*map(self._card_digests.__getitem__, self._all))]
        for name in Catalog.__struct_fields__:
            if name != "articles":
                parts += (name, *self._digest_field(getattr(self._catalog, name)))
        return digest.of_parts(*parts)

    @property
    def whole(self) -> str:
        """A digest of the whole catalog."""
        self.used.update(self._all)
        return self._whole

    @cached_property
    def _whole(self) -> str:
        parts = [part for ref in self._catalog.articles for part in (ref.detail, ref.body)]
        return digest.of_parts(self.frame, *parts)

    @cached_property
    def _card_digests(self) -> Mapping[int, str] | Sequence[str]:
        """The `card_digest` of each article, by place."""
        articles = self._catalog.articles
        if isinstance(articles, Articles):
            return articles.digests(card_digest)
        plain = zip(articles, map(_other_values, articles), strict=True)
        return [
            ref.digest if ref.digest and others == _EMPTY_OTHERS else card_digest(ref)
            for ref, others in plain
        ]

    def _digest_field(self, value: Any) -> Iterable[str]:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Edition):
                yield self.edition(item)
                continue
            if cards := getattr(item, "cards", ()):
                yield self.cards(cards)
                item = replace(item, cards=())
            yield digest.of_value(item)
