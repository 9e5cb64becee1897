"""The order in which stale pages are made: each portion is rendered, then published."""

from collections.abc import Collection, Iterable, Iterator

from site_gen.engine.keys import Keyed
from site_gen.formats.common.units import Unit
from site_gen.model import Page

SEEN = frozenset({"html", "assets", "images", "cards"})
"""Formats that a browser shows. If somebody waits for a page, all others come later."""


def first_pages(units: Iterable[Unit], waited_for: Collection[str]) -> Iterator[Page]:
    """Home, the theme's assets, and the pages with these paths, which somebody waits for."""
    pages = {path for path in waited_for if path.endswith(".html")}
    for unit in units:
        if unit.name == "assets theme":
            yield from unit.plan()
            return
        if pages or unit.name == "html home":
            for page in unit.plan():
                if page.kind == "home" or page.path in pages:
                    pages.discard(page.path)
                    yield page


def portions(stale: list[Keyed], waited_for: Collection[str] | None) -> list[list[Keyed]]:
    """There is one, but where somebody waits (not None) for the pages: then those `waited_for` come
    first, by their paths; feeds, search and books come last."""
    if waited_for is None:
        return [stale]
    ranked: list[list[Keyed]] = [[], [], []]
    for each in stale:
        rank = 0 if each.page.path in waited_for else 1 if is_seen([each]) else 2
        ranked[rank].append(each)
    return [portion for portion in ranked if portion] or [[]]


def is_seen(portion: Iterable[Keyed]) -> bool:
    """Whether a browser shows any of it."""
    return any(each.page.format in SEEN for each in portion)
