"""The catalog and its groups of articles, except editions."""

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
from site_gen.model.base import Record
from site_gen.model.editions import Corrected, Edition, EditionRef
from site_gen.model.hidden import Notice
from site_gen.model.matter import SafeHtml
from site_gen.model.pictures import Picture


class ContentPage(Record, frozen=True, kw_only=True):
    """A page without a date, such as About, from `content/pages/`; local links are resolved."""

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


class SectionGroup(Record, frozen=True, kw_only=True):
    """A section with its cards of all editions, newest first."""

    ref: SectionRef
    cards: Sequence[Card]


class Story(Record, frozen=True, kw_only=True):
    """Articles on one event over several weeks, newest first.

    key       their `story:`, with folded case; `name` is the title of the first of them
    editions  ids of their editions, oldest first
    """

    key: str
    name: str
    permalink: str
    editions: tuple[str, ...]
    cards: Sequence[Card]


class Topic(Record, frozen=True, kw_only=True):
    """A topic with its cards, newest first, including those of its subtopics.

    parents   the topics above it, the nearest last; `children` are its direct subtopics that are
              shown
    """

    ref: TopicRef
    parents: tuple[TopicRef, ...] = ()
    children: tuple[TopicRef, ...] = ()
    description: str = ""
    order: int = 0
    cards: Sequence[Card]


class ProviderGroup(Record, frozen=True, kw_only=True):
    """A provider with its cards, newest first."""

    ref: ProviderRef
    domain: str = ""
    description: str = ""
    feed_url: str = ""
    cards: Sequence[Card]


class AuthorGroup(Record, frozen=True, kw_only=True):
    """An author with a page: bio, links and cards, newest first."""

    ref: AuthorRef
    bio: str = ""
    links: tuple[Link, ...] = ()
    cards: Sequence[Card]


class StaticFile(Record, frozen=True, kw_only=True):
    """A file of `content/` that is published unchanged: content path, output path, digest."""

    source: str
    path: str
    digest: str


class Stored(Record, frozen=True, kw_only=True):
    """A reference to a part of an article that stays in the memo until it is rendered.

    `part` "body" is SafeHtml with resolved local links (site-absolute, after `root`) and the sizes
    of `pictures`; "article" an ArticleView; "terms" the words by which it is found, in lines;
    "file" the bytes of the content file whose digest is `digest`.
    """

    part: Literal["body", "article", "terms", "file"]
    path: str
    digest: str = ""
    root: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    card: Card | None = None
    pictures: tuple[Picture, ...] = ()


class Catalog(Record, frozen=True, kw_only=True):
    """The only index across pages: every article to be published, and the groups of articles.

    Tuples are in the order in which they are shown: articles and editions newest first, with the
    open edition (if any) at `editions[0]`; topics in the order of the settings, then by count.
    `weeks` are references of all weeks, including a hidden open one (permalink ""). `files` are
    copied unchanged: those in content/static/, and those that articles refer to; `pictures` has the
    sizes of pictures among them. `withdrawn` are notices.
    """

    articles: Sequence[ArticleRef]
    editions: tuple[Edition, ...]
    topics: tuple[Topic, ...]
    sections: tuple[SectionGroup, ...] = ()
    stories: tuple[Story, ...] = ()
    providers: tuple[ProviderGroup, ...]
    authors: tuple[AuthorGroup, ...]
    pages: tuple[ContentPage, ...]
    corrections: tuple[Corrected, ...] = ()
    weeks: tuple[EditionRef, ...] = ()
    files: tuple[StaticFile, ...] = ()
    withdrawn: tuple[Notice, ...] = ()
    pictures: tuple[Picture, ...] = ()
