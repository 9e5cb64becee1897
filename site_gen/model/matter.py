"""Checked front matter: camelCase in files, snake_case here."""

from datetime import datetime
from typing import Any, Literal, NewType

from msgspec import Struct

SafeHtml = NewType("SafeHtml", str)
"""HTML that went through the sanitiser; only `basics/safehtml.py` makes it."""

Url = NewType("Url", str)
"""A checked URL; only `basics/urls.py` makes it."""

Rights = Literal["full", "excerpt", "link"]
Canonical = Literal["self", "original"]


class CamelRecord(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of front matter and its parts: camelCase in files."""


class Image(CamelRecord, frozen=True, kw_only=True):
    """A picture. `url` is remote (https) or a path from the content file."""

    url: str = ""
    width: int | None = None
    height: int | None = None
    is_cached: bool = False
    caption: str = ""
    credit: str = ""
    alt: str = ""


class Provider(CamelRecord, frozen=True, kw_only=True):
    """The publisher of an article."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()


class Related(CamelRecord, frozen=True, kw_only=True):
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


class Author(CamelRecord, frozen=True, kw_only=True):
    """A person who wrote the article; `links` come only from the settings."""

    name: str = ""
    bio: str = ""
    url: str = ""


class Source(CamelRecord, frozen=True, kw_only=True):
    """Where the facts come from: an agency, a cited paper, an original document."""

    name: str = ""
    url: str = ""
    role: str = ""


class Credit(CamelRecord, frozen=True, kw_only=True):
    """Who did what; `role` is reporting, editing, location ..."""

    role: str = ""
    name: str = ""


class Correction(CamelRecord, frozen=True, kw_only=True):
    """A correction, shown on the article's page."""

    date: datetime | None = None
    text: str = ""


class Translation(CamelRecord, frozen=True, kw_only=True):
    """The same article in another language: `url` is absolute, or a path from the content file."""

    language: str = ""
    url: str = ""


class Discussion(CamelRecord, frozen=True, kw_only=True):
    """Where people discuss the article."""

    name: str = ""
    url: str = ""


class Withdrawn(CamelRecord, frozen=True, kw_only=True):
    """The article was taken back; its page is a notice with `reason`."""

    date: datetime | None = None
    reason: str = ""


class FrontMatter(CamelRecord, frozen=True, kw_only=True):
    """The checked front matter of an article: every field of the schema.

    URLs are checked by `basics.urls`; dates are UTC. `secured` and `featured_content` are left out
    on purpose: what is not here cannot be published.
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
