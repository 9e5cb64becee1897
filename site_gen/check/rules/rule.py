"""What a rule is, and what it is handed. A rule is a small function; this is its registration."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import slugs
from site_gen.check.document import Document, Summary
from site_gen.check.findings import Hit, Level
from site_gen.check.scan import Link
from site_gen.model import Catalog, Edition
from site_gen.settings import Settings


class Sight:
    """What a rule for a single document may know beside it: the settings, and nothing else.

    So that what it found holds as long as neither document nor settings change.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.check = settings.check

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

    documents   by content path, those that the catalog shows, notes and pages among them
    editions    newest first, the open one and those of drafts and future articles included
    chosen      the editions that the editor asked about
    links       what each edition points to, by its id: filled by the rule that asks
    """

    root: Path
    settings: Settings
    now: datetime
    catalog: Catalog
    documents: Mapping[str, Summary]
    editions: tuple[Edition, ...]
    chosen: tuple[Edition, ...]
    links: dict[str, dict[str, tuple[Summary, Link]]]

    def note_of(self, edition: Edition) -> Summary | None:
        """The note of an edition."""
        return self.documents.get(f"editions/{edition.ref.id}.md")

    def articles_of(self, edition: Edition) -> list[Summary]:
        """The articles of an edition in the order in which it shows them."""
        found = (self.documents.get(f"{card.id}.md") for card in edition.cards)
        return [document for document in found if document is not None]

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
