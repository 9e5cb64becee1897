"""Detects text in two columns beside each other, as copied from a PDF: read from left to right, it
mixes sentences."""

import re
from collections import Counter

FEWEST, SHARE = 4, 0.6
"""Lines with a gap that make columns, and their share of all long lines."""
WORDS = 3
"""Fewest words on each side of the gap: cells of a table are shorter."""
NEAR = 2
"""How far the second column may begin from where it mostly begins."""
_GAP = re.compile(r"\S( {3,})(?=\S)")


def is_in_columns(text: str) -> bool:
    """Whether most long lines have words on both sides of a gap at the same place."""
    lines = [line for line in text.split("\n") if len(line.split()) >= 2 * WORDS]
    starts = [start for line in lines if (start := _second_column(line))]
    if len(starts) < FEWEST or len(starts) < SHARE * len(lines):
        return False
    most = Counter(starts).most_common(1)[0][0]
    return sum(abs(start - most) <= NEAR for start in starts) >= FEWEST


def _second_column(line: str) -> int:
    """Where the text on the right begins; 0 if there are not exactly two."""
    gaps = list(_GAP.finditer(line.rstrip()))
    if len(gaps) != 1:
        return 0
    at = gaps[0].end()
    return at if min(len(line[:at].split()), len(line[at:].split())) >= WORDS else 0
