"""The old site's main menu: pages keep their order in ours."""

from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.importers.old_site import MenuItem, OldSite
from site_gen.importers.placing import Placed, Places
from site_gen.importers.reading import addresses, listings, values

_NAMES = ("name", "label", "title", "text", "key")
_TARGETS = ("url", "href", "link", "path", "pageref", "page", "target")


def items(found: Any) -> list[MenuItem]:
    """The items of a menu in settings: tables with a name and a target, or names with targets."""
    if isinstance(found, Mapping):
        inner = next((found[k] for k in ("items", "main", "header", "links") if k in found), None)
        if isinstance(inner, list | Mapping):
            return items(inner)
        found = [{"name": key, "url": value} for key, value in found.items()]
    made: list[MenuItem] = []
    for given in values.listed(found):
        if isinstance(given, list | tuple) and len(given) >= 2:
            one, other = values.text(given[0]), values.text(given[1])
            name, target = (other, one) if one.startswith(("/", "http")) else (one, other)
            made.append(MenuItem(name, target))
            continue
        row = {str(key).lower(): value for key, value in values.table(given).items()}
        name = next((n for k in _NAMES if (n := values.text(row.get(k)))), "")
        target = next((t for k in _TARGETS if (t := values.text(row.get(k)))), "")
        if target:
            weight = values.whole(row.get("weight") or row.get("order"))
            made.append(MenuItem(name or target, target, weight))
    return sorted(made, key=lambda item: item.weight)


def settle(site: OldSite, places: Places) -> None:
    """Pages get their place in the menu; those that the old menu did not name stay out of it."""
    if not site.menu:
        return
    pages = [place for place in places.placed if place.kind == "page"]
    named = [page for item in site.menu if (page := _page(item, site, pages))]
    for page in pages:
        if page in named:
            page.entry.matter["order"] = named.index(page) + 1
        else:
            page.entry.matter["menu"] = False


def unlike(site: OldSite, places: Places) -> Iterator[str]:
    """Items of the old menu that ours does not have: it names pages, and lists of its own."""
    pages = [place for place in places.placed if place.kind == "page"]
    lists = {addresses.same(item.address) for item in site.listings if item.target in _OURS}
    for item in site.menu:
        own = addresses.path_of(item.target, site.base_url)
        inside = not _elsewhere(item.target, site)
        named = listings.listing(own)
        listed = addresses.same(own) in lists or (named is not None and named.target in _OURS)
        if not _page(item, site, pages) and not (inside and (listed or own in ("/", "/search/"))):
            yield f"{item.name} ({item.target})"


_OURS = ("home", "editions", "topics", "feed")
"""Lists that our menu names."""


def _page(item: MenuItem, site: OldSite, pages: list[Placed]) -> Placed | None:
    if _elsewhere(item.target, site):
        return None
    key = addresses.same(addresses.path_of(item.target, site.base_url))
    plain = item.target.strip("/")
    for page in pages:
        source = page.entry.source
        if key in map(addresses.same, (page.entry.address or page.address, *page.aliases)):
            return page
        stem = source.rpartition(".")[0]
        if plain and (source == plain or stem == plain or stem.endswith((f"/{plain}",))):
            return page
    return None


def _elsewhere(target: str, site: OldSite) -> bool:
    inside = bool(site.base_url) and target.startswith(site.base_url)
    return not inside and ("://" in target or target.startswith(("mailto:", "#")))
