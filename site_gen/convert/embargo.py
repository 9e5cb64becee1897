"""Finds a line that says of a text that it may not be published yet."""

import re
from collections.abc import Iterator

from site_gen.frontmatter.not_public import Mark
from site_gen.model import Draft

TOP = 12
"""Lines of the body among which it is looked for; what was cut may have stood anywhere."""
MOST_WORDS = 25
_WHEN = (
    r"[^\n]*(?:\d|\b(?:today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|"
    r"midnight|further notice|publication)\b)"
)
_LINE = re.compile(
    r"\W*(?:strictly |(?:this (?:release|text|story|report) is )?under )?"
    rf"(?:(?:embargo(?:ed)?|sous embargo|sperrfrist|embargado|bajo embargo)\b(?:\W*$|{_WHEN})"
    rf"|(?:hold|held) for release\b|not for (?:publication|release|broadcast)\b(?:\W*$|{_WHEN})"
    r"|do not (?:publish|release) (?:before|until)\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"^[>#\s]+|[*_\\`]+")


def marks(draft: Draft) -> tuple[Mark, ...]:
    """The mark of a draft, empty where nothing in its text says so. An entry with front matter of
    its own is asked for that alone."""
    if draft.verbatim is not None:
        return ()
    return tuple(Mark("it says", line) for line in _lines(draft) if _says(line))[:1]


def _says(line: str) -> bool:
    return len(line.split()) <= MOST_WORDS and _LINE.match(line) is not None


def _lines(draft: Draft) -> Iterator[str]:
    yield str(draft.matter.get("title", ""))
    filled = (line for line in draft.body.split("\n") if line.strip())
    for _, line in zip(range(TOP), filled, strict=False):
        yield _PLAIN.sub("", line).strip()
    for cut in draft.receipt.cuts:
        yield from (line.strip() for line in cut.text.split("\n"))
