"""What stands in front matter, checked: camelCase in files, snake_case here, by `rename`."""

from datetime import datetime
from typing import Any, Literal, NewType

from msgspec import Struct

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
    """A person who wrote the article; `links` come only from the settings."""

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
    """A correction, shown on the article's page."""

    date: datetime | None = None
    text: str = ""


class Translation(Matter, frozen=True, kw_only=True):
    """The same article in another language: `url` is absolute, or a path from the content file."""

    language: str = ""
    url: str = ""


class Discussion(Matter, frozen=True, kw_only=True):
    """Where people discuss the article."""

    name: str = ""
    url: str = ""


class Withdrawn(Matter, frozen=True, kw_only=True):
    """The text was taken back: its address shows a notice, with `reason` as it is written."""

    date: datetime | None = None
    reason: str = ""


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
    translations: tuple[Translation, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    archive: str = ""
    is_accessible_for_free: bool = True
    slug: str = ""
    aliases: tuple[str, ...] = ()
    guid: str = ""
    edition: str = ""
    section: str = ""
    story: str = ""
    why: str = ""
    rights: Rights | None = None
    canonical: Canonical | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawn | None = None
    title_derived: bool = False
    warnings: tuple[str, ...] = ()
    raw_digest: str = ""
    extra: dict[str, Any] = {}
