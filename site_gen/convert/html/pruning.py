"""Cuts the page down to the kept blocks, in their places, and their pictures."""

from collections.abc import Iterable

from lxml import html

from site_gen.convert import similarity
from site_gen.convert.html import media
from site_gen.convert.html.blocks import MEDIA, Block
from site_gen.convert.html.match import Piece
from site_gen.convert.html.tree import Element, elements

FIXED = frozenset("ul ol li table thead tbody tfoot tr td th dl a h1 h2 h3 h4 h5 h6".split())


def cut(root: Element, blocks: list[Block], pieces: list[Piece]) -> None:
    """Leave in `root` only the blocks of `pieces`, lines without a block, and pictures."""
    kept = [blocks[at].element for piece in pieces for at in piece.blocks]
    added = list(_add_lines(root, blocks, pieces))
    order = {element: number for number, element in enumerate(root.iter())}
    if kept:
        marks = sorted(order[element] for element in kept)
        ends = marks[0], marks[-1]
        kept += list(_pictures(root, blocks, set(kept), order, ends))
    _prune(root, [*kept, *added])


def _add_lines(root: Element, blocks: list[Block], pieces: list[Piece]) -> Iterable[Element]:
    """Insert lines without a block after the block before them."""
    place: Element | None = None
    for piece in pieces:
        if piece.blocks:
            place = blocks[piece.blocks[-1]].element
        elif similarity.words(piece.text):
            line = html.Element("p")
            line.text = piece.text
            if place is None:
                root.find("body").insert(0, line)
            else:
                _movable(place).addnext(line)
            place = line
            yield line


def _movable(element: Element) -> Element:
    """The nearest ancestor beside which a paragraph is allowed."""
    while element.getparent().tag in FIXED:
        element = element.getparent()
    return element


def _pictures(
    root: Element,
    blocks: list[Block],
    kept: set[Element],
    order: dict[Element, int],
    ends: tuple[int, int],
) -> Iterable[Element]:
    """Pictures and players between the first and the last kept block that belong to the text."""
    holders = {block.element: block for block in blocks}
    for element in elements(root):
        if element.tag not in MEDIA or not ends[0] <= order[element] <= ends[1]:
            continue
        if any(ancestor in kept for ancestor in element.iterancestors()):
            continue
        if media.belongs(element, holders):
            yield element


def _prune(root: Element, kept: Iterable[Element]) -> None:
    whole = set(kept)
    needed = {ancestor for element in whole for ancestor in element.iterancestors()}
    needed.add(root.find("body"))
    stack = [root]
    while stack:
        holder = stack.pop()
        for child in list(holder):
            if child in whole:
                continue
            if child in needed:
                stack.append(child)
            else:
                holder.remove(child)
        if holder not in whole:
            holder.text = None
            for child in holder:
                child.tail = None
