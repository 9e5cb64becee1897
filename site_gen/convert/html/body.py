"""The body of a page as lines, agreed on by three extractors and the named rules."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from site_gen.convert import likeness
from site_gen.convert.html import extractors, rules
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.rules import Evidence, PageRule
from site_gen.model import Cut

MAX_LINK_LINE = 250
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


_STOP = re.compile(r"""[.][”"]?$|\?[”"]$""")


@dataclass(frozen=True, slots=True)
class Body:
    """Lines kept in order, what was cut, and how far the extractors agree (0 to 1)."""

    lines: tuple[str, ...]
    cuts: tuple[Cut, ...]
    agreement: float


def found(page: str, found: list[Block], titles: list[str], drop_lines: tuple[str, ...]) -> Body:
    """The body of `page` (prepared HTML), whose blocks are `found`."""
    base = extractors.trafilatura(page)
    other = extractors.readability(page)
    third = likeness.shingles(extractors.resiliparse(page))
    seen = Evidence(
        other=other,
        other_shingles=likeness.shingles(other),
        third_shingles=third,
        titles=tuple(tuple(own) for own in map(likeness.words, titles) if len(own) > 1),
        link_lines=frozenset(block.text for block in found if _is_link_only(block)),
        headings=frozenset(b.text for b in found if b.element.tag in HEADINGS),
        top_headings=frozenset(b.text for b in found if b.element.tag == "h1"),
        drop_lines=drop_lines,
    )
    lines, cuts = _through_page_rules(rules.PAGE_RULES, base.split("\n"), seen)
    lines, line_cuts = _through_line_rules(lines, seen)
    lines, end_cuts = _through_page_rules(rules.END_RULES, lines, seen)
    own = likeness.shingles("\n".join(lines))
    sure = max(likeness.agreement(own, seen.other_shingles), likeness.agreement(own, third))
    return Body(tuple(lines), (*cuts, *line_cuts, *end_cuts), sure if lines else 0.0)


def _through_page_rules(
    listed: Sequence[PageRule], lines: list[str], seen: Evidence
) -> tuple[list[str], list[Cut]]:
    cuts: list[Cut] = []
    for rule in listed:
        after = rule(lines, seen)
        if after is not lines:
            left = Counter(likeness.squeeze(line) for line in after)
            for line in map(likeness.squeeze, lines):
                if line and not left[line]:
                    cuts.append(Cut(rule=rule.__name__, text=line))
                left[line] -= 1
        lines = after
    return lines, cuts


def _through_line_rules(lines: list[str], seen: Evidence) -> tuple[list[str], list[Cut]]:
    kept: list[str] = []
    cuts: list[Cut] = []
    for line in filter(None, map(likeness.squeeze, lines)):
        rule = next((rule for rule in rules.LINE_RULES if rule(line, len(kept), seen)), None)
        if rule is None:
            kept.append(line)
        else:
            to = rules.MOVED.get(rule.__name__, "")
            cuts.append(Cut(rule=rule.__name__, text=line, to=to))
    return kept, cuts


def _is_link_only(block: Block) -> bool:
    """One link, or little else: a teaser, not a sentence that happens to be linked."""
    text = block.text
    if not text or len(text) >= MAX_LINK_LINE or text.startswith("http") or _STOP.search(text):
        return False
    linked = sum(len(likeness.squeeze(link.text_content())) for link in block.element.iter("a"))
    return block.element.tag in ("p", "div") and linked >= 0.9 * len(text)
