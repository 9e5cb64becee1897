"""The nouns that travel from stage to stage: frozen, typed, keyword-only. No logic lives here.

Times are aware and in UTC. Permalinks are site-absolute paths (`/articles/a/`) without the base
URL and without its path prefix. Files spell keys in camelCase, code in snake_case; the `Matter`
family maps one to the other by `rename`.
"""

from datetime import date, datetime
from typing import Any, Literal, NewType

from msgspec import UNSET, Struct, UnsetType, field

SafeHtml = NewType("SafeHtml", str)
"""HTML that went through the sanitiser; made only in `basics/safehtml.py`."""

Url = NewType("Url", str)
"""A URL that passed the check; made only in `basics/urls.py`."""

Rights = Literal["full", "excerpt", "link"]
Canonical = Literal["self", "original"]


class Matter(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of what stands in front matter: camelCase in files."""


class Image(Matter, frozen=True, kw_only=True):
    """A picture. `url` is remote (https) or a path from the content file."""

    url: str = ""
    width: int | None = None
    height: int | None = None
    is_cached: bool = False
    caption: str = ""
    credit: str = ""
    alt: str = ""


class Provider(Matter, frozen=True, kw_only=True):
    """The publisher of an article."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()


class Related(Matter, frozen=True, kw_only=True):
    """An article elsewhere on the same event."""

    title: str = ""
    excerpt: str = ""
    published_date_time: datetime | None = None
    web_url: str = ""
    amp_web_url: str = ""
    cdn_amp_web_url: str = ""
    type: str = ""
    provider: Provider | None = None
    quality: int | None = None
    images: tuple[Image, ...] = ()


class Author(Matter, frozen=True, kw_only=True):
    """A person who wrote it; `links` come from the settings only."""

    name: str = ""
    bio: str = ""
    url: str = ""


class Source(Matter, frozen=True, kw_only=True):
    """Where the facts come from: an agency, a cited paper, an original document."""

    name: str = ""
    url: str = ""
    role: str = ""


class Credit(Matter, frozen=True, kw_only=True):
    """Who did what: `role` is reporting, editing, location ..."""

    role: str = ""
    name: str = ""


class Correction(Matter, frozen=True, kw_only=True):
    """What was wrong, said on the article's page."""

    date: datetime | None = None
    text: str = ""


class FrontMatter(Matter, frozen=True, kw_only=True):
    """The checked front matter of an article: every field of the schema.

    URLs in it passed `basics.urls`; dates are UTC. `secured` and `featured_content` are
    understood and left out on purpose: what is not carried here cannot be published.
    """

    title: str
    category: str = ""
    excerpt: str = ""
    published_date_time: datetime | None = None
    added_date_time: datetime | None = None
    modified_date_time: datetime | None = None
    expiry_date_time: datetime | None = None
    original_url: str = ""
    web_url: str = ""
    amp_web_url: str = ""
    cdn_amp_web_url: str = ""
    type: str = ""
    quality: int | None = None
    heat: int | None = None
    published: bool = True
    draft: bool = False
    provider: Provider | None = None
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    related: tuple[Related, ...] = ()
    authors: tuple[Author, ...] = ()
    credits: tuple[Credit, ...] = ()
    sources: tuple[Source, ...] = ()
    language: str = ""
    languages: tuple[str, ...] = ()
    slug: str = ""
    aliases: tuple[str, ...] = ()
    guid: str = ""
    edition: str = ""
    rights: Rights | None = None
    canonical: Canonical | None = None
    corrections: tuple[Correction, ...] = ()
    title_derived: bool = False
    warnings: tuple[str, ...] = ()
    raw_digest: str = ""
    extra: dict[str, Any] = {}


class Noun(Struct, frozen=True, kw_only=True):
    """Base of the values inside the program."""


class Link(Noun, frozen=True, kw_only=True):
    """A named place: `url` is site-absolute or absolute."""

    name: str
    url: str


ImageFormat = Literal["avif", "webp"]


class Variant(Noun, frozen=True, kw_only=True):
    """A smaller copy of a local picture, in pixels; `url` is site-absolute."""

    url: str
    width: int
    height: int
    format: ImageFormat


class Picture(Noun, frozen=True, kw_only=True):
    """An image as a page shows it: `url` is a published site-absolute path or remote https.

    variants   of a local one: by format as the settings order them, then by width
    """

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    local: bool = False
    variants: tuple[Variant, ...] = ()


class Measured(Noun, frozen=True, kw_only=True):
    """What the bytes of a local picture are: pixels as shown (turned as its EXIF data says).

    width     0 where unknown (a drawing, a file that is no picture)
    formats   in which smaller copies can be made; none for moving and damaged pictures
    code      part of a problem's code, "" = nothing to tell; `fault` and `cure` are its words
    """

    width: int = 0
    height: int = 0
    formats: tuple[ImageFormat, ...] = ()
    code: str = ""
    fault: str = ""
    cure: str = ""


class TopicRef(Noun, frozen=True, kw_only=True):
    """A topic as a card names it."""

    name: str
    slug: str
    permalink: str


class ProviderRef(Noun, frozen=True, kw_only=True):
    """A provider as a card names it. `key` is the domain, else the slug of the name."""

    name: str
    key: str
    permalink: str
    logo: str = ""


class AuthorRef(Noun, frozen=True, kw_only=True):
    """An author as a card names them."""

    name: str
    slug: str
    permalink: str


class Card(Noun, frozen=True, kw_only=True):
    """All that any other page may know of an article. Small; holds no lists of cards.

    id         content path without `.md`: the identity every sort ends in
    date       publishedDateTime, else addedDateTime
    lastmod    as the contract defines it
    edition    id of the week it belongs to
    link       where a reader goes: the permalink, or the original URL for an article without page
    original   webUrl, else originalUrl; "" when unknown
    heat       None = not measured (also -1 in files)
    minutes    reading time of the body, 0 without a body
    """

    id: str
    slug: str
    permalink: str
    link: str
    guid: str
    title: str
    excerpt: str = ""
    date: datetime
    dated: bool = True
    lastmod: datetime
    edition: str
    type: str = ""
    category: str = ""
    quality: int | None = None
    heat: int | None = None
    rights: Rights = "full"
    canonical: Canonical = "self"
    original: str = ""
    provider: ProviderRef | None = None
    topics: tuple[TopicRef, ...] = ()
    authors: tuple[AuthorRef, ...] = ()
    language: str = ""
    image: Picture | None = None
    minutes: int = 0
    has_body: bool = False
    has_page: bool = True
    draft: bool = False
    future: bool = False


class LocalLink(Noun, frozen=True, kw_only=True):
    """A reference inside `content/`: `target` is a content path; `line` counts in the file."""

    target: str
    line: int
    image: bool = False


class Article(Noun, frozen=True, kw_only=True):
    """One content file, checked: its card and what only its own outputs show.

    body           sanitised HTML; local targets stand as `content:<path>` until a page resolves
                   them. Empty where rights or the file give none.
    visible_from   publishedDateTime when it decides visibility; None = at once
    visible_until  expiryDateTime
    """

    card: Card
    path: str
    published: bool = True
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    body: SafeHtml = SafeHtml("")
    pictures: tuple[Picture, ...] = ()
    related: tuple[Related, ...] = ()
    sources: tuple[Source, ...] = ()
    credits: tuple[Credit, ...] = ()
    authors: tuple[Author, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    links: tuple[LocalLink, ...] = ()
    guid_line: int = 1
    slug_line: int = 1
    extra: dict[str, Any] = {}


class Note(Noun, frozen=True, kw_only=True):
    """The note of an edition, from `content/editions/<id>.md`."""

    id: str
    path: str
    title: str = ""
    number: int | None = None
    lead: str = ""
    pins: tuple[str, ...] = ()
    body: SafeHtml = SafeHtml("")
    draft: bool = False
    links: tuple[LocalLink, ...] = ()


class ContentPage(Noun, frozen=True, kw_only=True):
    """A dateless page such as About, from `content/pages/`; local links of its body resolved."""

    slug: str
    path: str
    permalink: str
    title: str
    excerpt: str = ""
    body: SafeHtml = SafeHtml("")
    order: int = 0
    menu: bool = True
    links: tuple[LocalLink, ...] = ()


class EditionRef(Noun, frozen=True, kw_only=True):
    """What articles and navigation see of an edition: no counts, no cards.

    first, last   days of its range, in the site's zone; `number` is None while it is open
    """

    id: str
    permalink: str
    first: date
    last: date
    number: int | None = None
    title: str = ""
    closed: bool = True


class Edition(Noun, frozen=True, kw_only=True):
    """One week: its reference, cut-off, note and cards in the order they are shown."""

    ref: EditionRef
    cutoff: datetime
    cards: tuple[Card, ...]
    note: SafeHtml = SafeHtml("")
    lastmod: datetime


class Topic(Noun, frozen=True, kw_only=True):
    """A topic and its cards, newest first."""

    ref: TopicRef
    description: str = ""
    order: int = 0
    cards: tuple[Card, ...]


class Publisher(Noun, frozen=True, kw_only=True):
    """A provider and its cards, newest first."""

    ref: ProviderRef
    domain: str = ""
    feed_url: str = ""
    cards: tuple[Card, ...]


class Persona(Noun, frozen=True, kw_only=True):
    """An author with a page: bio, links and cards, newest first."""

    ref: AuthorRef
    bio: str = ""
    links: tuple[Link, ...] = ()
    cards: tuple[Card, ...]


class Facts(Noun, frozen=True, kw_only=True):
    """What `arrange` needs of an article: all but its body and detail, which stay in the store.

    digest         of the card, "" when it is not known
    detail, body   digests of the ArticleView and of the body
    """

    card: Card
    digest: str = ""
    path: str
    detail: str
    body: str
    published: bool = True
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    aliases: tuple[str, ...] = ()
    links: tuple[LocalLink, ...] = ()
    authors: tuple[Author, ...] = ()
    guid_line: int = 1
    slug_line: int = 1


class ArticleRef(Noun, frozen=True, kw_only=True):
    """What the catalog holds of an article: its card, and digests that stand for the rest.

    digest         of the card, "" when it is not known
    detail, body   digests of the stored ArticleView and body, as they will be shown
    targets        (content path, site-absolute URL or "") of each local reference, resolved
    pictures       its local pictures as published, with their size and smaller copies
    """

    card: Card
    digest: str = ""
    path: str
    detail: str
    body: str
    aliases: tuple[str, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Picture, ...] = ()


class StaticFile(Noun, frozen=True, kw_only=True):
    """A file of `content/` that is published as it is: content path, output path, digest."""

    source: str
    path: str
    digest: str


class Stored(Noun, frozen=True, kw_only=True):
    """A reference to a part of an article that stays in the store until a render needs it.

    `part` "body" gives SafeHtml with its local links resolved (site-absolute, `root` before
    them; `pictures` get their sizes), "article" an ArticleView, "file" the bytes of the content
    file whose digest is `digest`.
    """

    part: Literal["body", "article", "file"]
    path: str
    digest: str = ""
    root: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    card: Card | None = None
    pictures: tuple[Picture, ...] = ()


class Catalog(Noun, frozen=True, kw_only=True):
    """The only cross-page index: every article that is to be published, and its groupings.

    Tuples are in the order in which they are shown: articles and editions newest first, open
    edition (if any) at `editions[0]`; topics as settings order them, then by count.
    `weeks` are the references of all weeks, a hidden open one (permalink "") among them;
    `files` are copied as they are: those below content/static/, and those that articles refer to;
    `pictures` says of the published ones among them how large they are.
    """

    articles: tuple[ArticleRef, ...]
    editions: tuple[Edition, ...]
    topics: tuple[Topic, ...]
    providers: tuple[Publisher, ...]
    authors: tuple[Persona, ...]
    pages: tuple[ContentPage, ...]
    weeks: tuple[EditionRef, ...] = ()
    files: tuple[StaticFile, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Section(Noun, frozen=True, kw_only=True):
    """A band of an edition: a topic and its cards, without the lead."""

    topic: TopicRef | None
    cards: tuple[Card, ...]


class Group(Noun, frozen=True, kw_only=True):
    """Cards of one edition on a topic's, provider's or author's page."""

    edition: EditionRef
    cards: tuple[Card, ...]


class Pager(Noun, frozen=True, kw_only=True):
    """Where a list page stands: pages are numbered from the oldest; `newer`, `older` are links."""

    number: int
    total: int
    newer: str = ""
    older: str = ""


class IndexEntry(Noun, frozen=True, kw_only=True):
    """A line of an index page (topics, providers, authors)."""

    name: str
    permalink: str
    count: int
    description: str = ""
    logo: str = ""


class ArchiveLine(Noun, frozen=True, kw_only=True):
    """An edition in the archive."""

    edition: EditionRef
    lead: str
    count: int


class ArchiveYear(Noun, frozen=True, kw_only=True):
    """A year of the archive, newest edition first."""

    year: int
    lines: tuple[ArchiveLine, ...]


class FeedLink(Noun, frozen=True, kw_only=True):
    """One feed of the site: its title, site-absolute path and media type."""

    title: str
    path: str
    media_type: str
    group: str = ""


class SiteView(Noun, frozen=True, kw_only=True):
    """What every page may know of the site. `root` is the path prefix of the base URL, or ""."""

    title: str
    description: str
    base_url: str
    root: str
    language: str
    direction: str
    timezone: str
    publisher: str
    publisher_url: str
    publisher_logo: str
    generator: str
    search: bool = False


class PageView(Noun, frozen=True, kw_only=True):
    """Head of a page: titles, canonical, robots, sharing, structured data."""

    kind: str
    title: str
    description: str
    permalink: str
    canonical: str
    noindex: bool = False
    image: str = ""
    image_width: int | None = None
    image_height: int | None = None
    published: datetime | None = None
    modified: datetime | None = None
    json_ld: dict[str, Any] = {}


class ArticleView(Noun, frozen=True, kw_only=True):
    """An article as its own page shows it. The body is a view of its own."""

    card: Card
    pictures: tuple[Picture, ...] = ()
    related: tuple[Related, ...] = ()
    sources: tuple[Source, ...] = ()
    credits: tuple[Credit, ...] = ()
    authors: tuple[Author, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


class View(Noun, frozen=True, kw_only=True):
    """A named input of a page: a digest and a value.

    The value may be a `Stored`, or a tuple of them: whoever renders sees what they stand for.
    """

    digest: str
    value: Any


class Page(Noun, frozen=True, kw_only=True):
    """One planned output.

    path       relative to the output folder, `/` between parts
    format     name of the module in `formats/` that renders it
    template   name of its template; None for formats that need none
    views      what its render may see, by name
    permalink  set for pages a person visits; listed in the sitemap when `listed`
    origin     what it comes from, for messages ("content/a.md", "topic AI")
    """

    path: str
    format: str
    kind: str
    template: str | None = None
    views: dict[str, View] = {}
    permalink: str = ""
    lastmod: datetime | None = None
    listed: bool = False
    origin: str = ""


class RawDocument(Noun, frozen=True, kw_only=True):
    """What came in: bytes and where they came from (a path, `-`, or a URL)."""

    name: str
    data: bytes
    url: str = ""
    media_type: str = ""
    charset: str = ""


class Cut(Noun, frozen=True, kw_only=True):
    """One line of a receipt: text that a rule dropped or moved.

    line   1-based line of the raw document, 0 when it has none
    to     "" when dropped, else the field it moved to
    """

    rule: str
    text: str
    line: int = 0
    to: str = ""


class Receipt(Noun, frozen=True, kw_only=True):
    """What was kept and cut, by which rules, and how sure the converter is (0 to 1)."""

    source: str
    kind: str
    confidence: float
    kept: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()
    reasons: tuple[str, ...] = ()


class Draft(Noun, frozen=True, kw_only=True):
    """What a converter proposes. `matter` is in the schema's order and camelCase.

    verbatim   the whole file as it came, for documents that already have our front matter:
               written byte for byte
    """

    matter: dict[str, Any]
    body: str
    receipt: Receipt
    verbatim: bytes | None = None
    quarantine: tuple[str, ...] = ()


__all__ = ["UNSET", "UnsetType", "field"]
