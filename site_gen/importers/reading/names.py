"""Dates, issue numbers and titles from names of files and folders."""

import re
from collections.abc import Iterable
from datetime import UTC, date
from typing import NamedTuple

from site_gen.basics import written_dates

_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:[-_.](?P<m>\d{1,2})[-_.](?P<d>\d{1,2})|[-_.]?(?P<md>\d{4}))"
    r"(?=$|[-_. ])[-_. ]*"
)
_INSIDE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<m>\d\d)(?P=mark)(?P<d>\d\d)(?!\d)"
)
"""A day that stands behind the number or the name of a series."""
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d[-_.](?:0\d|1[0-2])(?!\d)(?:[-_.]\d\d(?!\d))?")
"""A month or a day in figures, which hold no number of an issue."""
_STRICT = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?=.)")
_FOLDERS = re.compile(r"(?:^|/)(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})(?:/(?P<d>\d{1,2}))?(?=/)")
_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)[-_.](?P<m>\d\d)(?=$|[-_. ])[-_. ]*")
_NUMBER = re.compile(
    r"(?:\b|_)(?:issue|no|nr|n[º°]|number|edition|episode|newsletter|vol|volume|ausgabe|num[eé]ro"
    r"|выпуск|edición|edição|nummer)[\s._-]*#?\s*(\d{1,5})(?!\d)|[#№]\s?(\d{1,5})(?!\d)"
    r"|第\s?(\d{1,5})\s?[期号號回]|제?\s?(\d{1,5})\s?호(?![가-힣])",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"(?:issue|edition|newsletter|weekly|digest|ausgabe|num[eé]ro)[-_ .#]*\d"
    r"|(?!(?:19|20)\d\d)#?\d{1,4}\Z",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:^|[\s_#-])(\d{1,5})\s*$")
ENDINGS = (
    *(".html.md", ".html.markdown", ".md", ".markdown", ".mkd", ".mdown", ".mdx"),
    *(".html", ".htm", ".txt", ".rst", ".njk"),
)
NO_MARKDOWN = "it is no Markdown: turn it into Markdown first (pandoc)"
"""Why a text in another language of mark-up is not taken in."""


class Named(NamedTuple):
    """A day told by a path, whether the day itself is in it, and the stem without it.

    period   "month" or "week" where it tells no more: `day` is the first of it
    """

    day: date | None
    exact: bool
    stem: str
    period: str = ""


def stem_of(path: str) -> str:
    """The file's name without its ending; a bundle's is its folder's."""
    *folders, name = path.split("/")
    stem = next((name[: -len(e)] for e in ENDINGS if name.lower().endswith(e)), name)
    return folders[-1] if stem.lower() in ("index", "readme") and folders else stem


def named(path: str) -> Named:
    """What the path says about the date: its name first, then its folders."""
    stem = stem_of(path)
    if found := _DAY.match(stem):
        both = found["md"] or ""
        if day := _day(found["y"], found["m"] or both[:2], found["d"] or both[2:]):
            return Named(day, True, stem[found.end() :] or stem)
    found = _MONTH.match(stem)
    if found and (day := _day(found["y"], found["m"], "1")):
        return Named(day, False, stem[found.end() :] or stem, "month")
    if week := _week_in(stem, path):
        return Named(week, False, stem, "week")
    for found in _INSIDE.finditer(stem):
        if day := _day(found["y"], found["m"], found["d"]):
            return Named(day, True, stem)
    found = _FOLDERS.search(path)
    if found and (day := _day(found["y"], found["m"], found["d"] or "1")):
        return Named(day, bool(found["d"]), stem, "" if found["d"] else "month")
    day = _in_words(stem) or _in_words(path.rpartition(".")[0])
    return Named(day, day is not None, stem)


_WEEK = re.compile(r"(?:^|/)(?P<y>(?:19|20)\d\d)[/_-](?P<w>\d{1,2})(?=/|\.\w+$)")
_NAMED_WEEK = re.compile(
    r"(?<![^\W_])(?:(?P<y>(?:19|20)\d\d)[-_. ]?)?(?:w|kw|week|woche|semaine|semana)[-_. ]?"
    r"(?P<w>\d{1,2})(?!\d)(?:[-_. ](?P<later>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:^|/)((?:19|20)\d\d)(?=/)")


def _week_in(stem: str, path: str) -> date | None:
    """The Monday of the week that a name tells: `2024-W05`, `week-5-2024`, `2024/week-05`."""
    found = _NAMED_WEEK.search(stem)
    folder = _YEAR.search(path)
    year = found and (found["y"] or found["later"] or (folder and folder[1]))
    return _monday(year, found["w"]) if found and year else None


def _monday(year: str, week: str) -> date | None:
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None


def in_weeks(paths: Iterable[str]) -> bool:
    """Whether figures below years, or behind them, are weeks: one is past twelve, none past 53."""
    told = [int(found["w"]) for path in paths if (found := _WEEK.search(path))]
    return 12 < max(told, default=0) <= 53


def week_of(path: str) -> date | None:
    """The Monday of the week that figures tell: `2012/21/x.md`, `2012/21.md`, `2012-21.md`."""
    found = _WEEK.search(path)
    return _monday(found["y"], found["w"]) if found else None


def _in_words(text: str) -> date | None:
    """A day whose month is a word: `2024Apr01`, `weekly-12-jan-2024`, `2022/Aug/15`."""
    plain = " ".join(re.split(r"[-_/.\s]+", text))
    found = written_dates.find(plain, UTC) if re.search(r"[^\W\d_]{3}", plain) else None
    return found.moment.date() if found else None


def post_name(name: str) -> Named | None:
    """Jekyll's rule for the name of a post: `2016-10-3-x.md`; None for what is none."""
    stem = next((name[: -len(e)] for e in ENDINGS if name.lower().endswith(e)), name)
    found = _STRICT.match(stem)
    day = _day(found["y"], found["m"], found["d"]) if found else None
    return Named(day, True, stem[found.end() :]) if found and day else None


def number(*texts: str) -> int | None:
    """The number of an issue that a title or name tells: `Issue 12`, `No. 12`, `#12`."""
    for text in texts:
        if found := _NUMBER.search(_DATED.sub(" ", text)):
            return int(next(filter(None, found.groups())))
    return None


def is_of_series(stem: str) -> bool:
    """Whether a name says that it is one of a series: `issue-20191101`, `weekly_60`, `2024-W05`."""
    return bool(_SERIES.match(stem) or _NAMED_WEEK.fullmatch(stem))


def is_day(stem: str) -> bool:
    """Whether a name is a day and nothing else: `2023-10-08`, `2024Apr01`."""
    plain = " ".join(re.split(r"[-_.\s]+", stem))
    found = written_dates.find(plain, UTC)
    return bool(_DAY.fullmatch(stem) or (found and found.span == (0, len(plain))))


def words(stem: str) -> str:
    """A name as a title: `the-old-quay` is `The old quay`; "" where it holds no word."""
    text = " ".join(re.split(r"[-_\s]+", re.sub(r"^\d{1,3}[-_. ]+", "", named(stem).stem)))
    text = text.strip(" .#")
    return text[:1].upper() + text[1:] if re.search(r"[^\W\d]{2}", text) else ""


def last_number(text: str) -> int | None:
    """The number that a title ends in, whatever stands before it."""
    found = _LAST.search(text)
    return int(found[1]) if found else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if 1990 <= made.year <= 2100 else None
