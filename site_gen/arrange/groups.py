"""Cards by topic, provider and author, each group newest first."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec.structs import replace

from site_gen import permalinks
from site_gen.basics import slugs
from site_gen.model import (
    Author,
    AuthorGroup,
    Card,
    Link,
    ProviderGroup,
    SectionGroup,
    SectionRef,
    Story,
    Topic,
    TopicRef,
)
from site_gen.settings import AuthorSettings, ProviderSettings, Settings, TopicSettings


def newest_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Cards by date, newest first; equal dates by identity."""
    by_id = sorted(cards, key=attrgetter("id"))
    return tuple(sorted(by_id, key=attrgetter("date"), reverse=True))


def topics(
    cards: Iterable[Card], settings: Settings, known: Iterable[Topic] = ()
) -> tuple[Topic, ...]:
    """Topics in the order of the settings, then by count, then by slug. One holds its own cards
    and those of the topics below it. What is `known` of some stands, whatever their cards."""
    groups: dict[str, list[Card]] = {}
    refs: dict[str, TopicRef] = {}
    above = parents(settings)
    for card in cards:
        named = [ref for own in card.topics for ref in (*above.get(own.name, ()), own)]
        for ref in {ref.slug: ref for ref in named}.values():
            groups.setdefault(ref.slug, []).append(card)
            other = refs.setdefault(ref.slug, ref)
            if other.name != ref.name:
                # Articles spell a topic in several ways: the first spelling in order stands.
                refs[ref.slug] = min(other, ref, key=lambda r: (r.name.islower(), r.name))
    taken = {topic.ref.slug: topic for topic in known}
    counts = {slug: len(group) for slug, group in groups.items()}
    counts |= {slug: len(topic.cards) for slug, topic in taken.items()}
    refs |= {slug: topic.ref for slug, topic in taken.items()}
    known_topics = _known_topics(settings)

    def key(slug: str) -> tuple[int, int, int, str]:
        rank, topic = known_topics.get(refs[slug].name, (len(known_topics), None))
        return (topic.order if topic else 1 << 30), rank, -counts[slug], slug

    found = []
    ordered = sorted(counts, key=key)
    for slug in ordered:
        _, topic = known_topics.get(refs[slug].name, (0, None))
        found.append(
            Topic(
                ref=refs[slug],
                parents=above.get(refs[slug].name, ()),
                children=tuple(
                    refs[other]
                    for other in ordered
                    if above.get(refs[other].name, ())[-1:] == (refs[slug],)
                ),
                description=topic.description if topic else "",
                order=topic.order if topic else 0,
                cards=taken[slug].cards if slug in taken else newest_first(groups[slug]),
            )
        )
    return tuple(found)


def parents(settings: Settings) -> dict[str, tuple[TopicRef, ...]]:
    """Of each topic of the settings those above it, the nearest last."""
    known = {topic.name: topic for topic in settings.topics}
    found: dict[str, tuple[TopicRef, ...]] = {}
    for topic in settings.topics:
        line: list[TopicRef] = []
        at = known.get(topic.parent)
        while at is not None and len(line) < len(known):
            slug = slugs.safe(at.slug) or permalinks.slug_of_name(at.name)
            line.insert(0, TopicRef(name=at.name, slug=slug, permalink=permalinks.topic(slug)))
            at = known.get(at.parent)
        if line:
            found[topic.name] = tuple(line)
    return found


def sections(
    cards: Iterable[Card], settings: Settings, known: Iterable[SectionGroup] = ()
) -> tuple[SectionGroup, ...]:
    """Sections in the order of the settings, then by name; `known` as in `topics`."""
    groups: dict[str, list[Card]] = {}
    refs: dict[str, SectionRef] = {}
    for card in cards:
        if card.section:
            groups.setdefault(card.section.slug, []).append(card)
            other = refs.setdefault(card.section.slug, card.section)
            refs[card.section.slug] = min(
                other, card.section, key=lambda r: (r.name.islower(), r.name)
            )
    taken = {group.ref.slug: group for group in known}
    refs |= {slug: group.ref for slug, group in taken.items()}
    places = {s.name: (s.order, rank) for rank, s in enumerate(settings.sections)}
    last = (1 << 30, 0)
    ordered = sorted(
        refs.values(), key=lambda ref: (places.get(ref.name, last), ref.name, ref.slug)
    )
    return tuple(
        taken.get(r.slug) or SectionGroup(ref=r, cards=newest_first(groups[r.slug]))
        for r in ordered
    )


def stories(
    cards: Iterable[Card], editions: Iterable[str], known: Iterable[Story] = ()
) -> tuple[Story, ...]:
    """Events that two articles or more tell of, the one that was told of last first.

    `editions` are the ids of all, the oldest first. The `known` are of other cards.
    """
    places = {name: place for place, name in enumerate(editions)}
    groups: dict[str, list[Card]] = {}
    for card in cards:
        if card.story:
            groups.setdefault(slugs.folded(card.story), []).append(card)
    found = [*known]
    for key, group in groups.items():
        if len(group) > 1:
            ordered = newest_first(group)
            slug = permalinks.slug_of_name(ordered[-1].story)
            own = sorted({card.edition for card in group}, key=lambda name: places[name])
            found.append(
                Story(
                    key=key,
                    name=ordered[-1].title,
                    permalink=permalinks.story(slug),
                    editions=tuple(own),
                    cards=ordered,
                )
            )
    return tuple(sorted(found, key=lambda s: (-s.cards[0].date.timestamp(), s.key)))


def _known_topics(settings: Settings) -> dict[str, tuple[int, TopicSettings]]:
    return {topic.name: (rank, topic) for rank, topic in enumerate(settings.topics)}


def providers(
    cards: Iterable[Card], settings: Settings, known: Iterable[ProviderGroup] = ()
) -> tuple[ProviderGroup, ...]:
    """Providers by name, then key; the `known` are of other cards."""
    groups: dict[str, list[Card]] = {}
    for card in cards:
        if card.provider:
            groups.setdefault(slugs.folded(card.provider.key), []).append(card)
    settled = _settled(settings)
    found = [*known, *(_publisher(newest_first(group), settled) for group in groups.values())]
    return tuple(sorted(found, key=lambda p: (slugs.folded(p.ref.name), p.ref.key)))


def _settled(settings: Settings) -> dict[str, ProviderSettings]:
    return {p.domain.lower(): p for p in settings.providers if p.domain}


def _publisher(cards: Sequence[Card], known: Mapping[str, ProviderSettings]) -> ProviderGroup:
    ref = cards[0].provider
    assert ref is not None
    settled = known.get(ref.key)
    return ProviderGroup(
        ref=ref,
        domain=ref.key if "." in ref.key else "",
        description=settled.description if settled else "",
        feed_url=settled.feed_url if settled else "",
        cards=cards,
    )


def with_cards(
    group: Topic | SectionGroup | ProviderGroup, cards: Sequence[Card], settings: Settings
) -> Topic | SectionGroup | ProviderGroup:
    """The group with its current cards; the newest card describes a provider."""
    if isinstance(group, ProviderGroup):
        return _publisher(cards, _settled(settings))
    return replace(group, cards=cards)


def authors(
    cards: Iterable[Card],
    people: Mapping[str, Author],
    settings: Settings,
    known: Sequence[AuthorGroup] = (),
) -> tuple[AuthorGroup, ...]:
    """Authors by name; `people` holds what articles say of them, by slug; the `known` stand."""
    groups: dict[str, list[Card]] = {}
    for card in cards:
        for ref in card.authors:
            groups.setdefault(ref.slug, []).append(card)
    settled = {a.name: a for a in settings.authors.values()}
    taken = {persona.ref.slug for persona in known}
    found = [*known]
    for slug, group in groups.items():
        if slug in taken:
            continue
        ref = next(r for r in group[0].authors if r.slug == slug)
        person = people.get(slug)
        found.append(
            AuthorGroup(
                ref=ref,
                bio=person.bio if person else "",
                links=_links(settled.get(ref.name), person),
                cards=newest_first(group),
            )
        )
    return tuple(sorted(found, key=lambda p: (slugs.folded(p.ref.name), p.ref.slug)))


def _links(known: AuthorSettings | None, person: Author | None) -> tuple[Link, ...]:
    links = [Link(name=x.name, url=x.url) for x in known.links] if known else []
    if person and person.url and all(x.url != person.url for x in links):
        links.insert(0, Link(name=person.url.split("://", 1)[-1].rstrip("/"), url=person.url))
    return tuple(links)
