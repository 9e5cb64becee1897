"""The zone in which an old site writes its dates."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from site_gen.importers.old_site import Wishes


def zone(name: object, wishes: Wishes) -> tuple[str, tzinfo]:
    """The zone of that name, else that of the new site's settings, else UTC; and its name."""
    for wanted in (str(name or "").strip(), wishes.zone):
        if wanted:
            try:
                return wanted, ZoneInfo(wanted)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
    return "", UTC
