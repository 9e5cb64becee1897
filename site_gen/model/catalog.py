"""The catalog, and its groups beside editions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from site_gen.model.articles import (
    ArticleRef,
    AuthorRef,
    Card,
    Link,
    LocalLink,
    ProviderRef,
    SectionRef,
    TopicRef,
)
from site_gen.model.base import Noun
from site_gen.model.editions import Corrected, Edition, EditionRef
from site_gen.model.hidden import Notice
from site_gen.model.matter import SafeHtml
from site_gen.model.pictures import Picture


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
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    links: tuple[LocalLink, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()


class SectionGroup(Noun, frozen=True, kw_only=True):
    """A section and its cards of all editions, newest first."""

    ref: SectionRef
    cards: Sequence[Card]


class Story(Noun, frozen=True, kw_only=True):
    """Articles on one event over the weeks, newest first.

    key        what they say in `story:`, folded; `name` is the title of the first of them
    editions   ids of those that they were in, the oldest first
    """

    key: str
    name: str
    permalink: str
    editions: tuple[str, ...]
    cards: Sequence[Card]


class Topic(Noun, frozen=True, kw_only=True):
    """A topic and its cards, newest first, with those of the topics below it.

    parents   the topics above it, the nearest last; `children` those right below it that are shown
    """

    ref: TopicRef
    parents: tuple[TopicRef, ...] = ()
    children: tuple[TopicRef, ...] = ()
    description: str = ""
    order: int = 0
    cards: Sequence[Card]


class Publisher(Noun, frozen=True, kw_only=True):
    """A provider and its cards, newest first."""

    ref: ProviderRef
    domain: str = ""
    description: str = ""
    feed_url: str = ""
    cards: Sequence[Card]


class Persona(Noun, frozen=True, kw_only=True):
    """An author with a page: bio, links and cards, newest first."""

    ref: AuthorRef
    bio: str = ""
    links: tuple[Link, ...] = ()
    cards: Sequence[Card]


class StaticFile(Noun, frozen=True, kw_only=True):
    """A file of `content/` that is published as it is: content path, output path, digest."""

    source: str
    path: str
    digest: str


class Stored(Noun, frozen=True, kw_only=True):
    """A reference to a part of an article that stays in the store until a render needs it.

    `part` "body" gives SafeHtml with its local links resolved (site-absolute, `root` before
    them; `pictures` get their sizes), "article" an ArticleView, "terms" the lines of words
    by which it is found, "file" the bytes of the content file whose digest is `digest`.
    """

    part: Literal["body", "article", "terms", "file"]
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

    articles: Sequence[ArticleRef]
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
