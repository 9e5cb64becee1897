"""The history of a story: earlier editions that told it, and its own page."""

from site_gen.basics import slugs
from site_gen.model import Catalog, Edition, EditionRef, Thread


class Threads:
    """The stories of a catalog, for the editions that tell of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._stories = {story.key: story for story in catalog.stories}
        self._weeks: dict[str, EditionRef] = {week.id: week for week in catalog.weeks}
        self._told = {name for story in catalog.stories for name in story.editions}
        self._found: dict[str, dict[str, Thread]] = {}

    def of(self, edition: Edition) -> dict[str, Thread]:
        """By the id of a card: what went before. Later editions leave it as it is."""
        name = edition.ref.id
        if name not in self._found:
            self._found[name] = self._of(edition) if name in self._told else {}
        return self._found[name]

    def _of(self, edition: Edition) -> dict[str, Thread]:
        found = {}
        for card in edition.cards:
            story = self._stories.get(slugs.folded(card.story)) if card.story else None
            if story is not None and edition.ref.id in story.editions:
                place = story.editions.index(edition.ref.id)
                before = (self._weeks[name] for name in story.editions[:place])
                earlier = tuple(ref for ref in before if ref.permalink and ref.closed)
                found[card.id] = Thread(name=story.name, permalink=story.permalink, earlier=earlier)
        return found
