"""The body as Markdown blocks: paragraphs, headings, lists."""

from collections.abc import Iterator
from typing import Literal

from site_gen.convert.text import escape
from site_gen.convert.text.body import foreign
from site_gen.convert.text.lines import Line
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_heading_like, is_prose

Kind = Literal["paragraph", "heading", "item"]
MISSING = "<!-- list missing in source -->"
_LONG = 100


def markdown(sheet: Sheet) -> str:
    """The kept lines as Markdown, with a final newline; "" without any."""
    kept = sheet.kept()
    kinds = [_kind(sheet, kept, n) for n in range(len(kept))]
    out: list[str] = []
    gaps = 0
    for n, at in enumerate(kept):
        text = sheet.lines[at].text
        if kinds[n] == "item":
            joins = n > 0 and kinds[n - 1] == "item"
            out.append(("\n" if joins else "\n\n") + escape.item(text))
            continue
        write = escape.heading if kinds[n] == "heading" else escape.paragraph
        out.append("\n\n" + write(text))
        if kinds[n] == "paragraph" and _list_missing(sheet, kept, kinds, n):
            gaps += 1
            out.append("\n\n" + MISSING)
    if gaps:
        sheet.warnings.append(f"missing-list: {gaps}")
    return "".join(out).strip("\n") + "\n" if out else ""


def texts(sheet: Sheet) -> Iterator[str]:
    """The kept lines as they stand in the receipt."""
    return (sheet.lines[at].text for at in sheet.kept())


def _kind(sheet: Sheet, kept: list[int], n: int) -> Kind:
    line = sheet.lines[kept[n]]
    if line.marker and line.marker[0] not in "0123456789–":
        return "item"
    if _is_heading(sheet, kept, n):
        return "heading"
    return "item" if _listed(sheet, kept, n) else "paragraph"


def _is_heading(sheet: Sheet, kept: list[int], n: int) -> bool:
    """A short line without a stop, right before a paragraph."""
    line = sheet.lines[kept[n]]
    if n + 1 >= len(kept) or foreign(sheet, kept[n]) or not 1 <= line.words <= 16:
        return False
    if line.text.endswith((".", ":", ";", ",", "!", "…")) or line.text[0] in "\"“‘'—–-(":
        return False
    following = sheet.lines[kept[n + 1]]
    after_intro = n > 0 and sheet.lines[kept[n - 1]].text.endswith(":")
    if after_intro or following.marker or not is_prose(following):
        return False
    return not is_prose(line) or (line.text.endswith("?") and is_heading_like(line))


def _listed(sheet: Sheet, kept: list[int], n: int) -> bool:
    """One of two or more short lines in a row below a line that ends in a colon."""
    if not _short(sheet.lines[kept[n]]):
        return False
    start = n
    while start > 0 and n - start < 40 and _short(sheet.lines[kept[start - 1]]):
        start -= 1
    if start == 0 or not sheet.lines[kept[start - 1]].text.endswith(":"):
        return False
    return n > start or (n + 1 < len(kept) and _short(sheet.lines[kept[n + 1]]))


def _short(line: Line) -> bool:
    return line.words <= 25 and not is_prose(line) and not line.text.endswith(":")


def _list_missing(sheet: Sheet, kept: list[int], kinds: list[Kind], n: int) -> bool:
    text = sheet.lines[kept[n]].text
    if not text.endswith(":") or n + 1 >= len(kept) or kinds[n + 1] != "paragraph":
        return False
    following = sheet.lines[kept[n + 1]].text
    return following[:1].isupper() and len(following) >= _LONG
