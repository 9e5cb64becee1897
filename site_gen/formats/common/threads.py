"""Earlier coverage of a story: its page and the earlier editions with articles on it."""

from site_gen.basics import slugs
from site_gen.model import Catalog, Edition, EditionRef, Thread


class Threads:
    """Finds the threads of a catalog's stories, by edition."""

    def __init__(self, catalog: Catalog) -> None:
        self._stories = {story.key: story for story in catalog.stories}
        self._weeks: dict[str, EditionRef] = {week.id: week for week in catalog.weeks}
        self._told = {name for story in catalog.stories for name in story.editions}
        self._found: dict[str, dict[str, Thread]] = {}

    def by_card(self, edition: Edition) -> dict[str, Thread]:
        """Card id -> thread, for the cards of an edition that have one. Only earlier editions
        count, so a new edition changes no old thread."""
        name = edition.ref.id
        if name not in self._found:
            self._found[name] = self._find(edition) if name in self._told else {}
        return self._found[name]

    def _find(self, edition: Edition) -> dict[str, Thread]:
        found = {}
        for card in edition.cards:
            story = self._stories.get(slugs.folded(card.story)) if card.story else None
            if story is not None and edition.ref.id in story.editions:
                place = story.editions.index(edition.ref.id)
                before = (self._weeks[name] for name in story.editions[:place])
                earlier = tuple(ref for ref in before if ref.permalink and ref.closed)
                found[card.id] = Thread(name=story.name, permalink=story.permalink, earlier=earlier)
        return found
