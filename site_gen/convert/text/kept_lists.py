"""Lists that belong to the article whatever the line model says: notes, goods with prices, steps
after a first one, times of a live page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_gen.convert.text.clock_lines import is_time
from site_gen.convert.text.lines import Line
from site_gen.convert.text.listings import listings
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.rules.rule import known
from site_gen.convert.text.runs import MARKED
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.tables import tables

_NOTE = re.compile(r"[\^↑]|\[\d{1,3}\]\s")
_JUMPS = ("^", "↑")
"""What encyclopaedias put before a note to link back to its place in the text."""
_CITED = re.compile(r"\[\d{1,3}\]")
_FEWEST_NOTES, _NOTES_APART = 2, 6
_BESIDE = 1
_CHAPTER = re.compile(r"[(\[]?(?:\d{1,2}:)?\d{1,2}:\d\d[)\]]?[ \t–—:-]+\S")
_BEGINNING = re.compile(r"[(\[]?(?:0{1,2}:)?0{1,2}:00\b")
_FEWEST_POINTS = 3
"""Fewest key points without bullets."""
_FEWEST_FACTS, _FACTS_ABOVE, _FACT = 2, 12, 10
"""Fewest facts above a recipe, lines above the body in which they are, most words of one."""
_COUNT = re.compile(r"([^\W\d_]{3,12}) (\d{1,2})\b(?=[.:)]| [–—-]|$)")
"""`Step 2: cut`, `Day 3 - home`: sections numbered with a word."""
_SECTION, _FEWEST_SECTIONS, _FEWEST_TIMES = 12, 3, 3
_PRICE = re.compile(
    r"(?:(?:from|ab|now)\s)?(?:[$€£¥₹₩]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€£¥₩]|EUR|USD|GBP|kr|zł|руб\.?))",
    re.I,
)
_FEWEST_PRICES, _PRICES_APART = 3, 24


def keep_lists(sheet: Sheet) -> None:
    """Keep the notes of a text with a body, the goods of a list of goods, numbered items after a
    kept one, and times between kept lines."""
    if not sheet.kept():
        return
    _keep_numbered(sheet)
    _keep_times(sheet)
    _keep_shapes(sheet)
    _keep_facts(sheet)
    _keep_key_points(sheet)
    _keep_chapters(sheet)
    _keep_notes(sheet)
    _keep_goods(sheet)


def _keep_numbered(sheet: Sheet) -> None:
    """The sections `2.`, `3.` ... after a kept line `1.`; the last one is as long as the
    longest."""
    named: dict[str, list[tuple[int, int]]] = {}
    for at, line in enumerate(sheet.lines):
        name, number = counted(line)
        if number:
            named.setdefault(name, []).append((at, number))
    for numbers in named.values():
        chain: list[tuple[int, int]] = []
        for at, number in numbers:
            follows = chain and number == chain[-1][1] + 1 and at - chain[-1][0] <= _SECTION
            if not follows:
                _keep_sections(sheet, [place for place, _ in chain])
                chain = []
            chain.append((at, number))
        _keep_sections(sheet, [place for place, _ in chain])


def _keep_sections(sheet: Sheet, starts: list[int]) -> None:
    thread = sheet.lines[starts[0]].marker.endswith("/") if starts else False
    begun = any(sheet.keep[at] for at in (starts if thread else starts[:1]))
    if len(starts) < _FEWEST_SECTIONS or not begun:
        return
    longest = max(b - a for a, b in pairwise(starts))
    end = min(starts[-1] + longest, len(sheet.lines))
    last = starts[-1] + 1
    while last < end and sheet.rules[last] is None and not sheet.lines[last].marker:
        last += 1
    if all(is_prose(sheet.lines[at - 1]) for at in starts[1:]):
        prose = [at for at in range(starts[-1] + 1, last) if is_prose(sheet.lines[at])]
        last = prose[-1] + 1 if prose else last
    _keep(sheet, range(starts[0], last))


def _keep_times(sheet: Sheet) -> None:
    """Lines with only a time above paragraphs, if most of those are kept: entries of a live
    page."""
    entries = [
        range(at, at + (2 if is_prose(below) else 3))
        for at, (line, below, next_below) in enumerate(
            zip(sheet.lines, sheet.lines[1:], [*sheet.lines[2:], None], strict=False)
        )
        if is_time(line.text)
        and (is_prose(below) or (next_below is not None and is_prose(next_below)))
    ]
    kept = sum(sheet.keep[entry[-1]] for entry in entries)
    if len(entries) >= _FEWEST_TIMES and kept > len(entries) / 2:
        _keep(sheet, [at for entry in entries for at in entry])


def _keep_shapes(sheet: Sheet) -> None:
    """Listings and tables beside a kept line, however their single lines look."""
    for places in (*listings(sheet.lines), *tables(sheet.lines)):
        if any(sheet.keep[max(0, places.start - _BESIDE) : places.stop + _BESIDE]):
            for at in places:
                sheet.keep[at] = True
                sheet.cuts.pop(at, None)


def _keep_facts(sheet: Sheet) -> None:
    """Two or more lines such as `Serves: 8` closely above the body."""
    first = sheet.kept()[0]
    near = range(max(0, first - _FACTS_ABOVE), first)
    facts = [at for at in near if known(sheet.lines[at], "facts", _FACT)]
    if len(facts) >= _FEWEST_FACTS:
        _keep(sheet, facts)


def _keep_key_points(sheet: Sheet) -> None:
    """A list close above the body below `Key points`, with that line."""
    first = sheet.kept()[0]
    for at in range(max(0, first - _FACTS_ABOVE), first):
        if not known(sheet.lines[at], "key_points", _FACT):
            continue
        end = at + 1
        while end < len(sheet.lines) and sheet.lines[end].marker:
            end += 1
        end = max(end, _end_of_block(sheet, at + 1, first))
        if end > at + _FEWEST_FACTS:
            _keep(sheet, range(at, end))


def _end_of_block(sheet: Sheet, start: int, stop: int) -> int:
    """Where short lines end that no empty line parts, though they have no bullets."""
    end = start
    while end < stop and sheet.rules[end] is None and (end == start or not sheet.lines[end].blanks):
        end += 1
    parted = end < len(sheet.lines) and sheet.lines[end].blanks > 0
    return end if parted and end - start >= _FEWEST_POINTS else start


def _keep_chapters(sheet: Sheet) -> None:
    """What a recording has at which minute, from 0:00 on."""
    start = 0
    for at in range(len(sheet.lines) + 1):
        if at < len(sheet.lines) and _CHAPTER.match(sheet.lines[at].text):
            continue
        if at - start >= _FEWEST_TIMES and _BEGINNING.match(sheet.lines[start].text):
            label = start > 0 and sheet.rules[start - 1] is None and _names(sheet.lines[start - 1])
            _keep(sheet, range(start - label, at))
        start = at + 1


def _names(line: Line) -> bool:
    return line.words <= 4 and not line.ends


def is_note(line: Line) -> bool:
    """Whether a line looks like one of the notes below a text."""
    return _NOTE.match(line.text) is not None


def _keep_notes(sheet: Sheet) -> None:
    """Notes below the body with their heading: those that link back, and numbered ones if the body
    cites such numbers."""
    kept = sheet.kept()
    cited = sum(_CITED.search(sheet.lines[at].text) is not None for at in kept) >= _FEWEST_NOTES
    notes = [
        at
        for at in range(kept[0] + 1, len(sheet.lines))
        if is_note(line := sheet.lines[at]) and (cited or line.text.startswith(_JUMPS))
    ]
    for chain in chains(notes, _NOTES_APART):
        if len(chain) < _FEWEST_NOTES:
            continue
        first = chain[0]
        if sheet.lines[first - 1].words <= 3 and not sheet.lines[first - 1].ends:
            first -= 1
        _keep(sheet, range(first, chain[-1] + 1))


def _keep_goods(sheet: Sheet) -> None:
    """The goods from below the body to the last price, if they are most of the text."""
    kept = sheet.kept()
    for priced in goods_of(sheet.lines):
        above = [at for at in kept if priced.start - _PRICES_APART <= at < priced.start]
        goods = range(above[-1] + 1 if above else priced.stop, priced.stop)
        if sum(sheet.lines[at].words for at in goods) > sheet.body_words():
            _keep(sheet, goods)


def goods_of(lines: Sequence[Line]) -> Iterator[range]:
    """The lines from the first to the last price of each list of goods."""
    prices = [at for at, line in enumerate(lines) if _PRICE.fullmatch(line.text)]
    for chain in chains(prices, _PRICES_APART):
        if len(chain) >= _FEWEST_PRICES:
            yield range(chain[0], chain[-1] + 1)


def chains(places: Sequence[int], apart: int) -> Iterator[list[int]]:
    """Runs of places that are at most `apart` from each other."""
    chain: list[int] = []
    for at in places:
        if chain and at - chain[-1] > apart:
            yield chain
            chain = []
        chain.append(at)
    if chain:
        yield chain


def counted(line: Line) -> tuple[str, int]:
    """The name (usually "") and the number at the start of a line; 0 without one."""
    digits = line.marker.strip("()./")
    if digits.isdecimal() and len(digits) < 4:
        return "", int(digits)
    found = None if is_prose(line) else _COUNT.match(line.text)
    return (found[1].lower(), int(found[2])) if found else ("", 0)


def _keep(sheet: Sheet, places: Sequence[int]) -> None:
    for at in places:
        rule = sheet.rules[at]
        listed = sheet.kinds[at] == MARKED
        if rule is None or not rule.firm or listed or rule.name in ("sources", "twin_sentence"):
            sheet.keep[at] = True
            sheet.cuts.pop(at, None)
