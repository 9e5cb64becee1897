"""Hugo's addresses: patterns of permalinks, and how names become parts of an address."""

import re
import unicodedata
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from site_gen.importers.hugo import settings, targets
from site_gen.importers.hugo.targets import Page
from site_gen.importers.reading import values

_DROPPED = re.compile(r"[^\w\s./\\#+~_·-]")
_MONTHS = ("january february march april may june july august september october november"
           " december").split()  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_DATE = datetime(1, 1, 1)
"""What addresses of pages say that have no date."""


class Facts(NamedTuple):
    """What an address is made from; the moment is in the zone that it is written in."""

    title: str
    slug: str
    stem: str
    folders: tuple[str, ...]
    section: str
    moment: datetime | None
    keeps_case: bool = False
    sections: tuple[tuple[str, str], ...] = ()
    """Name and slug of each section that it lies in: a folder in one is none by itself."""


class Patterns:
    """`permalinks` of the settings: by section, by kind and section, or a list with targets."""

    def __init__(self, found: Any) -> None:
        self._given = values.table(found)
        self._rules = [values.table(item) for item in found] if isinstance(found, list) else []

    def of(self, section: str, page: Page) -> str:
        """The pattern for a page of a section (of a taxonomy, for a list); "" for none."""
        for rule in self._rules:
            if targets.hits(settings.lower(values.table(rule.get("target"))), page):
                return values.text(rule.get("pattern"))
        inner = values.table(self._given.get(page.kind)).get(section)
        plain = self._given.get(section) if page.kind in ("page", "term") else None
        found = inner or plain
        return found if isinstance(found, str) else ""


def address(pattern: str, facts: Facts, *, ugly: bool) -> str:
    """The address of a page."""
    named = partial(urlized, keeps_case=facts.keeps_case)
    if pattern:
        known = _values(facts)

        def said(found: re.Match[str]) -> str:
            word = found[1].lower()
            if word in ("sections", "sectionslugs"):
                at = int(word == "sectionslugs")
                parts = tuple(section[at] for section in facts.sections)
                return "/".join(map(named, _some(parts, found[2][1:-1]) if found[2] else parts))
            return known.get(word, found[0])

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
    made = {
        "slug": slug,
        "title": name(facts.title),
        "filename": name(facts.stem),
        "contentbasename": name(facts.stem),
        "slugorfilename": named,
        "slugorcontentbasename": named,
        "section": name(facts.section),
        "sectionslug": name(facts.sections[0][1] if facts.sections else facts.section),
    }
    moment = facts.moment or NO_DATE
    made |= {
        "year": f"{moment.year}",
        "month": f"{moment.month:02d}",
        "monthname": _MONTHS[moment.month - 1],
        "day": f"{moment.day:02d}",
        "weekday": f"{moment.isoweekday() % 7}",
        "weekdayname": _DAYS[moment.weekday()],
        "yearday": f"{moment.timetuple().tm_yday}",
    }
    return made


def urlized(text: str, *, keeps_case: bool = False) -> str:
    """Hugo's way from a name to a part of an address: `First Post's` is `first-posts`."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    made = re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", plain.strip()))
    return made if keeps_case else made.lower()


def encoded(path: str) -> str:
    """As it stands in an address."""
    return quote(path, safe="/~-._@!$&'()+,;=:")
