"""In which order stale pages are made: one portion after the other is rendered and published."""

from collections.abc import Collection, Iterable

from site_gen.engine.keys import Keyed

FIRST = frozenset({"home", "asset"})
"""Kinds of pages by which a browser shows that a preview has begun."""

SEEN = frozenset({"html", "assets", "images", "cards"})
"""Formats that a person sees in a browser: for who waits for a page, all else comes after them."""


def portions(
    stale: list[Keyed], waited_for: Collection[str] | None, *, new: bool
) -> list[list[Keyed]]:
    """There is one, but where somebody waits (not None) for the pages: then those `waited_for` come
    first, by their paths, with home of a `new` site, that was never built; feeds, search and books
    come last."""
    if waited_for is None:
        return [stale]
    ranked: list[list[Keyed]] = [[], [], []]
    for each in stale:
        begins = each.page.path in waited_for or (new and each.page.kind in FIRST)
        ranked[0 if begins else 1 if is_seen([each]) else 2].append(each)
    return [portion for portion in ranked if portion] or [[]]


def is_seen(portion: Iterable[Keyed]) -> bool:
    """Whether a browser shows some of it."""
    return any(each.page.format in SEEN for each in portion)
