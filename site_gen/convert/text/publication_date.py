"""When it was published: a date beside the title, after `Published`, or of the edition.

A date in a caption or in a list of other articles says nothing about this one.
"""

from datetime import datetime

from site_gen.convert.text.dates import find_date, find_moment
from site_gen.convert.text.lexicon import core, lexicon
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.title import top_of_body

_ABOVE, _BELOW = 15, 8
_WORDS = 4


def find_dates(sheet: Sheet) -> None:
    """Set `publishedDateTime` and `modifiedDateTime` where the text has them."""
    for at in _near_article(sheet):
        line = sheet.lines[at]
        moment = find_moment(line.text)
        if sheet.fired(at) != "dateline" or moment is None or sheet.keep[at]:
            continue
        field = "modifiedDateTime" if _opens(line.text, "updated") else "publishedDateTime"
        below = at > top_of_body(sheet)
        if field not in sheet.found and (not below or _opens(line.text, "published")):
            sheet.found[field] = moment
            sheet.move(at, "dateline", field)
    if "publishedDateTime" not in sheet.found:
        _edition_date(sheet)


def _near_article(sheet: Sheet) -> list[int]:
    kept = sheet.kept()
    if not kept:
        return []
    top = top_of_body(sheet)
    titles = [at for at, (rule, _) in sheet.cuts.items() if rule == "title" and at <= top]
    start = max(0, min([top - _ABOVE, *(at - 6 for at in titles if top - at <= 40)]))
    above = range(start, min(top + 2, len(sheet.lines)))
    below = range(kept[-1] + 1, min(kept[-1] + _BELOW, len(sheet.lines)))
    return [*above, *below]


def _opens(text: str, name: str) -> bool:
    words = core(text).replace(":", " ").split()[:_WORDS]
    return any(lexicon(name).holds(" ".join(words[: n + 1])) for n in range(len(words)))


def _edition_date(sheet: Sheet) -> None:
    """A date on the line that names the edition, or on the next."""
    for at, line in enumerate(sheet.lines):
        if line.words > 25 or sheet.keep[at] or not lexicon("edition").holds(_undated(line.core)):
            continue
        for other in (at, at + 1):
            day = find_date(sheet.lines[other].text) if other < len(sheet.lines) else None
            if day is not None and not sheet.keep[other]:
                sheet.found["publishedDateTime"] = _midnight(day)
                sheet.move(other, "edition_date", "publishedDateTime")
                return


def _undated(text: str) -> str:
    return core(text.split(":")[0]) if find_date(text) and ":" in text else text


def _midnight(day: datetime) -> datetime:
    return day.replace(hour=0, minute=0, second=0)
