"""The state of an article during conversion: its lines, and what was decided about each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import exp
from typing import Any

from site_gen.convert.text.lexicon import Lexicon
from site_gen.convert.text.line_model import line_odds
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.read import rules_of
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import kinds_of
from site_gen.convert.text.shape import is_prose
from site_gen.model import Cut

UNSURE, LABELLED, BESIDE = -3.5, -0.5, -1.2
"""Log-odds from which a cut line may be a loss: in the body, in it below `Related articles`, and
beside it."""
_EXPLAINED = frozenset({"title", "title_copy", "deck"})
ABOVE, BELOW, WITHIN = "above_article", "below_article", "line_model"


@dataclass
class Sheet:
    """What the passes over an article share; each pass decides about some lines.

    odds   of each line, from the line model
    keep   whether the line is in the body
    cuts   for other lines: (rule, field they moved to)
    found  fields of front matter, by key
    part   whether it is one of several articles in a text
    """

    page: Page
    rules: Sequence[Rule | None]
    odds: Sequence[float]
    keep: list[bool] = field(default_factory=list)
    cuts: dict[int, tuple[str, str]] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    part: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.page.lines

    def move(self, at: int, rule: str, to: str = "") -> None:
        """Remove the line at that position from the body, by that rule."""
        self.keep[at] = False
        self.cuts[at] = (rule, to)

    def fired(self, at: int) -> str:
        """The name of the rule that matches the line, or ""."""
        rule = self.rules[at]
        return rule.name if rule is not None else ""

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of each line, see `runs`."""
        return kinds_of(self.page, self.rules)

    def firm(self, at: int) -> bool:
        """Whether a rule that cannot be overruled removes the line."""
        rule = self.rules[at]
        return rule is not None and rule.firm

    def kept(self) -> list[int]:
        """The positions of the body's lines."""
        return [at for at, keep in enumerate(self.keep) if keep]

    def body_words(self) -> float:
        """The number of words in the body."""
        return sum(self.lines[at].words for at in self.kept())

    def sure(self, at: int) -> float:
        """The probability that the line belongs to the body."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.odds[at]))))

    def receipt_cuts(self) -> Iterator[Cut]:
        """All lines outside the body, with the rules that removed them."""
        kept = self.kept()
        first, last = (kept[0], kept[-1]) if kept else (len(self.lines), len(self.lines))
        for at, line in enumerate(self.lines):
            if self.keep[at]:
                continue
            place = ABOVE if at < first else BELOW if at > last else WITHIN
            rule, to = self.cuts.get(at) or (self.fired(at) or place, "")
            text = f"{line.marker} {line.text}" if line.marker else line.text
            inside = not to and self._judged(at, rule, place)
            yield Cut(rule=rule, text=text, line=line.number, to=to, inside=inside)

    def _judged(self, at: int, rule: str, place: str) -> bool:
        """Whether no certain rule removed it, and the model was not sure either; beside the body
        only sentences count."""
        line = self.lines[at]
        if self.firm(at) or not line.words or rule in _EXPLAINED:
            return False
        if place != WITHIN:
            return is_prose(line) and self.odds[at] > BESIDE
        return self.odds[at] > (LABELLED if rule.startswith("after_") else UNSURE)


def sheet_of(page: Page, start: int, end: int, provider: Lexicon) -> Sheet:
    """The lines `start` to `end` (exclusive) as a page of their own, judged by the line model."""
    lines = page.lines[start:end]
    copies = Counter(line.text for line in lines)
    own = Page(
        lines=tuple(replace(line, copies=copies[line.text]) for line in lines),
        language=page.language,
    )
    rules = rules_of(own, provider)
    return Sheet(page=own, rules=rules, odds=line_odds(own, rules), part=True)
