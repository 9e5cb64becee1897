"""Earlier coverage of a story: its page and the earlier editions with articles on it.

A locked edition names those that its lock has, whatever is written in earlier ones since.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from site_gen.basics import slugs
from site_gen.model import Catalog, Edition, EditionRef, Named, Story, Thread


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
            told = name in self._told or edition.threads
            self._found[name] = self._find(edition) if told else {}
        return self._found[name]

    def _find(self, edition: Edition) -> dict[str, Thread]:
        found = {}
        recorded = dict(edition.threads or ())
        for card in filter(lambda card: card.story, edition.cards):
            story = self._stories.get(slugs.folded(card.story))
            if card.guid in recorded:
                earlier = self._as_sent(recorded[card.guid])
            else:
                earlier = self._before(edition, story)
            if earlier or (story and edition.ref.id in story.editions):
                found[card.id] = Thread(
                    name=story.name if story else card.title,
                    permalink=story.permalink if story else "",
                    earlier=earlier,
                )
        return found

    def _as_sent(self, told: Iterable[Named]) -> tuple[EditionRef, ...]:
        return tuple(
            replace(self._weeks[name], number=number or None)
            for name, number in told
            if name in self._weeks
        )

    def _before(self, edition: Edition, story: Story | None) -> tuple[EditionRef, ...]:
        """The closed editions before this one that the story was in."""
        if story is None or edition.ref.id not in story.editions:
            return ()
        names = story.editions[: story.editions.index(edition.ref.id)]
        refs = (self._weeks[name] for name in names)
        return tuple(ref for ref in refs if ref.permalink and ref.closed)
