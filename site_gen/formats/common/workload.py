"""What rendering a page costs and shares with other pages: this decides in which process and in
which order pages are rendered."""

from collections.abc import Sequence

from site_gen.model import Page, Stored, Variant

FORMAT_COSTS = {"cards": 8, "epub": 20}
"""Milliseconds that an output of an expensive format takes."""
PIXELS_PER_MS = 20_000
"""Pixels of a picture's copy that take a millisecond."""


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
    return FORMAT_COSTS.get(page.format, 1)


def can_be_sent(page: Page) -> bool:
    """Whether a page may be sent to another machine: not if it needs files or the texts of many
    articles, as sending those costs more than rendering."""
    values = (view.value for view in page.views.values())
    files = any(isinstance(value, Stored) and value.part == "file" for value in values)
    return not files and shared_source(page) is None


def order_by_articles(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages of a portion in rendering order. A page that shows many articles comes after the
    last of these articles' own pages, while their parts are still cached."""
    many = {
        index: paths for index, page in enumerate(pages) if (paths := _listed_article_paths(page))
    }
    if not many:
        return pages
    last: dict[str, int] = {}
    for index, page in enumerate(pages):
        view = page.views.get("article")
        if view and isinstance(view.value, Stored):
            last[view.value.path] = index
    ranks = list(range(len(pages)))
    for index, paths in many.items():
        ranks[index] = max((last.get(path, index) for path in paths), default=index)
    return [pages[index] for index in sorted(range(len(pages)), key=ranks.__getitem__)]


def _listed_article_paths(page: Page) -> list[str]:
    """The content paths of the articles whose detail or body a page shows, if they are many."""
    if page.template == "article.html":
        return []
    for view in page.views.values():
        parts = view.value if isinstance(view.value, tuple) else ()
        if parts and isinstance(parts[0], Stored) and parts[0].part in ("article", "body"):
            return [each.path for each in parts]
    return []
