"""Named rules for lines, one file for each family; the first that matches counts.

So the order matters: boilerplate first, then what moves to front matter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from site_gen.convert.text.lexicon import Lexicon, clues, core, lexicon
from site_gen.convert.text.lines import Line, Page
from site_gen.convert.text.rules import chrome, credits, markers, repeats
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_heading_like
from site_gen.plugins.load import Plugins
from site_gen.problems import SiteError

FIRST = (*chrome.RULES, *markers.RULES, *credits.RULES, *repeats.RULES)
"""Rules for all lines."""

UNLESS_HEADING = (*credits.PICTURES, *repeats.LABELS)
"""Rules for all lines except those that look like headings."""

RULES = (*FIRST, *UNLESS_HEADING)

BOILERPLATE = (*chrome.RULES, *markers.RULES)
"""Rules that look at a single line, for paragraphs of any document."""

LEXICONS = (
    *("text_size", "share", "contents", "advertisement", "player", "paywall", "legal"),
    *("promotion", "navigation", "comments", "tags", "sources", "author", "related"),
)
"""The lexicons of these rules. Lines of several plain words depend on nothing else."""

PROVIDER_LINE = "provider_line"

_EFFECTS = ("drop", "cut", "tail")
_of_plugins: ContextVar[tuple[Rule, ...]] = ContextVar("rules of plugins", default=())


@contextmanager
def extended(plugins: Plugins) -> Iterator[None]:
    """Within the block, the rules of plugins come before ours, for texts and pages. Raises
    SiteError for a rule that moves lines nowhere, or has the name of one of ours."""
    made, problems = [], []
    for name, offer in plugins.offers("CONVERT_RULES", [rule.name for rule in RULES]).items():
        if not isinstance(offer.value, Rule) or offer.value.effect not in _EFFECTS:
            text = f"CONVERT_RULES {name} is no rule that drops, cuts or ends"
            problems.append(offer.plugin.problem(text, f'Rule("{name}", "drop", test)'))
        else:
            made.append(replace(offer.value, test=offer.plugin.guard(offer.value.test)))
    if problems:
        raise SiteError(problems)
    token = _of_plugins.set(tuple(made))
    try:
        yield
    finally:
        _of_plugins.reset(token)


def of_plugins(page: Page, at: int) -> Rule | None:
    """The first rule of a plugin that matches the line at that position."""
    return next((rule for rule in _of_plugins.get() if rule.test(page, at)), None)


def rule_of(page: Page, at: int, provider: Lexicon) -> Rule | None:
    """The first rule that matches the line at that position; `provider` are the phrases in the
    settings."""
    line = page.lines[at]
    if provider.holds(line.core):
        return Rule(PROVIDER_LINE, "drop", lambda page, at: True)
    if own := of_plugins(page, at):
        return own
    for rule in FIRST:
        if rule.test(page, at):
            return rule
    if is_heading_like(line):
        return None
    return next((rule for rule in UNLESS_HEADING if rule.test(page, at)), None)


def plugin_rule(text: str) -> str:
    """The name of the first rule of a plugin that matches a single line, or ""."""
    found = of_plugins(alone(text), 0) if _of_plugins.get() else None
    return found.name if found else ""


def boilerplate(text: str) -> str:
    """The name of the first rule by which a paragraph is boilerplate, or ""."""
    if text.isascii() and text.replace(" ", "").isalpha():
        words, rest = clues(LEXICONS)
        small = text.lower().split()
        # Of some plain words none is in a phrase of ours: so it is with nearly every line.
        if len(small) > 1 and words.isdisjoint(small) and not rest.fullmatch(" ".join(small)):
            return ""
    page = alone(text)
    return next((rule.name for rule in BOILERPLATE if rule.test(page, 0)), "")


def prepare() -> None:
    """Compile the phrases for `boilerplate`, so that forked workers have them."""
    clues(LEXICONS)
    for name in LEXICONS:
        lexicon(name)


def alone(text: str) -> Page:
    """A page of one line."""
    words = float(len(text.split()))
    line = Line(
        number=1, text=" ".join(text.split()), marker="", indent=0, blanks=0,
        words=words, stop=0.0, copies=1, core=core(text),
    )  # fmt: skip
    return Page(lines=(line,), language="")
