"""Estimates for each line how likely it is in the article's body: two passes of small decision
trees.

The trees are data (`weights/lines.json`). The second pass also knows what the first decided about
the lines around.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from site_gen.convert.text.core import score_lines
from site_gen.convert.text.features import features
from site_gen.convert.text.lines import Page
from site_gen.convert.text.outlook import outlook
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import runs_of
from site_gen.convert.text.trees import Tree, total, trees_of
from site_gen.convert.text.weights import fitted

MOST = 10_000


@dataclass(frozen=True, slots=True)
class LineModel:
    """The log-odds of words in boilerplate, and the trees of both passes."""

    words: Mapping[str, float]
    first: tuple[Tree, ...]
    second: tuple[Tree, ...]

    def odds(self, page: Page, rules: Sequence[Rule | None]) -> list[float]:
        """The log-odds of each line of `page` to be kept."""
        rows = features(page, rules, self.words)
        first = [total(self.first, row) for row in rows]
        more = outlook(page, runs_of(page, rules), first)
        return [total(self.second, row + own) for row, own in zip(rows, more, strict=True)]


def line_odds(page: Page, rules: Sequence[Rule | None]) -> list[float]:
    """The log-odds of each line of `page` to be kept; above 0 is more likely than not.

    With more than `MOST` lines, scores by rules are used instead: such a text is no article, and
    the trees would take a minute.
    """
    if len(page.lines) > MOST:
        return score_lines(page, rules)
    return line_model().odds(page, rules)


@cache
def line_model() -> LineModel:
    """The stored model."""
    data = fitted("lines")
    return LineModel(data["words"], trees_of(data["first"]), trees_of(data["second"]))
