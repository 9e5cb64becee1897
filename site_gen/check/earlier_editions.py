"""Finds articles that an earlier edition had already, by address or by title."""

from collections.abc import Iterable
from typing import NamedTuple

from site_gen.check import addresses
from site_gen.check.titles import Titles
from site_gen.model import Catalog

ALIKE = 0.9
"""Similarity from which two titles count as the same."""


class SentArticle(NamedTuple):
    """An article of a closed edition: `edition` is "No. 12", or an id if it has no number."""

    path: str
    title: str
    edition: str


class SentArticles:
    """The articles of all closed editions, by address and title."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_address: dict[str, SentArticle] = {}
        self._titles = Titles[SentArticle]()
        paths = {ref.card.id: ref.path for ref in catalog.articles}
        for edition in reversed(catalog.editions):
            if not edition.ref.closed:
                continue
            number = edition.ref.number
            name = edition.ref.id if number is None else f"No. {number}"
            for card in edition.cards:
                article = SentArticle(f"content/{paths[card.id]}", card.title, name)
                form = addresses.same(card.original)
                if form and not addresses.is_home(form):
                    self._by_address.setdefault(form, article)
                self._titles.add(card.title, article)

    def find(self, title: str, originals: Iterable[str], path: str) -> SentArticle | None:
        """Return the first sent article but `path` with one of these addresses or a like title."""
        for form in map(addresses.same, originals):
            found = self._by_address.get(form) if form else None
            if found and found.path != path:
                return found
        return next((s for s in self._titles.near(title, ALIKE) if s.path != path), None)
