"""How much work a page is, and what it has in common with others: which decide where and when it
is made."""

from collections.abc import Sequence

from site_gen.model import Page, Stored, Variant

COSTS = {"cards": 8, "epub": 20}
"""Milliseconds of outputs that take many; a copy of a picture takes one for so many PIXELS."""
PIXELS = 20_000


def source(page: Page) -> object:
    """Which stored parts of many articles a page is made from: shards of a segment, feeds of a
    channel are made from the same; and copies of a picture, which is decoded once."""
    if page.format == "images":
        return page.views["file"].digest
    for view in page.views.values():
        if isinstance(view.value, tuple) and view.value and isinstance(view.value[0], Stored):
            terms = view.value[0].part == "terms"  # of which shards take a part each
            return id(view.value) if terms else view.digest
    return None


def cost(page: Page) -> int:
    """About the milliseconds that a page takes, where they are many."""
    if page.format == "images":
        variant: Variant = page.views["variant"].value
        return 1 + variant.width * variant.height // PIXELS
    return COSTS.get(page.format, 1)


def travels(page: Page) -> bool:
    """Whether all that a page shows may be sent to where it is rendered: neither files nor the
    texts of many articles, which would cost more than the rendering."""
    values = (view.value for view in page.views.values())
    files = any(isinstance(value, Stored) and value.part == "file" for value in values)
    return not files and source(page) is None


def by_articles(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages of a portion in the order in which they are made: what shows the articles of an
    edition comes after the last of their pages, while what is known of them is at hand."""
    many = {index: paths for index, page in enumerate(pages) if (paths := _shown(page))}
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


def _shown(page: Page) -> list[str]:
    """The paths of the articles whose detail or body it shows, where they are many."""
    if page.template == "article.html":
        return []
    for view in page.views.values():
        parts = view.value if isinstance(view.value, tuple) else ()
        if parts and isinstance(parts[0], Stored) and parts[0].part in ("article", "body"):
            return [each.path for each in parts]
    return []
