"""How an edition is laid out: the lead and what is beside it, then bands; stories with several
articles in one place."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from site_gen.basics import slugs
from site_gen.model import Band, Card, Edition, Lock, Note
from site_gen.problems import Problem, Where, did_you_mean, shown
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
    ranked: Sequence[Card], named: int, note: Note, settings: Settings, lock: Lock | None = None
) -> Layout:
    """The layout of an edition's cards, the most important first; of them the note names the
    first `named` as pins and lead; of a locked edition these are all that stood before the bands,
    and its bands are those of its lock.

    Where an edition has sections, every story but these is in its section; else six are beside
    the lead, and the others are in bands by their first topic.
    """
    stories = stories_of(ranked)
    leads = [story[0] for story in stories]
    sectioned = any(card.section for card in leads)
    top = min(len(leads), max(1, named) if sectioned or lock else 1 + ALSO)
    homes = {m.guid: m.band for m in lock.members} if lock and lock.bands is not None else {}
    groups: dict[str, list[list[Card]]] = {}
    for story in stories[top:]:
        slug = homes[story[0].guid] if story[0].guid in homes else _band_of(story[0], sectioned)
        groups.setdefault(slug, []).append(story)
    bands = {slug: _band(slug, group) for slug, group in groups.items()}
    ordered = _in_order(bands.values(), note, sectioned, settings)
    if lock and lock.bands is not None:
        ordered = _as_locked(ordered, lock.bands)
    shown = [*stories[:top], *(story for band in ordered for story in groups[band.slug])]
    cards = tuple(card for story in shown for card in story)
    return Layout(cards, top, tuple(ordered), len(stories))


def unknown(
    notes: Iterable[Note], cards: Iterable[Card], locked: Collection[str], settings: Settings
) -> Iterator[Problem]:
    """Names of sections that nothing has: in notes, of editions that are not `locked`, a warning;
    in the settings, where none of a section's topics is one of the site's, a note."""
    cards = tuple(cards)
    topics = {name for c in cards for t in c.topics for name in (t.name, t.slug)}
    topics |= {n for t in settings.topics for n in (t.name, t.slug, *t.aliases) if n}
    named = {name for c in cards if c.section for name in (c.section.name, c.section.slug)}
    own = [s.name for s in settings.sections]
    named |= {s.slug or slugs.slugify(s.name) for s in settings.sections}
    known: dict[str, str] = {}
    for name in (*own, *sorted(topics | named)):
        known.setdefault(slugs.folded(name), name)
    for note in notes:
        missing = [n for n in note.sections if slugs.folded(n) not in known]
        if note.id in locked or not missing or note.draft:
            continue
        near = did_you_mean(missing[0], known.values())
        yield Problem(
            "edition/unknown-section",
            f"sections: {shown(missing[0])} is no section or topic of the site.{near}",
            Where(f"content/{note.path}", key="sections"),
            "correct the name; until then the others stand in their order",
            "warning",
        )
    have = {slugs.folded(name) for name in topics}
    for at, section in enumerate(settings.sections if cards else ()):
        if section.topics and not any(slugs.folded(name) in have for name in section.topics):
            yield Problem(
                "settings/section-topics",
                f"the section {shown(section.name)} is empty: no article has a topic"
                f" {shown(section.topics[0])}.{did_you_mean(section.topics[0], topics)}",
                Where("site.toml", key=f"sections[{at}].topics"),
                "correct its topics, or let it wait for its first story",
                "note",
            )


def bands_of(edition: Edition) -> dict[str, str]:
    """guid -> slug of its band, of each card that stands in one."""
    stories = stories_of(edition.cards)
    rest = iter(stories[edition.top :])
    return {
        card.guid: band.slug
        for band in edition.bands
        for story in islice(rest, band.stories)
        for card in story
    }


def _as_locked(bands: Sequence[Band], known: Sequence[tuple[str, str]]) -> list[Band]:
    """Under the names and in the order that they had; what joined since comes after them."""
    places = {slug: (place, name) for place, (slug, name) in enumerate(known)}

    def place(band: Band) -> int:
        return places[band.slug][0] if band.slug in places else LAST

    return [
        replace(band, name=places[band.slug][1]) if band.slug in places else band
        for band in sorted(bands, key=place)
    ]


def stories_of(ranked: Sequence[Card]) -> list[list[Card]]:
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


def _band(slug: str, group: Sequence[Sequence[Card]]) -> Band:
    if not slug:
        return Band(name="", slug="", permalink="", stories=len(group))
    sections = [s[0].section for s in group if s[0].section and s[0].section.slug == slug]
    if sections and sections[0]:
        ref = sections[0]
        return Band(name=ref.name, slug=slug, permalink=ref.permalink, stories=len(group))
    topics = [topic for story in group for topic in story[0].topics if topic.slug == slug]
    if not topics:  # as a lock has it: what it was named after is gone
        return Band(name=slug, slug=slug, permalink="", stories=len(group))
    # One topic may be written in several ways: the first spelling in order stands.
    topic = min(topics, key=lambda t: (t.name.islower(), t.name))
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
