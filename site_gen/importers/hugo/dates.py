"""Hugo's dates of a page: which keys of front matter tell them is a setting."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

from site_gen.basics import written_dates
from site_gen.importers.reading import names, values

DEFAULTS = {
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "publishdate": ("publishdate", "pubdate", "published"),
    "expirydate": ("expirydate", "unpublishdate"),
    "lastmod": ("lastmod", "modified"),
}
"""Date -> keys that tell it; the first that holds one wins."""
_OFFSET = re.compile(
    r"\d:\d\d.*?(?:(?P<utc>Z)|(?P<sign>[+-])(?P<h>\d\d):?(?P<m>[0-5]\d))\s*$", re.I
)


class Told(NamedTuple):
    """The dates of a page, `slug` where its file's name gave both; `read` = keys that told them.

    `zone` = the one that the date was written in, which its address keeps.
    """

    date: datetime | None
    publish: datetime | None
    expiry: datetime | None
    lastmod: datetime | None
    slug: str
    read: frozenset[str]
    zone: tzinfo

    @property
    def shown(self) -> datetime | None:
        """What is to appear later must not appear before, whatever date it bears."""
        return max(filter(None, (self.date, self.publish)), default=None)


class Dates:
    """The rules of a site, from `[frontmatter]` of its settings."""

    def __init__(self, config: Mapping[str, Any], zone: tzinfo) -> None:
        self.zone = zone
        said = {k.lower(): v for k, v in values.table(config.get("frontmatter")).items()}
        self.keys = {
            name: tuple(dict.fromkeys(self._keys(values.listed(said.get(name)), usual)))
            for name, usual in DEFAULTS.items()
        }

    def _keys(self, given: Iterable[Any], usual: tuple[str, ...]) -> Iterator[str]:
        """Those of the settings, then the usual ones: what either holds back stays back."""
        for key in (values.text(key).lower() for key in given):
            yield from usual if key == ":default" else (key,)
        yield from usual

    def told(self, fields: Mapping[str, Any], stem: str) -> Told:
        """The dates of a page with these fields (keys in lower case) in a file of that name."""
        found: dict[str, datetime | None] = {}
        read: set[str] = set()
        slug = ""
        zone = self.zone
        named = names.named(stem)
        for name, keys in self.keys.items():
            for key in keys:
                value = fields.get(key)
                moment = None if isinstance(value, bool) else self._moment(value)
                if key == ":filename" and named.exact and named.day:
                    moment = self._moment(named.day.isoformat())
                    slug = named.stem if moment and named.stem != stem else slug
                if moment:
                    found[name] = moment
                    read.add(key)
                    zone = _zone(value, zone) if name == "date" else zone
                    break
        date = found.get("date")
        if date is None and found.get("publishdate") is None and named.day:
            date = self._moment(named.day.isoformat())
        return Told(date, found.get("publishdate"), found.get("expirydate"), found.get("lastmod"),
                    slug, frozenset(read), zone)  # fmt: skip

    def _moment(self, value: Any) -> datetime | None:
        return written_dates.moment(value, self.zone)


def _zone(value: Any, otherwise: tzinfo) -> tzinfo:
    """The zone in which a date is written, where it names one."""
    if isinstance(value, datetime):
        return value.tzinfo or otherwise
    found = _OFFSET.search(values.text(value)[: written_dates.MAX_LENGTH])
    if found is None:
        return otherwise
    if found["utc"]:
        return UTC
    away = timedelta(hours=int(found["h"]) % 24, minutes=int(found["m"]))
    return timezone(away if found["sign"] == "+" else -away)
