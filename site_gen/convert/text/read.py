"""Reads a text as a page of lines, and finds the rule for each line."""

from site_gen.convert.text.language import guess_language
from site_gen.convert.text.lexicon import Lexicon, compiled
from site_gen.convert.text.lines import Page, read_lines
from site_gen.convert.text.rules import rule_of
from site_gen.convert.text.rules.rule import Rule

NO_LINES = compiled(())


def read_page(text: str) -> Page:
    """The lines of `text`, which is decoded and has plain newlines."""
    language = guess_language(text)
    return Page(lines=read_lines(text, language), language=language)


def rules_of(page: Page, provider: Lexicon = NO_LINES) -> list[Rule | None]:
    """The first rule that matches each line."""
    return [rule_of(page, at, provider) for at in range(len(page.lines))]
