"""Pagination of lists. Pages are numbered from the oldest, so that a full page never changes."""

from collections.abc import Iterator, Sequence

from site_gen import permalinks
from site_gen.model import Card, Pager
from site_gen.settings import PAGE_SIZE

RUN_LENGTH = 16
"""Pages in one unit. A new article changes only the unit with the newest pages of a long list."""


def page_runs(count: int) -> Iterator[range]:
    """The page numbers of a list of `count` cards, in runs that are planned together, oldest
    first."""
    last = _count_pages(count)
    for start in range(1, last + 1, RUN_LENGTH):
        yield range(start, min(start + RUN_LENGTH, last + 1))


def card_slice(count: int, numbers: range) -> slice:
    """The slice of a list of `count` cards, newest first, that the pages `numbers` show."""
    ends = [count - (number - 1) * PAGE_SIZE for number in (numbers[0], numbers[-1])]
    return slice(0 if not count_newer(count, numbers) else ends[1] - PAGE_SIZE, ends[0])


def count_newer(count: int, numbers: range) -> int:
    """How many pages of a list of `count` cards are newer than the pages `numbers`."""
    return _count_pages(count) - numbers[-1]


def _count_pages(count: int) -> int:
    return max(1, count // PAGE_SIZE)


def split_pages(
    own: str, cards: Sequence[Card], numbers: range | None = None
) -> Iterator[tuple[str, Pager, tuple[Card, ...]]]:
    """(permalink, pager, cards) of each page, or of the pages `numbers`, of the list whose first
    page is at `own`. `cards` and pages are newest first.

    All pages but the newest have PAGE_SIZE cards and do not show the number of pages, so that a new
    article changes the newest page only. That one has up to twice as many.
    """
    total = _count_pages(len(cards))

    def link(to: int) -> str:
        return permalinks.list_page(own, to, total) if 1 <= to <= total else ""

    for number in reversed(numbers or range(1, total + 1)):
        at = card_slice(len(cards), range(number, number + 1))
        pager = Pager(number=number, newest=number == total, newer=link(number + 1),
                      older=link(number - 1))  # fmt: skip
        yield link(number), pager, tuple(cards[at])
