"""Rules for repeated lines: pages repeat captions and labels, but a text does not repeat
sentences."""

from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule
from site_gen.convert.text.shape import is_prose


def twin_sentence(page: Page, at: int) -> bool:
    """A sentence twice within three lines: a caption and its alternative text."""
    line = page.lines[at]
    return line.words >= 6 and is_prose(line) and page.repeated_near(at, 3)


def repeated_line(page: Page, at: int) -> bool:
    """A short line twice within six lines."""
    line = page.lines[at]
    return 3 <= line.words <= 60 and page.repeated_near(at, 6)


RULES = (Rule("twin_sentence", "move", twin_sentence),)
LABELS = (Rule("repeated_line", "drop", repeated_line, firm=False),)
