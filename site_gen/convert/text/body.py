"""Which lines are the body: the line model proposes, firm rules and two exceptions dispose."""

import re

from site_gen.convert.text.core import best_run, score_lines
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_prose

_LETTER = re.compile(r"[^\W\d_]")
LAST_LATIN = "\u036f"
NOT_LATIN = frozenset({"ru", "ja", "ko", "zh-Hans", "zh-Hant", ""})
FEWEST_LETTERS = 8
ENOUGH_WORDS = 25.0


def decide(sheet: Sheet) -> None:
    """Fill `sheet.keep`."""
    sheet.keep[:] = [_kept(sheet, at) for at in range(len(sheet.lines))]
    if sheet.body_words() < ENOUGH_WORDS:
        _fall_back(sheet)
    _keep_other_scripts(sheet)
    _keep_above_credit(sheet)
    _cut_after_markers(sheet)
    _cut_tail(sheet)


def _kept(sheet: Sheet, at: int) -> bool:
    rule = sheet.rules[at]
    return sheet.odds[at] > 0 and (rule is None or not rule.firm)


def _fall_back(sheet: Sheet) -> None:
    """Where the model finds nothing: the run of lines that looks most like an article."""
    first, last = best_run(score_lines(sheet.page, sheet.rules))
    for at in range(first, min(last + 1, len(sheet.lines))):
        rule = sheet.rules[at]
        sheet.keep[at] = sheet.keep[at] or rule is None
    sheet.warnings.append("weak-body")


def foreign(sheet: Sheet, at: int) -> bool:
    """Whether a line of a text in Latin letters has a passage in another script."""
    if sheet.page.language in NOT_LATIN:
        return False
    letters: list[str] = _LETTER.findall(sheet.lines[at].text[:2000])
    return sum(letter > LAST_LATIN for letter in letters) >= FEWEST_LETTERS


def _keep_other_scripts(sheet: Sheet) -> None:
    """A passage in another script beside the body is a part of it: no lexicon can judge it."""
    kept = sheet.kept()
    if not kept:
        return
    for at in range(max(0, kept[0] - 3), min(len(sheet.lines), kept[-1] + 2)):
        if sheet.rules[at] is None and foreign(sheet, at):
            sheet.keep[at] = True


def _keep_above_credit(sheet: Sheet) -> None:
    """An agency's credit line ends its article: paragraphs from the first kept one to it stay."""
    kept = sheet.kept()
    credits = [at for at in range(len(sheet.lines)) if sheet.fired(at) == "wire_credit"]
    if not kept or not credits or credits[-1] < kept[0]:
        return
    for at in range(kept[0], credits[-1]):
        if sheet.rules[at] is None and is_prose(sheet.lines[at]):
            sheet.keep[at] = True


def _cut_after_markers(sheet: Sheet) -> None:
    """What follows `Related articles` goes, up to the next real sentence."""
    marker = ""
    for at, line in enumerate(sheet.lines):
        rule = sheet.rules[at]
        if rule is not None and rule.effect == "cut":
            marker = rule.name
        elif sheet.keep[at] and (is_prose(line) or foreign(sheet, at)):
            marker = ""
        elif marker and rule is None:
            sheet.move(at, f"after_{marker}")


def _cut_tail(sheet: Sheet) -> None:
    """Readers' comments end the article, where most of it stands before them."""
    total, seen = sheet.body_words(), 0.0
    for at, line in enumerate(sheet.lines):
        rule = sheet.rules[at]
        if rule is not None and rule.effect == "tail" and seen > 0.5 * total:
            for later in range(at + 1, len(sheet.lines)):
                if sheet.keep[later]:
                    sheet.move(later, f"after_{rule.name}")
            return
        seen += line.words if sheet.keep[at] else 0.0
