"""Articles: what a file says, what other pages may know of it, what the catalog holds."""

from datetime import datetime
from typing import Any

from site_gen.model.base import Noun
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
from site_gen.model.pictures import Picture


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

    logo    small, beside its name; `logo_large` for its page
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


class Card(Noun, frozen=True, kw_only=True, array_like=True):
    """What other pages may know of an article. Small; holds no lists of cards.

    id         content path without `.md`; last key of every sort
    date       publishedDateTime, else addedDateTime
    lastmod    as the contract defines it
    edition    id of the week it belongs to
    link       address for readers: the permalink, or the original URL for an article without page
    original   webUrl, else originalUrl; "" when unknown
    heat       None = not measured (also -1 in files)
    minutes    reading time of the body, 0 without a body
    subscription  whether the original is for paying readers
    story      name that connects articles on the same event
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
    href       the whole address, where it stands in the HTML as it was written
    named      only named in front matter: no error if it leads nowhere
    """

    target: str
    line: int
    image: bool = False
    fragment: str = ""
    href: str = ""
    named: bool = False


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


class Facts(Noun, frozen=True, kw_only=True, array_like=True):
    """What `arrange` needs of an article: all but its body and detail, which stay in the store.

    digest         of the card, "" when it is not known
    detail, body   digests of its Detail and of the body
    source         of the body as it was written
    terms          of what it is found by, see formats/search/terms.py
    """

    card: Card
    digest: str = ""
    path: str
    detail: str
    body: str
    terms: bytes = b""
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


class ArticleRef(Noun, frozen=True, kw_only=True, array_like=True):
    """What the catalog holds of an article: its card, and digests that stand for the rest.

    digest         of the card, "" when it is not known
    detail, body   digests of the stored Detail and body, as they will be shown
    source         of the body as it was written
    terms          of what it is found by, see formats/search/terms.py
    targets        (content path, site-absolute URL or "") of each local reference, resolved
    pictures       its local pictures as published, with their size and smaller copies
    as_read        its card with the addresses of hidden texts that are left out of it, if any
    """

    card: Card
    digest: str = ""
    path: str
    detail: str
    body: str
    source: str = ""
    terms: bytes = b""
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Picture, ...] = ()
    as_read: Card | None = None
