"""Articles that say themselves that they are not shown."""

from datetime import datetime

from site_gen.model.base import Record


class Hidden(Record, frozen=True, kw_only=True):
    """A content file that cannot be read as an article, but says that none is to be shown.

    since  from when on (its expiry, else always); None if it is only a draft
    """

    path: str
    since: datetime | None = None
    draft: bool = False


class Notice(Record, frozen=True, kw_only=True):
    """What replaces a withdrawn article: nothing of its text, only the reason.

    id, edition  content path without `.md`, and edition, for letters that contained it
    """

    id: str
    path: str
    permalink: str
    guid: str
    edition: str
    date: datetime | None = None
    reason: str = ""
    aliases: tuple[str, ...] = ()
