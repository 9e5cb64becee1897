"""What rendering a page costs and shares with other pages: this decides in which process and in
which order pages are rendered."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from site_gen.formats.common.units import Unit
from site_gen.model import Card, Page, Stored, Variant

FORMAT_COSTS = {"cards": 8, "epub": 20}
"""Milliseconds that an output of an expensive format takes."""
PIXELS_PER_MS = 20_000
"""Pixels of a picture's copy that take a millisecond."""
CARDS_PER_MS = 16
"""Cards of a list that take a millisecond."""


def shared_source(page: Page) -> object:
    """A key that is equal for pages made from the same expensive input, None without one: shards of
    a segment and feeds of a channel use the same articles, copies of a picture the same file."""
    if page.format == "images":
        return page.views["file"].digest
    for view in page.views.values():
        if isinstance(view.value, tuple) and view.value and isinstance(view.value[0], Stored):
            terms = (
                view.value[0].part == "terms"
            )  # each shard uses a part of them, but the tuple is the same
            return id(view.value) if terms else view.digest
    return None


def cost_ms(page: Page) -> int:
    """About how many milliseconds a page takes; 1 for all cheap ones."""
    if page.format == "images":
        variant: Variant = page.views["variant"].value
        return 1 + variant.width * variant.height // PIXELS_PER_MS
    return FORMAT_COSTS.get(page.format, 0) or max(1, _card_count(page) // CARDS_PER_MS)


def can_be_sent(page: Page) -> bool:
    """Whether a page may be sent to another machine: not if it needs files or the texts of many
    articles, as sending those costs more than rendering."""
    values = (view.value for view in page.views.values())
    files = any(isinstance(value, Stored) and value.part == "file" for value in values)
    return not files and shared_source(page) is None


BATCH = 4_096
"""Pages that are planned again, and rendered, at a time."""


def batches(units: Sequence[Unit | None], editions: Iterable[str]) -> Iterator[list[int]]:
    """The places of pages in the order and number in which they are rendered. `units` has of each
    the unit that must be planned again for its views, None if it has them. If any must, a few units
    are rendered at a time, those of an edition in a row: they show the same articles."""
    places = range(len(units))
    if not any(units):
        yield list(places)
        return
    order = {name: place for place, name in enumerate(editions)}
    names = [unit.name if unit else "" for unit in units]
    # The last word of the name of a unit that belongs to an edition is the edition's id.
    ranks = [order.get(name.rpartition(" ")[2], len(order)) for name in names]
    batch: list[int] = []
    for _, own in groupby(sorted(places, key=ranks.__getitem__), names.__getitem__):
        if len(batch) >= BATCH:
            yield batch
            batch = []
        batch += own
    yield batch


def order_by_articles(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages of a portion in rendering order. A page that shows many articles comes after the
    last of these articles' own pages, while their parts are still cached. Lists of cards are sorted
    by the first one's time: those of the same time show the same cards, so that a macro's text for
    a card is still cached, and a worker looks at a part of a large archive only."""
    last: dict[str, int] = {}
    for index, page in enumerate(pages):
        view = page.views.get("article")
        if view and isinstance(view.value, Stored):
            last[view.value.path] = index
    ranks: list[tuple[float, ...]] = [(index,) for index in range(len(pages))]
    for index, page in enumerate(pages):
        if page.template == "article.html":
            continue
        if paths := _listed_article_paths(page):
            ranks[index] = (max(last.get(path, index) for path in paths),)
        elif card := _first_card(page):
            own = last.get(f"{card.id}.md", len(pages))
            ranks[index] = (own, -card.date.timestamp())
    return [pages[index] for index in sorted(range(len(pages)), key=ranks.__getitem__)]


def _listed_article_paths(page: Page) -> list[str]:
    """The content paths of the articles whose detail or body a page shows, if they are many."""
    for view in page.views.values():
        parts = view.value if isinstance(view.value, tuple) else ()
        if parts and isinstance(parts[0], Stored) and parts[0].part in ("article", "body"):
            return [each.path for each in parts]
    return []


def _first_card(page: Page) -> Card | None:
    """The first card of a page's lists, or of their groups."""
    return next(chain.from_iterable(_card_lists(page)), None)


def _card_count(page: Page) -> int:
    """The number of cards in a page's lists and their groups."""
    return sum(map(len, _card_lists(page)))


def _card_lists(page: Page) -> Iterator[Sequence[Card]]:
    for view in page.views.values():
        if not isinstance(view.value, tuple) or not view.value:
            continue
        if isinstance(view.value[0], Card):
            yield view.value
        else:
            yield from (group.cards for group in view.value if hasattr(group, "cards"))
