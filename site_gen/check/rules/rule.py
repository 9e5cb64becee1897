"""What a rule is, and what it is handed. A rule is a small function; this is its registration."""

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from site_gen.basics import slugs, urls
from site_gen.check.cache import Mark
from site_gen.check.document import Document, Summary
from site_gen.check.findings import Hit, Level
from site_gen.check.scan import Link
from site_gen.model import Catalog, Edition
from site_gen.settings import Settings


class Files(Protocol):
    """The content files by path, each read when it is asked for: see reader.py."""

    digests: Mapping[str, str]
    rules: dict[str, "Rule"]
    pause: Callable[[], None]

    def mark(self, path: str) -> Mark | None:
        """What is known of a file; None where there is none."""

    def hits(self, path: str) -> tuple[Hit, ...]:
        """What the rules for a single document found in it."""

    def document(self, path: str) -> Document | None:
        """The file itself."""


class Sight:
    """What a rule for a single document may know beside it: the settings, and nothing else.

    So that what it found holds as long as neither document nor settings change.

    harmless  lines of the document in which the same rules found nothing before
    """

    def __init__(self, settings: Settings, harmless: Container[int] = ()) -> None:
        self.harmless = harmless
        self.settings = settings
        self.check = settings.check
        self._host = urls.host(settings.base_url)

    def is_ours(self, link: Link) -> bool:
        """Whether it leads to our site by a path from its top, or is a local picture."""
        url = link.url
        if link.field and not link.image:
            return False
        if url.startswith("/"):
            return not url.startswith("//")
        if "://" not in url:
            return link.image
        return bool(self._host) and self._host in url and urls.host(url) == self._host

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """Folded names, slugs and aliases of declared topics -> the name."""
        known = {}
        for topic in self.settings.topics:
            for name in (topic.name, topic.slug, *topic.aliases):
                known[slugs.folded(name)] = topic.name
        return known


class View(NamedTuple):
    """What a rule for an edition or for the whole site sees.

    files       the content files, read when they are asked for
    documents   the summaries of those that can be read, by path
    editions    newest first, the open one and those of drafts and future articles included
    chosen      the editions that the editor asked about; `alone` says that it is but one
    paths       the content files that the editor asked about
    content     paths of all files below `content/`, pictures among them
    links       what each edition points to, by its id: filled by the rule that asks
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
        """The note of an edition."""
        return self.documents.get(f"editions/{edition.ref.id}.md")

    def articles_of(self, edition: Edition) -> list[Summary]:
        """The articles of an edition in the order in which it shows them."""
        found = (self.documents.get(f"{card.id}.md") for card in edition.cards)
        return [document for document in found if document is not None]

    def words_of(self, edition: Edition) -> int:
        """Words of an edition's note and its articles."""
        note = self.note_of(edition)
        return sum(d.words for d in self.articles_of(edition)) + (note.words if note else 0)

    def date_line(self, path: str) -> int:
        """The line of the date of an article; 1 where there is none."""
        document = self.documents.get(path)
        return document.date_line if document else 1

    def has_begun(self, edition: Edition) -> bool:
        """Whether the first day of an edition has come: before, it is but a plan."""
        return edition.ref.first <= self.now.date()

    def name_of(self, edition: Edition) -> str:
        """`No. 12`, or its id while it has no number."""
        return f"No. {edition.ref.number}" if edition.ref.number else edition.ref.id


Placed = tuple[str, Hit]
"""A content path and what was found there."""

OfDocument = Callable[[Document, Sight], Iterator[Hit]]
OfEdition = Callable[[Edition, View], Iterator[Placed]]
OfSite = Callable[[View], Iterator[Placed]]


class Rule(NamedTuple):
    """A rule: what it is called and how grave it is, what it is about, and one of three functions.

    document  looks at one file        edition  at an edition        site  at everything
    """

    name: str
    level: Level
    about: str
    cure: str
    document: OfDocument | None = None
    edition: OfEdition | None = None
    site: OfSite | None = None
