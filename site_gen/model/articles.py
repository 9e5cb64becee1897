"""Articles: the whole file, what other pages may know of it, what the catalog keeps."""

from datetime import datetime
from typing import Any

from site_gen.model.base import Record
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


class Link(Record, frozen=True, kw_only=True):
    """A named address: `url` is site-absolute or absolute."""

    name: str
    url: str


class TopicRef(Record, frozen=True, kw_only=True):
    """A topic on a card."""

    name: str
    slug: str
    permalink: str


class SectionRef(Record, frozen=True, kw_only=True):
    """A section on a card."""

    name: str
    slug: str
    permalink: str


class ProviderRef(Record, frozen=True, kw_only=True):
    """A provider on a card. `key` is the domain, else the slug of the name.

    logo  small, beside the name; `logo_large` for the provider's page
    """

    name: str
    key: str
    permalink: str
    logo: str = ""
    logo_large: str = ""


class AuthorRef(Record, frozen=True, kw_only=True):
    """An author on a card."""

    name: str
    slug: str
    permalink: str


class Card(Record, frozen=True, kw_only=True, array_like=True):
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


class LocalLink(Record, frozen=True, kw_only=True):
    """A link inside the site; `line` counts in the file.

    target    a content path, or with a leading `/` a path from the top of the site, which may also
              be in `content/`
    fragment  in the other file, as written
    href      the whole address as in the HTML
    named     only in front matter: leading nowhere is no error
    """

    target: str
    line: int
    image: bool = False
    fragment: str = ""
    href: str = ""
    named: bool = False


class Article(Record, frozen=True, kw_only=True):
    """A checked content file: its card, and what only its own outputs show.

    body           sanitised HTML. Local targets are `content:<path>` until a page resolves them.
                   Empty if rights or the file give none.
    visible_from   publishedDateTime, else addedDateTime: hidden before
    visible_until  expiryDateTime
    withdrawn      the page is a notice; body, pictures and excerpt are empty
    anchors        (name, id) of what fragments may point to in the body
    source         digest of the body as written
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


class Facts(Record, frozen=True, kw_only=True, array_like=True):
    """What `arrange` needs of an article: everything but body and detail, which stay in the memo.

    digest        of the card, "" if not known
    detail, body  digests of its Detail and its body
    source        digest of the body as written
    terms         of the words it is found by, see formats/search/terms.py
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


class ArticleRef(Record, frozen=True, kw_only=True, array_like=True):
    """An article in the catalog: its card, and digests of the rest.

    digest        of the card, "" if not known
    detail, body  digests of the Detail and body in the memo, as they will be shown
    source        digest of the body as written
    terms         of the words it is found by, see formats/search/terms.py
    targets       (content path, site-absolute URL or "") of each local link, resolved
    pictures      its local pictures as published, with sizes and smaller copies
    as_read       the card before addresses of hidden articles were removed from it, if they were
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
