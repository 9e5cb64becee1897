"""The stories of an edition in the order that page, e-mail, e-book, feed and API share."""

from collections.abc import Callable, Iterator
from itertools import islice
from math import ceil
from typing import NamedTuple

from site_gen.model import Band, Budget, Card, Edition
from site_gen.story_order import rank

BUDGET_MINUTES = (5, 15)
"""Reading times that selections of an edition's stories are offered for."""

WORDS_A_MINUTE = 220
_WIDE = "\u2e7f"


class StoryGroup(NamedTuple):
    """The card that leads a story, and the cards of other articles on the same event."""

    card: Card
    covered: tuple[Card, ...] = ()


class BandStories(NamedTuple):
    """A band of an edition and its stories."""

    band: Band
    stories: tuple[StoryGroup, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(story.card for story in self.stories)


class Contents(NamedTuple):
    """The stories of an edition: the top ones, then the others by band."""

    top: tuple[StoryGroup, ...]
    parts: tuple[BandStories, ...]

    @property
    def stories(self) -> tuple[StoryGroup, ...]:
        return (*self.top, *(story for part in self.parts for story in part.stories))


NO_BAND = Band(name="", slug="", permalink="", stories=0)


def contents(edition: Edition, keep: Callable[[Card], bool] = lambda card: True) -> Contents:
    """The contents of an edition, limited to the cards that `keep` accepts."""
    left = _group_by_story(tuple(edition.cards))

    def some(count: int | None) -> tuple[StoryGroup, ...]:
        told = (_filter_story(story, keep) for story in islice(left, count))
        return tuple(story for story in told if story)

    top = some(edition.top)
    parts = [BandStories(band, some(band.stories)) for band in edition.bands]
    parts.append(BandStories(NO_BAND, some(None)))
    return Contents(top, tuple(part for part in parts if part.stories))


def reading_budgets(found: Contents) -> tuple[Budget, ...]:
    """For each number of minutes in BUDGET_MINUTES the most important stories that can be read in
    them. Numbers that are enough for the whole edition are left out."""
    stories = found.stories
    total = sum(reading_seconds(story.card) for story in stories)
    rest = [story for part in found.parts for story in part.stories]
    ranked = [*found.top, *sorted(rest, key=lambda story: rank(story.card))]
    return tuple(
        Budget(minutes=minutes, cards=tuple(_select_fitting(ranked, minutes * 60)))
        for minutes in BUDGET_MINUTES
        if minutes * 60 < total
    )


def reading_minutes(stories: tuple[StoryGroup, ...]) -> int:
    """The reading time of `stories` together, in whole minutes, rounded up."""
    return ceil(sum(reading_seconds(story.card) for story in stories) / 60)


def reading_seconds(card: Card) -> int:
    """The reading time of an article's text, else of its title and excerpt, in seconds."""
    if card.minutes:
        return card.minutes * 60
    text = f"{card.title} {card.excerpt}"
    words = len(text.split())
    if not text.isascii():
        words += sum(character > _WIDE for character in text) // 2
    return max(5, words * 60 // WORDS_A_MINUTE)


def _select_fitting(ranked: list[StoryGroup], budget: int) -> Iterator[Card]:
    """The first story, and each later one that fits into what is left of `budget` seconds."""
    for place, story in enumerate(ranked):
        needed = reading_seconds(story.card)
        if place == 0 or needed <= budget:
            budget -= needed
            yield story.card


def _group_by_story(cards: tuple[Card, ...]) -> Iterator[list[Card]]:
    """Neighbouring cards of the same story as one list."""
    story: list[Card] = []
    for card in cards:
        if story and (not card.story or card.story != story[0].story):
            yield story
            story = []
        story.append(card)
    if story:
        yield story


def _filter_story(story: list[Card], keep: Callable[[Card], bool]) -> StoryGroup | None:
    shown = [card for card in story if keep(card)]
    return StoryGroup(shown[0], tuple(shown[1:])) if shown else None
