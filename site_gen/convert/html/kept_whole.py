"""Things that are kept or cut as a whole: lists, tables, listings, quotes, times of a live page.

Extractors judge line by line, and often drop items that are links or contain code.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from site_gen.convert import similarity
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.match import Piece
from site_gen.convert.html.tree import POST, Element
from site_gen.convert.text.lexicon import core, lexicon

LISTS = frozenset(["ul", "ol", "dl", "menu"])
ELSEWHERE = frozenset(["nav", "footer", "aside", "form", "header"])
HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
TIMES = 3
"""Entries with a time of their own that make a page live."""
PARAGRAPH = 12
"""Words from which a sentence is a paragraph, not a label."""
FACT = 20
"""Most words of a line with facts about a recipe."""
_TIP = re.compile(
    r"(?<![a-z])(?:(?:pro|cook|recipe|chef|kitchen|baker)s?[-_]*)?"
    r"(?:tips?|notes?|hints?|caution|warning|admonition|corrections?|clarifications?|errat(?:um|a))(?:[-_]*(?:box|block|text|content|body|title|container|wrapper))?(?![a-z])"
)
"""Class names of boxes with a tip, a note or a correction."""
_BOXES = frozenset(["div", "aside", "section", "p", "details"])
_FRAME = frozenset(["nav", "footer", "form", "header"])
LEAD = 4
"""Blocks above the first kept one in which the lead is looked for."""


class _Page:
    """The blocks of a page, which of them are kept, and texts that a line rule removed."""

    def __init__(self, blocks: list[Block], kept: Iterable[int], named: Iterable[str]) -> None:
        self.blocks = blocks
        self.named = frozenset(named)
        self.worded = [at for at, block in enumerate(blocks) if block.words]
        self.kept = set(kept)
        self.first, self.last = min(self.kept), max(self.kept)

    def inside(self, at: int) -> bool:
        """Whether a block is between kept ones, or right below one."""
        return self.first < at and (at <= self.last or self.before(at) == self.last)

    def before(self, at: int) -> int:
        """The next block with words above, or -1."""
        place = bisect_left(self.worded, at)
        return self.worded[place - 1] if place else -1

    def after(self, at: int) -> int:
        """The next block with words below, or -1."""
        place = bisect_right(self.worded, at)
        return self.worded[place] if place < len(self.worded) else -1

    def follows_kept(self, at: int) -> bool:
        return self.before(at) in self.kept


def completed(
    blocks: list[Block], pieces: list[Piece], excerpt: str, named: Iterable[str] = ()
) -> list[int]:
    """Positions of blocks that belong to what `pieces` keep, including theirs; `named` are lines
    that a rule removed."""
    kept = {at for piece in pieces for at in piece.blocks}
    if not kept:
        return []
    page = _Page(blocks, kept, named)
    page.kept.update(_lead(page, excerpt))
    page.first = min(page.kept)
    for rule in (_groups, _listings, _posts, _quotes, _siblings, _tips, _facts, _times):
        for at in rule(page):
            page.kept.add(at)
    return sorted(page.kept - kept)


def without_copies(pieces: list[Piece], blocks: list[Block], added: list[int]) -> list[Piece]:
    """`pieces` without lines that are in no block, if added blocks contain their words."""
    texts = [similarity.words(blocks[at].text) for at in added]
    own = {run for text in texts for run in (*similarity.word_pairs(text), *zip(text, strict=True))}
    return [p for p in pieces if p.blocks or not _is_copy(p.text, own)]


def _is_copy(text: str, own: set[tuple[str, ...]]) -> bool:
    runs = similarity.word_pairs(similarity.words(text))
    return sum(run in own for run in runs) >= 0.5 * len(runs)


def _groups(page: _Page) -> Iterator[int]:
    """Lists and tables: whole if a part is kept, or if the text above leads to them."""
    for holder, members in _members(page.blocks).items():
        if all(at in page.kept for at in members) or _is_elsewhere(holder):
            continue
        share = sum(at in page.kept for at in members) / len(members)
        if share >= 0.4 or _belongs(page, holder, members):
            yield from members


def _members(blocks: list[Block]) -> dict[Element, list[int]]:
    """Positions of the blocks of each outermost list and data table."""
    found: dict[Element, list[int]] = {}
    for at, block in enumerate(blocks):
        element = block.element
        holders = [e for e in (element, *element.iterancestors()) if e.tag in (*LISTS, "table")]
        if holders and block.words:
            found.setdefault(holders[-1], []).append(at)
    return found


def _belongs(page: _Page, holder: Element, members: list[int]) -> bool:
    """Whether the text leads to a list: it is below a line that ends with a colon, or between
    blocks of one box, like prose or under a kept heading."""
    first = members[0]
    if not page.inside(first) or not page.follows_kept(first):
        return False
    before = page.blocks[page.before(first)]
    if before.text.rstrip().endswith((":", "：")):
        return True
    texts = [page.blocks[at] for at in members]
    linked = sum(len(_linked(block.element)) for block in texts)
    prose = linked < 0.5 * sum(len(block.text) for block in texts)
    own = prose or before.element.tag in HEADINGS or _is_plain(holder, before.element)
    return own and _between(page, members)


def _is_plain(holder: Element, before: Element) -> bool:
    """Whether a list is beside the paragraphs and has no class; related stories have a class or a
    box."""
    named = holder.get("class") or holder.get("id")
    beside = holder.getparent() is before.getparent() and before.tag == "p"
    return beside and not named and not all(_is_headline(item.text_content()) for item in holder)


def _is_headline(text: str) -> bool:
    """Whether nearly all long words are capitalised, as in English headlines."""
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.75 * len(words)


def _between(page: _Page, members: list[int]) -> bool:
    """Whether a kept block follows in the same box."""
    after = page.after(members[-1])
    if after not in page.kept:
        return False
    before = page.blocks[page.before(members[0])].element
    return page.blocks[after].element.getparent() is before.getparent()


def _linked(element: Element) -> str:
    return similarity.squeeze(" ".join(link.text_content() for link in element.iter("a")))


def _listings(page: _Page) -> Iterator[int]:
    for at, block in enumerate(page.blocks):
        if block.element.tag == "pre" and block.words and page.inside(at):
            yield at


def _posts(page: _Page) -> Iterator[int]:
    """Posts of other sites inside the text. Their boxes are called `social`, like buttons'."""
    for at, block in enumerate(page.blocks):
        if block.words and page.inside(at) and not _is_elsewhere(block.element):
            holders = (block.element, *block.element.iterancestors())
            if any(e.get(POST) is not None for e in holders):
                yield at


def _quotes(page: _Page) -> Iterator[int]:
    """A quote with its source in a figure, unless it repeats the text."""
    own = similarity.shingles("\n".join(page.blocks[at].text for at in sorted(page.kept)))
    for at, block in enumerate(page.blocks):
        if at in page.kept or not page.inside(at) or not page.follows_kept(at):
            continue
        figure = next(block.element.iterancestors("figure"), None)
        if figure is None or next(figure.iter("blockquote"), None) is None:
            continue
        if figure.find(".//img") is None and similarity.coverage(block.text, own) < 0.5:
            yield at


def _tips(page: _Page) -> Iterator[int]:
    """Boxes with a tip, a note or a correction inside the text, without links."""
    for at, block in enumerate(page.blocks):
        if at in page.kept or not block.words or not page.inside(at):
            continue
        box = next((e for e in (block.element, *block.element.iterancestors()) if _is_tip(e)), None)
        if box is None or block.element.tag in HEADINGS or _is_framed(box):
            continue
        if len(_linked(box)) < 0.3 * len(similarity.squeeze(box.text_content())):
            yield at


def _is_framed(box: Element) -> bool:
    return any(e.tag in _FRAME for e in box.iterancestors())


def _is_tip(element: Element) -> bool:
    named = f"{element.get('class', '')} {element.get('role', '')}".lower()
    return element.tag in _BOXES and _TIP.search(named) is not None


def _facts(page: _Page) -> Iterator[int]:
    """Times and portions in a recipe."""
    for at, block in enumerate(page.blocks):
        short = at not in page.kept and 0 < len(block.words) <= FACT and page.inside(at)
        if short and lexicon("facts").holds(core(block.text)) and not _is_elsewhere(block.element):
            yield at


def _times(page: _Page) -> Iterator[int]:
    """The time above each entry of a live page."""
    found = [
        at
        for at, block in enumerate(page.blocks[:-1])
        if block.words and len(block.words) < 8 and _is_time(block.element)
        if page.after(at) in page.kept and not _is_elsewhere(block.element)
    ]
    looks = Counter(_kind(page.blocks[at].element) for at in found)
    usual, count = looks.most_common(1)[0] if looks else (None, 0)
    if count >= TIMES:
        yield from (at for at in found if _kind(page.blocks[at].element) == usual)


def _kind(element: Element) -> tuple[str, str, str]:
    """What the times of entries have in common, unlike the time of the page."""
    parent = element.getparent()
    return parent.tag, parent.get("class", ""), element.get("class", "")


def _is_time(element: Element) -> bool:
    inside = [similarity.squeeze(time.text_content()) for time in element.iter("time")]
    return bool(inside) and " ".join(inside) == similarity.squeeze(element.text_content())


def _siblings(page: _Page) -> Iterator[int]:
    """Paragraphs between kept ones of their box, and headings above them."""
    looks = {_look(page.blocks[at].element) for at in page.kept}
    for at, block in enumerate(page.blocks):
        if at in page.kept or not block.words or not page.first < at < page.last:
            continue
        element = block.element
        if block.text in page.named or _is_elsewhere(element):
            continue
        if element.tag == "p":
            own = len(block.words) >= PARAGRAPH and similarity.ends_sentence(block.text)
            fits = own and len(_linked(element)) < 0.3 * len(block.text) and _look(element) in looks
        else:
            below = page.after(at)
            fits = element.tag in HEADINGS and below in page.kept and _is_sibling(page, at, below)
        if fits:
            yield at


def _look(element: Element) -> tuple[Element, str, str]:
    """What a page's own paragraphs have in common: box, tag and class."""
    return element.getparent(), element.tag, element.get("class", "")


def _is_sibling(page: _Page, at: int, other: int) -> bool:
    mine, theirs = page.blocks[at].element, page.blocks[other].element
    return mine.getparent() is theirs.getparent() and theirs.tag == "p"


def _lead(page: _Page, excerpt: str) -> Iterator[int]:
    """A first paragraph that repeats the excerpt, and what follows it."""
    own = similarity.words(excerpt)
    if len(own) < 8:
        return
    for at in range(max(0, page.first - LEAD), page.first):
        block = page.blocks[at]
        if _is_elsewhere(block.element) or not similarity.ends_sentence(block.text):
            continue
        if similarity.similarity(own, block.words) > 0.85 or _begins(list(block.words), own):
            yield from (n for n in range(at, page.first) if _is_prose(page.blocks[n]))
            return


def _begins(text: list[str], start: list[str]) -> bool:
    return len(text) > len(start) and text[: len(start) - 1] == start[:-1]


def _is_prose(block: Block) -> bool:
    return (
        len(block.words) >= 8 and similarity.ends_sentence(block.text) and block.element.tag == "p"
    )


def _is_elsewhere(element: Element) -> bool:
    return any(e.tag in ELSEWHERE for e in (element, *element.iterancestors()))
