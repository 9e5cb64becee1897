"""How sure a draft is, and why it is put aside."""

from site_gen.convert.text.lexicon import lexicon
from site_gen.convert.text.marked_lines import Sheet
from site_gen.settings import Settings

SHORTEST = 40.0
"""Words below which a body is too short to be an article."""
COMPLETE = 250.0
"""Words above which a line that sells the rest no longer matters."""
NEARLY = 1.0
"""How far below 0 the score of the best gap may be before several titles are suspected."""
_TOP = 25


def confidence(sheet: Sheet) -> float:
    """0 to 1: how clearly the lines fall apart, less for a derived title and a short body."""
    kept = sheet.kept()
    if not kept:
        return 0.0
    near = range(max(0, kept[0] - 5), min(len(sheet.lines), kept[-1] + 6))
    weights = [min(sheet.lines[at].words, 40.0) + 1 for at in near]
    agreed = [
        sheet.sure(at) if sheet.keep[at] else max(1 - sheet.sure(at), float(at in sheet.cuts))
        for at in near
    ]
    clear = sum(w * a for w, a in zip(weights, agreed, strict=True)) / sum(weights)
    length = min(1.0, 0.5 + sheet.body_words() / 200)
    titled = 0.85 if sheet.found.get("titleDerived") else 1.0
    return round(max(0.0, min(1.0, clear * length * titled)), 3)


def reasons_against(sheet: Sheet, settings: Settings, doubt: float | None) -> list[str]:
    """Why the draft should not be taken without a look; `doubt` is the best uncut gap's score."""
    words, sure = sheet.body_words(), confidence(sheet)
    found = []
    if words < COMPLETE and any(name == "paywall" for name in map(sheet.fired, _all(sheet))):
        found.append("paywall: a line sells the rest of the article")
    if words < COMPLETE and _error_page(sheet):
        found.append("error page: the text says that there is no such page")
    if words < SHORTEST:
        found.append(f"body too short: {round(words)} words")
    if doubt is not None and doubt > -NEARLY:
        found.append("several titles: the text may hold more than one article")
    least = settings.convert.quarantine_below
    if sure < least:
        found.append(f"confidence {sure:.2f} is below {least:.2f}")
    return found


def _all(sheet: Sheet) -> range:
    return range(len(sheet.lines))


def _error_page(sheet: Sheet) -> bool:
    return any(
        line.words <= 14 and lexicon("error_page").holds(line.core) for line in sheet.lines[:_TOP]
    )
