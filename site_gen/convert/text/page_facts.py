"""What is computed once for a page before its lines are looked at one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from site_gen.convert.text.core import score_lines
from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.runs import Run, runs_of
from site_gen.convert.text.shape import is_prose


@dataclass(frozen=True)
class Facts:
    """Of each line its score, whether it is prose or of the frame; and the runs of lines."""

    scores: Sequence[float]
    prose: Sequence[bool]
    chrome: Sequence[bool]
    runs: Sequence[Run]


def facts_of(page: Page, rules: Sequence[Rule | None]) -> Facts:
    """What the numbers of single lines are made from."""
    return Facts(
        scores=score_lines(page, rules),
        prose=[r is None and is_prose(line) for line, r in zip(page.lines, rules, strict=True)],
        chrome=[r is not None and r.effect != "move" for r in rules],
        runs=runs_of(page, rules),
    )
