"""How much work a page is, and what it has in common with others: by which it finds a worker."""

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
