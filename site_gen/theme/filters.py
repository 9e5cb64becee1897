"""Filters of templates: pure functions of their arguments."""

import re
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup

from site_gen.basics import dates, day_words, urls
from site_gen.model import SiteView


def locale_name(language: str) -> str:
    """The locale whose forms a language tag gets; plain English writes the day first."""
    return "en_GB" if language.lower() == "en" else language.replace("-", "_")


@lru_cache(maxsize=8)
def locale(language: str) -> Any:
    """Babel's locale for a language tag, the nearest known one, else English."""
    from babel import Locale, UnknownLocaleError

    for name in (locale_name(language), language.split("-")[0], "en_GB"):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows no English")


def format_date(value: date | datetime, site: SiteView, form: str = "medium") -> str:
    """A day in the site's language and zone: form short, medium, long or full."""
    return _formatted(value, site.timezone, form, site.language)


@lru_cache(maxsize=8)
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


@lru_cache(maxsize=65536)
def _formatted(value: date | datetime, timezone: str, form: str, language: str) -> str:
    day = dates.day_in(value, _zone(timezone)) if isinstance(value, datetime) else value
    if form in ("medium", "long") and day_words.has_words(language):
        return day_words.day(day, language, form)
    from babel.dates import format_date as babel_date

    return str(babel_date(day, form, locale=locale(language)))


def format_range(first: date, last: date, site: SiteView) -> str:
    """A range of days ("12–18 February 2024"), a month, or one day, in the site's language."""
    return _ranged(first, last, site.language)


@lru_cache(maxsize=4096)
def _ranged(first: date, last: date, language: str) -> str:
    if day_words.has_words(language):
        return day_words.day_range(first, last, language)
    from babel.dates import format_date as babel_date
    from babel.dates import format_interval, format_skeleton

    if first == last:
        return str(babel_date(first, "full", locale=locale(language)))
    if day_words.is_month(first, last):
        return str(format_skeleton("yMMMM", first, locale=locale(language)))
    text = format_interval(first, last, "yMMMMd", locale=locale(language))
    return str(text).replace("\u2009", " ").replace("\u202f", " ")


@lru_cache(maxsize=65536)
def format_iso(value: date | datetime) -> str:
    """RFC 3339 of a moment, or the plain day."""
    return dates.iso(value) if isinstance(value, datetime) else value.isoformat()


def format_number(value: int, site: SiteView) -> str:
    """A whole number with the separators of the site's language."""
    if abs(value) < 1000:
        return str(value)
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale(site.language)))


_JSON_ESCAPES = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_ld(value: Any) -> Markup:
    """A value as JSON that may stand inside a script element."""
    import msgspec  # a build with nothing to do never comes here

    text = msgspec.json.encode(value, enc_hook=_plain).decode()
    for character, escape in _JSON_ESCAPES.items():  # an eighth of what str.translate takes
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - every markup character is escaped


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} in structured data")


def url_host(url: str) -> str:
    """The host of an absolute URL without `www.`."""
    return urls.host(url)


_TO_QUOTE = re.compile(r"[^A-Za-z0-9_.~-]+")


def url_quote(text: Any) -> str:
    """Text for the query of a `mailto:` link."""
    return _TO_QUOTE.sub(_quoted, str(text))  # the library looks at each character by itself


def _quoted(found: re.Match[str]) -> str:
    return _quote(found[0])


@lru_cache(maxsize=1024)
def _quote(text: str) -> str:
    return quote(text, safe="")


_SECOND = '<h2 id="'
_HEADING = re.compile(rf'{_SECOND}([^"]*)">(.*?)</h2>', re.DOTALL)
_ELEMENT = re.compile(r"<[^>]*>")
_NOTES = '<section class="footnotes">'


def headings(body: str) -> tuple[tuple[str, Markup], ...]:
    """(id, text) of each second-level heading of a sanitised body."""
    if _SECOND not in body:
        return ()
    return tuple(
        (name, Markup(_ELEMENT.sub("", text)))  # noqa: S704 - sanitised, and without its elements
        for name, text in _HEADING.findall(str(body))
    )


_LETTER = re.compile(r"(?:<[^>]*>|\s)*+([^\s<&])")


def opens_with(body: str, text: str) -> bool:
    """Whether a sanitised body begins with this text, as with an excerpt that is its beginning."""
    own = " ".join(text.rstrip("…. ").split())
    letter = _LETTER.match(body)  # nearly always another one
    if letter and not own.startswith(letter[1]):
        return False
    start = _ELEMENT.sub("", str(body)[: 4 * len(own) + 1000])
    return bool(own) and " ".join(unescape(start).split()).startswith(own)


def without_notes(body: str) -> Markup:
    """A sanitised body without its footnotes."""
    end = body.find(_NOTES)
    if end < 0 and type(body) is Markup:  # nearly always
        return body
    return Markup(body if end < 0 else body[:end])  # noqa: S704 - sanitised


def footnotes(body: str) -> Markup:
    """The footnotes of a sanitised body, "" where it has none."""
    start = body.find(_NOTES)
    return Markup(body[start:] if start >= 0 else "")  # noqa: S704 - sanitised


@lru_cache(maxsize=1024)
def _language(code: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_display_name(locale(language)) or code
    except (UnknownLocaleError, ValueError):
        return code


def language_name(code: str, site: SiteView) -> str:
    """The name of a language in the site's own; an unknown code as it is."""
    return _language(code, site.language)


def wrapped(text: str, width: int = 72, indent: int = 0) -> str:
    """Text in lines of at most `width` characters, `indent` blanks before all but the first.

    Breaks at blanks alone, so that an address longer than a line stays whole and can be followed.
    """
    lines: list[str] = []
    for line in map(str.rstrip, text.splitlines()):
        start = 0
        while len(line) - start > width:
            end = line.rfind(" ", start, start + width + 1)
            end = end if end > start else line.find(" ", start + width)
            if end < 0:
                break
            lines.append(line[start:end].rstrip())
            start = end + 1
        lines.append(line[start:])
    return ("\n" + " " * indent).join(lines)


FILTERS = {
    "date": format_date,
    "daterange": format_range,
    "isodate": format_iso,
    "number": format_number,
    "json_ld": json_ld,
    "url_host": url_host,
    "urlquote": url_quote,
    "headings": headings,
    "opens_with": opens_with,
    "without_notes": without_notes,
    "footnotes": footnotes,
    "language_name": language_name,
    "wrapped": wrapped,
}
