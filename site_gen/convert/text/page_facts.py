"""Facts about all lines of a page, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass

from site_gen.convert.text.core import score_lines
from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import Run, runs_of
from site_gen.convert.text.shape import is_prose


@dataclass(frozen=True)
class Facts:
    """The score of each line, whether it is prose or boilerplate, and the runs of lines."""

    scores: Sequence[float]
    prose: Sequence[bool]
    chrome: Sequence[bool]
    runs: Sequence[Run]


def facts_of(page: Page, rules: Sequence[Rule | None]) -> Facts:
    """The basis of the numbers for single lines."""
    return Facts(
        scores=score_lines(page, rules),
        prose=[r is None and is_prose(line) for line, r in zip(page.lines, rules, strict=True)],
        chrome=[r is not None and r.effect != "move" for r in rules],
        runs=runs_of(page, rules),
    )
