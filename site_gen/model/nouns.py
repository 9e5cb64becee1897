"""The values inside the program: articles, cards, editions, the catalog."""

from datetime import date, datetime
from typing import Any, Literal

from site_gen.model.matter import (
    Author,
    Canonical,
    Correction,
    Credit,
    Discussion,
    Related,
    Rights,
    SafeHtml,
    Source,
    Translation,
    Withdrawn,
)
from site_gen.model.noun import Noun
from site_gen.model.pictures import Picture
from site_gen.model.withheld import Notice


class Link(Noun, frozen=True, kw_only=True):
    """A named place: `url` is site-absolute or absolute."""

    name: str
    url: str


class TopicRef(Noun, frozen=True, kw_only=True):
    """A topic as a card names it."""

    name: str
    slug: str
    permalink: str


class SectionRef(Noun, frozen=True, kw_only=True):
    """A section of editions as a card names it."""

    name: str
    slug: str
    permalink: str


class ProviderRef(Noun, frozen=True, kw_only=True):
    """A provider as a card names it. `key` is the domain, else the slug of the name.

    logo    small, beside its name; `logo_large` for where there is room
    """

    name: str
    key: str
    permalink: str
    logo: str = ""
    logo_large: str = ""


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
    subscription  whether the original is for paying readers
    story      what ties it to others on the same event
    why        one line: why this matters
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
    section: SectionRef | None = None
    story: str = ""
    why: str = ""
    authors: tuple[AuthorRef, ...] = ()
    language: str = ""
    image: Picture | None = None
    minutes: int = 0
    has_body: bool = False
    has_page: bool = True
    draft: bool = False
    future: bool = False
    subscription: bool = False


class LocalLink(Noun, frozen=True, kw_only=True):
    """A reference inside the site; `line` counts in the file.

    target     a content path, or with a `/` before it a path from the top of the site, which may
               be one of `content/` too
    fragment   of the other file, as it was written
    """

    target: str
    line: int
    image: bool = False
    fragment: str = ""


class Article(Noun, frozen=True, kw_only=True):
    """One content file, checked: its card and what only its own outputs show.

    body           sanitised HTML; local targets stand as `content:<path>` until a page resolves
                   them. Empty where rights or the file give none.
    visible_from   publishedDateTime, else addedDateTime: before, it is not shown
    visible_until  expiryDateTime
    withdrawn      a notice stands in its place: then body, pictures and excerpt are empty
    anchors        (name, id) of what a fragment may lead to in the body
    source         digest of the body as it was written
    """

    card: Card
    path: str
    published: bool = True
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    withdrawn: Withdrawn | None = None
    body: SafeHtml = SafeHtml("")
    pictures: tuple[Picture, ...] = ()
    related: tuple[Related, ...] = ()
    sources: tuple[Source, ...] = ()
    credits: tuple[Credit, ...] = ()
    authors: tuple[Author, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    original_url: str = ""
    amp_web_url: str = ""
    cdn_amp_web_url: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[LocalLink, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    guid_line: int = 1
    slug_line: int = 1
    source: str = ""
    extra: dict[str, Any] = {}


class Note(Noun, frozen=True, kw_only=True):
    """The note of an edition, from `content/editions/<id>.md`.

    date      its cut-off where notes say what the editions are, else the day it is dated
    range     ids of the first and last edition that it stands for, where it is several in one
    skip      this edition does not come out: what is in it goes to the next
    sections  names or slugs, in the order of this edition
    source    digest of what the editor wrote: title and text
    """

    id: str
    path: str
    title: str = ""
    number: int | None = None
    date: datetime | None = None
    range: tuple[str, str] | None = None
    skip: bool = False
    lead: str = ""
    pins: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    slug: str = ""
    aliases: tuple[str, ...] = ()
    guid: str = ""
    excerpt: str = ""
    image: Picture | None = None
    authors: tuple[AuthorRef, ...] = ()
    corrections: tuple[Correction, ...] = ()
    body: SafeHtml = SafeHtml("")
    minutes: int = 0
    source: str = ""
    draft: bool = False
    links: tuple[LocalLink, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()


class Member(Noun, frozen=True, kw_only=True):
    """An article of a locked edition.

    path   of its file when the edition was closed, below `content/`
    seen   digest of its title, excerpt and address; `text` of its body's source
    """

    guid: str
    path: str
    seen: str
    text: str


class Lock(Noun, frozen=True, kw_only=True):
    """An edition as its subscribers were sent it, from `content/editions/<id>.lock`.

    following     the number of the next one, unless its note says another
    closed        its cut-off
    top           stories before its sections
    note          digest of what its note said, "" without one
    corrections   digests of the corrections to earlier editions that it told of
    members       in order
    """

    id: str
    path: str
    number: int
    following: int
    first: date
    last: date
    closed: datetime
    top: int = 1
    note: str = ""
    corrections: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class Corrected(Noun, frozen=True, kw_only=True):
    """A correction as lists show it: of an article, or of the note of an edition.

    id     of what was corrected; `link` leads there, `edition` is the one that it was in
    """

    id: str
    title: str
    link: str
    edition: str
    date: datetime
    text: str
    language: str = ""


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
    draft: bool = False
    published: bool = True
    links: tuple[LocalLink, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()


class EditionRef(Noun, frozen=True, kw_only=True):
    """What articles and navigation see of an edition: no counts, no cards.

    id            "" for what is after the last note, where notes say what the editions are
    permalink     "" for one that is not shown yet
    folder        where its other forms are: e-mail, e-book
    first, last   days of its range, in the site's zone; `number` is None while it is open
    """

    id: str
    permalink: str
    folder: str = ""
    first: date
    last: date
    number: int | None = None
    title: str = ""
    closed: bool = True


class Band(Noun, frozen=True, kw_only=True):
    """A band of an edition: a section, a topic, or other stories (without a name).

    stories   how many it has; articles on the same event are one
    """

    name: str
    slug: str
    permalink: str
    stories: int
    topic: TopicRef | None = None


class Edition(Noun, frozen=True, kw_only=True):
    """One edition: its note, and its cards in the order they are shown.

    The first of several cards of one story leads it, and the others follow it at once.

    top       stories before the bands: the lead, and those beside it
    stories   how many it has; articles on the same event are one
    cutoff    when it closed or will close, or when its note is dated
    closes    when it closed or will close, where that is another moment
    cards     none for an issue that is its note alone
    guid      the note's own, or ""
    locked    whether it is as its lock says
    source    digest of what its note says
    following     the number that would come next
    corrections   to what is in it; `earlier` to earlier editions, told in this one
    minutes   reading time of the note
    """

    ref: EditionRef
    cutoff: datetime
    cards: tuple[Card, ...]
    note: SafeHtml = SafeHtml("")
    lastmod: datetime
    path: str = ""
    guid: str = ""
    excerpt: str = ""
    image: Picture | None = None
    authors: tuple[AuthorRef, ...] = ()
    aliases: tuple[str, ...] = ()
    minutes: int = 0
    top: int = 1
    bands: tuple[Band, ...] = ()
    stories: int = 0
    locked: bool = False
    closes: datetime | None = None
    source: str = ""
    following: int = 0
    corrections: tuple[Corrected, ...] = ()
    earlier: tuple[Corrected, ...] = ()


class SectionGroup(Noun, frozen=True, kw_only=True):
    """A section and its cards of all editions, newest first."""

    ref: SectionRef
    cards: tuple[Card, ...]


class Story(Noun, frozen=True, kw_only=True):
    """Articles on one event over the weeks, newest first.

    key        what they say in `story:`, folded; `name` is the title of the first of them
    editions   ids of those that they were in, the oldest first
    """

    key: str
    name: str
    permalink: str
    editions: tuple[str, ...]
    cards: tuple[Card, ...]


class Topic(Noun, frozen=True, kw_only=True):
    """A topic and its cards, newest first, with those of the topics below it.

    parents   the topics above it, the nearest last; `children` those right below it that are shown
    """

    ref: TopicRef
    parents: tuple[TopicRef, ...] = ()
    children: tuple[TopicRef, ...] = ()
    description: str = ""
    order: int = 0
    cards: tuple[Card, ...]


class Publisher(Noun, frozen=True, kw_only=True):
    """A provider and its cards, newest first."""

    ref: ProviderRef
    domain: str = ""
    description: str = ""
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
    source         of the body as it was written
    """

    card: Card
    digest: str = ""
    path: str
    detail: str
    body: str
    published: bool = True
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    withdrawn: Withdrawn | None = None
    aliases: tuple[str, ...] = ()
    links: tuple[LocalLink, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    authors: tuple[Author, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source: str = ""
    guid_line: int = 1
    slug_line: int = 1


class ArticleRef(Noun, frozen=True, kw_only=True):
    """What the catalog holds of an article: its card, and digests that stand for the rest.

    digest         of the card, "" when it is not known
    detail, body   digests of the stored ArticleView and body, as they will be shown
    source         of the body as it was written
    targets        (content path, site-absolute URL or "") of each local reference, resolved
    pictures       its local pictures as published, with their size and smaller copies
    """

    card: Card
    digest: str = ""
    path: str
    detail: str
    body: str
    source: str = ""
    corrections: tuple[Correction, ...] = ()
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
    `pictures` says of the published ones among them how large they are; `withdrawn` are notices.
    """

    articles: tuple[ArticleRef, ...]
    editions: tuple[Edition, ...]
    topics: tuple[Topic, ...]
    sections: tuple[SectionGroup, ...] = ()
    stories: tuple[Story, ...] = ()
    providers: tuple[Publisher, ...]
    authors: tuple[Persona, ...]
    pages: tuple[ContentPage, ...]
    corrections: tuple[Corrected, ...] = ()
    weeks: tuple[EditionRef, ...] = ()
    files: tuple[StaticFile, ...] = ()
    withdrawn: tuple[Notice, ...] = ()
    pictures: tuple[Picture, ...] = ()
