"""Jekyll's permalinks: its named styles, its placeholders, its way of making slugs."""

import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_NOT_PRETTY = re.compile(r"[^\w._~!$&'()+,;=@-]+")
_NOT_PLAIN = re.compile(r"[^\w]+|_+(?=_)")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("January February March April May June July August September October November"
           " December").split()  # fmt: skip


class Facts(NamedTuple):
    """What placeholders are filled from; the moment is in the site's zone."""

    stem: str
    name: str
    path: str
    categories: list[str]
    moment: datetime | None
    collection: str


def address(style: str, facts: Facts) -> str:
    """The address of a post or document, as a person would type it."""
    pattern = STYLES.get(style, style)
    values = _values(facts)
    made = re.sub(r":([a-z_]+)", lambda m: _filled(m[1], values), pattern)
    made = re.sub(r"/{2,}", "/", f"/{made}")
    return re.sub(r"\s+", " ", made)


def _filled(word: str, values: dict[str, str]) -> str:
    """The longest placeholder that the word begins with: `:titleabc` is `:title` and `abc`."""
    for length in range(len(word), 0, -1):
        if word[:length] in values:
            return values[word[:length]] + word[length:]
    return f":{word}"


def _values(facts: Facts) -> dict[str, str]:
    values = {
        "title": pretty(facts.stem),
        "slug": plain(facts.stem),
        "name": plain(facts.name),
        "path": facts.path,
        "collection": facts.collection,
        "output_ext": ".html",
        "categories": "/".join(dict.fromkeys(c.lower() for c in facts.categories)),
        "slugified_categories": "/".join(dict.fromkeys(plain(c) for c in facts.categories)),
    }
    moment = facts.moment
    if moment:
        year, week, weekday = moment.isocalendar()
        values |= {
            "year": f"{moment.year}",
            "short_year": f"{moment.year % 100:02d}",
            "month": f"{moment.month:02d}",
            "i_month": f"{moment.month}",
            "short_month": _MONTHS[moment.month - 1][:3],
            "long_month": _MONTHS[moment.month - 1],
            "day": f"{moment.day:02d}",
            "i_day": f"{moment.day}",
            "y_day": f"{moment.timetuple().tm_yday:03d}",
            "w_year": f"{year}",
            "week": f"{week:02d}",
            "w_day": f"{weekday}",
            "short_day": _DAYS[weekday - 1],
            "hour": f"{moment.hour:02d}",
            "minute": f"{moment.minute:02d}",
            "second": f"{moment.second:02d}",
        }
    return values


def pretty(text: str) -> str:
    """Jekyll's slug that keeps case and most punctuation: for `:title`."""
    return _NOT_PRETTY.sub("-", text).strip("-")


def plain(text: str) -> str:
    """Jekyll's default slug: letters and digits, lower case."""
    return re.sub(r"[^\w]+|_", "-", text).strip("-").lower().replace("--", "-")


def of_collection(style: str) -> str:
    """What the site's style means for documents of collections: how addresses end."""
    if style in ("pretty",) or (style and style not in STYLES and style.endswith("/")):
        return "/:collection/:path/"
    return "/:collection/:path:output_ext"


def page(path: str, style: str) -> str:
    """The address of a page by its file."""
    stem, _, ending = path.rpartition(".")
    if ending.lower() not in ("md", "markdown", "mkd", "mkdn", "mkdown", "html", "htm"):
        return f"/{path}"
    folder, _, name = f"/{stem}".rpartition("/")
    if name == "index":
        return f"{folder}/"
    if style == "pretty" or (style not in STYLES and style.endswith("/")):
        return f"{folder}/{name}/"
    plain_style = style in STYLES or style.endswith(":output_ext")
    return f"{folder}/{name}.html" if plain_style else f"{folder}/{name}"


def encoded(path: str) -> str:
    """As it stands in an address."""
    return quote(path, safe="/~-._@!$&'()+,;=")
