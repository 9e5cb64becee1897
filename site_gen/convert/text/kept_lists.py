"""Lists that are of the article whatever the line model says: notes, goods and their prices."""

import re
from collections.abc import Iterator, Sequence

from site_gen.convert.text.lines import Line
from site_gen.convert.text.marked_lines import Sheet

_NOTE = re.compile(r"[\^↑]|\[\d{1,3}\]\s")
_JUMPS = ("^", "↑")
"""What encyclopaedias put before a note, to lead back to its place in the text."""
_CITED = re.compile(r"\[\d{1,3}\]")
_FEWEST_NOTES, _NOTES_APART = 2, 6
_PRICE = re.compile(
    r"(?:(?:from|ab|now)\s)?(?:[$€£¥₹₩]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€£¥₩]|EUR|USD|GBP|kr|zł|руб\.?))",
    re.I,
)
_FEWEST_PRICES, _PRICES_APART = 3, 24


def keep_lists(sheet: Sheet) -> None:
    """Keep the notes of a text that has a body, and the goods of one that is a list of goods."""
    if not sheet.kept():
        return
    _keep_notes(sheet)
    _keep_goods(sheet)


def is_note(line: Line) -> bool:
    """Whether a line looks like one of the notes below a text."""
    return _NOTE.match(line.text) is not None


def _keep_notes(sheet: Sheet) -> None:
    """Notes below the body, with the heading over them: those that lead back to their place, and
    numbered ones where the body cites numbers so."""
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
    """The goods from below the body to the last price, where they are most of the text."""
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
    """Runs of places of which none is further from the one before."""
    chain: list[int] = []
    for at in places:
        if chain and at - chain[-1] > apart:
            yield chain
            chain = []
        chain.append(at)
    if chain:
        yield chain


def _keep(sheet: Sheet, places: Sequence[int]) -> None:
    for at in places:
        rule = sheet.rules[at]
        if rule is None or not rule.firm or rule.name in ("sources", "twin_sentence"):
            sheet.keep[at] = True
            sheet.cuts.pop(at, None)
