"""The body of a page as lines, from three extractors and the named rules."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_gen.convert import similarity
from site_gen.convert.html import extractors, kept_whole, match, newsletter, rules
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.match import Piece
from site_gen.convert.html.rules import Evidence, PageRule
from site_gen.model import Cut

MAX_LINK_LINE = 250
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


class Said(NamedTuple):
    """What the page says of itself, and the settings of its provider."""

    titles: list[str]
    excerpt: str
    drop_lines: tuple[str, ...]


_STOP = re.compile(r"""[.][”"]?$|\?[”"]$""")


@dataclass(frozen=True, slots=True)
class Body:
    """What is kept, in order, what was cut, and the confidence (0 to 1)."""

    pieces: tuple[Piece, ...]
    cuts: tuple[Cut, ...]
    confidence: float


def of_page(page: str, blocks: list[Block], said: Said) -> Body:
    """The body of `page` (prepared HTML) with these `blocks`."""
    base = extractors.trafilatura(page)
    other = extractors.readability(page)
    third = extractors.resiliparse(page)
    seen = evidence(blocks, said, other, third)
    lines, cuts = _through_page_rules(rules.PAGE_RULES, base.split("\n"), seen)
    lines, line_cuts = _through_line_rules(lines, seen)
    lines, end_cuts = _through_page_rules(rules.END_RULES, lines, seen)
    own = similarity.shingles("\n".join(lines))
    sure = max(
        similarity.agreement(own, seen.other_shingles),
        similarity.agreement(own, seen.third_shingles),
    )
    pieces = match.placed(tuple(lines), blocks)
    added = kept_whole.completed(blocks, pieces, said.excerpt, _named(blocks, seen))
    pieces = kept_whole.without_copies(pieces, blocks, added)
    pieces = _in_order([*pieces, *(Piece(blocks[at].text, (at,)) for at in added)])
    return Body(tuple(pieces), (*cuts, *line_cuts, *end_cuts), sure if pieces else 0.0)


def of_whole(blocks: list[Block], said: Said) -> Body:
    """The body of a page without boilerplate: every block except a copy of the title, byline and
    date, and phrases of the lexicon."""
    seen = evidence(blocks, said, "", "")
    pieces, cuts = newsletter.body(blocks, seen)
    kept = sum(len(piece.text) for piece in pieces)
    whole = max(1, kept + sum(len(cut.text) for cut in cuts))
    return Body(tuple(pieces), tuple(cuts), min(newsletter.CONFIDENCE, kept / whole))


def evidence(blocks: list[Block], said: Said, other: str, third: str) -> Evidence:
    """Everything that rules may use to judge a page."""
    return Evidence(
        other=other,
        other_shingles=similarity.shingles(other),
        third=third,
        third_shingles=similarity.shingles(third),
        titles=tuple(tuple(own) for own in map(similarity.words, said.titles) if len(own) > 1),
        link_lines=frozenset(block.text for block in blocks if _is_link_only(block)),
        headings=frozenset(b.text for b in blocks if b.element.tag in HEADINGS),
        top_headings=frozenset(b.text for b in blocks if b.element.tag == "h1"),
        drop_lines=said.drop_lines,
        texts=tuple(block.text for block in blocks if block.words),
    )


def _named(blocks: list[Block], seen: Evidence) -> Iterator[str]:
    """The texts of blocks that a line rule removes anywhere."""
    for block in blocks:
        if block.words and rules.first(rules.ANYWHERE, block.text, 0, seen):
            yield block.text


def _in_order(pieces: list[Piece]) -> list[Piece]:
    """By the order of their blocks; a line without a block follows the one before it."""
    place, placed = -1, []
    for piece in pieces:
        place = piece.blocks[0] if piece.blocks else place
        placed.append((place, piece))
    return [piece for _, piece in sorted(placed, key=lambda pair: pair[0])]


def _through_page_rules(
    listed: Sequence[PageRule], lines: list[str], seen: Evidence
) -> tuple[list[str], list[Cut]]:
    cuts: list[Cut] = []
    for rule in listed:
        after = rule(lines, seen)
        if after is not lines:
            left = Counter(similarity.squeeze(line) for line in after)
            for line in map(similarity.squeeze, lines):
                if line and not left[line]:
                    cuts.append(Cut(rule=rule.__name__, text=line))
                left[line] -= 1
        lines = after
    return lines, cuts


def _through_line_rules(lines: list[str], seen: Evidence) -> tuple[list[str], list[Cut]]:
    kept: list[str] = []
    cuts: list[Cut] = []
    for line in filter(None, map(similarity.squeeze, lines)):
        rule = rules.first(rules.LINE_RULES, line, len(kept), seen)
        if rule:
            cuts.append(Cut(rule=rule, text=line, to=rules.MOVED.get(rule, "")))
        else:
            kept.append(line)
    return kept, cuts


def _is_link_only(block: Block) -> bool:
    """Little more than one link: a teaser, not a linked sentence."""
    text = block.text
    if not text or len(text) >= MAX_LINK_LINE or text.startswith("http") or _STOP.search(text):
        return False
    linked = sum(len(similarity.squeeze(link.text_content())) for link in block.element.iter("a"))
    return block.element.tag in ("p", "div") and linked >= 0.9 * len(text)
