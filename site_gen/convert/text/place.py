"""Describes the place of a line: in the page, in its run, beside prose, and how much it has in
common with the core."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from site_gen.convert.text.core import best_run
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.page_facts import Facts
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import KINDS, LEADS, MARKED, PROSE, Run
from site_gen.convert.text.vocabulary import content_words

_RUN = (
    "run_length", "run_at", "run_left", "run_words", "run_mean", "run_ends", "run_copies",
    "run_after_colon", "run_after_question", "run_blanks", "run_digits",
    *(f"run_{kind}" for kind in KINDS),
    *(f"{side}_{kind}" for side in ("before", "after") for kind in KINDS),
    "before_length", "after_length", "before_words", "after_words", "prose_both",
    "marked_two_before", "marked_two_after",
)  # fmt: skip
_PLACE = (
    "at", "count", "prose_before", "prose_after", "words_before", "words_after", "in_core",
    "from_core", "to_core_end", "since_cut", "since_prose", "until_prose", "indent_of_prose",
    "blanks_of_prose", "chrome_before", "chrome_after", "prose_share", "short_share",
    "moved_before", "moved_after",
)  # fmt: skip
_LIST = ("dated", "repeated", "words_above_tail", "prose_since_cut", "words_alike")
_SUBJECT = ("title_words", "subject", "subject_count", "subject_run", "subject_prose")
NAMES = (*_PLACE, *_RUN, *_SUBJECT, *_LIST)
_FAR = 30
_MANY = 40


def places(page: Page, rules: Sequence[Rule | None], facts: Facts) -> list[list[float]]:
    """The numbers of `NAMES` for each line."""
    rows = [list(row) for row in _places(page, rules, facts)]
    for row, more in zip(rows, _in_runs(page, facts), strict=True):
        row.extend(more)
    for row, more in zip(rows, _subjects(page, facts), strict=True):
        row.extend(more)
    for row, more in zip(rows, _lists(page, rules, facts), strict=True):
        row.extend(more)
    return rows


def _places(page: Page, rules: Sequence[Rule | None], facts: Facts) -> list[tuple[float, ...]]:
    count = len(page.lines)
    weights = [line.words if p else 0.0 for line, p in zip(page.lines, facts.prose, strict=True)]
    sums = [0.0, *accumulate(weights)]
    chrome = [0, *accumulate(int(c) for c in facts.chrome)]
    prose = [0, *accumulate(int(p) for p in facts.prose)]
    moved = [0, *accumulate(int(r is not None and r.effect == "move") for r in rules)]
    first, last = best_run(facts.scores)
    since_cut = _distance([r is not None and r.effect in ("cut", "tail") for r in rules])
    since_prose = _distance(facts.prose)
    until_prose = _distance(facts.prose[::-1])[::-1]
    usual_indent, usual_blanks = _usual(page, facts.prose)
    rows: list[tuple[float, ...]] = []
    for at, line in enumerate(page.lines):
        low, high = max(0, at - 8), min(count, at + 9)
        rows.append(
            (
                at / count,
                float(min(count, 400)),
                sums[at] / max(1.0, sums[-1]),
                (sums[-1] - sums[at]) / max(1.0, sums[-1]),
                sums[at] - sums[low],
                sums[high] - sums[at + 1],
                float(first <= at <= last),
                _clip(at - first),
                _clip(at - last),
                since_cut[at],
                since_prose[at],
                until_prose[at],
                _clip(line.indent - usual_indent),
                _clip(line.blanks - usual_blanks),
                float(chrome[at] - chrome[low]),
                float(chrome[high] - chrome[at + 1]),
                (prose[high] - prose[low]) / (high - low),
                prose[-1] / count,
                float(moved[at] - moved[low]),
                float(moved[high] - moved[at + 1]),
            )
        )
    return rows


def _in_runs(page: Page, facts: Facts) -> list[tuple[float, ...]]:
    rows: list[tuple[float, ...]] = []
    runs = facts.runs
    words = [sum(line.words for line in page.lines[run.start : run.end]) for run in runs]
    for number, run in enumerate(runs):
        lines = page.lines[run.start : run.end]
        before = runs[number - 1] if number else None
        after = runs[number + 1] if number + 1 < len(runs) else None
        lead = page.lines[run.start - 1].text if run.start else ""
        shared = (
            words[number] / len(run),
            sum(line.ends for line in lines) / len(run),
            sum(line.copies > 1 for line in lines) / len(run),
            float(lead.endswith(LEADS)),
            float(lead.endswith(("?", "？"))),
            sum(min(line.blanks, 3) for line in lines) / len(run),
            sum(any(c.isdigit() for c in line.text[:80]) for line in lines) / len(run),
            *(float(run.kind == kind) for kind in KINDS),
            *(float(before is not None and before.kind == kind) for kind in KINDS),
            *(float(after is not None and after.kind == kind) for kind in KINDS),
            float(min(_MANY, len(before))) if before else 0.0,
            float(min(_MANY, len(after))) if after else 0.0,
            min(300.0, words[number - 1]) if before else 0.0,
            min(300.0, words[number + 1]) if after else 0.0,
            float(_is(before, PROSE) and _is(after, PROSE)),
            float(number > 1 and runs[number - 2].kind == MARKED),
            float(number + 2 < len(runs) and runs[number + 2].kind == MARKED),
        )
        for at in range(run.start, run.end):
            rows.append(
                (
                    float(min(_MANY, len(run))),
                    float(min(_MANY, at - run.start)),
                    float(min(_MANY, run.end - 1 - at)),
                    min(400.0, words[number]),
                    *shared,
                )
            )
    return rows


def _is(run: Run | None, kind: str) -> bool:
    return run is not None and run.kind == kind


def _subjects(page: Page, facts: Facts) -> list[tuple[float, ...]]:
    """How many of a line's words are also in the prose of the core, besides in the line itself."""
    first, last = best_run(facts.scores)
    sets = [content_words(line.text[:1500]) for line in page.lines]
    known: Counter[str] = Counter()
    for at in range(first, min(last + 1, len(sets))):
        if facts.prose[at]:
            known.update(sets[at])
    opening = frozenset().union(*sets[first : first + 4])
    shares, counts = [], []
    for at, own in enumerate(sets):
        inside = int(first <= at <= last and facts.prose[at])
        shared = sum(known[word] > inside for word in own)
        shares.append(shared / (len(own) + 1))
        counts.append(float(min(12, shared)))
    rows: list[tuple[float, ...]] = []
    for run in facts.runs:
        mean = sum(shares[run.start : run.end]) / len(run)
        for at in range(run.start, run.end):
            own = sets[at]
            title = len(own & opening) / max(1, len(own)) if not first <= at < first + 4 else 0.0
            near = shares[at] if facts.prose[at] else 0.0
            rows.append((title, shares[at], counts[at], mean, near))
    return rows


def _lists(page: Page, rules: Sequence[Rule | None], facts: Facts) -> list[tuple[float, ...]]:
    """Lists of other articles: with a date each, repeated as a whole, or below a label."""
    dated = _chains([rule is not None and rule.name == "dateline" for rule in rules], 4)
    repeated = _chains([line.copies > 1 and line.words >= 3 for line in page.lines], 1)
    above, tail, since = 0.0, 0.0, 0.0
    rows: list[tuple[float, ...]] = []
    for at, line in enumerate(page.lines):
        rule = rules[at]
        if rule is not None and rule.effect == "tail":
            tail = max(tail, above)
        if rule is not None and rule.effect in ("tail", "cut"):
            since = 0.0
        if facts.prose[at]:
            above += line.words
            since += line.words
        near = page.lines[max(0, at - 3) : at] + page.lines[at + 1 : at + 4]
        alike = sum(abs(other.words - line.words) <= 2 for other in near)
        rows.append((dated[at], repeated[at], min(600.0, tail), min(600.0, since), float(alike)))
    return rows


def _chains(marks: Sequence[bool], gap: int) -> list[float]:
    """For each place, the number of marks in its chain; marks are at most `gap` places apart."""
    found = [0.0] * len(marks)
    spots = [at for at, mark in enumerate(marks) if mark]
    start = 0
    for number in range(1, len(spots) + 1):
        if number == len(spots) or spots[number] - spots[number - 1] > gap:
            size = float(min(_MANY, number - start))
            for at in range(spots[start], spots[number - 1] + 1):
                found[at] = size
            start = number
    return found


def _distance(marks: Sequence[bool]) -> list[float]:
    found, since = [], _FAR
    for mark in marks:
        since = 0 if mark else min(_FAR, since + 1)
        found.append(float(since))
    return found


def _clip(value: float) -> float:
    return float(max(-_FAR, min(_FAR, value)))


def _usual(page: Page, prose: Sequence[bool]) -> tuple[int, int]:
    lines: list[Line] = [line for line, p in zip(page.lines, prose, strict=True) if p]
    lines = lines or list(page.lines)
    indents = sorted(line.indent for line in lines)
    blanks = sorted(line.blanks for line in lines)
    return (indents[len(indents) // 2], blanks[len(blanks) // 2]) if lines else (0, 0)
