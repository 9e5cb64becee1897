"""The blocks of a page: elements with a paragraph, a heading, an item or a table row of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from site_gen.convert import similarity
from site_gen.convert.html.tree import HIDDEN, Element, drop, elements, text_of

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul caption iframe video audio".split()
)
MEDIA = frozenset(["img", "iframe", "video", "audio"])
DROPPED = (*HIDDEN, "button", "select", "input", "textarea", "object", "link", "meta", "dialog")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page that is kept or dropped as a whole."""

    element: Element
    text: str
    words: tuple[str, ...]


def settle(root: Element) -> list[str]:
    """Wrap text beside blocks in paragraphs, so that each text is in exactly one block.

    Returns the texts of buttons, menus and the like, which are removed.
    """
    dropped = [drop(element) for name in DROPPED for element in list(root.iter(name))]
    for element in [element for name in ("span", "font") for element in root.iter(name)]:
        if element.find(".//br") is not None:
            element.drop_tag()
    holders = _holders(root)
    for element in [*holders, *_broken(root, holders)]:
        _wrap_runs(element, holders)
    return dropped


def _holders(root: Element) -> dict[Element, None]:
    """Elements that contain blocks, in document order."""
    above: set[Element] = set()
    for element in elements(root):
        if element.tag in BLOCKS:
            parent = element.getparent()
            while parent is not None and parent not in above:
                above.add(parent)
                parent = parent.getparent()
    return {element: None for element in elements(root) if element in above}


def _broken(root: Element, holders: dict[Element, None]) -> list[Element]:
    """Blocks whose paragraphs are separated by two line breaks."""
    found = dict.fromkeys(line_break.getparent() for line_break in root.iter("br"))
    return [e for e in found if e.tag in BLOCKS and e not in holders and any(_pairs(e))]


def _pairs(element: Element) -> Iterator[bool]:
    for child in element:
        following = child.getnext()
        yield (
            child.tag == "br"
            and not (child.tail or "").strip()
            and following is not None
            and following.tag == "br"
        )


class _Run:
    """A paragraph made of text and inline elements that were beside blocks.

    It stores its last child, because lxml counts all children to find it.
    """

    def __init__(self, holder: Element) -> None:
        self._element = html.Element("p")
        self._last: Element | None = None
        holder.append(self._element)

    def add(self, piece: Any) -> None:
        if not isinstance(piece, str):
            self._element.append(piece)
            self._last = piece
        elif self._last is None:
            self._element.text = (self._element.text or "") + piece
        else:
            self._last.tail = (self._last.tail or "") + piece


def _wrap_runs(holder: Element, holders: dict[Element, None]) -> None:
    run: _Run | None = None
    pending: list[Element] = []
    for piece in _taken_apart(holder):
        is_text = isinstance(piece, str)
        if not is_text and (piece.tag in BLOCKS or piece in holders):
            holder.append(piece)
            run, pending = None, []
        elif not is_text and piece.tag == "br":
            pending.append(piece)
        elif not is_text or piece.strip():
            run = None if len(pending) > 1 else run
            if run is None:
                run = _Run(holder)
            elif pending:
                run.add(pending[0])
            run.add(piece)
            pending = []
        elif run is not None and not pending:
            run.add(piece)


def _taken_apart(holder: Element) -> list[Any]:
    """Texts and elements of `holder` in order, removed from it; comments are dropped."""
    pieces: list[Any] = [holder.text or ""]
    for child in list(holder):
        tail, child.tail = child.tail, None
        holder.remove(child)
        pieces += [child, tail or ""] if isinstance(child.tag, str) else [tail or ""]
    holder.text = None
    return pieces


def found(root: Element) -> list[Block]:
    """The blocks of a settled tree in document order; a short table row is one block."""
    body = root.find("body")
    return list(_walk(root if body is None else body))


def _walk(root: Element) -> Iterator[Block]:
    holders = _holders(root)
    rows = {row for row in root.iter("tr") if _is_row(row, holders)}
    inside: set[Element] = set()
    for element in elements(root):
        if element.getparent() in inside:
            inside.add(element)
        elif element in rows or (element not in holders and element.tag in BLOCKS):
            inside.add(element)
            text = text_of(element)
            yield Block(element, similarity.squeeze(text), tuple(similarity.words(text)))


def _is_row(row: Element, holders: dict[Element, None]) -> bool:
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or any(True for _ in row.iter("table")):
        return False
    return not any(len(list(cell.iter("p", "div", "li"))) > 2 for cell in cells)
