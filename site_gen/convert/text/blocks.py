"""The body as Markdown blocks: paragraphs, headings, lists."""

import re
from collections.abc import Iterator
from typing import Literal

from site_gen.convert.text import escape
from site_gen.convert.text.body import foreign
from site_gen.convert.text.lines import Line
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.runs import LEADS, label_of
from site_gen.convert.text.shape import is_heading_like, is_prose

Kind = Literal["paragraph", "heading", "item", "numbered", "quote"]
MISSING = "<!-- list missing in source -->"
_LONG = 100
_DASHES = "–—"
_LISTED = 3
"""Short lines in a row of which the last is no heading of what follows."""
_QUOTE = re.compile(r"(>(?: ?>)*) (?=\S)")
"""What mail puts before what it quotes."""


def markdown(sheet: Sheet) -> str:
    """The kept lines as Markdown, with a final newline; "" without any."""
    kept = sheet.kept()
    kinds = [_kind(sheet, kept, n) for n in range(len(kept))]
    out: list[str] = []
    gaps = 0
    for n, at in enumerate(kept):
        line = sheet.lines[at]
        if kinds[n] in ("item", "numbered"):
            joins = n > 0 and kinds[n - 1] == kinds[n]
            out.append(("\n" if joins else "\n\n") + _item(line, kinds[n]))
            continue
        if kinds[n] == "quote":
            joins = n > 0 and kinds[n - 1] == "quote"
            out.append(("\n>\n" if joins else "\n\n") + _quote(line))
            continue
        write = escape.heading if kinds[n] == "heading" else escape.paragraph
        out.append("\n\n" + write(_whole(line)))
        if kinds[n] == "paragraph" and _list_missing(sheet, kept, kinds, n):
            gaps += 1
            out.append("\n\n" + MISSING)
    if gaps:
        sheet.warnings.append(f"missing-list: {gaps}")
    return "".join(out).strip("\n") + "\n" if out else ""


def texts(sheet: Sheet) -> Iterator[str]:
    """The kept lines as they stand in the receipt."""
    return (sheet.lines[at].text for at in sheet.kept())


def _item(line: Line, kind: Kind) -> str:
    if kind == "numbered":
        return f"{_number(line)}. {escape.paragraph(line.text)}"
    lettered = line.marker.strip("().").isalnum()
    return escape.item(_whole(line) if lettered else line.text)


def _quote(line: Line) -> str:
    """Each `>` in front is one depth of quoting."""
    marks = _QUOTE.match(line.text)
    text = line.text[marks.end() :] if marks else line.text
    return "> " * (marks[1].count(">") if marks else 1) + escape.paragraph(text)


def _whole(line: Line) -> str:
    """The text with its number, letter or dash; bullets are no part of it."""
    mark = line.marker
    return (
        f"{mark} {line.text}" if mark[:1] in _DASHES or mark.strip("().").isalnum() else line.text
    )


def _number(line: Line) -> int | None:
    digits = line.marker.strip("().")
    return int(digits) if digits.isdecimal() else None


def _kind(sheet: Sheet, kept: list[int], n: int) -> Kind:
    line = sheet.lines[kept[n]]
    if _QUOTE.match(line.text) and not line.marker:
        return "quote"
    if _number(line) is not None:
        if _counted(sheet, kept, n):
            return "numbered"
    elif line.marker and (line.marker not in _DASHES or _beside(sheet, kept, n, line.marker)):
        return "item"
    if _is_heading(sheet, kept, n):
        return "heading"
    return "item" if _listed(sheet, kept, n) else "paragraph"


def _counted(sheet: Sheet, kept: list[int], n: int) -> bool:
    """One of two or more numbered lines in a row, each one more than the line before."""
    own = _number(sheet.lines[kept[n]])
    near = [(n + step, step) for step in (-1, 1) if 0 <= n + step < len(kept)]
    return any(_number(sheet.lines[kept[other]]) == (own or 0) + step for other, step in near)


def _beside(sheet: Sheet, kept: list[int], n: int, marker: str) -> bool:
    near = [n + step for step in (-1, 1) if 0 <= n + step < len(kept)]
    return any(sheet.lines[kept[other]].marker == marker for other in near)


def _is_heading(sheet: Sheet, kept: list[int], n: int) -> bool:
    """A short line without a stop, right before a paragraph; not the last of several such lines."""
    line = sheet.lines[kept[n]]
    if n + 1 >= len(kept) or foreign(sheet, kept[n]) or not 1 <= line.words <= 16:
        return False
    if line.text.endswith((".", ";", ",", "!", "…", *LEADS)) or line.text[0] in "\"“‘'—–-(":
        return False
    following = sheet.lines[kept[n + 1]]
    after_intro = n > 0 and sheet.lines[kept[n - 1]].text.endswith(LEADS)
    numbered = _number(line) is not None
    if after_intro or label_of(line) or _ends_list(sheet, kept, n):
        return False
    over_list = n > 0 and line.words >= 2 and not line.marker and bool(following.marker)
    below = is_prose(following) and not following.marker
    if not below and not over_list and not (numbered and label_of(following)):
        return False
    return not is_prose(line) or (line.text.endswith("?") and is_heading_like(line))


def _ends_list(sheet: Sheet, kept: list[int], n: int) -> bool:
    """Whether short lines like it stand right above, no further than it from one another."""
    line, count = sheet.lines[kept[n]], 1
    while n >= count and count < _LISTED:
        above = sheet.lines[kept[n - count]]
        if is_prose(above) or above.marker or not _short(above):
            break
        count += 1
    apart = n > 0 and line.blanks > sheet.lines[kept[n - 1]].blanks
    return count >= _LISTED and not apart and not line.marker


def _listed(sheet: Sheet, kept: list[int], n: int) -> bool:
    """One of two or more short lines in a row below a line that ends in a colon."""
    if not _short(sheet.lines[kept[n]]) or _number(sheet.lines[kept[n]]) is not None:
        return False
    start = n
    while start > 0 and n - start < 40 and _short(sheet.lines[kept[start - 1]]):
        start -= 1
    if start == 0 or not sheet.lines[kept[start - 1]].text.endswith(LEADS):
        return False
    return n > start or (n + 1 < len(kept) and _short(sheet.lines[kept[n + 1]]))


def _short(line: Line) -> bool:
    return line.words <= 25 and not is_prose(line) and not line.text.endswith(LEADS)


def _list_missing(sheet: Sheet, kept: list[int], kinds: list[Kind], n: int) -> bool:
    """Whether a line leads in what is not there; where lines were cut, the source had something."""
    text = sheet.lines[kept[n]].text
    if not text.endswith(LEADS) or n + 1 >= len(kept) or kinds[n + 1] != "paragraph":
        return False
    if kept[n + 1] != kept[n] + 1:
        return False
    following = sheet.lines[kept[n + 1]].text
    return following[:1].isupper() and len(following) >= _LONG
