"""Units: outputs that are planned together, and digests by which a plan is known to be the same.

A unit whose digest is known was planned before, and is not planned again. Its digest covers all
that it takes from the catalog; settings, theme and program are added for all units alike.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.memo.archive import Articles, Cards, ids, of_paths
from site_gen.model import ArticleRef, Card, Catalog, Edition, Page
from site_gen.problems import SiteError

_OTHERS = tuple(
    name
    for name in ArticleRef.__struct_fields__
    if name
    not in ("card", "digest", "path", "detail", "body", "source", "terms", "targets", "pictures")
)
"""Fields of an ArticleRef that the digests of its card, detail and body do not cover."""

_others = attrgetter(*_OTHERS)
_NO_OTHERS = ((),) * len(_OTHERS)


class Unit(NamedTuple):
    """Outputs that are planned together.

    name     of its own among the units of its format; two words at most: what, and which
    digest   of what it is planned from; asked for only where it is needed. Details and bodies of
             articles it takes from `Digests` alone, which notes whose: a digest need not be made
             again where it can be no other
    plan     the outputs
    like     a digest of more than it takes that is made sooner: with the same, `digest` is so too,
             and both take details and bodies of the same articles
    """

    name: str
    digest: Callable[[], str]
    plan: Callable[[], Iterable[Page]]
    like: Callable[[], str] | None = None


class LeftOut(SiteError):  # noqa: N818 - says what happened
    """Raised after the outputs of a unit: they stand without what its problems name."""


def seal_of(ref: ArticleRef) -> str:
    """Of an article a digest of its card and all else but detail and body."""
    own = ref.digest or digest.of_value(ref.card)
    others = _others(ref)
    return digest.of_parts(own, digest.of_value(others)) if any(others) else own


class Lists:
    """Digests of lists of cards, known by the very list: that of a topic is asked for by its page,
    its feed, its index and others, and by the next build."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Sequence[Card], str, str]] = {}
        self._doubted: set[int] = set()

    def known(self, cards: Sequence[Card]) -> tuple[str, str]:
        """The digests of these, as others may know them and as they are; "" where it is not
        known."""
        return self._known.get(id(cards), ((), "", ""))[1:]

    def put(self, cards: Sequence[Card], own: str, whole: str) -> None:
        """That they are these."""
        self._known[id(cards)] = (cards, own, whole)  # kept alive: no other has its id

    def doubt(self, catalog: Catalog, changed: Collection[str]) -> None:
        """Some articles (content paths) have another body or detail by now."""
        homes = {ref.card.edition for ref in of_paths(catalog.articles, changed)} if changed else ()
        for edition in catalog.editions if homes else ():
            if edition.ref.id in homes:
                self.put(edition.cards, self.known(edition.cards)[0], "")
                self._doubted.add(id(edition.cards))

    def told(self, group: Any) -> tuple[str, str]:
        """What the next build may be told of a group's cards: of editions alone also what they are
        as a whole, where no arrangement has them with another body or detail."""
        own, whole = self.known(group.cards)
        stands = isinstance(group, Edition) and id(group.cards) not in self._doubted
        return own, whole if stands else ""


class Refs(Mapping[str, ArticleRef]):
    """The articles of an archive by the id of their card."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[str]:
        return iter(ids(self._articles.cards))

    def __getitem__(self, name: str) -> ArticleRef:
        number = self._articles.number_of(name)
        if number is None:
            raise KeyError(name)
        return self._articles.numbered(number)


class Digests:
    """Digests of what a catalog holds, each made once for all units that name it.

    Articles have places: of an archive their numbers there, else where they stand in the catalog.

    taken         places of the articles whose detail or body was asked for; emptied by who asks
    known_lists   those that are known from before, and all that were made
    """

    def __init__(self, catalog: Catalog, lists: Lists | None = None) -> None:
        self._catalog = catalog
        self.taken: set[int] = set()
        self._notes: dict[str, str] = {}
        self._editions: dict[str, tuple[Edition, str]] = {}
        self.known_lists = lists or Lists()

    @cached_property
    def refs(self) -> Mapping[str, ArticleRef]:
        """The articles by the id of their card."""
        articles = self._catalog.articles
        if isinstance(articles, Articles):
            return Refs(articles)
        return {article.card.id: article for article in articles}

    def place(self, name: str) -> int | None:
        """The place of the article whose card has this id; None where there is none."""
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
        """Of articles as others may know them, in their order."""
        if not isinstance(cards, tuple | Cards):
            return self._of(cards)
        own, whole = self.known_lists.known(cards)
        if not own:
            own = self._of(cards)
            self.known_lists.put(cards, own, whole)
        return own

    def _of(self, cards: Iterable[Card]) -> str:
        return digest.of_parts(*map(self._known.__getitem__, self._places(cards)))

    def lists(self, lists: Iterable[tuple[Card, ...]]) -> str:
        """Of several lists of such articles, of which many are the same."""
        return digest.of_parts(*map(self.cards, lists))

    def articles(self, cards: Sequence[Card]) -> str:
        """Of whole articles, with detail and body as they are shown."""
        places = self._places(cards)
        self.taken.update(places)
        lasts = isinstance(cards, tuple | Cards)
        own, whole = self.known_lists.known(cards) if lasts else ("", "")
        if not whole:
            refs, known = self.refs, self._known
            of = [refs[name] for name in ids(cards)]
            bodies, details = [ref.body for ref in of], [ref.detail for ref in of]
            whole = digest.of_parts(*[known[place] for place in places], *details, *bodies)
            if lasts:
                self.known_lists.put(cards, own, whole)
        return whole

    def body(self, ref: ArticleRef) -> str:
        """Of the body of an article."""
        self.taken.add(self._place(ref.card))
        return ref.body

    def edition(self, edition: Edition) -> str:
        """Of an edition with its note and its cards."""
        known, found = self._editions.get(edition.ref.id, (None, ""))
        if known is not edition:
            found = digest.of_parts(self.note(edition), self.cards(edition.cards))
            self._editions[edition.ref.id] = edition, found
        return found

    def note(self, edition: Edition) -> str:
        """Of all of an edition but its cards; its note may be long."""
        name = edition.ref.id
        if name not in self._notes:
            self._notes[name] = digest.of_value(replace(edition, cards=()))
        return self._notes[name]

    @cached_property
    def frame(self) -> str:
        """Of all that the catalog holds but the details and bodies of articles."""
        parts = [digest.of_parts(*map(self._known.__getitem__, self._all))]
        for name in Catalog.__struct_fields__:
            if name != "articles":
                parts += (name, *self._field(getattr(self._catalog, name)))
        return digest.of_parts(*parts)

    @property
    def whole(self) -> str:
        """Of all that the catalog holds."""
        self.taken.update(self._all)
        return self._whole

    @cached_property
    def _whole(self) -> str:
        parts = [part for ref in self._catalog.articles for part in (ref.detail, ref.body)]
        return digest.of_parts(self.frame, *parts)

    @cached_property
    def _known(self) -> Mapping[int, str] | Sequence[str]:
        """By place, of each article its card and all else but detail and body."""
        articles = self._catalog.articles
        if isinstance(articles, Articles):
            return articles.seals(seal_of)
        plain = zip(articles, map(_others, articles), strict=True)
        return [
            ref.digest if ref.digest and others == _NO_OTHERS else seal_of(ref)
            for ref, others in plain
        ]

    def _field(self, value: Any) -> Iterable[str]:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Edition):
                yield self.edition(item)
                continue
            if cards := getattr(item, "cards", ()):
                yield self.cards(cards)
                item = replace(item, cards=())
            yield digest.of_value(item)
