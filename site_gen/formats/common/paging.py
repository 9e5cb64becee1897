"""Lists in pages, numbered from the oldest, so that a full page never changes."""

from collections.abc import Iterator, Sequence

from site_gen import permalinks
from site_gen.model import Card, Pager
from site_gen.settings import PAGE_SIZE


def pages(own: str, cards: Sequence[Card]) -> Iterator[tuple[str, Pager, tuple[Card, ...]]]:
    """(permalink, place, cards) of each page of the list at `own`; `cards` and pages newest first.

    Pages but the newest are full, and say nothing of the whole: one article more changes the
    newest alone, which shows at least one page's worth where there are several, and less than two.
    """
    total = max(1, len(cards) // PAGE_SIZE)
    rest = len(cards) - (total - 1) * PAGE_SIZE

    def link(to: int) -> str:
        return permalinks.list_page(own, to, total) if 1 <= to <= total else ""

    for number in range(total, 0, -1):
        end = rest + (total - number) * PAGE_SIZE
        start = 0 if number == total else end - PAGE_SIZE
        pager = Pager(number=number, newest=number == total, newer=link(number + 1),
                      older=link(number - 1))  # fmt: skip
        yield link(number), pager, tuple(cards[start:end])
