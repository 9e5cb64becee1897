"""The search index: small static files that the theme's `search.js` loads.

Articles are sorted by edition, oldest first, and split between editions into segments: of about a
thousand, then at most four of a quarter of that, then the newest. A segment has shards (terms, by a
hash of their prefix), cards (what a result shows) and facets (topic, provider, year). So an edit
changes one segment, a new article the newest one, which has few shards, and a query loads one shard
of each segment for each of its words.
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
from site_gen.formats.search.shards import (
    build_postings,
    encode_json,
    encode_shards,
    pack_numbers,
)
from site_gen.formats.search.terms import GROUPS, group_digest, group_terms
from site_gen.model import ArticleRef, Card, Catalog, Edition, Page, Record, Stored, View
from site_gen.settings import Settings

SEGMENT_SIZE = 1024
"""A segment ends with the edition that brings it to so many articles. Larger segments make an edit
slower, smaller ones a query."""

PART_SIZE = 256
"""A new part ends with the edition that brings it to so many articles. Parts that together have
SEGMENT_SIZE articles are merged into a segment."""

ARTICLES_PER_SHARD = 4
"""Articles of a segment for each of its shards. Fewer make smaller and more files."""

NEWEST_MAX_SHARDS = 12
"""The newest segment has at most so many shards, as a new article changes all of them."""

CARDS_PER_FILE = 16

MAX_EXCERPT = 160
MAX_TITLE = 300
FOLDER = permalinks.SEARCH.lstrip("/")


class Result(Record, frozen=True, kw_only=True):
    """What a search result shows, taken from the card; `url` is site-absolute or absolute."""

    title: str
    url: str
    excerpt: str
    date: datetime
    provider: str
    topic: str
    language: str


class FilterValues(Record, frozen=True, kw_only=True):
    """The values of an article that filters use; `year` is in the site's time zone."""

    topics: tuple[str, ...]
    provider: str
    year: int


class Choice(Record, frozen=True, kw_only=True):
    """An option of a filter."""

    value: str
    name: str


class Shard(Record, frozen=True, kw_only=True):
    """Shard number `bucket` of `buckets`, of a segment of `count` documents.

    group   the group of terms with this bucket's terms; None if all groups have some
    notes   (number, lines of terms) of each document that is the note of an edition
    """

    bucket: int
    buckets: int
    count: int
    group: int | None
    notes: tuple[tuple[int, tuple[str, ...]], ...]


class SearchConfig(Record, frozen=True, kw_only=True):
    """What the search page passes to its script: sizes of the segments, options of the filters.

    segments   "1012/128 640/64": articles and shards of each, oldest first
    """

    segments: str
    per_file: int
    topics: tuple[Choice, ...]
    providers: tuple[Choice, ...]
    years: tuple[int, ...]


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit for each segment; none without HTML pages, to which results link."""
    if "html" not in settings.formats:
        return
    zone = ZoneInfo(settings.timezone)
    notes = {_note_id(e): e.note for e in catalog.editions if e.note}
    found = split_segments(catalog, settings)
    for number, segment in enumerate(found, 1):
        buckets = count_buckets(len(segment), newest=number == len(found))
        folder = f"{FOLDER}{number}/"
        own_digest = partial(_segment_digest, segment, buckets, notes, digests)
        plan = partial(_segment_pages, folder, segment, buckets, notes, settings, zone)
        yield Unit(f"segment {number}", own_digest, plan)


def render(page: Page, theme: object) -> bytes:
    """A file of the index, as JSON."""
    if page.kind == "search-shard":
        shard: Shard = page.views["shard"].value
        return _group_shards(shard, page.views["terms"]).get(shard.bucket) or encode_json({})
    if page.kind == "search-cards":
        zone = ZoneInfo(page.views["zone"].value)
        return encode_json([_result_json(hit, zone) for hit in page.views["hits"].value])
    return encode_json(_facets(page.views["traits"].value))


def search_config(catalog: Catalog, settings: Settings) -> SearchConfig:
    """The data for the search page's script."""
    zone = ZoneInfo(settings.timezone)
    parts = split_segments(catalog, settings)
    sizes = (
        f"{len(part)}/{count_buckets(len(part), newest=number == len(parts))}"
        for number, part in enumerate(parts, 1)
    )
    cards = [article.card for part in parts for article in part]
    topics = {t.slug for card in cards for t in card.topics}
    providers = {c.provider.key: c.provider.name for c in cards if c.provider}
    ordered = sorted(providers.items(), key=lambda item: (item[1].casefold(), item[0]))
    return SearchConfig(
        segments=" ".join(sizes),
        per_file=CARDS_PER_FILE,
        topics=tuple(
            Choice(value=t.ref.slug, name=t.ref.name)
            for t in catalog.topics
            if t.ref.slug in topics
        ),
        providers=tuple(Choice(value=key, name=name) for key, name in ordered),
        years=tuple(sorted({_year(card.date, zone) for card in cards}, reverse=True)),
    )


def split_segments(catalog: Catalog, settings: Settings) -> list[list[ArticleRef]]:
    """Visible articles and notes by segment, oldest edition first, split where an edition ends.

    The newest edition changes the last segment only, and an article added to an old edition rarely
    moves a split. Four parts become one segment when a fifth begins.
    """
    shown = [a for a in catalog.articles if not a.card.draft and not a.card.future]
    shown += [_note_ref(edition, settings) for edition in catalog.editions if edition.note]
    days = {week.id: (week.last, week.id) for week in catalog.weeks}
    shown.sort(key=lambda a: (days[a.card.edition], a.card.date, a.card.id))
    parts: list[list[ArticleRef]] = []
    for _, edition in groupby(shown, key=lambda a: a.card.edition):
        if not parts or len(parts[-1]) >= PART_SIZE:
            parts.append([])
        parts[-1].extend(edition)
    found: list[list[ArticleRef]] = []
    left = parts[:-1]
    while sum(map(len, left)) >= SEGMENT_SIZE:
        whole: list[ArticleRef] = []
        while len(whole) < SEGMENT_SIZE:
            whole += left.pop(0)
        found.append(whole)
    return [*found, *left, *parts[-1:]]


def _note_id(edition: Edition) -> str:
    return edition.path.removesuffix(".md")


def _note_ref(edition: Edition, settings: Settings) -> ArticleRef:
    """The note of an edition as an article; its result links to the edition."""
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


def count_buckets(size: int, *, newest: bool = False) -> int:
    """The number of shards of a segment of `size` articles: a power of two, except in the newest
    segment."""
    wanted = 1 << max(0, (size // ARTICLES_PER_SHARD).bit_length() - 1)
    return min(wanted, NEWEST_MAX_SHARDS) if newest else wanted


def _segment_digest(
    articles: list[ArticleRef], buckets: int, notes: Mapping[str, str], digests: Digests
) -> str:
    """A digest of what a segment is made from. The ref of a note has no digest, so its text is
    included."""
    cards = (ref.digest or digest.of_value(ref.card) for ref in articles)
    bodies = (digests.body(ref) if shows_body(ref.card) else "" for ref in articles)
    own = (notes.get(ref.card.id, "") for ref in articles if not ref.body)
    return digest.of_parts(str(buckets), *cards, *bodies, *own)


def _segment_pages(
    folder: str,
    articles: list[ArticleRef],
    buckets: int,
    notes: Mapping[str, str],
    settings: Settings,
    zone: ZoneInfo,
) -> Iterator[Page]:
    cards = [article.card for article in articles]
    for shard, terms in _plan_shards(articles, buckets, notes):
        own = {"shard": view(shard), "terms": terms}
        yield _page(f"{folder}{shard.bucket}.json", "search-shard", own)
    traits = tuple(_filter_values(card, zone) for card in cards)
    yield _page(f"{folder}facets.json", "search-facets", {"traits": view(traits)})
    where = view(settings.timezone)
    for start in range(0, len(cards), CARDS_PER_FILE):
        hits = tuple(_result(card, settings) for card in cards[start : start + CARDS_PER_FILE])
        path = f"{folder}cards-{start // CARDS_PER_FILE}.json"
        yield _page(path, "search-cards", {"hits": view(hits), "zone": where})


def _page(path: str, kind: str, views: dict[str, View]) -> Page:
    return Page(path=path, format="search", kind=kind, views=views, origin="the search index")


def _plan_shards(
    articles: list[ArticleRef], buckets: int, notes: Mapping[str, str]
) -> Iterator[tuple[Shard, View]]:
    """Each shard of a segment with the view of its terms, sorted by group."""
    own = {
        number: group_terms(ref.card.title, ref.card.excerpt, notes[ref.card.id])
        for number, ref in enumerate(articles)
        if ref.card.id in notes
    }
    term_digests = [ref.terms if i not in own else own[i].digests for i, ref in enumerate(articles)]
    stored = tuple(
        [Stored(part="terms", path=r.path) for i, r in enumerate(articles) if i not in own]
    )
    # A hash modulo a power of two also determines it modulo the lower powers of two.
    groups = range(GROUPS) if buckets % GROUPS == 0 else (None,)
    for group in groups:
        lines = [
            (i, n.lines if group is None else n.lines[group : group + 1]) for i, n in own.items()
        ]
        parts = (
            term_digests if group is None else [group_digest(each, group) for each in term_digests]
        )
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


def _group_shards(shard: Shard, terms: View) -> dict[int, bytes]:
    """The files of a group's shards, by bucket. Cached: the shards of a group are rendered in a
    row."""
    global _last
    key = (terms.digest, shard.buckets, shard.count, shard.group, shard.notes)
    if _last[0] != key:
        _last = (
            key,
            encode_shards(
                build_postings(_documents(shard, terms.value)), shard.count, shard.buckets
            ),
        )
    return _last[1]


def _documents(shard: Shard, stored: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The lines of terms of each document that a shard needs."""
    notes, left, group = dict(shard.notes), iter(stored), shard.group
    for number in range(shard.count):
        if number in notes:
            yield notes[number]
        else:
            lines = next(left)
            yield lines if group is None else (lines[group],)


def _facets(traits: Sequence[FilterValues]) -> dict[str, dict[str, str]]:
    """Filter -> value -> packed numbers of the documents with it."""
    found: dict[str, dict[str, list[int]]] = {"topic": {}, "provider": {}, "year": {}}
    for number, trait in enumerate(traits):
        for slug in dict.fromkeys(trait.topics):
            found["topic"].setdefault(slug, []).append(number)
        if trait.provider:
            found["provider"].setdefault(trait.provider, []).append(number)
        found["year"].setdefault(str(trait.year), []).append(number)
    return {
        name: {
            value: pack_numbers(numbers, len(traits)) for value, numbers in sorted(values.items())
        }
        for name, values in found.items()
    }


def _filter_values(card: Card, zone: ZoneInfo) -> FilterValues:
    return FilterValues(
        topics=tuple(topic.slug for topic in card.topics),
        provider=card.provider.key if card.provider else "",
        year=_year(card.date, zone),
    )


def _result(card: Card, settings: Settings) -> Result:
    return Result(
        title=card.title,
        url=card.link,
        excerpt=card.excerpt,
        date=card.date,
        provider=card.provider.name if card.provider else "",
        topic=card.topics[0].name if card.topics else "",
        language=card.language if card.language != settings.language else "",
    )


def _result_json(hit: Result, zone: ZoneInfo) -> dict[str, str]:
    """The JSON object of a result: texts shortened, empty values left out."""
    found = {
        "title": one_line(cut(hit.title, MAX_TITLE)),
        "url": hit.url,
        "excerpt": one_line(cut(hit.excerpt, MAX_EXCERPT)),
        "day": dates.day_in(hit.date, zone).isoformat(),
        "provider": one_line(hit.provider),
        "topic": one_line(hit.topic),
        "language": hit.language,
    }
    return {name: value for name, value in found.items() if value}


def _year(moment: datetime, zone: ZoneInfo) -> int:
    # The zone matters only at the turn of a year, and converting every date would be slow.
    turn = (moment.month, moment.day) in ((1, 1), (12, 31))
    return dates.day_in(moment, zone).year if turn else moment.year
