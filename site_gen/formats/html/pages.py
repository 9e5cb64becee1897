"""The pages that people read. What each template is offered is the table `OFFERED`."""

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from site_gen import permalinks
from site_gen.basics import digest
from site_gen.basics.safehtml import boxed, illustrated, rooted
from site_gen.formats.common.contents import Contents, budgets, contents, minutes_of
from site_gen.formats.common.newsletter import newsletter_view
from site_gen.formats.common.site import site_view
from site_gen.formats.common.threads import Threads
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import article_view, card_view, shown_body_view, view
from site_gen.formats.feeds.channels import feed_links, page_links, site_links
from site_gen.formats.html import head as heads
from site_gen.formats.html import lists
from site_gen.formats.html.parts import (
    MORE,
    downloads,
    more,
    named_keys,
    navigation,
    notice_page,
    sections,
)
from site_gen.formats.images.share_cards import Drawn
from site_gen.model import (
    ArticleRef,
    ArticleView,
    Budget,
    Card,
    Catalog,
    Edition,
    FeedLink,
    Group,
    Page,
    SafeHtml,
    Section,
    Thread,
    View,
)
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings
from site_gen.theme.load import Theme

COMMON = ("site", "page", "options", "navigation", "feeds", "newsletter")
_EDITION = (*COMMON, "edition", "lead", "also", "sections", "covered_by", "threads", "minutes",
            "budgets", "previous_edition", "next_edition",
            "downloads")  # fmt: skip
_LIST = (*COMMON, "count", "groups", "pager", "own_feeds")
OFFERED: dict[str, tuple[str, ...]] = {
    "home.html": (*_EDITION, "recent"),
    "edition.html": _EDITION,
    "article.html": (*COMMON, "article", "body", "edition", "previous", "next", "more", "thread"),
    "topic.html": (*_LIST, "topic", "description", "parents", "children"),
    "section.html": (*_LIST, "section"),
    "story.html": (*_LIST, "story"),
    "provider.html": (*_LIST, "provider", "domain", "description"),
    "author.html": (*_LIST, "author", "bio", "links"),
    "topics.html": (*COMMON, "entries"),
    "sections.html": (*COMMON, "entries"),
    "providers.html": (*COMMON, "entries"),
    "authors.html": (*COMMON, "entries"),
    "corrections.html": (*COMMON, "corrections", "own_feeds"),
    "archive.html": (*COMMON, "years"),
    "feeds.html": (*COMMON, "feed_list"),
    "page.html": (*COMMON, "content_page", "body"),
    "404.html": (*COMMON, "recent"),
    "search.html": (*COMMON, "search_config"),
}
"""The views that a template may name, by template: None where a page has none."""

RECENT = 10
NOTHING = View(digest="", value=None)

Offer = dict[str, Callable[[], View]]


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """Every HTML page of the site: editions, the articles of each, lists, all else."""
    site = _Site(catalog, theme, settings, digests)
    yield from site.editions()
    yield from site.articles()
    yield from site.listings()
    yield Unit("others", lambda: digests.frame, site.others)


def render(page: Page, theme: Theme) -> bytes:
    """The page's template with its views."""
    assert page.template is not None
    views: dict[str, Any] = {}
    for name, each in page.views.items():
        value = each.value
        if isinstance(value, heads.Head):
            value = heads.page_view(value)
        elif isinstance(value, ArticleView) and value.extra:
            value = replace(value, extra=named_keys(value.extra, theme.extra))
        elif name == "body" and value is not None:
            value = Markup(boxed(value))  # noqa: S704 - came through the sanitiser
        views[name] = value
    return theme.render(page.template, views, OFFERED[page.template]).encode("utf-8", "replace")


class _Site:
    """What all pages of one plan share."""

    def __init__(
        self, catalog: Catalog, theme: Theme, settings: Settings, digests: Digests
    ) -> None:
        self.catalog = catalog
        self.digests = digests
        self.theme = theme
        self.settings = settings
        self.root = settings.root
        self.site = site_view(settings)
        self.site_digest = digest.of_value(self.site)
        self.feeds = site_links(settings)
        self.common = {
            "site": view(self.site),
            "options": view(theme.options),
            "navigation": view(navigation(catalog, theme, settings)),
            "feeds": view(self.feeds),
            "newsletter": view(newsletter_view(settings)),
        }
        self.frames: dict[str, dict[str, View]] = {}
        self.weeks = {week.id: view(week) for week in catalog.weeks}
        self.threads = Threads(catalog)
        self.drawn = Drawn(catalog, theme, settings)

    @cached_property
    def cards(self) -> dict[str, View]:
        """The card of each article."""
        return {a.card.id: card_view(a) for a in self.catalog.articles}

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

    def editions(self) -> Iterator[Unit]:
        """Each edition, and home, which shows the newest."""
        for index, edition in enumerate(self.catalog.editions):
            seal = partial(self._edition_digest, index)
            if edition.ref.id:
                plan = partial(self._edition_page, index)
                yield Unit(f"edition {edition.ref.id}", seal, plan)
        yield Unit("home", self._home_digest, self._home)

    def _edition_digest(self, index: int) -> str:
        around = [each.ref for each in self.catalog.editions[max(0, index - 1) : index + 2]]
        edition = self.catalog.editions[index]
        others = digest.of_value((index == 0, around, self.threads.of(edition)))
        return digest.of_parts(self.shared, others, self.digests.edition(edition))

    def _edition_page(self, index: int) -> Iterator[Page]:
        edition = self.catalog.editions[index]
        ref = edition.ref
        card, _ = self.drawn.edition(edition) or ("", None)
        head = heads.edition(self.site, edition, ref.permalink, card)
        offer = self._edition_offer(index)
        yield self.page(
            "edition.html", ref.permalink, "edition", head, offer, origin=_origin(edition)
        )

    def _home_digest(self) -> str:
        own = self._edition_digest(0) if self.catalog.editions else ""
        return digest.of_parts(own, self.shared, digest.of_value(lists.archive_lines(self._older)))

    def _home(self) -> Iterator[Page]:
        head = heads.home(self.site, None)
        offer = _shared(
            also=(),
            sections=(),
            covered_by={},
            threads={},
            budgets=(),
            downloads=(),
            recent=(),
        )
        if self.catalog.editions:
            edition = self.catalog.editions[0]
            card, _ = self.drawn.edition(edition) or ("", None)
            head = heads.home(self.site, edition, card)
            offer = {**self._edition_offer(0), **_shared(recent=lists.archive_lines(self._older))}
        yield self.page("home.html", permalinks.HOME, "home", head, offer, origin="home")

    @property
    def _older(self) -> tuple[Edition, ...]:
        """The last editions before the one that home shows."""
        return self.catalog.editions[1 : RECENT + 1]

    def _edition_offer(self, index: int) -> Offer:
        editions = self.catalog.editions
        edition = editions[index]
        newer = editions[index - 1].ref if index else None
        older = editions[index + 1].ref if index + 1 < len(editions) else None
        found = contents(edition)
        cards = tuple(story.card for story in found.top)
        return {
            "edition": lambda: self._edition(edition),
            "lead": lambda: self.cards[cards[0].id] if cards else NOTHING,
            "also": lambda: self._cards(cards[1:]),
            "sections": lambda: self._grouped(sections(found)),
            "covered_by": lambda: self._covered(found),
            "threads": lambda: view(self.threads.of(edition)),
            "minutes": lambda: view(minutes_of(found.stories)),
            "budgets": lambda: self._grouped(budgets(found)),
            "previous_edition": lambda: view(older) if older else NOTHING,
            "next_edition": lambda: view(newer) if newer else NOTHING,
            "downloads": lambda: view(downloads(edition, self.theme, self.settings)),
        }

    def _body(self, html: SafeHtml) -> SafeHtml:
        """A note or the body of a dateless page, as a page shows it."""
        shown = boxed(illustrated(html, self.catalog.pictures, self.root))
        return rooted(shown, self.root)

    def _edition(self, edition: Edition) -> View:
        """The edition with its note as it is shown."""
        shown = replace(edition, note=self._body(edition.note))
        own = digest.of_value(replace(shown, cards=()))
        return View(digest=digest.of_parts(own, self._cards(edition.cards).digest), value=shown)

    def _cards(self, cards: tuple[Card, ...]) -> View:
        return View(digest=digest.of_parts(*[self.cards[c.id].digest for c in cards]), value=cards)

    def _covered(self, found: Contents) -> View:
        """By the id of the card that leads a story, the others on the same event."""
        covered = {s.card.id: s.covered for s in found.stories if s.covered}
        parts = [
            p for i, cs in covered.items() for p in (i, *(self.cards[c.id].digest for c in cs))
        ]
        return View(digest=digest.of_parts(*parts), value=covered)

    def _grouped(self, groups: tuple[Section | Group | Budget, ...]) -> View:
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

    def articles(self) -> Iterator[Unit]:
        """Edition by edition, then those that are in none."""
        alone = dict(self.digests.refs)
        for edition in self.catalog.editions:
            for card in edition.cards:
                del alone[card.id]
            yield Unit(
                f"articles {edition.ref.id}",
                partial(self._articles_digest, edition.cards, edition),
                partial(self._of_edition, edition),
            )
        cards = tuple(ref.card for ref in alone.values())
        yield Unit(
            "articles", partial(self._articles_digest, cards), partial(self._alone_articles, cards)
        )

    def _articles_digest(self, cards: tuple[Card, ...], edition: Edition | None = None) -> str:
        threads = digest.of_value(self.threads.of(edition)) if edition else ""
        return digest.of_parts(self.shared, threads, self.digests.articles(cards))

    def _of_edition(self, edition: Edition) -> Iterator[Page]:
        cards, threads = edition.cards, self.threads.of(edition)
        first = self._cards(cards[:MORE])
        for index, card in enumerate(cards):
            if card.has_page:
                yield self._article(
                    self.digests.refs[card.id], cards, index, first, threads.get(card.id)
                )

    def _alone_articles(self, cards: tuple[Card, ...]) -> Iterator[Page]:
        """Of articles that no edition shows."""
        for card in cards:
            if card.has_page:
                yield self._article(self.digests.refs[card.id], (card,), 0, NOTHING, None)

    def _article(
        self,
        ref: ArticleRef,
        cards: tuple[Card, ...],
        index: int,
        first: View,
        thread: Thread | None,
    ) -> Page:
        """The page of `cards[index]`; `first` shows the first cards of the same edition."""
        card = ref.card
        week = self.weeks[card.edition]
        previous = self.cards[cards[index - 1].id] if index else NOTHING
        following = self.cards[cards[index + 1].id] if index + 1 < len(cards) else NOTHING
        drawn, _ = self.drawn.article(card) or ("", None)
        head = heads.article(self.site, card, drawn)
        return self.page(
            "article.html",
            card.permalink,
            "article",
            head,
            {
                "article": lambda: article_view(ref),
                "body": lambda: shown_body_view(ref, self.root) if card.has_body else NOTHING,
                "edition": lambda: week,
                "thread": lambda: view(thread) if thread else NOTHING,
                "previous": lambda: previous,
                "next": lambda: following,
                "more": lambda: first if index > MORE else self._cards(more(cards, index)),
            },
            origin=f"content/{ref.path}",
        )

    def listings(self) -> Iterator[Unit]:
        """Topics, providers, authors: paged lists and their indexes."""
        for template, folder, group, own in lists.groups(self.catalog):
            for item in own:
                yield Unit(
                    item.permalink,
                    partial(self._list_digest, item),
                    partial(self._list, template, group, item),
                )
            if folder != permalinks.STORIES and (own or folder == permalinks.TOPICS):
                index = partial(self._index, template, folder, own)
                yield Unit(folder, lambda: self.digests.frame, index)

    def _list_digest(self, item: lists.Listed) -> str:
        own = digest.of_value(tuple(item._replace(cards=())))
        return digest.of_parts(self.shared, own, self.digests.cards(item.cards))

    def _list(self, template: str, group: str, item: lists.Listed) -> Iterator[Page]:
        weeks = {week.id: week for week in self.catalog.weeks}
        feeds = page_links(item.name, item.permalink, group, self.settings)
        for part in lists.paged(item, weeks):
            head = heads.listing(self.site, item, part)
            offer = _shared(
                count=len(item.cards) if part.pager.newest else None,
                pager=part.pager,
                own_feeds=feeds,
                **item.views,
            )
            offer["groups"] = partial(self._grouped, part.groups)
            yield self.page(
                template,
                part.permalink,
                group,
                head,
                offer,
                origin=f"{group} {item.name}",
                feeds=feeds,
            )

    def _index(self, template: str, folder: str, own: tuple[lists.Listed, ...]) -> Iterator[Page]:
        name = template.replace(".html", "s.html")
        title = self.theme.strings.translate(name.removesuffix(".html"))
        head = heads.plain(self.site, "index", title, folder)
        yield self.page(
            name,
            folder,
            "index",
            head,
            _shared(entries=lists.entries(own)),
            origin=f"index {folder}",
        )

    def others(self) -> Iterator[Page]:
        years = {"years": lists.years(self.catalog)}
        yield self._alone("archive", permalinks.ARCHIVE, years, origin="archive")
        if every := feed_links(self.catalog, self.settings):
            yield self._alone("feeds", permalinks.FEEDS, {"feed_list": every}, origin="feeds page")
        if self.catalog.corrections:
            yield self._corrections()
        if "search" in self.settings.formats:
            from site_gen.formats.search import (
                index as search,  # much, for a page that most plans do not get to
            )

            config = {"search_config": search.config(self.catalog, self.settings)}
            yield self._alone(
                "search", permalinks.SEARCH, config, origin="search page", listed=False
            )
        notices = [(notice_page(n, self.theme, self.site), n.path) for n in self.catalog.withdrawn]
        for page, path in (*notices, *((p, p.path) for p in self.catalog.pages)):
            gone = page.path != path
            yield self.page(
                "page.html",
                page.permalink,
                "page",
                heads.content_page(self.site, page, noindex=gone),
                _shared(content_page=page, body=self._body(page.body)),
                origin=f"content/{path}",
                listed=not gone,
            )
        recent = lists.archive_lines(self.catalog.editions[:RECENT])
        title = self.theme.strings.translate("not_found")
        yield self.page(
            "404.html",
            "/404.html",
            "404",
            heads.plain(self.site, "404", title, "/404.html", noindex=True),
            _shared(recent=recent),
            origin="404",
            listed=False,
        )

    def _corrections(self) -> Page:
        """All corrections, newest first, with their feed."""
        title = self.theme.strings.translate("corrections")
        own = permalinks.CORRECTIONS
        feeds = page_links(title, own, "corrections", self.settings)
        views = _shared(corrections=self.catalog.corrections, own_feeds=feeds)
        head = heads.plain(self.site, "corrections", title, own)
        return self.page(
            "corrections.html", own, "corrections", head, views, origin="corrections", feeds=feeds
        )

    def _alone(
        self, kind: str, permalink: str, views: dict[str, Any], *, origin: str, listed: bool = True
    ) -> Page:
        """A page of which the site has one, titled by the UI string of its own name."""
        title = self.theme.strings.translate(kind)
        head = heads.plain(self.site, kind, title, permalink, noindex=kind == "search")
        return self.page(
            f"{kind}.html", permalink, kind, head, _shared(**views), origin=origin, listed=listed
        )


def _origin(edition: Edition) -> str:
    return f"content/{edition.path}" if edition.path else f"edition {edition.ref.id}"


def _shared(**values: Any) -> Offer:
    made = {name: view(value) for name, value in values.items()}
    return {name: (lambda v=each: v) for name, each in made.items()}  # type: ignore[misc]
