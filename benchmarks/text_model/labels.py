"""Which lines of a dump belong to the article: its words and the article's, aligned in order."""

import re
from difflib import SequenceMatcher

from site_gen.convert.text.lines import Page

_SURE = 3
"""Words in a row that two texts share by no chance."""


def labels_of(page: Page, gold: str) -> list[bool]:
    """For each line whether it is of the article: half of its words are, of a short line all."""
    lines = [re.findall(r"\w+", line.text.lower()) for line in page.lines]
    ours = [word for line in lines for word in line]
    theirs = re.findall(r"\w+", gold.lower())
    whole = {tuple(re.findall(r"\w+", line.lower())) for line in gold.split("\n")}
    same = bytearray(len(ours))
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for at in range(block.a, block.a + block.size):
            same[at] = min(255, block.size)
    found, start = [], 0
    for line in lines:
        own = same[start : start + len(line)]
        start += len(line)
        alone = bool(line) and all(own) and tuple(line) in whole
        held = sum(size >= _SURE for size in own)
        short = len(line) < 4 and (not line or min(own) <= len(line))
        found.append(alone or (not short and held >= 0.5 * len(line)))
    return found
