"""Rules for lines that say what follows them: related articles, tags, sources, comments."""

from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule, known


def related(page: Page, at: int) -> bool:
    """A heading over a list of other articles."""
    return known(page.lines[at], "related", 12)


def tags(page: Page, at: int) -> bool:
    """A label of a list of topics."""
    return known(page.lines[at], "tags", 30)


def sources(page: Page, at: int) -> bool:
    """A label of a list of sources."""
    return known(page.lines[at], "sources", 12)


def author(page: Page, at: int) -> bool:
    """A label over who wrote it, or a sentence that introduces them, but no item of a list."""
    line = page.lines[at]
    return not line.marker and known(line, "author", 45)


def comments(page: Page, at: int) -> bool:
    """Where the readers' comments begin."""
    return known(page.lines[at], "comments", 12)


RULES = (
    Rule("comments", "tail", comments),
    Rule("tags", "cut", tags),
    Rule("sources", "cut", sources),
    Rule("author", "cut", author),
    Rule("related", "cut", related),
)
