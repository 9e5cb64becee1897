"""Hidden texts that are not draft articles: draft notes and pages, and unpublished texts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from site_gen.model import ContentPage, Facts, Note

UNPUBLISHED = "published: false"


class Unpublished(NamedTuple):
    """One of them; `why` = "draft" or "published: false", `path` below `content/`."""

    path: str
    slug: str
    title: str
    why: str
    date: datetime | None = None


def unpublished(
    facts: Iterable[Facts], notes: Iterable[Note], pages: Iterable[ContentPage]
) -> Iterator[Unpublished]:
    """Draft notes and pages, and all texts with `published: false`."""
    for each in facts:
        if not each.published:
            yield Unpublished(
                each.path, each.card.slug, each.card.title, UNPUBLISHED, each.card.date
            )
    for note in notes:
        if note.draft or not note.published:
            why = "draft" if note.published else UNPUBLISHED
            yield Unpublished(note.path, note.slug or note.id, note.title, why, note.date)
    for page in pages:
        if page.draft or not page.published:
            why = "draft" if page.published else UNPUBLISHED
            yield Unpublished(page.path, page.slug, page.title, why)
