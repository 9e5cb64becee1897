"""Hugo's addresses: patterns of permalinks, and how names become parts of an address."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

_DROPPED = re.compile(r"[^\w\s./\\#+~_·-]")
_MONTHS = ("january february march april may june july august september october november"
           " december").split()  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Facts(NamedTuple):
    """What an address is made from; the moment is in the site's zone."""

    title: str
    slug: str
    stem: str
    dateless: str
    folders: tuple[str, ...]
    section: str
    moment: datetime | None


def patterns(found: Any) -> dict[str, str]:
    """Section -> pattern, also from the newer `[permalinks.page]`."""
    if not isinstance(found, Mapping):
        return {}
    made = {str(key): value for key, value in found.items() if isinstance(value, str)}
    inner = found.get("page")
    if isinstance(inner, Mapping):
        made |= {str(key): str(value) for key, value in inner.items()}
    return made


def address(pattern: str, facts: Facts, *, ugly: bool) -> str:
    """The address of a page."""
    if pattern:
        values = _values(facts)
        made = re.sub(r":(\w+)(\[[^\]]*\])?", lambda m: values.get(m[1].lower(), m[0]), pattern)
        made = re.sub(r"/{2,}", "/", f"/{made}/")
    else:
        name = urlized(facts.slug or facts.stem)
        made = "/".join(("", *map(urlized, facts.folders), name, ""))
    return made.rstrip("/") + ".html" if ugly else made


def _values(facts: Facts) -> dict[str, str]:
    slug = urlized(facts.slug or facts.title or facts.stem)
    named = urlized(facts.slug or facts.stem)
    values = {
        "slug": slug,
        "title": urlized(facts.title),
        "filename": urlized(facts.stem),
        "contentbasename": urlized(facts.stem),
        "slugorfilename": named,
        "slugorcontentbasename": named,
        "section": urlized(facts.section),
        "sections": "/".join(map(urlized, facts.folders)),
    }
    moment = facts.moment
    if moment:
        values |= {
            "year": f"{moment.year}",
            "month": f"{moment.month:02d}",
            "monthname": _MONTHS[moment.month - 1],
            "day": f"{moment.day:02d}",
            "weekday": f"{moment.isoweekday() % 7}",
            "weekdayname": _DAYS[moment.weekday()],
            "yearday": f"{moment.timetuple().tm_yday}",
        }
    return values


def urlized(text: str) -> str:
    """Hugo's way from a name to a part of an address: `First Post's` is `first-posts`."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", plain.strip())).lower()


def encoded(path: str) -> str:
    """As it stands in an address."""
    return quote(path, safe="/~-._@!$&'()+,;=:")
