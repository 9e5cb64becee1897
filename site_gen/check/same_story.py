"""Articles on one event, proposed: offline, deterministic, whatever their language.

Two articles within days of each other belong together where they name the same original, or
where rare words and figures of one title are in the other. What is rare is counted in the
digest's own titles and excerpts, so that what the digest is about ties nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from math import log, sqrt
from typing import NamedTuple

from site_gen.check import addresses
from site_gen.convert import similarity

DAYS = timedelta(days=3)
"""Between two articles on one event."""

ENOUGH = 0.36
"""Likeness of two titles, by the weight of their words, from which they tell of one event."""

FIGURES = 0.26
"""The same where they have a rare figure in common."""

RARE = 0.02
"""Of all articles, the share in which a word may be to count as rare; three always may."""

COMMON_LINKS = 4
"""Articles in which a link may be, and still tie those that have it."""

_WIDE = "\u2e7f"


class Told(NamedTuple):
    """An article as it is compared. `links` are those of its text; `edition` bounds groups."""

    id: str
    title: str
    excerpt: str
    original: str
    links: tuple[str, ...]
    date: datetime
    edition: str
    story: str = ""


class Tie(NamedTuple):
    """Why two articles belong together."""

    one: str
    two: str
    reason: str


class Group(NamedTuple):
    """Articles on one event, in order of time, and what ties them."""

    key: str
    ids: tuple[str, ...]
    ties: tuple[Tie, ...]


def groups(articles: Sequence[Told]) -> tuple[Group, ...]:
    """Groups of two and more, each within one edition."""
    ordered = sorted(articles, key=lambda a: (a.date, a.id))
    known = {each.id: each for each in ordered}
    ties = list(_ties(ordered))
    joined: dict[str, set[str]] = {each.id: {each.id} for each in ordered}
    for tie in ties:
        one, two = joined[tie.one], joined[tie.two]
        if one is not two:
            one |= two
            for name in two:
                joined[name] = one
    found = []
    seen: set[str] = set()
    for each in ordered:
        if each.id in seen or len(joined[each.id]) < 2:
            continue
        ids = tuple(a.id for a in ordered if a.id in joined[each.id])
        seen.update(ids)
        own = tuple(tie for tie in ties if tie.one in joined[each.id])
        found.append(Group(_key([known[name] for name in ids]), ids, own))
    return tuple(found)


def _ties(ordered: Sequence[Told]) -> Iterator[Tie]:
    weights = Weights(ordered)
    linked = Counter(link for each in ordered for link in _addresses(each))
    by_word: dict[str, list[Told]] = defaultdict(list)
    for each in ordered:
        for word in weights.rare(each):
            by_word[word].append(each)
        for link in _addresses(each):
            if linked[link] <= COMMON_LINKS:
                by_word[f"link {link}"].append(each)
    pairs = {
        (one.id, two.id): (one, two)
        for group in by_word.values()
        for one, two in combinations(group, 2)
        if abs(two.date - one.date) <= DAYS and one.edition == two.edition
    }
    for one, two in pairs.values():
        reason = _reason(one, two, weights, linked)
        if reason:
            yield Tie(one.id, two.id, reason)


class Weights:
    """How much a word says, by how few articles have it."""

    def __init__(self, articles: Iterable[Told]) -> None:
        self._titles: dict[str, frozenset[str]] = {}
        self._texts: dict[str, frozenset[str]] = {}
        counted: Counter[str] = Counter()
        for each in articles:
            self._titles[each.id] = frozenset(terms(each.title))
            self._texts[each.id] = self._titles[each.id] | frozenset(terms(each.excerpt))
            counted.update(self._texts[each.id])
        self._counted = counted
        self._total = len(self._titles)
        self._most = max(3, round(RARE * self._total))

    def weight(self, word: str) -> float:
        return log((1 + self._total) / (1 + self._counted[word]))

    def rare(self, article: Told) -> list[str]:
        """Words of its title and excerpt by which it is looked up."""
        return [word for word in self._texts[article.id] if self._counted[word] <= self._most]

    def shared(self, one: Told, two: Told) -> list[str]:
        """Words of both titles, the rarest first; those of one title in the other's excerpt too."""
        first, second = self._titles[one.id], self._titles[two.id]
        both = (first & self._texts[two.id]) | (second & self._texts[one.id])
        return sorted(both, key=lambda word: (-self.weight(word), word))

    def similarity(self, one: Told, two: Told) -> float:
        """How alike two titles are, 0 to 1, by the weight of their words."""
        first, second = self._titles[one.id], self._titles[two.id]
        own = sum(self.weight(word) ** 2 for word in first)
        other = sum(self.weight(word) ** 2 for word in second)
        both = sum(self.weight(word) ** 2 for word in self.shared(one, two))
        return both / max(1e-9, sqrt(own * other))


def terms(text: str) -> list[str]:
    """Words of a text; pairs of characters where a script sets no spaces. Figures without what
    parts thousands, `38M` and `38 million` alike."""
    found: list[str] = []
    for word in similarity.words(text):
        if word[0] > _WIDE and len(word) > 1:
            found += ["".join(pair) for pair in pairwise(word)]
        elif word[:-1].isdecimal() and word[-1] in "mbk":
            found.append(word[:-1])
        elif len(word) > 2 or word.isdecimal():
            found.append(word[:-1] if len(word) > 4 and word[-1] == "s" != word[-2] else word)
    return found


def _reason(one: Told, two: Told, weights: Weights, linked: Mapping[str, int]) -> str:
    shared_links = _addresses(one) & _addresses(two)
    near = sorted(link for link in shared_links if linked[link] <= COMMON_LINKS)
    if near:
        return f"both name {near[0]}"
    alike = weights.similarity(one, two)
    words = weights.shared(one, two)
    rare = [word for word in words if word in set(weights.rare(one))]
    figures = [word for word in rare if word.isdecimal() and len(word) > 1]
    limit = FIGURES if figures and len(rare) > 1 else ENOUGH
    if alike >= limit and rare and len(words) > 2:
        return f"titles share {', '.join(words[:4])} ({alike:.0%})"
    return ""


def _addresses(article: Told) -> frozenset[str]:
    found = (addresses.same(url) for url in (article.original, *article.links) if url)
    return frozenset(url for url in found if url and not addresses.is_home(url))


def _key(articles: Sequence[Told]) -> str:
    from site_gen.convert.drafts import naming

    named = next((each.story for each in articles if each.story), "")
    return named or naming.slug(articles[0].title, articles[0].id)
