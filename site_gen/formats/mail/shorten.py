"""Shortens sanitised HTML after a whole paragraph or item, and closes all elements."""

import re
from bisect import bisect_right

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "wbr"})
# Not after a heading, which would be left without text below it.
_CUT_AFTER = frozenset(
    ("p li ul ol pre blockquote table tr dd dl figure div section details").split()
)


def shorten_html(html: str, size: int) -> str:
    """The beginning of `html` in at most `size` bytes of UTF-8, cut after a paragraph, an item or
    another block; "" if the first block is too long."""
    if len(html.encode()) <= size:
        return html
    cuts = _find_cuts(html)
    best = bisect_right(cuts, size, key=lambda cut: len((html[: cut[0]] + cut[1]).encode()))
    return html[: cuts[best - 1][0]] + cuts[best - 1][1] if best else ""


def _find_cuts(html: str) -> list[tuple[int, str]]:
    """(position of a possible cut, tags that close the open elements there), in order."""
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
            if name in _CUT_AFTER and not {"table", "figure", "pre"} & set(opened):
                cuts.append((tag.end(), "".join(f"</{each}>" for each in reversed(opened))))
    return cuts
