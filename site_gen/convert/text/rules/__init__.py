"""Named rules for lines, one file per family; the first that fits a line names it.

The order is the meaning: marks of the page first, then what moves to front matter.
"""

from site_gen.convert.text.lexicon import Lexicon, core
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules import chrome, credits, markers, repeats
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_heading_like

FIRST = (*chrome.RULES, *markers.RULES, *credits.RULES, *repeats.RULES)
"""Rules that hold for every line."""

UNLESS_HEADING = (*credits.PICTURES, *repeats.LABELS)
"""Rules that a line with the shape of a heading escapes."""

RULES = (*FIRST, *UNLESS_HEADING)

BOILERPLATE = (*chrome.RULES, *markers.RULES)
"""Rules that look at one line alone: fit for a paragraph of any document."""

PROVIDER_LINE = "provider_line"


def rule_of(page: Page, at: int, provider: Lexicon) -> Rule | None:
    """The first rule that fits the line at that position; `provider` are the settings' own."""
    line = page.lines[at]
    if provider.holds(line.core):
        return Rule(PROVIDER_LINE, "drop", lambda page, at: True)
    for rule in FIRST:
        if rule.test(page, at):
            return rule
    if is_heading_like(line):
        return None
    return next((rule for rule in UNLESS_HEADING if rule.test(page, at)), None)


def boilerplate(text: str) -> str:
    """The name of the first rule by which a paragraph is chrome, "" where none fits."""
    page = Page(lines=(_alone(text),), language="")
    return next((rule.name for rule in BOILERPLATE if rule.test(page, 0)), "")


def _alone(text: str) -> Line:
    words = float(len(text.split()))
    return Line(
        number=1, text=" ".join(text.split()), marker="", indent=0, blanks=0,
        words=words, stop=0.0, copies=1, core=core(text),
    )  # fmt: skip
