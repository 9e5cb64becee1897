"""The type of rules: a name, an effect on the line, and a small test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from site_gen.convert.text.lexicon import lexicon
from site_gen.convert.text.lines import Line, Page

Effect = Literal["drop", "cut", "tail", "move"]
Test = Callable[[Page, int], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule.

    effect  drop  the line is removed
            cut   it is removed with all that follows, up to the next real sentence
            tail  it is removed, and the article ends
            move  it moves to front matter
    test    takes the page and the position of the line
    firm    False: only a clue, the line model may keep the line
    """

    name: str
    effect: Effect
    test: Test
    firm: bool = True


def known(line: Line, name: str, limit: int) -> bool:
    """Whether a line of at most `limit` words is a phrase of that lexicon."""
    return line.words <= limit and lexicon(name).holds(line.core)
