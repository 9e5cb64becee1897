"""Jekyll's lists: further pages of its blog, jekyll-feed's feeds."""

from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.importers.jekyll import permalinks
from site_gen.importers.jekyll.settings import words
from site_gen.importers.old_site import Listing, OldSite
from site_gen.importers.reading import values

_ARCHIVES = {
    "year": "/:year/",
    "month": "/:year/:month/",
    "day": "/:year/:month/:day/",
    "tag": "/tag/:name/",
    "category": "/category/:name/",
}
"""Where jekyll-archives puts its pages."""
_ENABLED = {"tag": "tags", "category": "categories"}


def makes_feeds(config: Mapping[str, Any]) -> bool:
    """Whether jekyll-feed is among its plugins."""
    return _has(config, "jekyll-feed")


def _has(config: Mapping[str, Any], plugin: str) -> bool:
    plugins = [*values.listed(config.get("plugins")), *values.listed(config.get("gems"))]
    return plugin in " ".join(map(str, plugins))


def _archives(said: Mapping[str, Any], site: OldSite) -> Iterator[Listing]:
    """The pages of jekyll-archives: of each tag and category, of years, months and days."""
    enabled = [str(kind) for kind in values.listed(said.get("enabled"))]
    own = values.table(said.get("permalinks"))
    places = {key: str(own.get(key) or usual) for key, usual in _ARCHIVES.items()}
    posts = [e for e in site.entries if e.address and not e.page]
    for kind, place in places.items():
        if "all" not in enabled and _ENABLED.get(kind, kind) not in enabled:
            continue
        if kind in _ENABLED:
            key = "tags" if kind == "tag" else "topics"
            names = dict.fromkeys(str(n) for e in posts for n in e.matter.get(key, ()))
            for name in names:
                slug = permalinks.plain(name)
                yield Listing(place.replace(":name", slug), "topic", name)
            continue
        days = {e.date.astimezone(site.zone).date() for e in posts if e.date}
        for day in sorted(days):
            made = place.replace(":year", f"{day:%Y}").replace(":month", f"{day:%m}")
            yield Listing(made.replace(":day", f"{day:%d}"), "editions")


def lists(config: Mapping[str, Any], site: OldSite) -> Iterator[Listing]:
    """Each with what stands for it now."""
    if _has(config, "jekyll-archives"):
        yield from _archives(values.table(config.get("jekyll-archives")), site)
    if makes_feeds(config):
        yield from _feeds(values.table(config.get("feed")), site)
    size = config.get("paginate")
    scheme = str(config.get("paginate_path") or "/page:num/").strip("/")
    if isinstance(size, int) and size > 0:
        count = sum(1 for e in site.entries if not e.page and e.address)
        for number in range(2, (count + size - 1) // size + 1):
            yield Listing(f"/{scheme.replace(':num', str(number))}/", "editions")


def _feeds(feed: Mapping[str, Any], site: OldSite) -> Iterator[Listing]:
    """The main one, those of categories, of collections and of tags."""
    yield Listing(f"/{str(feed.get('path') or 'feed.xml').strip('/')}", "feed")
    for name in words(feed.get("categories")):
        yield Listing(f"/feed/{name}.xml", "topic feed", name)
    others = feed.get("collections")
    for name in others if isinstance(others, Mapping) else words(others):
        own = values.table(values.table(others).get(name)).get("path")
        address = str(own or ("feed.xml" if name == "posts" else f"feed/{name}.xml"))
        yield Listing(f"/{address.lstrip('/')}", "feed")
    if feed.get("tags"):
        place = str(values.table(feed["tags"]).get("path") or "feed/by_tag/").strip("/")
        for name in sorted({str(t) for e in site.entries for t in e.matter.get("tags", ())}):
            yield Listing(f"/{place}/{name}.xml", "topic feed", name)
