"""Runs of lines of one kind, which are kept or cut as a whole, and give context to a line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_prose

PROSE, MARKED, SHORT, RULED = "prose", "marked", "short", "ruled"
KINDS = (PROSE, MARKED, SHORT, RULED)
_LONG = 40
"""Words from which a marked line is a paragraph that only begins with a mark."""
LEADS = (":", "：")
"""The last character of a line that introduces the lines below."""
_FAR = 80
"""Most lines between two numbers of one count."""
_LABEL = re.compile(r"([^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,2})[:：] ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Run:
    """The lines `start` to `end` (exclusive), all of one kind."""

    kind: str
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def runs_of(page: Page, rules: Sequence[Rule | None]) -> list[Run]:
    """All lines of the page as runs, in order.

    A line that ends with a colon introduces what follows and is a run of its own.
    """
    kinds = kinds_of(page, rules)
    runs: list[Run] = []
    start = 0
    leads = [line.text.endswith(LEADS) for line in page.lines]
    for at in range(1, len(kinds) + 1):
        if at == len(kinds) or kinds[at] != kinds[start] or leads[at - 1] or leads[at]:
            runs.append(Run(kinds[start], start, at))
            start = at
    return runs


def kinds_of(page: Page, rules: Sequence[Rule | None]) -> list[str]:
    """The kind of each line: ruled (a rule matches), marked (or with a recurring label), prose,
    short.

    A marked line between marked ones, or in a list below a colon, is marked even if a rule matches.
    """
    labels = Counter(label_of(line) for line in page.lines)
    kinds = []
    for line, rule in zip(page.lines, rules, strict=True):
        label = label_of(line)
        marked = bool(line.marker) or (label != "" and labels[label] > 1)
        kinds.append(_kind(line, rule, marked))
    led_by: set[int] = set()
    for at in range(1, len(kinds)):
        led = kinds[at - 1] != RULED and page.lines[at - 1].text.endswith(LEADS)
        amid = kinds[at - 1] == MARKED and at + 1 < len(kinds) and kinds[at + 1] == MARKED
        below = led or (at in led_by and kinds[at - 1] == MARKED)
        if page.lines[at].marker and (below or (kinds[at] == RULED and amid)):
            led_by |= {at, at + 1} if below else set()
            kinds[at] = MARKED if kinds[at] == RULED else kinds[at]
    _count_on(page, kinds)
    return kinds


def _count_on(page: Page, kinds: list[str]) -> None:
    """A numbered line that continues the count of one above, even after paragraphs, belongs to
    it."""
    seen: dict[int, int] = {}
    for at, line in enumerate(page.lines):
        digits = line.marker.strip("().")
        if not digits.isdecimal():
            continue
        above = seen.get(int(digits) - 1)
        counts = above is not None and at - above <= _FAR and kinds[above] == MARKED
        if kinds[at] == RULED and counts:
            kinds[at] = MARKED
        seen[int(digits)] = at


def label_of(line: Line) -> str:
    """The label of a line such as `Price: 799` or `Q: Why?`, or ""."""
    found = _LABEL.match(line.text[:60])
    return found[1].lower() if found else ""


def _kind(line: Line, rule: Rule | None, marked: bool) -> str:
    if rule is not None and (rule.firm or rule.effect != "move"):
        return RULED
    if marked and line.words < _LONG:
        return MARKED
    return PROSE if is_prose(line) else SHORT
