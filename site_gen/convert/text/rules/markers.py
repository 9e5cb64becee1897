"""Rules for labels of what follows: related articles, tags, sources, comments."""

from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule, known


def related(page: Page, at: int) -> bool:
    """A heading above a list of other articles."""
    return known(page.lines[at], "related", 12)


def tags(page: Page, at: int) -> bool:
    """A label of a list of topics."""
    return known(page.lines[at], "tags", 30)


def sources(page: Page, at: int) -> bool:
    """A label of a list of sources."""
    return known(page.lines[at], "sources", 12)


def author(page: Page, at: int) -> bool:
    """A label above the author, or a sentence that introduces them; but not a list item."""
    line = page.lines[at]
    return not line.marker and known(line, "author", 45)


def comments(page: Page, at: int) -> bool:
    """The beginning of the readers' comments."""
    return known(page.lines[at], "comments", 12)


RULES = (
    Rule("comments", "tail", comments),
    Rule("tags", "cut", tags),
    Rule("sources", "cut", sources),
    Rule("author", "cut", author),
    Rule("related", "cut", related),
)
