"""What an edition shows, in the one order that page, e-mail, e-book, feed and API share."""

from collections.abc import Callable, Iterator
from itertools import islice
from math import ceil
from typing import NamedTuple

from site_gen.model import Band, Budget, Card, Edition
from site_gen.story_order import rank

MINUTES = (5, 15)
"""Reading budgets, beside the whole."""

WORDS_A_MINUTE = 220
_WIDE = "\u2e7f"


class Told(NamedTuple):
    """A story: the card that leads it, and others on the same event."""

    card: Card
    covered: tuple[Card, ...] = ()


class Part(NamedTuple):
    """A band and its stories."""

    band: Band
    stories: tuple[Told, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(story.card for story in self.stories)


class Contents(NamedTuple):
    """The stories of an edition: the first ones, then those in bands."""

    top: tuple[Told, ...]
    parts: tuple[Part, ...]

    @property
    def stories(self) -> tuple[Told, ...]:
        return (*self.top, *(story for part in self.parts for story in part.stories))


OTHERS = Band(name="", slug="", permalink="", stories=0)


def contents(edition: Edition, keep: Callable[[Card], bool] = lambda card: True) -> Contents:
    """The contents of an edition, of the cards that `keep` lets pass."""
    left = _stories(tuple(edition.cards))

    def some(count: int | None) -> tuple[Told, ...]:
        told = (_kept(story, keep) for story in islice(left, count))
        return tuple(story for story in told if story)

    top = some(edition.top)
    parts = [Part(band, some(band.stories)) for band in edition.bands]
    parts.append(Part(OTHERS, some(None)))
    return Contents(top, tuple(part for part in parts if part.stories))


def budgets(found: Contents) -> tuple[Budget, ...]:
    """Selections of an edition for a reading time; none that holds all of it."""
    stories = found.stories
    total = sum(seconds(story.card) for story in stories)
    rest = [story for part in found.parts for story in part.stories]
    ranked = [*found.top, *sorted(rest, key=lambda story: rank(story.card))]
    return tuple(
        Budget(minutes=minutes, cards=tuple(_fitting(ranked, minutes * 60)))
        for minutes in MINUTES
        if minutes * 60 < total
    )


def minutes_of(stories: tuple[Told, ...]) -> int:
    """Reading time of stories together, in whole minutes."""
    return ceil(sum(seconds(story.card) for story in stories) / 60)


def seconds(card: Card) -> int:
    """Reading time of a story: of its text, else of its title and excerpt."""
    if card.minutes:
        return card.minutes * 60
    text = f"{card.title} {card.excerpt}"
    words = len(text.split())
    if not text.isascii():
        words += sum(character > _WIDE for character in text) // 2
    return max(5, words * 60 // WORDS_A_MINUTE)


def _fitting(ranked: list[Told], budget: int) -> Iterator[Card]:
    """The first story, and those after it that still fit."""
    for place, story in enumerate(ranked):
        needed = seconds(story.card)
        if place == 0 or needed <= budget:
            budget -= needed
            yield story.card


def _stories(cards: tuple[Card, ...]) -> Iterator[list[Card]]:
    """Cards that follow the first of their story, with it."""
    story: list[Card] = []
    for card in cards:
        if story and (not card.story or card.story != story[0].story):
            yield story
            story = []
        story.append(card)
    if story:
        yield story


def _kept(story: list[Card], keep: Callable[[Card], bool]) -> Told | None:
    shown = [card for card in story if keep(card)]
    return Told(shown[0], tuple(shown[1:])) if shown else None
