"""The output formats, one module each.

In: the catalog, a theme, settings. Out: planned pages, and the bytes of each.
May import: theme, permalinks and below; never read, arrange or convert.

A format module is named in one of the lists below. It defines `plan(catalog, theme, settings)` or
`units(catalog, theme, settings, digests)`, and `render(page, theme)`. Formats of the second pass
define `plan`, which also gets the pages of the first pass. One that needs little of the catalog
returns a digest of that from `taken(catalog)`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from typing import Any

from site_gen.basics import digest
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.images.share_cards import theme_colours
from site_gen.model import Catalog, Page
from site_gen.plugins.load import Offer
from site_gen.problems import SiteError
from site_gen.settings import Settings
from site_gen.theme.load import Theme

ALWAYS = ("assets", "images", "security_txt", "service_worker")
"""Formats that no setting turns off. They plan no pages if they have nothing to write."""

FEEDS = ("rss", "atom", "json_feed")
FIRST_PASS = (
    *("html", "assets", "images", "cards", "manifest", *FEEDS),
    *("api", "email", "epub", "search", "security_txt", "service_worker"),
)
PREVIEW_ONLY = ("open_letter",)
"""Formats of the first pass that are planned for a preview only."""

SECOND_PASS = ("sitemap", "news_sitemap", "robots", "opml", "headers", "redirects", "alias_pages")

FORMATS = (*FIRST_PASS, *PREVIEW_ONLY, *SECOND_PASS)

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


def _plugin_formats(theme: Theme) -> dict[str, Offer]:
    return theme.plugins.offers("FORMATS", FORMATS) if theme.plugins else {}


def plugin_code_digest(name: str, theme: Theme) -> str:
    """The digest of the code of the plugin that defines a format; "" for a built-in format."""
    offer = _plugin_formats(theme).get(name)
    return offer.plugin.code_digest if offer else ""


@cache
def module(name: str) -> Any:
    """The module of a format, imported on first use: a build after a small edit needs only one."""
    return import_module(f"site_gen.formats.{_MODULES.get(name, name)}")


def import_libraries(names: Iterable[str]) -> None:
    """Import the libraries that these formats render with. Called before workers are forked, so
    that each worker need not import them."""
    for name in names:
        for library in getattr(module(name), "LIBRARIES", ()) if name in FORMATS else ():
            import_module(library)


def render(page: Page, theme: Theme) -> bytes:
    """The bytes of a page, rendered by its format. Raises SiteError if a plugin's format returns
    anything but bytes."""
    offer = _plugin_formats(theme).get(page.format)
    if offer is None:
        data: bytes = module(page.format).render(page, theme)
        return data
    data = offer.plugin.guard_object(offer.value).render(page, theme)
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
    """The units of the first pass. The name of each begins with that of its format."""
    feeds: list[tuple[str, Unit]] = []
    for name in (*FIRST_PASS, *(PREVIEW_ONLY if preview else ())):
        if name in PREVIEW_ONLY or _is_enabled(name, settings):
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
                yield from (_with_format_name(name, unit) for unit in own)
    for offer in _plugin_formats(theme).values():
        yield from (
            _with_format_name(offer.name, unit)
            for unit in _plugin_units(offer, catalog, theme, settings, digests)
        )
    # The feeds of one channel have the same entries in every format, so they are planned in a row.
    yield from (
        _with_format_name(name, unit) for name, unit in sorted(feeds, key=lambda pair: pair[1].name)
    )


def _plugin_units(
    offer: Offer, catalog: Catalog, theme: Theme, settings: Settings, digests: Digests
) -> Iterator[Unit]:
    """The units of a plugin's format. Their digests include that of the plugin's code."""
    guarded, code = offer.plugin.guard, offer.plugin.code_digest
    if hasattr(offer.value, "units"):
        for unit in guarded(offer.value.units)(catalog, theme, settings, digests):
            own_digest = partial(_digest_with_code, code, guarded(unit.digest))
            yield Unit(unit.name, own_digest, guarded(unit.plan))
        return
    plan = partial(guarded(offer.value.plan), catalog, theme, settings)
    yield Unit("", partial(_digest_with_code, code, lambda: digests.whole), plan)


def _digest_with_code(code: str, own: Callable[[], str]) -> str:
    return digest.of_parts(code, own())


def second_pass_units(
    catalog: Catalog,
    theme: Theme,
    settings: Settings,
    digests: Digests,
    pages: Callable[[], Sequence[Page]],
    pages_digest: str,
) -> Iterator[Unit]:
    """The units of the second pass. They use the paths, kinds, permalinks and times of `pages`, the
    pages of the first pass; `pages_digest` is a digest of those."""

    def plan(name: str) -> Iterator[Page]:
        planned: Iterator[Page] = module(name).plan(catalog, theme, settings, pages())
        return planned

    def own(name: str) -> str:
        taken = getattr(module(name), "taken", None)
        return digest.of_parts(taken(catalog) if taken else digests.frame, pages_digest)

    for name in SECOND_PASS:
        if _is_enabled(name, settings):
            yield Unit(name, partial(own, name), partial(plan, name))


def is_builtin(unit: str) -> bool:
    """Whether the unit of this name belongs to a built-in format, not to a plugin's."""
    return unit.partition(" ")[0] in {*FIRST_PASS, *PREVIEW_ONLY, *SECOND_PASS}


def _with_format_name(name: str, unit: Unit) -> Unit:
    return unit._replace(name=f"{name} {unit.name}".rstrip())


def plan_key(theme: Theme) -> str:
    """A digest of what planning uses of a theme: everything but the bytes of its assets."""
    return digest.of_parts(theme.key, digest.of_value(theme_colours(theme)))


def _is_enabled(name: str, settings: Settings) -> bool:
    if name == "alias_pages":
        return settings.alias_pages
    return name in ALWAYS or name in settings.formats
