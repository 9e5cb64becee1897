"""The views of templates, and the planned output."""

from datetime import datetime
from typing import Any

from site_gen.model.articles import Card, TopicRef
from site_gen.model.base import Record
from site_gen.model.editions import EditionRef
from site_gen.model.matter import (
    Author,
    Correction,
    Credit,
    Discussion,
    Related,
    Source,
    Translation,
)
from site_gen.model.pictures import Picture


class Section(Record, frozen=True, kw_only=True):
    """A band of an edition with its cards, without the lead: a section or a topic.

    name     "" for other stories
    minutes  reading time of all its stories
    """

    topic: TopicRef | None
    cards: tuple[Card, ...]
    name: str = ""
    permalink: str = ""
    minutes: int = 0


class Thread(Record, frozen=True, kw_only=True):
    """Earlier coverage of a story: its own page, and the editions that covered it.

    permalink   of that page, "" where no other article tells of the story any more
    """

    name: str
    permalink: str
    earlier: tuple[EditionRef, ...] = ()


class Budget(Record, frozen=True, kw_only=True):
    """The stories that fit into a number of minutes, the most important first."""

    minutes: int
    cards: tuple[Card, ...]


class Group(Record, frozen=True, kw_only=True):
    """Cards of one edition on a topic's, provider's or author's page."""

    edition: EditionRef
    cards: tuple[Card, ...]


class Pager(Record, frozen=True, kw_only=True):
    """Position of a list page: pages are numbered from the oldest; `newer`, `older` are links.

    newest   whether it is the one at the list's own path; of all pages only that one changes
    """

    number: int
    newest: bool
    newer: str = ""
    older: str = ""


class IndexEntry(Record, frozen=True, kw_only=True):
    """A line of an index page (topics, providers, authors)."""

    name: str
    permalink: str
    count: int
    description: str = ""
    logo: str = ""


class ArchiveLine(Record, frozen=True, kw_only=True):
    """An edition in the archive."""

    edition: EditionRef
    lead: str
    count: int


class ArchiveYear(Record, frozen=True, kw_only=True):
    """A year of the archive, newest edition first."""

    year: int
    lines: tuple[ArchiveLine, ...]


class FeedLink(Record, frozen=True, kw_only=True):
    """One feed of the site: its title, site-absolute path and media type."""

    title: str
    path: str
    media_type: str
    group: str = ""


class SiteView(Record, frozen=True, kw_only=True):
    """The site as every page sees it. `root` is the path prefix of the base URL, or "".

    card      preview picture for shared pages without their own: site-absolute, or ""
    manifest  web app manifest; `icon` its picture. Likewise
    offline   script that keeps visited pages readable without a network. Likewise
    """

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
    card: str = ""
    manifest: str = ""
    icon: str = ""
    offline: str = ""


class NewsletterView(Record, frozen=True, kw_only=True):
    """The sign-up form for the newsletter.

    action  where the form is sent, or a page to go to
    field   name of the field for the address; "" = no form, `action` is a link
    hidden  (name, value) of further fields
    text    the editor's sentence about it, or ""
    """

    action: str
    field: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    text: str = ""


class PageView(Record, frozen=True, kw_only=True):
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


class Detail(Record, frozen=True, kw_only=True):
    """What only an article's own outputs show, besides its card and body."""

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
    extra: dict[str, Any] = {}


class ArticleView(Detail, frozen=True, kw_only=True):
    """An article as its own page shows it. The body is a separate view."""

    card: Card


class View(Record, frozen=True, kw_only=True):
    """A named input of a page: a digest and a value.

    The value may be a `Stored`, or a tuple of them, which rendering replaces by what they refer to.
    """

    digest: str
    value: Any


class Page(Record, frozen=True, kw_only=True, array_like=True):
    """One planned output.

    path       relative to the output folder, with `/`
    format     name of the module in `formats/` that renders it
    template   None for formats without templates
    views      what rendering may see, by name
    permalink  set for pages that people visit; in the sitemap if `listed`
    origin     where it comes from, for messages ("content/a.md", "topic AI")
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
