"""The numbers that describe a line in its context for the line model; its file has their names and
order."""

from collections.abc import Mapping, Sequence

from site_gen.convert.text import place, word_odds
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.page_facts import facts_of
from site_gen.convert.text.rules import RULES
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import runs_of
from site_gen.convert.text.shape import is_heading_like

REACH = (-4, -3, -2, -1, 1, 2, 3, 4)
OWN = (
    "words", "length", "ends", "stop", "copies", "marked", "numbered", "indent", "blanks", "digits",
    "capitals", "upper", "colon", "question", "quote", "comma", "bar", "score", "prose",
    "heading", "first_person", "lower_start", "dash_start", "url",
)  # fmt: skip
NEAR = (
    "words",
    "ends",
    "stop",
    "marked",
    "blanks",
    "capitals",
    "score",
    "prose",
    "chrome",
    "colon",
    "copies",
)
NAMES = (
    *OWN,
    *(f"rule_{rule.name}" for rule in RULES),
    *(f"{name}{step:+d}" for step in REACH for name in NEAR),
    *place.NAMES,
    *word_odds.NAMES,
    *(f"{name}_near" for name in ("odds_before", "odds_after", "odds_run")),
)
_FIRST_PERSON = frozenset("we our us your you i my".split())
_NUMBER = frozenset("0123456789")
_WINDOW = 4


def features(
    page: Page, rules: Sequence[Rule | None], odds: Mapping[str, float]
) -> list[list[float]]:
    """The numbers of each line, in the order of `NAMES`; `odds` are of words, for the frame."""
    base = without_words(page, rules)
    return [row + words for row, words in zip(base, of_words(page, rules, odds), strict=True)]


def without_words(page: Page, rules: Sequence[Rule | None]) -> list[list[float]]:
    """All numbers except those from `odds`."""
    facts = facts_of(page, rules)
    own = [
        _own(line, score, prose)
        for line, score, prose in zip(page.lines, facts.scores, facts.prose, strict=True)
    ]
    keep = [OWN.index(name) for name in NEAR if name != "chrome"]
    spot = NEAR.index("chrome")
    near = [[row[k] for k in keep] for row in own]
    for row, chrome in zip(near, facts.chrome, strict=True):
        row.insert(spot, float(chrome))
    places = place.places(page, rules, facts)
    order = {rule.name: number for number, rule in enumerate(RULES)}
    absent = [0.0] * len(NEAR)
    count = len(page.lines)
    rows: list[list[float]] = []
    for at in range(count):
        fired = [0.0] * len(RULES)
        rule = rules[at]
        if rule is not None and rule.name in order:
            fired[order[rule.name]] = 1.0
        row = [*own[at], *fired]
        for step in REACH:
            row.extend(near[at + step] if 0 <= at + step < count else absent)
        row.extend(places[at])
        rows.append(row)
    return rows


def of_words(
    page: Page, rules: Sequence[Rule | None], odds: Mapping[str, float]
) -> list[list[float]]:
    """The numbers from the words of a line and of the lines around it."""
    own = [word_odds.measured(line.text, odds) for line in page.lines]
    means = [row[0] for row in own]
    within = [0.0] * len(own)
    for run in runs_of(page, rules):
        mean = sum(means[run.start : run.end]) / len(run)
        within[run.start : run.end] = [mean] * len(run)
    return [
        [
            *row,
            _mean(means[max(0, at - _WINDOW) : at]),
            _mean(means[at + 1 : at + 1 + _WINDOW]),
            within[at],
        ]
        for at, row in enumerate(own)
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


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
        float(line.marker[:1] in _NUMBER),
        float(min(line.indent, 20)),
        float(min(line.blanks, 5)),
        sum(c.isdigit() for c in text) / len(text),
        sum(word[0].isupper() for word in words) / len(words),
        float(text.isupper()),
        float(text.endswith(":")),
        float(text.endswith("?")),
        float(text[0] in "\"“'‘«„「"),
        float("," in text),
        float("|" in text),
        score,
        float(prose),
        float(is_heading_like(line)),
        float(any(word.lower().strip(".,!?") in _FIRST_PERSON for word in words)),
        float(text[0].islower()),
        float(text[0] in "—–-"),
        float("http" in text or "www." in text or "@" in text),
    )
