"""Jekyll's lists: further pages of its blog, jekyll-feed's feeds."""

from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.importers import values
from site_gen.importers.jekyll_settings import words
from site_gen.importers.old_site import Listing, OldSite


def makes_feeds(config: Mapping[str, Any]) -> bool:
    """Whether jekyll-feed is among its plugins."""
    plugins = values.listed(config.get("plugins") or config.get("gems"))
    return "jekyll-feed" in " ".join(map(str, plugins))


def lists(config: Mapping[str, Any], site: OldSite) -> Iterator[Listing]:
    """Each with what stands for it now."""
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
