"""Days in words for English and German, which needs no library.

Other languages use Babel, whose import takes longer than building a small site.
"""

from datetime import date, timedelta

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
_SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split()


def primary_language(language: str) -> str:
    """`de` for `de-AT`."""
    return language.lower().partition("-")[0]


def has_words(language: str) -> bool:
    """Whether this module knows the language; American English writes dates differently."""
    return language.lower() in ("en", "en-gb") or primary_language(language) == "de"


def is_month(first: date, last: date) -> bool:
    """Whether two days are the first and the last of one month."""
    following = last + timedelta(days=1)
    return first.day == following.day == 1 and (last.year, last.month) == (first.year, first.month)


def day(moment: date, language: str, form: str) -> str:
    """A day: medium `17 Feb 2024` / `17.02.2024`, long `17 February 2024` / `17. Februar 2024`."""
    if form == "long":
        return _day(moment, language, year=True, month=True)
    if primary_language(language) == "de":
        return f"{moment.day:02d}.{moment.month:02d}.{moment.year}"
    return f"{moment.day} {_SHORT[moment.month - 1]} {moment.year}"


def day_range(first: date, last: date, language: str) -> str:
    """`12–18 February 2024`, naming only the parts that differ; `February 2024` for a whole month,
    `Monday, 12 February 2024` for one day."""
    if first == last:
        own = primary_language(language)
        weekday = _WEEKDAYS[own].split()[first.weekday()]
        return f"{weekday}, {_day(first, language, year=True, month=True)}"
    if is_month(first, last):
        return f"{_MONTHS[primary_language(language)].split()[first.month - 1]} {first.year}"
    year = first.year != last.year
    month = year or first.month != last.month
    dash = " – " if month else "–"
    start = _day(first, language, year=year, month=month)
    return f"{start}{dash}{_day(last, language, year=True, month=True)}"


def _day(moment: date, language: str, *, year: bool, month: bool) -> str:
    own = primary_language(language)
    parts = [f"{moment.day}{'.' if own == 'de' else ''}"]
    parts += [_MONTHS[own].split()[moment.month - 1]] if month else []
    parts += [str(moment.year)] if year else []
    return " ".join(parts)
