"""Finds the publication date: beside the title, after `Published`, or of the edition.

Dates in captions and in lists of other articles do not count.
"""

import re
from datetime import UTC, tzinfo

from site_gen.basics import written_dates
from site_gen.convert.text.lexicon import core, lexicon
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.title import top_of_body

_ABOVE, _BELOW = 15, 8
_DECK = 3
_LONGEST = 80
_WORDS = 4
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][^\W\d_a-z]+[^\d:;!?]{0,50}?)(?:, ?| ?\()(?P<day>[^()]{6,40}\d)\)?"
    r"(?: ?\([^()]{2,40}\)| ?/[^/]{2,40}/)? ?(?:--|[—–]| - )"
)
_DATED = frozenset({"dateline", "byline"})


def find_dates(sheet: Sheet, zone: tzinfo) -> None:
    """Set `publishedDateTime` and `modifiedDateTime` if the text has them.

    `zone` is the site's, for days without a time and times without a zone.
    """
    top = _end_of_masthead(sheet)
    for at in _near_article(sheet):
        line = sheet.lines[at]
        below = at > top
        if sheet.fired(at) not in _DATED or (sheet.keep[at] and below):
            continue
        read = written_dates.find(line.text, zone, sheet.page.language)
        if read is None:
            continue
        field = "modifiedDateTime" if _opens(line.text, "updated") else "publishedDateTime"
        if field not in sheet.found and (not below or _opens(line.text, "published")):
            sheet.found[field] = read.moment
            sheet.warnings += written_dates.warnings(field, line.text, read)
            if sheet.fired(at) == "dateline":
                sheet.move(at, "dateline", field)
    if "publishedDateTime" not in sheet.found:
        _edition_date(sheet, zone)
    if "publishedDateTime" not in sheet.found:
        _dateline_of_prose(sheet, zone)
    if "publishedDateTime" not in sheet.found:
        _name_unread(sheet, top)


def _name_unread(sheet: Sheet, top: int) -> None:
    """A warning for a line such as `Published 31 April 2031`, which is no date."""
    for at in range(max(0, top - _ABOVE), min(top + 2, len(sheet.lines))):
        text = sheet.lines[at].text
        said = not sheet.keep[at] and len(text) < _LONGEST and _opens(text, "published")
        if said and any(c.isdigit() for c in text):
            sheet.warnings += written_dates.warnings("publishedDateTime", text, None)
            return


def _end_of_masthead(sheet: Sheet) -> int:
    """The first paragraph below names and dates; a deck may be above them."""
    top = top_of_body(sheet)
    below = range(top + 1, min(top + 1 + _DECK, len(sheet.lines)))
    last = max((at for at in below if sheet.fired(at) in _DATED), default=top)
    return next((at for at in sheet.kept() if at >= last and is_prose(sheet.lines[at])), top)


def _near_article(sheet: Sheet) -> list[int]:
    """The lines that may have the date, the best first: between title and body, above the title,
    below the body."""
    kept = sheet.kept()
    if not kept:
        return []
    top = top_of_body(sheet)
    titles = [at for at, (rule, _) in sheet.cuts.items() if rule == "title" and at <= top]
    start = max(0, min([top - _ABOVE, *(at - 6 for at in titles if top - at <= 40)]))
    end = min(_end_of_masthead(sheet) + 2, len(sheet.lines))
    named = max(titles, default=start)
    below = range(kept[-1] + 1, min(kept[-1] + _BELOW, len(sheet.lines)))
    return [*range(named, end), *range(named - 1, start - 1, -1), *below]


def _opens(text: str, name: str) -> bool:
    words = core(text).replace(":", " ").split()[:_WORDS]
    return any(lexicon(name).holds(" ".join(words[: n + 1])) for n in range(len(words)))


def _edition_date(sheet: Sheet, zone: tzinfo) -> None:
    """A date on the line that names the edition, or on the next one."""
    for at, line in enumerate(sheet.lines):
        if line.words > 25 or sheet.keep[at] or not lexicon("edition").holds(_undated(line.core)):
            continue
        for other in (at, at + 1):
            text = sheet.lines[other].text if other < len(sheet.lines) else ""
            read = written_dates.find(text, zone, sheet.page.language)
            if read is not None and not sheet.keep[other]:
                sheet.found["publishedDateTime"] = read.moment
                sheet.warnings += written_dates.warnings("publishedDateTime", text, read)
                sheet.move(other, "edition_date", "publishedDateTime")
                return


def _dateline_of_prose(sheet: Sheet, zone: tzinfo) -> None:
    """`CITY, 4 March 2031 -- `: the beginning of a press release, which stays in the text."""
    at = next((at for at in sheet.kept() if is_prose(sheet.lines[at])), None)
    found = _DATELINE.match(sheet.lines[at].text) if at is not None else None
    read = written_dates.find(found["day"], zone, sheet.page.language) if found else None
    if found and read:
        sheet.found["publishedDateTime"] = read.moment
        sheet.warnings += written_dates.warnings("publishedDateTime", found["day"], read)


def _undated(text: str) -> str:
    return core(text.split(":")[0]) if ":" in text and written_dates.find(text, UTC) else text
