"""A line as numbers, for the line model. Names and order are the model file's contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from site_gen.convert.text.core import best_run, score_lines
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules import RULES
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_heading_like, is_prose

REACH = (-3, -2, -1, 1, 2, 3)
OWN = (
    "words", "length", "ends", "stop", "copies", "marked", "indent", "blanks", "digits",
    "capitals", "upper", "colon", "question", "quote", "comma", "bar", "score", "prose",
    "heading", "first_person",
)  # fmt: skip
NEAR = ("words", "ends", "stop", "marked", "blanks", "capitals", "score", "prose", "chrome")
PLACE = (
    "at", "count", "prose_before", "words_before", "words_after", "in_core", "from_core",
    "to_core_end", "since_cut", "since_prose", "until_prose", "indent_of_prose", "blanks_of_prose",
    "chrome_before", "chrome_after", "title_words",
)  # fmt: skip
NAMES = (
    *OWN,
    *(f"rule_{rule.name}" for rule in RULES),
    *(f"{name}{step:+d}" for step in REACH for name in NEAR),
    *PLACE,
)
_FIRST_PERSON = frozenset("we our us your you i my".split())
_FAR = 30


@dataclass(frozen=True)
class Facts:
    """What is computed once for a page."""

    scores: Sequence[float]
    prose: Sequence[bool]
    chrome: Sequence[bool]
    near: Sequence[tuple[float, ...]]
    own: Sequence[tuple[float, ...]]


def features(page: Page, rules: Sequence[Rule | None]) -> list[list[float]]:
    """The numbers of each line, in the order of `NAMES`."""
    facts = _facts(page, rules)
    places = _places(page, rules, facts)
    order = {rule.name: number for number, rule in enumerate(RULES)}
    rows: list[list[float]] = []
    absent = (0.0,) * len(NEAR)
    count = len(page.lines)
    for at in range(count):
        fired = [0.0] * len(RULES)
        rule = rules[at]
        if rule is not None and rule.name in order:
            fired[order[rule.name]] = 1.0
        row = [*facts.own[at], *fired]
        for step in REACH:
            row.extend(facts.near[at + step] if 0 <= at + step < count else absent)
        row.extend(places[at])
        rows.append(row)
    return rows


def _facts(page: Page, rules: Sequence[Rule | None]) -> Facts:
    scores = score_lines(page, rules)
    prose = [r is None and is_prose(line) for line, r in zip(page.lines, rules, strict=True)]
    chrome = [r is not None and r.effect != "move" for r in rules]
    own = [_own(line, s, p) for line, s, p in zip(page.lines, scores, prose, strict=True)]
    keep = [OWN.index(name) for name in NEAR[:-1]]
    near = [(*(row[k] for k in keep), float(c)) for row, c in zip(own, chrome, strict=True)]
    return Facts(scores=scores, prose=prose, chrome=chrome, near=near, own=own)


def _own(line: Line, score: float, prose: bool) -> tuple[float, ...]:
    text = line.text[:600]
    words = text.split()
    return (
        min(line.words, 80.0),
        float(min(len(line.text), 600)),
        float(line.ends),
        line.stop,
        float(min(line.copies, 4)),
        float(bool(line.marker)),
        float(min(line.indent, 20)),
        float(min(line.blanks, 5)),
        sum(c.isdigit() for c in text) / len(text),
        sum(word[0].isupper() for word in words) / len(words),
        float(text.isupper()),
        float(text.endswith(":")),
        float(text.endswith("?")),
        float(text[0] in "\"“'‘"),
        float("," in text),
        float("|" in text),
        score,
        float(prose),
        float(is_heading_like(line)),
        float(any(word.lower().strip(".,!?") in _FIRST_PERSON for word in words)),
    )


def _places(page: Page, rules: Sequence[Rule | None], facts: Facts) -> list[tuple[float, ...]]:
    count = len(page.lines)
    weights = [line.words if p else 0.0 for line, p in zip(page.lines, facts.prose, strict=True)]
    sums = [0.0, *accumulate(weights)]
    chrome = [0, *accumulate(int(c) for c in facts.chrome)]
    first, last = best_run(facts.scores)
    since_cut = _distance([r is not None and r.effect in ("cut", "tail") for r in rules])
    since_prose = _distance(facts.prose)
    until_prose = _distance(facts.prose[::-1])[::-1]
    usual_indent, usual_blanks = _usual(page, facts.prose)
    opening = _opening_words(page, first)
    rows: list[tuple[float, ...]] = []
    for at, line in enumerate(page.lines):
        low, high = max(0, at - 8), min(count, at + 9)
        rows.append(
            (
                at / count,
                float(min(count, 400)),
                sums[at] / max(1.0, sums[-1]),
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
                _shared(line, opening),
            )
        )
    return rows


def _distance(marks: Sequence[bool]) -> list[float]:
    found, since = [], _FAR
    for mark in marks:
        since = 0 if mark else min(_FAR, since + 1)
        found.append(float(since))
    return found


def _clip(value: float) -> float:
    return float(max(-_FAR, min(_FAR, value)))


def _usual(page: Page, prose: Sequence[bool]) -> tuple[int, int]:
    lines = [line for line, p in zip(page.lines, prose, strict=True) if p] or list(page.lines)
    indents = sorted(line.indent for line in lines)
    blanks = sorted(line.blanks for line in lines)
    return (indents[len(indents) // 2], blanks[len(blanks) // 2]) if lines else (0, 0)


def _opening_words(page: Page, first: int) -> frozenset[str]:
    text = " ".join(line.text[:400] for line in page.lines[first : first + 4])
    return frozenset(word.lower() for word in text.split() if len(word) > 3)


def _shared(line: Line, opening: frozenset[str]) -> float:
    words = [word.lower() for word in line.text[:400].split() if len(word) > 3]
    return sum(word in opening for word in words) / max(1, len(words))
