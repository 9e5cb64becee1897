"""Decides which lines are the body: the line model suggests, runs are decided as a whole, firm
rules overrule."""

import re
from collections.abc import Iterator, Sequence

from site_gen.convert.text.core import best_run, score_lines
from site_gen.convert.text.invitations import cut_invitation
from site_gen.convert.text.kept_lists import chains, keep_lists
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.runs import LEADS, MARKED, PROSE, RULED, SHORT, Run, runs_of
from site_gen.convert.text.shape import is_prose

_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
INTERRUPTS = frozenset(["advertisement", "player", "promotion"])
"""Rules for single lines amid a text."""
LAST_LATIN = "\u036f"
NOT_LATIN = frozenset({"ru", "ja", "ko", "zh-Hans", "zh-Hant", ""})
FEWEST_LETTERS = 8
FEWEST_DATED, _APART = 4, 5
"""Fewest dates of a list of articles, and the distance in lines that ends it."""
ENOUGH_WORDS, ENOUGH_SHARE, PERHAPS = 25.0, 0.1, -3.0
"""Fewest words of a body; its smallest share of the possible words; the log-odds from which a line
is possible."""
MARKED_LEAST, SHORT_LEAST, BESIDE_LEAST, LED_LEAST = -2.5, -1.5, -0.3, -3.0
"""Log-odds from which a run is kept: a marked or short one inside the body, one beside it, one
below a colon."""
QUIET_LEAST, NEXT_LEAST = -2.0, -1.2
"""Log-odds from which a paragraph beside the body is kept: in a text with little boilerplate, and
directly after the body."""
NEAR, NEAR_LEAST = 5, -1.0
"""Most other lines between a lead and the body of such a text, and the lead's log-odds."""
SURE = 1.0
"""Log-odds from which a kept line below `Related articles` stays in the body."""
GROWS, ITEM, GROW_LEAST = 2, 8.0, -2.2
"""Most lines between two lists of one text, words of an item that is a sentence, log-odds of a
list."""
GO_ON, SURELY = 3, 2.0
"""Paragraphs below `Comment` that are not by readers, and the log-odds they need."""
ENOUGH_ABOVE, SURER = 80.0, 0.8
"""Words of the body above readers' comments, and how much higher its log-odds must be."""
LONG = 15.0
"""Words from which a line that ends like a sentence is no list item."""
CLOSING = 8.0
"""Words of a sentence below a list that continues the text."""
WHOLE = 3
"""Consecutive short lines that belong together: a table, or a list without marks."""


def decide(sheet: Sheet) -> None:
    """Fill `sheet.keep`."""
    runs = runs_of(sheet.page, sheet.rules)
    sheet.keep[:] = [False] * len(sheet.lines)
    for run in runs:
        if run.kind in (PROSE, RULED):
            for at in range(run.start, run.end):
                sheet.keep[at] = sheet.odds[at] > 0 and not sheet.firm(at)
    _keep_runs(sheet, runs)
    _grow(sheet, runs)
    if sheet.body_words() < max(ENOUGH_WORDS, ENOUGH_SHARE * _perhaps(sheet)):
        _fall_back(sheet)
    _keep_other_scripts(sheet)
    _keep_beside(sheet)
    _keep_above_credit(sheet)
    _cut_after_markers(sheet)
    _cut_dated_list(sheet)
    _cut_tail(sheet)
    cut_invitation(sheet)
    keep_lists(sheet)


def keep_all(sheet: Sheet) -> None:
    """Fill `sheet.keep` for a text without boilerplate: all lines that no firm rule removes."""
    listed = (kind == MARKED for kind in sheet.kinds)
    sheet.keep[:] = [is_item or not sheet.firm(at) for at, is_item in enumerate(listed)]
    keep_lists(sheet)


def _keep_runs(sheet: Sheet, runs: Sequence[Run]) -> None:
    """Keep or cut runs of marked lines and of short lines as a whole, and single short lines each.

    Inside the body, lower log-odds suffice than beside it. What a line that ends with a colon
    introduces is kept unless its log-odds are very low.
    """
    kept = sheet.kept() or [at for at, odds in enumerate(sheet.odds) if odds > 0]
    if not kept:
        return
    first, last = kept[0], kept[-1]
    for run in runs:
        if run.kind not in (MARKED, SHORT):
            continue
        odds = [sheet.odds[at] for at in range(run.start, run.end) if _is_short(sheet, at)]
        after_body = run.start > 0 and sheet.keep[run.start - 1]
        least = MARKED_LEAST if run.kind == MARKED else SHORT_LEAST
        if not first < run.start <= run.end <= last:
            least = (least + BESIDE_LEAST) / 2 if after_body else BESIDE_LEAST
        led = after_body and sheet.lines[run.start - 1].text.endswith(LEADS)
        if led and (len(run) > 1 or run.kind == MARKED):
            least = LED_LEAST
        whole = led or run.kind == MARKED or len(run) >= WHOLE
        mean = sum(odds) / max(1, len(odds))
        for at in range(run.start, run.end):
            together = whole and _is_short(sheet, at)
            sheet.keep[at] = (mean if together else sheet.odds[at]) > least


def _grow(sheet: Sheet, runs: Sequence[Run]) -> None:
    """Lists of sentences near the body, and near such lists, belong to it, with the headings
    between them: some texts have nothing else."""
    for order in (runs, runs[::-1]):
        last = None
        for run in order:
            if any(sheet.keep[run.start : run.end]):
                last = run
            elif last is not None and _is_list_of_sentences(sheet, run):
                between = range(min(last.end, run.end), max(last.start, run.start))
                if len(between) <= GROWS and not any(_ends_text(sheet, at) for at in between):
                    for at in (*between, *range(run.start, run.end)):
                        sheet.keep[at] = not sheet.firm(at)
                    last = run


def _ends_text(sheet: Sheet, at: int) -> bool:
    rule = sheet.rules[at]
    return rule is not None and rule.effect in ("cut", "tail")


def _is_list_of_sentences(sheet: Sheet, run: Run) -> bool:
    places = range(run.start, run.end)
    words = sum(sheet.lines[at].words for at in places) / len(run)
    odds = sum(sheet.odds[at] for at in places) / len(run)
    return run.kind == MARKED and words >= ITEM and odds > GROW_LEAST


def _is_short(sheet: Sheet, at: int) -> bool:
    """Whether a line may be a list item; a long sentence is judged on its own."""
    line = sheet.lines[at]
    return bool(line.marker) or line.words < LONG or not line.ends


def _perhaps(sheet: Sheet) -> float:
    """The number of words in lines that no rule removes and of which the model is not sure."""
    may = (at for at, odds in enumerate(sheet.odds) if odds > PERHAPS and sheet.rules[at] is None)
    return sum(sheet.lines[at].words for at in may)


def _fall_back(sheet: Sheet) -> None:
    """If the model finds nearly nothing: the run of lines most similar to an article."""
    first, last = best_run(score_lines(sheet.page, sheet.rules))
    words = sum(line.words for line in sheet.lines[first : last + 1])
    if words < ENOUGH_SHARE * _perhaps(sheet):
        first, last = best_run([odds - PERHAPS for odds in sheet.odds])
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
    """A passage in another script beside the body belongs to it, since no lexicon can judge it."""
    kept = sheet.kept()
    if not kept:
        return
    for at in range(max(0, kept[0] - 3), min(len(sheet.lines), kept[-1] + 2)):
        if sheet.rules[at] is None and foreign(sheet, at):
            sheet.keep[at] = True


def _keep_beside(sheet: Sheet) -> None:
    """Keep a paragraph directly beside the body that the model doubts a little, if the text has
    little boilerplate; also one directly after the body."""
    kept = sheet.kept()
    if not kept:
        return
    quiet = sum(kind == RULED for kind in sheet.kinds) <= max(2.0, 0.1 * len(sheet.lines))
    for at in range(len(sheet.lines)):
        above = _above_interruption(sheet, at)
        beside = sheet.keep[above : above + 1] == [True] or sheet.keep[at + 1 : at + 2] == [True]
        least = QUIET_LEAST if quiet else NEXT_LEAST if at > kept[-1] else 0.0
        if _closes_list(sheet, at):
            sheet.keep[at] = sheet.odds[at] > PERHAPS
        elif beside and sheet.rules[at] is None and is_prose(sheet.lines[at]):
            sheet.keep[at] = sheet.keep[at] or sheet.odds[at] > least
        elif quiet and sheet.rules[at] is None and is_prose(sheet.lines[at]):
            leads = any(sheet.keep[at + 1 : at + 1 + NEAR])
            sheet.keep[at] = sheet.keep[at] or (leads and sheet.odds[at] > NEAR_LEAST)


def _above_interruption(sheet: Sheet, at: int) -> int:
    """The line above, or above a single line that interrupts a text: an advertisement's label, or
    `Read also:` with a title; the number of lines if there is none."""
    interrupted = at > 1 and sheet.fired(at - 1) in INTERRUPTS
    return at - 2 if interrupted else at - 1 if at else len(sheet.lines)


def _closes_list(sheet: Sheet, at: int) -> bool:
    """Whether a sentence is directly below a list that a line of the body introduces."""
    line, above = sheet.lines[at], at
    if sheet.rules[at] is not None or line.marker or not line.ends or line.words < CLOSING:
        return False
    while above > 0 and sheet.keep[above - 1] and sheet.lines[above - 1].marker:
        above -= 1
    led = above > 0 and sheet.keep[above - 1] and sheet.lines[above - 1].text.endswith(LEADS)
    return led and above < at


def _keep_above_credit(sheet: Sheet) -> None:
    """An agency's credit line ends its article: paragraphs from the first kept one to it are
    kept."""
    kept = sheet.kept()
    credits = [at for at in range(len(sheet.lines)) if sheet.fired(at) == "wire_credit"]
    if not kept or not credits or credits[-1] < kept[0]:
        return
    for at in range(kept[0], credits[-1]):
        if sheet.rules[at] is None and is_prose(sheet.lines[at]):
            sheet.keep[at] = True


def _cut_after_markers(sheet: Sheet) -> None:
    """Cut what follows `Related articles`, up to the next real sentence; list items are no such
    labels."""
    marker = ""
    for at, line in enumerate(sheet.lines):
        rule = sheet.rules[at]
        if rule is not None and rule.effect == "cut" and not line.marker:
            marker = rule.name
        elif sheet.keep[at] and (is_prose(line) or foreign(sheet, at)):
            marker = ""
        elif marker and (sheet.odds[at] <= SURE if sheet.keep[at] else rule is None):
            sheet.move(at, f"after_{marker}")


def _cut_tail(sheet: Sheet) -> None:
    """Readers' comments end the article if most of it is above, or enough with higher log-odds."""
    total, seen = sheet.body_words(), 0.0
    above, below = _Odds(), _Odds()
    for at in sheet.kept():
        below.add(sheet, at)
    for at, line in enumerate(sheet.lines):
        rule = sheet.rules[at]
        if rule is not None and rule.effect == "tail":
            surer = seen > ENOUGH_ABOVE and above.mean > below.mean + SURER
            goes_on = below.count >= GO_ON and below.mean > SURELY
            if (surer or (seen > 0.5 * total and not goes_on)) and not _ends_each(sheet, at):
                for later in range(at + 1, len(sheet.lines)):
                    if sheet.keep[later]:
                        sheet.move(later, f"after_{rule.name}")
                return
        if sheet.keep[at]:
            seen += line.words
            above.add(sheet, at)
            below.add(sheet, at, -1)


def _ends_each(sheet: Sheet, at: int) -> bool:
    """Whether a line such as `Comments (5)` is repeated below more text, as at the end of each
    article."""
    own, words = _DIGITS.sub("#", sheet.lines[at].core), 0.0
    for later in range(at + 1, len(sheet.lines)):
        words += sheet.lines[later].words if sheet.keep[later] else 0.0
        rule = sheet.rules[later]
        again = rule is not None and rule.effect == "tail" and words > ENOUGH_ABOVE
        if again and _DIGITS.sub("#", sheet.lines[later].core) == own:
            return True
    return False


class _Odds:
    """The mean log-odds of the kept prose on one side of a line."""

    def __init__(self) -> None:
        self.total, self.count = 0.0, 0

    def add(self, sheet: Sheet, at: int, times: int = 1) -> None:
        """Add a line, or remove it with -1; only prose counts."""
        if is_prose(sheet.lines[at]):
            self.total += times * sheet.odds[at]
            self.count += times

    @property
    def mean(self) -> float:
        """0 if there is none."""
        return self.total / self.count if self.count else 0.0


def _cut_dated_list(sheet: Sheet) -> None:
    """Cut a list of other articles below the body: title, date, title, date."""
    for lines in dated_lists(sheet):
        _cut_chain(sheet, lines[0], lines[-1])


def dated_lists(sheet: Sheet) -> Iterator[range]:
    """The lines from the first to the last date of several close ones."""
    dates = [at for at in range(len(sheet.lines)) if sheet.fired(at) == "dateline"]
    for chain in chains(dates, _APART - 1):
        if len(chain) >= FEWEST_DATED:
            yield range(chain[0], chain[-1] + 1)


def _cut_chain(sheet: Sheet, first: int, last: int) -> None:
    lines = range(first, last + 1)
    if any(is_prose(sheet.lines[at]) and sheet.lines[at].words >= ENOUGH_WORDS for at in lines):
        return
    above = sum(sheet.lines[at].words for at in sheet.kept() if at < first)
    if above < ENOUGH_WORDS:
        return
    for at in lines:
        if sheet.keep[at]:
            sheet.move(at, "dated_list")
