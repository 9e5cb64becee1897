"""What stood in an earlier edition: the same address, or a title that says the same."""

from collections.abc import Iterable
from typing import NamedTuple

from site_gen.check import addresses
from site_gen.check.titles import Titles
from site_gen.model import Catalog

ALIKE = 0.9
"""Likeness of two titles from which they say the same."""


class Sent(NamedTuple):
    """An article of a closed edition: `edition` as readers know it, "No. 12" or its id."""

    path: str
    title: str
    edition: str


class Memory:
    """The closed editions of a site, by what an article may repeat of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_address: dict[str, Sent] = {}
        self._titles = Titles[Sent]()
        paths = {ref.card.id: ref.path for ref in catalog.articles}
        for edition in reversed(catalog.editions):
            if not edition.ref.closed:
                continue
            number = edition.ref.number
            name = edition.ref.id if number is None else f"No. {number}"
            for card in edition.cards:
                sent = Sent(f"content/{paths[card.id]}", card.title, name)
                form = addresses.same(card.original)
                if form and not addresses.is_home(form):
                    self._by_address.setdefault(form, sent)
                self._titles.add(card.title, sent)

    def sent(self, title: str, originals: Iterable[str], path: str) -> Sent | None:
        """The first article of a closed edition, but for the one at `path`, that was this."""
        for form in map(addresses.same, originals):
            found = self._by_address.get(form) if form else None
            if found and found.path != path:
                return found
        return next((s for s in self._titles.near(title, ALIKE) if s.path != path), None)
