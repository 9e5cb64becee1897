"""Removes what addresses the reader below an article: join, subscribe, write for us."""

import re
from collections.abc import Sequence

from site_gen.convert.text.lines import Line
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_prose

_READER = re.compile(r"\b(?:you|your|yours|vous|votre|vos|você|seu|tu|tuo)\b", re.I)
_MOST_WORDS = 120.0
_SHARE, _OWN_SHARE = 0.5, 0.2
"""The share of sentences that address the reader: at least, in an invitation; at most, in the
article."""
_FEWEST = 2
_ENOUGH_ABOVE = 80.0


def invites(lines: Sequence[Line]) -> bool:
    """Whether these few lines mostly address the reader."""
    if sum(line.words for line in lines) > _MOST_WORDS:
        return False
    sentences = [line for line in lines if line.ends]
    return to_reader(sentences) >= max(_FEWEST, _SHARE * len(sentences))


def to_reader(lines: Sequence[Line]) -> int:
    """The number of lines that address the reader."""
    return sum(_READER.search(line.text) is not None for line in lines)


def cut_invitation(sheet: Sheet) -> None:
    """Remove the last lines of the body if, unlike the rest, they address the reader."""
    kept = sheet.kept()
    breaks = [at for at in range(len(sheet.lines)) if _parts(sheet, at) and kept and at < kept[-1]]
    if not breaks:
        return
    below = [at for at in kept if at > breaks[-1]]
    above = [at for at in kept if at < breaks[-1]]
    prose = [sheet.lines[at] for at in above if is_prose(sheet.lines[at])]
    enough = sum(line.words for line in prose) >= _ENOUGH_ABOVE
    said = [sheet.lines[at] for at in range(breaks[-1] + 1, kept[-1] + 1)]
    own = to_reader(prose) > _OWN_SHARE * len(prose)
    if enough and not own and invites(said):
        for at in below:
            sheet.move(at, "invitation")


def _parts(sheet: Sheet, at: int) -> bool:
    rule = sheet.rules[at]
    return rule is not None and rule.effect == "drop" and rule.firm and rule.name != "symbols"
