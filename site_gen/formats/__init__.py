"""The output formats, one module each.

In: the catalog, a theme, settings. Out: planned pages, and the bytes of each.
May import: theme, permalinks and below; never read, arrange or convert.

A format has `plan(catalog, theme, settings)`, or `units(catalog, theme, settings, digests)`, and
`render(page, theme)`, and stands in one of the two lists below. Those of the second pass have
`plan`, and also get the pages of the first; one that takes little from the catalog has a digest of
that, `taken(catalog)`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from typing import Any

from site_gen.basics import digest
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.images.share_cards import colours
from site_gen.model import Catalog, Page
from site_gen.plugins.load import Offer
from site_gen.problems import SiteError
from site_gen.settings import Settings
from site_gen.theme.load import Theme

ALWAYS = ("assets", "images", "security_txt", "service_worker")
"""Formats that no setting turns off; they write nothing where there is nothing to write."""

FEEDS = ("rss", "atom", "json_feed")
FIRST = (
    *("html", "assets", "images", "cards", "manifest", *FEEDS),
    *("api", "email", "epub", "search", "security_txt", "service_worker"),
)
PREVIEW = ("open_letter",)
"""Formats of the first pass that only a preview has."""

SECOND = ("sitemap", "news_sitemap", "robots", "opml", "headers", "redirects", "alias_pages")

FORMATS = (*FIRST, *PREVIEW, *SECOND)

_MODULES = {
    "html": "html.pages",
    "images": "images.resized",
    "cards": "images.share_cards",
    "rss": "feeds.rss",
    "atom": "feeds.atom",
    "json_feed": "feeds.json_feed",
    "opml": "feeds.opml",
    "api": "api.endpoints",
    "email": "mail.letter",
    "open_letter": "mail.open_letter",
    "epub": "epub.book",
    "search": "search.index",
    "manifest": "deploy.manifest",
    "security_txt": "deploy.security_txt",
    "service_worker": "deploy.service_worker",
    "sitemap": "deploy.sitemap",
    "news_sitemap": "deploy.news_sitemap",
    "robots": "deploy.robots",
    "headers": "deploy.headers",
    "redirects": "deploy.redirects",
    "alias_pages": "deploy.alias_pages",
}


def _offers(theme: Theme) -> dict[str, Offer]:
    """The formats of plugins, by name."""
    return theme.plugins.offers("FORMATS", FORMATS) if theme.plugins else {}


def plugin_of(name: str, theme: Theme) -> str:
    """Digest of the plugin whose format that is, "" for one of ours."""
    offer = _offers(theme).get(name)
    return offer.plugin.seal if offer else ""


@cache
def module(name: str) -> Any:
    """The module of a format, imported on demand: an edited page needs only one."""
    return import_module(f"site_gen.formats.{_MODULES.get(name, name)}")


def import_libraries(names: Iterable[str]) -> None:
    """Import what these formats render with: before workers are forked, so that none of them
    imports it again."""
    for name in names:
        for library in getattr(module(name), "LIBRARIES", ()) if name in FORMATS else ():
            import_module(library)


def render(page: Page, theme: Theme) -> bytes:
    """Render a page by its format."""
    offer = _offers(theme).get(page.format)
    if offer is None:
        data: bytes = module(page.format).render(page, theme)
        return data
    data = offer.plugin.wrapped(offer.value).render(page, theme)
    if type(data) is not bytes:
        text = f"render of {offer.name} gave {type(data).__name__} for {page.path}"
        raise SiteError([offer.plugin.problem(text, "give bytes: text.encode()")])
    return data


def units(
    catalog: Catalog,
    theme: Theme,
    settings: Settings,
    digests: Digests,
    *,
    preview: bool = False,
) -> Iterator[Unit]:
    """The units of the first pass; each format's name stands before those of its units."""
    feeds: list[tuple[str, Unit]] = []
    for name in (*FIRST, *(PREVIEW if preview else ())):
        if name in PREVIEW or _on(name, settings):
            found = module(name)
            if hasattr(found, "units"):
                own = found.units(catalog, theme, settings, digests)
            else:
                own = [
                    Unit("", lambda: digests.whole, partial(found.plan, catalog, theme, settings))
                ]
            if name in FEEDS:
                feeds += [(name, unit) for unit in own]
            else:
                yield from (_named(name, unit) for unit in own)
    for offer in _offers(theme).values():
        yield from (
            _named(offer.name, unit) for unit in _offered(offer, catalog, theme, settings, digests)
        )
    # Whatever their format, the feeds of one channel hold the same: they come in a row.
    yield from (_named(name, unit) for name, unit in sorted(feeds, key=lambda pair: pair[1].name))


def _offered(
    offer: Offer, catalog: Catalog, theme: Theme, settings: Settings, digests: Digests
) -> Iterator[Unit]:
    """The units of a plugin's format; its code is part of what they are planned from."""
    guarded, seal = offer.plugin.guarded, offer.plugin.seal
    if hasattr(offer.value, "units"):
        for unit in guarded(offer.value.units)(catalog, theme, settings, digests):
            sealed = partial(_sealed, seal, guarded(unit.digest))
            yield Unit(unit.name, sealed, guarded(unit.plan))
        return
    plan = partial(guarded(offer.value.plan), catalog, theme, settings)
    yield Unit("", partial(_sealed, seal, lambda: digests.whole), plan)


def _sealed(seal: str, own: Callable[[], str]) -> str:
    return digest.of_parts(seal, own())


def units_after(
    catalog: Catalog,
    theme: Theme,
    settings: Settings,
    digests: Digests,
    pages: Callable[[], Sequence[Page]],
    seal: str,
) -> Iterator[Unit]:
    """The units of the second pass, made from the `pages` of the first: of paths, kinds, permalinks
    and times, of which `seal` is a digest."""

    def plan(name: str) -> Iterator[Page]:
        planned: Iterator[Page] = module(name).plan(catalog, theme, settings, pages())
        return planned

    def own(name: str) -> str:
        taken = getattr(module(name), "taken", None)
        return digest.of_parts(taken(catalog) if taken else digests.frame, seal)

    for name in SECOND:
        if _on(name, settings):
            yield Unit(name, partial(own, name), partial(plan, name))


def is_ours(unit: str) -> bool:
    """Whether a unit of this name is of one of our formats, not of a plugin's."""
    return unit.partition(" ")[0] in {*FIRST, *PREVIEW, *SECOND}


def _named(name: str, unit: Unit) -> Unit:
    return unit._replace(name=f"{name} {unit.name}".rstrip())


def plan_key(theme: Theme) -> str:
    """Digest of what a plan takes from a theme, the bytes of its assets aside."""
    return digest.of_parts(theme.key, digest.of_value(colours(theme)))


def _on(name: str, settings: Settings) -> bool:
    if name == "alias_pages":
        return settings.alias_pages
    return name in ALWAYS or name in settings.formats
