"""Proposes groups of articles on the same event: offline, deterministic, in any language.

Two articles within a few days are tied if they link the same original, or if rare words and figures
of one title are in the other. Rare words are counted in the digest's own titles and excerpts, so
that words of its subject tie nothing.
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
"""The longest time between two articles on the same event."""

MIN_SIMILARITY = 0.36
"""Similarity of two titles (0 to 1) from which they are about the same event."""

MIN_SIMILARITY_WITH_FIGURE = 0.26
"""The same limit for titles that share a rare figure."""

RARE_SHARE = 0.02
"""The share of articles that may contain a rare word; three always may."""

MAX_ARTICLES_OF_LINK = 4
"""A link in more articles than this ties none of them."""

_FIRST_WIDE = "\u2e7f"


class ComparedArticle(NamedTuple):
    """What is compared of an article. `links` are those of its body; groups stay in an edition."""

    id: str
    title: str
    excerpt: str
    original: str
    links: tuple[str, ...]
    date: datetime
    edition: str
    story: str = ""


class Tie(NamedTuple):
    """The ids of two articles on the same event, and the reason."""

    one: str
    two: str
    reason: str


class Group(NamedTuple):
    """The ids of articles on the same event, ordered by time, and their ties."""

    key: str
    ids: tuple[str, ...]
    ties: tuple[Tie, ...]


def find_groups(articles: Sequence[ComparedArticle]) -> tuple[Group, ...]:
    """Return groups of at least two articles of the same edition."""
    ordered = sorted(articles, key=lambda a: (a.date, a.id))
    known = {each.id: each for each in ordered}
    ties = list(_find_ties(ordered))
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


def _find_ties(ordered: Sequence[ComparedArticle]) -> Iterator[Tie]:
    weights = Weights(ordered)
    linked = Counter(link for each in ordered for link in _addresses(each))
    by_word: dict[str, list[ComparedArticle]] = defaultdict(list)
    for each in ordered:
        for word in weights.rare(each):
            by_word[word].append(each)
        for link in _addresses(each):
            if linked[link] <= MAX_ARTICLES_OF_LINK:
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
    """Weights of words: the fewer articles have a word, the more it weighs."""

    def __init__(self, articles: Iterable[ComparedArticle]) -> None:
        self._titles: dict[str, frozenset[str]] = {}
        self._texts: dict[str, frozenset[str]] = {}
        counted: Counter[str] = Counter()
        for each in articles:
            self._titles[each.id] = frozenset(terms(each.title))
            self._texts[each.id] = self._titles[each.id] | frozenset(terms(each.excerpt))
            counted.update(self._texts[each.id])
        self._counted = counted
        self._total = len(self._titles)
        self._most = max(3, round(RARE_SHARE * self._total))

    def weight(self, word: str) -> float:
        """Return the inverse document frequency of a word."""
        return log((1 + self._total) / (1 + self._counted[word]))

    def rare(self, article: ComparedArticle) -> list[str]:
        """Return the rare words of an article's title and excerpt."""
        return [word for word in self._texts[article.id] if self._counted[word] <= self._most]

    def shared(self, one: ComparedArticle, two: ComparedArticle) -> list[str]:
        """Return the words of one title that are in the other's title or excerpt, rarest first."""
        first, second = self._titles[one.id], self._titles[two.id]
        both = (first & self._texts[two.id]) | (second & self._texts[one.id])
        return sorted(both, key=lambda word: (-self.weight(word), word))

    def similarity(self, one: ComparedArticle, two: ComparedArticle) -> float:
        """Return how alike two titles are, from 0 to 1: the cosine of their weighted words."""
        first, second = self._titles[one.id], self._titles[two.id]
        own = sum(self.weight(word) ** 2 for word in first)
        other = sum(self.weight(word) ** 2 for word in second)
        both = sum(self.weight(word) ** 2 for word in self.shared(one, two))
        return both / max(1e-9, sqrt(own * other))


def terms(text: str) -> list[str]:
    """Return the words of a text, or pairs of characters in scripts without spaces.

    A plural "s" and the scale of a figure are removed, so that `38M` equals `38 million`.
    """
    found: list[str] = []
    for word in similarity.words(text):
        if word[0] > _FIRST_WIDE and len(word) > 1:
            found += ["".join(pair) for pair in pairwise(word)]
        elif word[:-1].isdecimal() and word[-1] in "mbk":
            found.append(word[:-1])
        elif len(word) > 2 or word.isdecimal():
            found.append(word[:-1] if len(word) > 4 and word[-1] == "s" != word[-2] else word)
    return found


def _reason(
    one: ComparedArticle, two: ComparedArticle, weights: Weights, linked: Mapping[str, int]
) -> str:
    shared_links = _addresses(one) & _addresses(two)
    near = sorted(link for link in shared_links if linked[link] <= MAX_ARTICLES_OF_LINK)
    if near:
        return f"both name {near[0]}"
    alike = weights.similarity(one, two)
    words = weights.shared(one, two)
    rare = [word for word in words if word in set(weights.rare(one))]
    figures = [word for word in rare if word.isdecimal() and len(word) > 1]
    limit = MIN_SIMILARITY_WITH_FIGURE if figures and len(rare) > 1 else MIN_SIMILARITY
    if alike >= limit and rare and len(words) > 2:
        return f"titles share {', '.join(words[:4])} ({alike:.0%})"
    return ""


def _addresses(article: ComparedArticle) -> frozenset[str]:
    found = (addresses.same(url) for url in (article.original, *article.links) if url)
    return frozenset(url for url in found if url and not addresses.is_home(url))


def _key(articles: Sequence[ComparedArticle]) -> str:
    from site_gen.convert.drafts import naming

    named = next((each.story for each in articles if each.story), "")
    return named or naming.slug(articles[0].title, articles[0].id)
