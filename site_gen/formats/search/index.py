"""Search without a server: an index in small files that `search.js` of the theme asks.

Articles are numbered from the oldest edition and cut, between editions, into segments: of about
a thousand, then at most four of a quarter of that, then the newest. A segment has shards (its
terms, by a hash of how they begin), cards (what a result shows) and facets (topic, provider,
year). So an edit concerns one segment, one article more the newest, which has few shards, and a
query loads one shard of each segment for each of its words.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from site_gen import permalinks
from site_gen.basics import dates, digest
from site_gen.formats.common.plain import cut, one_line
from site_gen.formats.common.publishable import shows_body
from site_gen.formats.common.site import site_view
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.common.wording import edition_name
from site_gen.formats.search.shards import encoded, packed, postings, shards
from site_gen.formats.search.terms import GROUPS, grouped, seal_of
from site_gen.model import ArticleRef, Card, Catalog, Edition, Noun, Page, Stored, View
from site_gen.settings import Settings

SEGMENT = 1024
"""Articles after which a segment ends with the edition: more make an edit dearer, fewer a query."""

PART = 256
"""Articles after which another segment begins with the next edition; parts that come to SEGMENT are
made one."""

PER_SHARD = 4
"""Articles of a segment for each of its shards: fewer make smaller files, and more of them."""

NEWEST = 12
"""Shards of the newest segment at most: an article more changes all of them."""

PER_FILE = 16
"""Cards in one file."""

EXCERPT = 160
TITLE = 300
FOLDER = permalinks.SEARCH.lstrip("/")


class Hit(Noun, frozen=True, kw_only=True):
    """What a result shows, as the card has it; `url` is site-absolute or absolute."""

    title: str
    url: str
    excerpt: str
    date: datetime
    provider: str
    topic: str
    language: str


class Traits(Noun, frozen=True, kw_only=True):
    """What a filter asks of an article; `year` is in the site's zone."""

    topics: tuple[str, ...]
    provider: str
    year: int


class Choice(Noun, frozen=True, kw_only=True):
    """One value of a filter."""

    value: str
    name: str


class Shard(Noun, frozen=True, kw_only=True):
    """What a shard is: the `bucket` of so many, of a segment of `count` documents.

    group   the group of terms that has this bucket; None where it has some of each
    notes   number and lines of terms of each document that is the note of an edition
    """

    bucket: int
    buckets: int
    count: int
    group: int | None
    notes: tuple[tuple[int, tuple[str, ...]], ...]


class SearchConfig(Noun, frozen=True, kw_only=True):
    """Data for the search script: sizes of the segments, choices of the filters.

    segments   "1012/128 640/64": articles and shards of each, oldest first
    """

    segments: str
    per_file: int
    topics: tuple[Choice, ...]
    providers: tuple[Choice, ...]
    years: tuple[int, ...]


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """Every file of the index; nothing without the HTML pages that it leads to."""
    if "html" not in settings.formats:
        return
    zone = ZoneInfo(settings.timezone)
    notes = {_note_id(e): e.note for e in catalog.editions if e.note}
    found = segments(catalog, settings)
    for number, segment in enumerate(found, 1):
        buckets = buckets_of(len(segment), newest=number == len(found))
        folder = f"{FOLDER}{number}/"
        seal = partial(_digest, segment, buckets, notes, digests)
        plan = partial(_segment, folder, segment, buckets, notes, settings, zone)
        yield Unit(f"segment {number}", seal, plan)


def render(page: Page, theme: object) -> bytes:
    """One file of the index, as JSON."""
    if page.kind == "search-shard":
        shard: Shard = page.views["shard"].value
        return _shards(shard, page.views["terms"]).get(shard.bucket) or encoded({})
    if page.kind == "search-cards":
        zone = ZoneInfo(page.views["zone"].value)
        return encoded([_shown(hit, zone) for hit in page.views["hits"].value])
    return encoded(_facets(page.views["traits"].value))


def config(catalog: Catalog, settings: Settings) -> SearchConfig:
    """What the search page needs to know of the index."""
    zone = ZoneInfo(settings.timezone)
    parts = segments(catalog, settings)
    sizes = (
        f"{len(part)}/{buckets_of(len(part), newest=number == len(parts))}"
        for number, part in enumerate(parts, 1)
    )
    cards = [article.card for part in parts for article in part]
    topics = {t.slug for card in cards for t in card.topics}
    providers = {c.provider.key: c.provider.name for c in cards if c.provider}
    ordered = sorted(providers.items(), key=lambda item: (item[1].casefold(), item[0]))
    return SearchConfig(
        segments=" ".join(sizes),
        per_file=PER_FILE,
        topics=tuple(
            Choice(value=t.ref.slug, name=t.ref.name)
            for t in catalog.topics
            if t.ref.slug in topics
        ),
        providers=tuple(Choice(value=key, name=name) for key, name in ordered),
        years=tuple(sorted({_year(card.date, zone) for card in cards}, reverse=True)),
    )


def segments(catalog: Catalog, settings: Settings) -> list[list[ArticleRef]]:
    """Articles and notes that may be found, oldest edition first, cut where an edition ends.

    The newest edition adds to the last segment only; an article that comes late to an old one
    rarely moves a cut. Four parts become one segment when a fifth begins.
    """
    shown = [a for a in catalog.articles if not a.card.draft and not a.card.future]
    shown += [_note_ref(edition, settings) for edition in catalog.editions if edition.note]
    days = {week.id: (week.last, week.id) for week in catalog.weeks}
    shown.sort(key=lambda a: (days[a.card.edition], a.card.date, a.card.id))
    parts: list[list[ArticleRef]] = []
    for _, edition in groupby(shown, key=lambda a: a.card.edition):
        if not parts or len(parts[-1]) >= PART:
            parts.append([])
        parts[-1].extend(edition)
    found: list[list[ArticleRef]] = []
    left = parts[:-1]
    while sum(map(len, left)) >= SEGMENT:
        whole: list[ArticleRef] = []
        while len(whole) < SEGMENT:
            whole += left.pop(0)
        found.append(whole)
    return [*found, *left, *parts[-1:]]


def _note_id(edition: Edition) -> str:
    return edition.path.removesuffix(".md")


def _note_ref(edition: Edition, settings: Settings) -> ArticleRef:
    """The note of an edition, as if it were an article: a result leads to the edition."""
    ref = edition.ref
    card = Card(
        id=_note_id(edition),
        slug=ref.id,
        permalink=ref.permalink,
        link=ref.permalink,
        guid=edition.guid,
        title=f"{settings.title} {edition_name(ref, site_view(settings))}",
        excerpt=edition.excerpt,
        date=edition.cutoff,
        lastmod=edition.lastmod,
        edition=ref.id,
    )
    return ArticleRef(card=card, path=edition.path, detail="", body="")


def buckets_of(size: int, *, newest: bool = False) -> int:
    """How many shards a segment of `size` articles has: a power of two, but in the newest."""
    wanted = 1 << max(0, (size // PER_SHARD).bit_length() - 1)
    return min(wanted, NEWEST) if newest else wanted


def _digest(
    articles: list[ArticleRef], buckets: int, notes: Mapping[str, str], digests: Digests
) -> str:
    """Of what a segment is made from; a note that stands in for an article has no digest yet."""
    cards = (ref.digest or digest.of_value(ref.card) for ref in articles)
    bodies = (digests.body(ref) if shows_body(ref.card) else "" for ref in articles)
    own = (notes.get(ref.card.id, "") for ref in articles if not ref.body)
    return digest.of_parts(str(buckets), *cards, *bodies, *own)


def _segment(
    folder: str,
    articles: list[ArticleRef],
    buckets: int,
    notes: Mapping[str, str],
    settings: Settings,
    zone: ZoneInfo,
) -> Iterator[Page]:
    cards = [article.card for article in articles]
    for shard, terms in _shards_of(articles, buckets, notes):
        own = {"shard": view(shard), "terms": terms}
        yield _page(f"{folder}{shard.bucket}.json", "search-shard", own)
    traits = tuple(_traits(card, zone) for card in cards)
    yield _page(f"{folder}facets.json", "search-facets", {"traits": view(traits)})
    where = view(settings.timezone)
    for start in range(0, len(cards), PER_FILE):
        hits = tuple(_hit(card, settings) for card in cards[start : start + PER_FILE])
        path = f"{folder}cards-{start // PER_FILE}.json"
        yield _page(path, "search-cards", {"hits": view(hits), "zone": where})


def _page(path: str, kind: str, views: dict[str, View]) -> Page:
    return Page(path=path, format="search", kind=kind, views=views, origin="the search index")


def _shards_of(
    articles: list[ArticleRef], buckets: int, notes: Mapping[str, str]
) -> Iterator[tuple[Shard, View]]:
    """Each shard of a segment with its view of the terms, those of a group in a row."""
    own = {
        number: grouped(ref.card.title, ref.card.excerpt, notes[ref.card.id])
        for number, ref in enumerate(articles)
        if ref.card.id in notes
    }
    seals = [ref.terms if i not in own else own[i].seals for i, ref in enumerate(articles)]
    stored = tuple(
        [Stored(part="terms", path=r.path) for i, r in enumerate(articles) if i not in own]
    )
    # A hash modulo a power of two has the lower powers of two in it.
    groups = range(GROUPS) if buckets % GROUPS == 0 else (None,)
    for group in groups:
        lines = [
            (i, n.lines if group is None else n.lines[group : group + 1]) for i, n in own.items()
        ]
        parts = seals if group is None else [seal_of(each, group) for each in seals]
        terms = View(digest=digest.of_bytes(b"".join(parts)), value=stored)
        for bucket in range(group or 0, buckets, 1 if group is None else GROUPS):
            yield (
                Shard(
                    bucket=bucket,
                    buckets=buckets,
                    count=len(articles),
                    group=group,
                    notes=tuple([(number, tuple(each)) for number, each in lines]),
                ),
                terms,
            )


_last: tuple[object, dict[int, bytes]] = ((), {})


def _shards(shard: Shard, terms: View) -> dict[int, bytes]:
    """All shards of a group, by bucket. The last group's are kept: they come one after another."""
    global _last
    key = (terms.digest, shard.buckets, shard.count, shard.group, shard.notes)
    if _last[0] != key:
        _last = (key, shards(postings(_documents(shard, terms.value)), shard.count, shard.buckets))
    return _last[1]


def _documents(shard: Shard, stored: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The lines of terms of each document, as far as they concern a shard."""
    notes, left, group = dict(shard.notes), iter(stored), shard.group
    for number in range(shard.count):
        if number in notes:
            yield notes[number]
        else:
            lines = next(left)
            yield lines if group is None else (lines[group],)


def _facets(traits: Sequence[Traits]) -> dict[str, dict[str, str]]:
    """Filter -> value -> packed numbers of the documents that have it."""
    found: dict[str, dict[str, list[int]]] = {"topic": {}, "provider": {}, "year": {}}
    for number, trait in enumerate(traits):
        for slug in dict.fromkeys(trait.topics):
            found["topic"].setdefault(slug, []).append(number)
        if trait.provider:
            found["provider"].setdefault(trait.provider, []).append(number)
        found["year"].setdefault(str(trait.year), []).append(number)
    return {
        name: {value: packed(numbers, len(traits)) for value, numbers in sorted(values.items())}
        for name, values in found.items()
    }


def _traits(card: Card, zone: ZoneInfo) -> Traits:
    return Traits(
        topics=tuple(topic.slug for topic in card.topics),
        provider=card.provider.key if card.provider else "",
        year=_year(card.date, zone),
    )


def _hit(card: Card, settings: Settings) -> Hit:
    return Hit(
        title=card.title,
        url=card.link,
        excerpt=card.excerpt,
        date=card.date,
        provider=card.provider.name if card.provider else "",
        topic=card.topics[0].name if card.topics else "",
        language=card.language if card.language != settings.language else "",
    )


def _shown(hit: Hit, zone: ZoneInfo) -> dict[str, str]:
    """A hit as its file has it: cut, and without what is empty."""
    found = {
        "title": one_line(cut(hit.title, TITLE)),
        "url": hit.url,
        "excerpt": one_line(cut(hit.excerpt, EXCERPT)),
        "day": dates.day_in(hit.date, zone).isoformat(),
        "provider": one_line(hit.provider),
        "topic": one_line(hit.topic),
        "language": hit.language,
    }
    return {name: value for name, value in found.items() if value}


def _year(moment: datetime, zone: ZoneInfo) -> int:
    # Only at the turn of a year can a zone change it; the whole calendar would cost every build.
    turn = (moment.month, moment.day) in ((1, 1), (12, 31))
    return dates.day_in(moment, zone).year if turn else moment.year
