"""Tables: layout tables are removed, data tables get rows of equal width."""

import re

from site_gen.convert import similarity
from site_gen.convert.html.tree import Element, text_of

PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
LAYOUT_CELL = 100
"""Words in a cell that make its table a layout."""
MAX_WIDTH = 60
_HEADINGS = ("h1", "h2", "h3", "h4")


def unwrap_layout(root: Element) -> None:
    """Turn layout tables into boxes, since extractors join their text into one line."""
    layouts = {table for table in root.iter("table") if is_layout(table)}
    for name in PARTS:
        for part in root.iter(name):
            owner = part if name == "table" else next(part.iterancestors("table"), None)
            if owner in layouts:
                part.set("data-was", name)
    for part in root.xpath("//*[@data-was]"):
        part.tag = "div"


def is_layout(table: Element) -> bool:
    """Whether the table is for layout, not for data."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    if any(len(text_of(cell).split()) > LAYOUT_CELL for cell in table.iter("td")):
        return True
    rows = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    narrow = max(rows, default=0) < 2
    if (narrow or len(rows) < 2) and next(table.iterancestors("table"), None) is not None:
        return table.find(".//th") is None
    return narrow and any(True for _ in table.iter(*_HEADINGS, "p"))


def settle(root: Element) -> None:
    """Resolve spans, and lists in cells, which Markdown does not have."""
    for table in list(root.iter("table")):
        _flatten_cells(table)
        _fill(table)
        _gather(table)


def _gather(table: Element) -> None:
    """Move all rows into one part, footers last, and the caption above. The Markdown writer finds
    the head by its position among the table's children."""
    caption = next((child for child in table if child.tag == "caption"), None)
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    rows.sort(key=lambda row: row.getparent().tag == "tfoot")
    if caption is not None and text_of(caption).strip():
        caption.tag, caption.tail = "p", None
        table.addprevious(caption)
    tail = table.tail
    table.clear()
    table.tail = tail
    part = table.makeelement("tbody", {})
    part.extend(rows)
    table.append(part)


def _flatten_cells(table: Element) -> None:
    """Lists and several paragraphs in a cell become `x; y`."""
    for cell in list(table.iter("td", "th")):
        for listed in list(cell.iter("ul", "ol")):
            if listed.getparent() is None:
                continue
            items = [similarity.squeeze(item.text_content()) for item in listed.iter("li")]
            tail = listed.tail
            listed.clear()
            listed.tag, listed.tail = "span", tail
            listed.text = "; ".join(item for item in items if item)
        for line_break in list(cell.iter("br")):
            line_break.tail = " " + (line_break.tail or "")
            line_break.drop_tag()


def _fill(table: Element) -> None:
    """Give all rows the table's width. A cell over several rows is repeated in each; one over
    several columns is followed by empty ones."""
    below: dict[int, tuple[int, Element]] = {}
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    made: list[list[Element]] = []
    for row in rows:
        made.append(_row(row, below))
    width = min(MAX_WIDTH, max(map(len, made), default=0))
    for row, cells in zip(rows, made, strict=True):
        for cell in list(row):
            row.remove(cell)
        row.extend(cells)
        for _ in range(width - len(cells)):
            row.append(_empty(row))


def _row(row: Element, below: dict[int, tuple[int, Element]]) -> list[Element]:
    cells: list[Element] = []
    for cell in [child for child in row if child.tag in ("td", "th")]:
        _from_above(row, cells, below)
        columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
        at = len(cells)
        cells.append(cell)
        cells.extend(_empty(row) for _ in range(columns - 1))
        if rows > 1:
            for column in range(at, at + columns):
                below[column] = (rows - 1, cell)
    _from_above(row, cells, below)
    return cells


def _from_above(row: Element, cells: list[Element], below: dict[int, tuple[int, Element]]) -> None:
    """The cells of rows above that extend to this row."""
    while len(cells) in below and len(cells) < MAX_WIDTH:
        left, cell = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, cell)
        copy = _empty(row)
        copy.text = similarity.squeeze(cell.text_content())
        cells.append(copy)


def _span(cell: Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,3})", cell.get(name, ""))
    return min(MAX_WIDTH, max(1, int(found[1]))) if found else 1


def _empty(row: Element) -> Element:
    return row.makeelement("td", {})
