"""The context that all pages of a plan share: common views of each template, views of cards."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from site_gen import permalinks
from site_gen.basics import digest
from site_gen.basics.safehtml import with_image_sizes, with_prefix
from site_gen.formats.common.newsletter import newsletter_view
from site_gen.formats.common.see_also import SeeAlso
from site_gen.formats.common.site import site_view
from site_gen.formats.common.threads import Threads
from site_gen.formats.common.units import Digests
from site_gen.formats.common.views import card_view, view
from site_gen.formats.deploy import manifest, service_worker
from site_gen.formats.feeds.channels import site_links
from site_gen.formats.html import head as heads
from site_gen.formats.html.parts import (
    navigation,
)
from site_gen.formats.html.template_context import OFFERED
from site_gen.formats.images.share_cards import ShareCards
from site_gen.model import (
    Budget,
    Card,
    Catalog,
    FeedLink,
    Group,
    Page,
    SafeHtml,
    Section,
    SiteView,
    View,
)
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings
from site_gen.theme.load import Theme

NOTHING = View(digest="", value=None)
Offer = dict[str, Callable[[], View]]


def site_of_pages(theme: Theme, settings: Settings, drawn: ShareCards) -> SiteView:
    """The view of the site with what pages alone name."""
    card = drawn.site()
    icons = manifest.icons(theme, settings)
    return replace(
        site_view(settings),
        card=card[0] if card else "",
        manifest=f"/{manifest.PATH}" if icons else "",
        icon=icons[0].url if icons else "",
        offline=f"/{service_worker.PATH}" if settings.offline else "",
    )


class Cards(dict[str, View]):
    """Views of cards by article id, made on demand."""

    def __init__(self, digests: Digests) -> None:
        super().__init__()
        self._digests = digests

    def __missing__(self, name: str) -> View:
        found = self[name] = card_view(self._digests.refs[name])
        return found


class Frames:
    """The views that all pages of a plan share."""

    def __init__(
        self, catalog: Catalog, theme: Theme, settings: Settings, digests: Digests
    ) -> None:
        self.catalog = catalog
        self.digests = digests
        self.theme = theme
        self.settings = settings
        self.root = settings.root
        self.drawn = ShareCards(catalog, theme, settings)
        self.site = site_of_pages(theme, settings, self.drawn)
        self.site_digest = digest.of_value(self.site)
        self.feeds = site_links(settings)
        self.common = {
            "site": view(self.site),
            "options": view(theme.options),
            "navigation": view(navigation(catalog, theme, settings)),
            "feeds": view(self.feeds),
            "newsletter": view(newsletter_view(settings)),
        }
        self.cards = Cards(digests)
        self.frames: dict[str, dict[str, View]] = {}
        self.weeks = {week.id: view(week) for week in catalog.weeks}
        self.threads = Threads(catalog)

    @cached_property
    def see_also(self) -> SeeAlso:
        """Related articles of the archive, for each article."""
        return SeeAlso(self.catalog)

    @cached_property
    def shared(self) -> str:
        """Digest of what each unit takes from the catalog beside its own: menu, weeks, pictures."""
        rest = digest.of_value((self.catalog.weeks, self.catalog.pictures))
        return digest.of_parts(rest, *(each.digest for each in self.common.values()))

    def page(
        self,
        template: str,
        permalink: str,
        kind: str,
        head: heads.Head,
        offer: Offer,
        *,
        origin: str,
        feeds: tuple[FeedLink, ...] = (),
        listed: bool = True,
        path: str = "",
    ) -> Page:
        if self.settings.noindex:
            head = replace(head, noindex=True)
        views = self._frame(template).copy()
        if "page" in views:
            views["page"] = self._head(head)
        if feeds and "feeds" in views:
            views["feeds"] = view((*self.feeds, *feeds))
        for name, make in offer.items():
            if name in views:
                views[name] = make()
        return Page(
            path=path or permalinks.output_path(permalink),
            format="html",
            kind=kind,
            template=template,
            views=views,
            permalink=permalink,
            lastmod=head.modified,
            listed=listed and not heads.is_noindex(head),
            origin=origin,
        )

    def _have(self, template: str) -> None:
        """A theme that lacks a template which is needed is told of all that it lacks."""
        lacking = [name for name in OFFERED if name not in self.theme.templates]
        if template in lacking:
            raise SiteError(
                [
                    Problem(
                        "theme/template",
                        f"the theme has no {', '.join(lacking)}",
                        Where(f"{self.theme.layers[0].shown}/theme.toml"),
                        'add them, or extend a theme that has them: extends = "broadsheet"',
                    )
                ]
            )

    def _frame(self, template: str) -> dict[str, View]:
        """A place for each view that the template names; filled where all pages share it."""
        if template not in self.frames:
            self._have(template)
            names = self.theme.closure(template).names
            self.frames[template] = {
                name: self.common.get(name, NOTHING) for name in OFFERED[template] if name in names
            }
        return self.frames[template]

    def _head(self, head: heads.Head) -> View:
        if head.card is None:
            return View(digest=heads.key(head, self.site_digest), value=head)
        # All else in the head of an article comes from these.
        card = self.cards[head.card.id].digest
        parts = (self.site_digest, card, head.image, str(head.noindex))
        return View(digest=digest.of_parts(*parts), value=head)

    def cards_view(self, cards: tuple[Card, ...]) -> View:
        return View(digest=digest.of_parts(*[self.cards[c.id].digest for c in cards]), value=cards)

    def grouped(self, groups: tuple[Section | Group | Budget, ...]) -> View:
        """Bands of cards: each card's digest stands for it, as a card stands in many lists."""
        parts: list[str] = []
        for group in groups:
            if isinstance(group, Group):
                parts.append(self.weeks[group.edition.id].digest)
            elif isinstance(group, Budget):
                parts.append(str(group.minutes))
            else:
                parts += (group.name, group.permalink, str(group.minutes))
                parts.append(digest.of_value(group.topic))
            parts += [self.cards[card.id].digest for card in group.cards]
        return View(digest=digest.of_parts(*parts), value=groups)

    def note_body(self, html: SafeHtml) -> SafeHtml:
        """A note or a dateless page's body as a page shows it, but for the boxes of tables."""
        return with_prefix(with_image_sizes(html, self.catalog.pictures, self.root), self.root)


def shared(**values: Any) -> Offer:
    made = {name: view(value) for name, value in values.items()}
    return {name: (lambda v=each: v) for name, each in made.items()}  # type: ignore[misc]
