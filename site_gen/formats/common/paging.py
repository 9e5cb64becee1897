"""Lists in pages, numbered from the oldest, so that a full page never changes."""

from collections.abc import Iterator, Sequence

from site_gen import permalinks
from site_gen.model import Card, Pager
from site_gen.settings import PAGE_SIZE

TOGETHER = 16
"""Pages that are planned together: of a long list an article more concerns the newest of them."""


def runs(count: int) -> Iterator[range]:
    """Numbers of the pages of a list of so many cards that are planned together, oldest first."""
    last = _total(count)
    for start in range(1, last + 1, TOGETHER):
        yield range(start, min(start + TOGETHER, last + 1))


def place(count: int, numbers: range) -> slice:
    """Where the cards of these pages stand in a list of so many."""
    ends = [count - (number - 1) * PAGE_SIZE for number in (numbers[0], numbers[-1])]
    return slice(0 if not after(count, numbers) else ends[1] - PAGE_SIZE, ends[0])


def after(count: int, numbers: range) -> int:
    """How many pages of a list of so many cards are newer than these."""
    return _total(count) - numbers[-1]


def _total(count: int) -> int:
    return max(1, count // PAGE_SIZE)


def pages(
    own: str, cards: Sequence[Card], numbers: range | None = None
) -> Iterator[tuple[str, Pager, tuple[Card, ...]]]:
    """(permalink, place, cards) of each page of the list at `own`, or of those of some `numbers`;
    `cards` and pages newest first.

    Pages but the newest are full, and say nothing of the whole: one article more changes the
    newest alone, which shows at least one page's worth where there are several, and less than two.
    """
    total = _total(len(cards))

    def link(to: int) -> str:
        return permalinks.list_page(own, to, total) if 1 <= to <= total else ""

    for number in reversed(numbers or range(1, total + 1)):
        at = place(len(cards), range(number, number + 1))
        pager = Pager(number=number, newest=number == total, newer=link(number + 1),
                      older=link(number - 1))  # fmt: skip
        yield link(number), pager, tuple(cards[at])
