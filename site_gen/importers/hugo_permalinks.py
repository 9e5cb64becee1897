"""Hugo's addresses: patterns of permalinks, and how names become parts of an address."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import partial
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
    keeps_case: bool = False


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
    named = partial(urlized, keeps_case=facts.keeps_case)
    if pattern:
        values = _values(facts)

        def said(found: re.Match[str]) -> str:
            if found[1].lower() == "sections" and found[2]:
                return "/".join(map(named, _some(facts.folders, found[2][1:-1])))
            return values.get(found[1].lower(), found[0])

        made = re.sub(r":(\w+)(\[[^\]]*\])?", said, pattern)
        made = re.sub(r"/{2,}", "/", f"/{made}/")
    else:
        name = named(facts.slug or facts.stem)
        made = "/".join(("", *map(named, facts.folders), name, ""))
    return made.rstrip("/") + ".html" if ugly else made


def _some(folders: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    """Hugo's slices of `:sections`: `0`, `last`, `1:`, `:2`, `1:last`."""
    first, mark, end = (part.strip() for part in wanted.partition(":"))
    at = [len(folders) - 1 if part == "last" else int(part) if part.isdigit() else None
          for part in (first, end)]  # fmt: skip
    if not mark:
        return folders[at[0] : at[0] + 1] if at[0] is not None and at[0] >= 0 else ()
    return folders[at[0] : at[1]]


def _values(facts: Facts) -> dict[str, str]:
    name = partial(urlized, keeps_case=facts.keeps_case)
    slug = name(facts.slug or facts.title or facts.stem)
    named = name(facts.slug or facts.stem)
    values = {
        "slug": slug,
        "title": name(facts.title),
        "filename": name(facts.stem),
        "contentbasename": name(facts.stem),
        "slugorfilename": named,
        "slugorcontentbasename": named,
        "section": name(facts.section),
        "sections": "/".join(map(name, facts.folders)),
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


def urlized(text: str, *, keeps_case: bool = False) -> str:
    """Hugo's way from a name to a part of an address: `First Post's` is `first-posts`."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    made = re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", plain.strip()))
    return made if keeps_case else made.lower()


def encoded(path: str) -> str:
    """As it stands in an address."""
    return quote(path, safe="/~-._@!$&'()+,;=:")
