"""The body as Markdown blocks: paragraphs, headings, lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from site_gen.convert.text import escape, listings, tables
from site_gen.convert.text.body import foreign
from site_gen.convert.text.clock_lines import is_time
from site_gen.convert.text.kept_lists import counted
from site_gen.convert.text.lines import Line
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.runs import LEADS, label_of
from site_gen.convert.text.shape import is_heading_like, is_prose

Kind = Literal["paragraph", "heading", "item", "numbered", "quote", "verse"]
MISSING = "<!-- list missing in source -->"
_LONG = 100
_DASHES = "–—"
_DEEPEST = 4
_VERSE = 14
"""Most words of a line of verse."""
_NAME, _FEWEST = 4, 2
"""Most words of a name above a list, and the fewest lines of the list."""
_LISTED = 3
"""Consecutive short lines from which the last one is no heading."""
_EDIT = re.compile(
    r"\s?\[(?:edit(?: source)?|bearbeiten|quelltext bearbeiten|modifier(?: le code)?|"
    r"editar(?: código)?|modifica(?: wikitesto)?|bewerken|edytuj|править(?: \| править код)?|"
    r"編集|编辑|編輯)\]$",
    re.I,
)
"""What encyclopaedias add to each heading."""
_QUOTE = re.compile(r"(>(?: ?>)*) (?=\S)")
"""Quote marks in mails."""


def markdown(sheet: Sheet) -> str:
    """The kept lines as Markdown, with a final newline; "" if there are none."""
    kept = sheet.kept()
    shapes = _shapes(sheet)
    kinds = kinds_of(sheet, kept, shapes)
    depths = _depths(sheet, kept, kinds)
    out: list[str] = []
    gaps = 0
    for n, at in enumerate(kept):
        line = sheet.lines[at]
        if at in shapes:
            out.append(shapes[at] and f"\n\n{shapes[at]}")
            continue
        if kinds[n] == "verse":
            joins = n > 0 and kinds[n - 1] == "verse" and line.blanks == 0
            out.append(("\\\n" if joins else "\n\n") + escape.paragraph(line.text))
            continue
        if kinds[n] in ("item", "numbered"):
            joins = n > 0 and kinds[n - 1] == kinds[n]
            deep = "  " * depths[n] if kinds[n] == "item" else ""
            out.append(("\n" if joins else "\n\n") + deep + _item(line, kinds[n]))
            continue
        if kinds[n] == "quote":
            joins = n > 0 and kinds[n - 1] == "quote"
            goes_on = joins and _goes_on(sheet.lines[kept[n - 1]], line)
            out.append(("\n" if goes_on else "\n>\n" if joins else "\n\n") + _quote(line))
            continue
        write = escape.heading if kinds[n] == "heading" else escape.paragraph
        out.append("\n\n" + write(_whole(line)))
        if kinds[n] == "paragraph" and _list_missing(sheet, kept, kinds, n):
            gaps += 1
            out.append("\n\n" + MISSING)
    if gaps:
        sheet.warnings.append(f"missing-list: {gaps}")
    return "".join(out).strip("\n") + "\n" if out else ""


def _shapes(sheet: Sheet) -> dict[int, str]:
    """Listings and tables, which are kept whole: the text at the first line, "" at the others."""
    found: dict[int, str] = {}
    for places, write in (
        *((places, listings.written) for places in listings.listings(sheet.lines)),
        *((places, tables.written) for places in tables.tables(sheet.lines)),
    ):
        if all(sheet.keep[at] and at not in found for at in places):
            found |= dict.fromkeys(places, "")
            found[places.start] = write(sheet.lines[places.start : places.stop])
    return found


def kinds_of(sheet: Sheet, kept: list[int], shapes: Mapping[int, str]) -> list[Kind]:
    """The kind of block of each kept line."""
    kinds = [_kind(sheet, kept, n, shapes) for n in range(len(kept))]
    for n in _counted_alike(sheet, kept, kinds):
        kinds[n] = "heading"
    for places in _stanzas(sheet, kept, kinds):
        listed = _is_list(sheet, [kept[n] for n in places])
        kinds[places.start] = "heading" if listed else "verse"
        for n in places[1:]:
            kinds[n] = "item" if listed else "verse"
    return kinds


def _depths(sheet: Sheet, kept: list[int], kinds: list[Kind]) -> dict[int, int]:
    """How deep each item stands in the list above it, by its indentation."""
    found: dict[int, int] = {}
    above: list[int] = []
    for n, at in enumerate(kept):
        indent = sheet.lines[at].indent
        if kinds[n] != "item":
            above = []
            continue
        while above and indent <= above[-1]:
            above.pop()
        found[n] = min(len(above), _DEEPEST)
        above.append(indent)
    return found


def _is_list(sheet: Sheet, places: list[int]) -> bool:
    """Whether a name is above lines with numbers: ingredients, results, prices."""
    first, *below = (sheet.lines[at] for at in places)
    figures = sum(any(c.isdigit() for c in line.text) for line in below)
    named = first.words <= _NAME and not any(c.isdigit() for c in first.text) and not first.ends
    return named and len(below) >= _FEWEST and figures > len(below) / 2


def _counted_alike(sheet: Sheet, kept: list[int], kinds: list[Kind]) -> Iterator[int]:
    """If most numbered lines of a count are headings, the others are too."""
    counts = {n: counted(sheet.lines[at]) for n, at in enumerate(kept)}
    heads = {count for n, count in counts.items() if count[1] and kinds[n] == "heading"}
    plain = [
        (n, name, number)
        for n, (name, number) in counts.items()
        if number and kinds[n] == "paragraph" and not is_prose(sheet.lines[kept[n]])
    ]
    for n, name, number in plain:
        near = {(name, number + step) for step in (-2, -1, 1)}
        if heads & near and len(heads) > len(plain) / 2:
            yield n


def _stanzas(sheet: Sheet, kept: list[int], kinds: list[Kind]) -> Iterator[range]:
    """Consecutive short lines in a text whose paragraphs are separated by empty lines: verse,
    addresses, results."""
    start = 0
    for n in range(1, len(kept) + 1):
        apart = n == len(kept) or sheet.lines[kept[n]].blanks > 0 or kinds[n] == "item"
        joins = not apart and kept[n] == kept[n - 1] + 1
        if joins and kinds[n] == kinds[start] == "paragraph" and _is_verse(sheet.lines[kept[n]]):
            continue
        if apart and n - start > 1 and _opens_stanza(sheet, kept, kinds, start):
            yield range(start, n)
        start = n


def _opens_stanza(sheet: Sheet, kept: list[int], kinds: list[Kind], n: int) -> bool:
    line = sheet.lines[kept[n]]
    apart = line.blanks > 0 or (n > 0 and kinds[n - 1] == "heading")
    return apart and kinds[n] == "paragraph" and _is_verse(line)


def _is_verse(line: Line) -> bool:
    plain = not line.marker and not label_of(line) and not line.text.endswith(LEADS)
    return line.words <= _VERSE and plain and not is_time(line.text)


def texts(sheet: Sheet) -> Iterator[str]:
    """The kept lines as receipts show them."""
    return (sheet.lines[at].text for at in sheet.kept())


def _item(line: Line, kind: Kind) -> str:
    if kind == "numbered":
        return f"{_number(line)}. {escape.paragraph(line.text)}"
    return escape.item(_whole(line) if _is_count(line.marker) else line.text)


def _quote(line: Line) -> str:
    """The depth of quoting is the number of `>`."""
    marks = _QUOTE.match(line.text)
    text = line.text[marks.end() :] if marks else line.text
    return "> " * (marks[1].count(">") if marks else 1) + escape.paragraph(text)


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a quoted line continues the sentence above, which was hard-wrapped."""
    marks = [_QUOTE.match(each.text) for each in (above, line)]
    same = marks[0] and marks[1] and marks[0][1].replace(" ", "") == marks[1][1].replace(" ", "")
    return bool(same) and line.blanks == 0 and above.words >= 8 and not above.ends


def _whole(line: Line) -> str:
    """The text with its number, letter or dash, but without bullets."""
    mark = line.marker
    told = mark[:1] in _DASHES or _is_count(mark)
    return _EDIT.sub("", f"{mark} {line.text}" if told else line.text)


def _is_count(marker: str) -> bool:
    """Whether a marker is a number or a letter. Word's bullet `o` is not."""
    return marker.strip("()./").isalnum() and marker != "o"


def _number(line: Line) -> int | None:
    digits = line.marker.strip("()./")
    return int(digits) if digits.isdecimal() else None


def _kind(sheet: Sheet, kept: list[int], n: int, shapes: Mapping[int, str]) -> Kind:
    line = sheet.lines[kept[n]]
    if _QUOTE.match(line.text) and not line.marker:
        return "quote"
    if _number(line) is not None:
        if _counted(sheet, kept, n):
            return "numbered"
    elif line.marker and (line.marker not in _DASHES or _in_list(sheet, kept, n)):
        return "item"
    if _is_heading(sheet, kept, n, shapes):
        return "heading"
    return "item" if _listed(sheet, kept, n) else "paragraph"


def _counted(sheet: Sheet, kept: list[int], n: int) -> bool:
    """One of two or more consecutive numbered lines that count up by one."""
    own = _number(sheet.lines[kept[n]])
    near = [(n + step, step) for step in (-1, 1) if 0 <= n + step < len(kept)]
    return any(_number(sheet.lines[kept[other]]) == (own or 0) + step for other, step in near)


def _in_list(sheet: Sheet, kept: list[int], n: int) -> bool:
    """Whether a line with a dash stands beside another, or deeper than the item above it."""
    line = sheet.lines[kept[n]]
    near = [sheet.lines[kept[n + step]] for step in (-1, 1) if 0 <= n + step < len(kept)]
    above = sheet.lines[kept[n - 1]] if n > 0 else line
    deeper = bool(above.marker) and line.indent > above.indent and line.blanks == 0
    return deeper or any(other.marker == line.marker for other in near)


def _is_heading(sheet: Sheet, kept: list[int], n: int, shapes: Mapping[int, str]) -> bool:
    """A short line without a full stop directly before a paragraph, but not the last of several,
    nor a part of a sentence that goes on below."""
    line = sheet.lines[kept[n]]
    if _EDIT.search(line.text):
        return True
    if n + 1 >= len(kept) or foreign(sheet, kept[n]) or not 1 <= line.words <= 16:
        return False
    if line.text.endswith((*".;,!…。！", *LEADS)) or line.text[0] in "\"“‘'—–-(":
        return False
    following = sheet.lines[kept[n + 1]]
    if following.blanks == 0 and following.text[:1].islower():
        return False
    if _ends_block(sheet, kept, n):
        return False
    after_intro = n > 0 and sheet.lines[kept[n - 1]].text.endswith(LEADS)
    numbered = _number(line) is not None
    label = label_of(line)
    if after_intro or (label and not label[-1].isdigit()) or _ends_list(sheet, kept, n):
        return False
    listed = bool(following.marker) or kept[n + 1] in shapes
    named = line.words >= 2 or (line.blanks > 0 and line.text[:1].isupper())
    over_list = n > 0 and named and not line.marker and listed
    below = is_prose(following) and not following.marker
    if not below and not over_list and not (numbered and label_of(following)):
        return False
    return not is_prose(line) or (line.text.endswith("?") and is_heading_like(line))


def _ends_block(sheet: Sheet, kept: list[int], n: int) -> bool:
    """Whether a line is the last of a few that empty lines part from the rest: a name and a place
    below a letter. A time above an entry is no such line."""
    line, above = sheet.lines[kept[n]], sheet.lines[kept[n - 1]] if n else None
    joined = above is not None and line.blanks == 0 and kept[n - 1] == kept[n] - 1
    if above is None or not joined or sheet.lines[kept[n + 1]].blanks == 0:
        return False
    return not above.ends and not above.marker and not is_time(above.text) and above.words > 1


def _ends_list(sheet: Sheet, kept: list[int], n: int) -> bool:
    """Whether similar short lines are directly above, and no further away than from each other."""
    line, count = sheet.lines[kept[n]], 1
    while n >= count and count < _LISTED:
        above = sheet.lines[kept[n - count]]
        if is_prose(above) or above.marker or not _short(above) or is_time(above.text):
            break
        count += 1
    apart = n > 0 and line.blanks > sheet.lines[kept[n - 1]].blanks
    return count >= _LISTED and not apart and not line.marker


def _listed(sheet: Sheet, kept: list[int], n: int) -> bool:
    """One of two or more consecutive short lines below a line that ends with a colon."""
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
    """Whether a line introduces a list that is missing. If lines were cut, the source had it."""
    text = sheet.lines[kept[n]].text
    if not text.endswith(LEADS) or n + 1 >= len(kept) or kinds[n + 1] != "paragraph":
        return False
    if kept[n + 1] != kept[n] + 1:
        return False
    following = sheet.lines[kept[n + 1]].text
    return following[:1].isupper() and len(following) >= _LONG
