"""Sanitised HTML cut short: whole paragraphs and items, and every element closed."""

import re
from bisect import bisect_right

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "wbr"})
# None after a heading: it would stand over nothing.
_ENDS = frozenset({"p", "li", "ul", "ol", "pre", "blockquote", "table", "tr", "dd", "dl", "figure",
                   "div", "section", "details"})  # fmt: skip


def shortened(html: str, size: int) -> str:
    """The beginning of `html` in at most `size` bytes of UTF-8, cut after a paragraph, an item or
    another block; "" where the first is too long already."""
    if len(html.encode()) <= size:
        return html
    cuts = _cuts(html)
    best = bisect_right(cuts, size, key=lambda cut: len((html[: cut[0]] + cut[1]).encode()))
    return html[: cuts[best - 1][0]] + cuts[best - 1][1] if best else ""


def _cuts(html: str) -> list[tuple[int, str]]:
    """(where a cut may be, what closes the elements that are open there), in order."""
    cuts: list[tuple[int, str]] = []
    opened: list[str] = []
    for tag in _TAG.finditer(html):
        name = tag[2]
        if name in _VOID:
            continue
        if not tag[1]:
            opened.append(name)
        elif name in opened:
            while opened.pop() != name:
                pass
            # Nothing is cut amid a table's cell or a figure.
            if name in _ENDS and not {"table", "figure", "pre"} & set(opened):
                cuts.append((tag.end(), "".join(f"</{each}>" for each in reversed(opened))))
    return cuts
