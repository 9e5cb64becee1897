"""Articles that are not shown by their own word."""

from datetime import datetime

from site_gen.model.base import Noun


class Hidden(Noun, frozen=True, kw_only=True):
    """A content file that cannot be read as an article, but says that none is to be shown.

    since   from when on (its expiry, else the beginning of time); None where it is only a draft
    """

    path: str
    since: datetime | None = None
    draft: bool = False


class Notice(Noun, frozen=True, kw_only=True):
    """What stands in the place of a withdrawn article: of its text nothing but the reason.

    id, edition   its identity (content path without `.md`) and week, for letters that held it
    """

    id: str
    path: str
    permalink: str
    guid: str
    edition: str
    date: datetime | None = None
    reason: str = ""
    aliases: tuple[str, ...] = ()
