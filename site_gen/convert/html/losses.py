"""Finds text between kept paragraphs that may be a loss."""

import re
from collections.abc import Iterable

from site_gen.convert import similarity
from site_gen.convert.html import media, rules
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.match import Piece
from site_gen.convert.html.tree import Element

APART = frozenset(
    "nav aside footer header form figure figcaption caption label time small sup".split()
)
"""Elements whose text is never the article's."""
_APART = re.compile(
    r"(?<![a-z])(?:captions?|credits?|photos?|images?|gallery|slide(?:show|r)?|related|teasers?|promos?"
    r"|recirc|newsletter|sign-?up|subscri\w+|by-?line|authors?|bio|social|shar(?:e|ing)|video|player"
    r"|ads?|adverts?|advertisement|sponsor(?:ed)?|infobox|sidebar|rail|widget|comments?|meta|tags?"
    r"|breadcrumbs?|toc|more|read-?(?:more|also|next)|recommend\w*|popular|trending|pull-?quote|donat\w+"
    r"|\w+caption)(?![a-z])"
)
"""Class names of boxes beside the text."""
FEWEST = 4
"""Shorter lines, in words, are labels or buttons."""


def maybe(blocks: list[Block], pieces: Iterable[Piece]) -> set[str]:
    """The texts of blocks between the first and the last of `pieces` that are in none of them, and
    that no markup separates from the article."""
    used = {at for piece in pieces for at in piece.blocks}
    if not used:
        return set()
    kept = similarity.shingles("\n".join(blocks[at].text for at in used))
    around = _around([blocks[at].element for at in used])
    return {
        block.text
        for at, block in enumerate(blocks[: max(used)])
        if at > min(used) and at not in used and len(block.words) >= FEWEST
        if not _is_apart(block.element, around) and not _is_linked(block)
        if not media.told_apart(block.text)[1] and not rules.is_frame(block.text)
        if similarity.coverage(block.text, kept) < 0.5
    }


def _around(kept: list[Element]) -> set[Element]:
    """Elements around parts of the text; their names say nothing about single lines."""
    return {above for element in kept for above in element.iterancestors()}


def _is_apart(element: Element, around: set[Element]) -> bool:
    holders = [element, *element.iterancestors()]
    own = (f"{e.get('class', '')} {e.get('id', '')}".lower() for e in holders if e not in around)
    return any(e.tag in APART for e in holders) or any(_APART.search(name) for name in own)


def _is_linked(block: Block) -> bool:
    """Whether it links elsewhere, like teasers; quoted posts may be little but links."""
    if any(e.tag == "blockquote" for e in (block.element, *block.element.iterancestors())):
        return False
    linked = sum(len(similarity.squeeze(a.text_content())) for a in block.element.iter("a"))
    return linked >= 0.5 * len(block.text)
