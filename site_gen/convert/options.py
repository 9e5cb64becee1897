"""The options of a conversion."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """What the editor asked for.

    to             folder for drafts, relative to the site; "" = content
    update         merge new fields into files that the editor changed
    again          recreate drafts that the editor removed
    publish        write no `draft: true`, for unattended jobs
    date           publishedDateTime for drafts without one
    provider       name or domain, for drafts without one
    topics         added to every draft
    edition        id of the edition of all drafts; "" = by their dates
    since          skip drafts published before; undated ones are kept
    limit          at most so many drafts of each source, 0 = all
    duplicates     "name" = one draft of a story, "keep" = one for each source
    split          one document as several articles: None = decide from the document
    allow_private  fetch from private and loopback addresses
    """

    to: str = ""
    dry_run: bool = False
    diff: bool = False
    update: bool = False
    again: bool = False
    publish: bool = False
    date: datetime | None = None
    provider: str = ""
    topics: tuple[str, ...] = ()
    edition: str = ""
    since: datetime | None = None
    limit: int = 0
    duplicates: Literal["name", "keep"] = "name"
    split: bool | None = None
    allow_private: bool = False
