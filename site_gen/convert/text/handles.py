"""Recognises the opening of posts on social networks: `Ann Example` above `@ann@town.example`."""

import re

from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.credits import NAME_ALONE

_HANDLE = re.compile(r"@[\w.]+(?:@[\w-]+(?:\.[\w-]+)+)?(?: ?·.{0,30})?")


def above_handle(page: Page, at: int) -> bool:
    """Whether the line is a name and the next one its handle."""
    if at + 1 >= len(page.lines):
        return False
    below = page.lines[at + 1].text
    return page.lines[at].words <= 5 and _HANDLE.fullmatch(below) is not None


def is_person(text: str) -> bool:
    """Whether a line is only a name of two to five words."""
    return text[:1].isupper() and 2 <= len(text.split()) <= 5 and bool(NAME_ALONE.fullmatch(text))
