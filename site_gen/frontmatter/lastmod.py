"""When an article last changed, according to its front matter."""

from datetime import datetime

from site_gen.model import FrontMatter


def modified(matter: FrontMatter) -> datetime | None:
    """lastmod: modifiedDateTime, else the newest correction, else published, else added."""
    corrected = [c.date for c in matter.corrections if c.date]
    return (
        matter.modified_date_time
        or (max(corrected) if corrected else None)
        or matter.published_date_time
        or matter.added_date_time
    )
