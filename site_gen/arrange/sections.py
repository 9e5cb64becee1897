"""How an edition is laid out: the lead and what is beside it, then bands; stories with several
articles in one place."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from site_gen.basics import slugs
from site_gen.model import Band, Card, Note
from site_gen.settings import Settings

ALSO = 6
"""Stories beside the lead, where an edition has no sections."""

LAST = 1 << 30


class Layout(NamedTuple):
    """Cards in the order in which they are shown, and what they are cut into: see Edition."""

    cards: tuple[Card, ...]
    top: int
    bands: tuple[Band, ...]
    stories: int


def laid_out(
    ranked: Sequence[Card], named: int, note: Note, settings: Settings, *, locked: bool = False
) -> Layout:
    """The layout of an edition's cards, the most important first; of them the note names the
    first `named` as pins and lead; of a locked edition these are all that stood before the bands.

    Where an edition has sections, every story but these is in its section; else six are beside
    the lead, and the others are in bands by their first topic.
    """
    stories = _stories(ranked)
    leads = [story[0] for story in stories]
    sectioned = any(card.section for card in leads)
    top = min(len(leads), max(1, named) if sectioned or locked else 1 + ALSO)
    groups: dict[str, list[list[Card]]] = {}
    for story in stories[top:]:
        groups.setdefault(_band_of(story[0], sectioned), []).append(story)
    bands = {slug: _band(slug, group, sectioned) for slug, group in groups.items()}
    ordered = _in_order(bands.values(), note, sectioned, settings)
    shown = [*stories[:top], *(story for band in ordered for story in groups[band.slug])]
    cards = tuple(card for story in shown for card in story)
    return Layout(cards, top, tuple(ordered), len(stories))


def _stories(ranked: Sequence[Card]) -> list[list[Card]]:
    """Articles on the same event together, at the place of the first of them."""
    found: dict[str, list[Card]] = {}
    for card in ranked:
        found.setdefault(f"story {card.story}" if card.story else f"card {card.id}", []).append(
            card
        )
    return list(found.values())


def _band_of(card: Card, sectioned: bool) -> str:
    if sectioned:
        return card.section.slug if card.section else ""
    return card.topics[0].slug if card.topics else ""


def _band(slug: str, group: Sequence[Sequence[Card]], sectioned: bool) -> Band:
    first = group[0][0]
    if not slug:
        return Band(name="", slug="", permalink="", stories=len(group))
    if sectioned and first.section:
        ref = first.section
        return Band(name=ref.name, slug=slug, permalink=ref.permalink, stories=len(group))
    # One topic may be written in several ways: the first spelling in order stands.
    topic = min((story[0].topics[0] for story in group), key=lambda t: (t.name.islower(), t.name))
    return Band(
        name=topic.name, slug=slug, permalink=topic.permalink, stories=len(group), topic=topic
    )


def _in_order(bands: Iterable[Band], note: Note, sectioned: bool, settings: Settings) -> list[Band]:
    """As the note says, then as the settings do, then the largest first; what has no name last."""
    noted = {slugs.folded(name): place for place, name in reversed([*enumerate(note.sections)])}
    known: dict[str, tuple[int, int]] = {}
    if sectioned:
        for rank, section in enumerate(settings.sections):
            known[slugs.folded(section.name)] = (section.order, rank)
    else:
        for rank, topic in enumerate(settings.topics):
            known[slugs.folded(topic.name)] = (topic.order, rank)

    def key(band: Band) -> tuple[bool, int, tuple[int, int], int, str]:
        name = slugs.folded(band.name)
        place = noted.get(name, noted.get(slugs.folded(band.slug), LAST))
        return not band.slug, place, known.get(name, (LAST, LAST)), -band.stories, band.slug

    return sorted(bands, key=key)
