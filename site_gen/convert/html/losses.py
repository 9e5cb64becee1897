"""What was left out of a page from between two kept paragraphs and may be a loss."""

from collections.abc import Iterable

from site_gen.convert import likeness
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.match import Piece
from site_gen.convert.html.tree import Element

APART = frozenset(
    "nav aside footer header form figure figcaption caption label time small sup".split()
)
"""Elements whose text stands beside an article's, wherever they lie."""
FEWEST = 4
"""Words under which a line is a label or a button."""


def maybe(blocks: list[Block], pieces: Iterable[Piece]) -> set[str]:
    """The texts of blocks between the first and the last of `pieces`, in none of them, that no mark
    of the page tells from its article."""
    used = {at for piece in pieces for at in piece.blocks}
    if not used:
        return set()
    kept = likeness.shingles("\n".join(blocks[at].text for at in used))
    return {
        block.text
        for at, block in enumerate(blocks[: max(used)])
        if at > min(used) and at not in used and len(block.words) >= FEWEST
        if not _is_apart(block.element) and not _is_linked(block)
        if likeness.covered(block.text, kept) < 0.5
    }


def _is_apart(element: Element) -> bool:
    return any(e.tag in APART for e in (element, *element.iterancestors()))


def _is_linked(block: Block) -> bool:
    """Whether it leads elsewhere, as teasers do; a quoted post may be little but links."""
    if any(e.tag == "blockquote" for e in (block.element, *block.element.iterancestors())):
        return False
    linked = sum(len(likeness.squeeze(a.text_content())) for a in block.element.iter("a"))
    return linked >= 0.5 * len(block.text)
