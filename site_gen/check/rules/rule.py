"""The definition of a rule, and the arguments of its function."""

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from posixpath import splitext
from typing import NamedTuple, Protocol

from site_gen.basics import slugs, urls
from site_gen.check.cache import IndexEntry
from site_gen.check.document import Document, Summary
from site_gen.check.file_metadata import ENDINGS
from site_gen.check.findings import Hit, Level
from site_gen.check.scan import Link
from site_gen.model import Catalog, Edition
from site_gen.settings import Settings


class Files(Protocol):
    """The content files by path, each read when first needed: see `reader.Reader`."""

    digests: Mapping[str, str]
    rules: dict[str, "Rule"]
    pause: Callable[[], None]

    def index_entry(self, path: str) -> IndexEntry | None:
        """Return the index entry of a file; None if there is no such file."""

    def hits(self, path: str) -> tuple[Hit, ...]:
        """Return what the rules for single documents found in a file."""

    def document(self, path: str) -> Document | None:
        """Read and parse a file; None if it is invalid."""


class Sight:
    """What a rule for single documents may know beside the document: only the settings.

    So its findings stay valid until the document or the settings change.

    clean_lines  keys (`text.line_key`) of short lines in which nothing was found before
    """

    def __init__(self, settings: Settings, clean_lines: Container[int] = ()) -> None:
        self.clean_lines = clean_lines
        self.settings = settings
        self.check = settings.check
        self._host = urls.host(settings.base_url)

    def is_ours(self, link: Link) -> bool:
        """Whether a link is to a path of this site, or to a local picture or document."""
        url = link.url
        if link.field and not link.image:
            return False
        if url.startswith("/"):
            return not url.startswith("//")
        if "://" not in url:
            return link.image or splitext(url.partition("#")[0])[1].lower() in ENDINGS
        return bool(self._host) and self._host in url and urls.host(url) == self._host

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """The name of each topic in the settings, by its folded name, slug and aliases."""
        known = {}
        for topic in self.settings.topics:
            for name in (topic.name, topic.slug, *topic.aliases):
                known[slugs.folded(name)] = topic.name
        return known


class View(NamedTuple):
    """What a rule for editions or for the site may know.

    files       the content files, read when first needed
    documents   the summaries of all valid content files by path
    editions    all editions, newest first, including those of drafts and future articles
    chosen      the requested editions
    alone       whether exactly one edition is chosen
    paths       the requested content files
    content     paths of all files below `content/`, including pictures
    links       the links of editions by id, a cache of `links/seen-before`
    """

    root: Path
    settings: Settings
    now: datetime
    catalog: Catalog
    files: Files
    documents: Mapping[str, Summary]
    editions: Sequence[Edition]
    chosen: Sequence[Edition]
    alone: bool
    paths: Collection[str]
    content: Collection[str]
    links: dict[str, dict[str, tuple[Summary, Link]]]

    def note_of(self, edition: Edition) -> Summary | None:
        """Return the summary of an edition's note."""
        return self.documents.get(f"editions/{edition.ref.id}.md")

    def articles_of(self, edition: Edition) -> list[Summary]:
        """Return the summaries of an edition's articles, in the order of the edition."""
        found = (self.documents.get(f"{card.id}.md") for card in edition.cards)
        return [document for document in found if document is not None]

    def words_of(self, edition: Edition) -> int:
        """Return the number of words in an edition's note and articles."""
        note = self.note_of(edition)
        return sum(d.words for d in self.articles_of(edition)) + (note.words if note else 0)

    def date_line(self, path: str) -> int:
        """Return the line of an article's date; 1 if there is none."""
        document = self.documents.get(path)
        return document.date_line if document else 1

    def has_begun(self, edition: Edition) -> bool:
        """Whether the first day of an edition has come."""
        return edition.ref.first <= self.now.date()

    def name_of(self, edition: Edition) -> str:
        """Return "No. 12", or the id of an edition without a number."""
        return f"No. {edition.ref.number}" if edition.ref.number else edition.ref.id


Placed = tuple[str, Hit]
"""A path relative to `content/` and what was found in that file."""

OfDocument = Callable[[Document, Sight], Iterator[Hit]]
OfEdition = Callable[[Edition, View], Iterator[Placed]]
OfSite = Callable[[View], Iterator[Placed]]


class Rule(NamedTuple):
    """A rule with its default level, a description, and one of three functions.

    document  checks one content file
    edition   checks one edition
    site      checks the whole site
    """

    name: str
    level: Level
    about: str
    cure: str
    document: OfDocument | None = None
    edition: OfEdition | None = None
    site: OfSite | None = None
