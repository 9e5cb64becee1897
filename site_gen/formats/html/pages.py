"""Plans and renders HTML pages: editions, articles, lists and single pages."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from site_gen import permalinks
from site_gen.basics import digest
from site_gen.basics.safehtml import with_table_boxes
from site_gen.formats.common import paging
from site_gen.formats.common.contents import Contents, contents, reading_budgets, reading_minutes
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import article_view, page_body_view, view
from site_gen.formats.feeds.channels import feed_links, page_links
from site_gen.formats.html import head as heads
from site_gen.formats.html import lists
from site_gen.formats.html.parts import (
    More,
    downloads,
    named_keys,
    notice_page,
    outlines,
    sections,
)
from site_gen.formats.html.shared_context import NOTHING, Frames, Offer, shared
from site_gen.formats.html.template_context import OFFERED
from site_gen.memo.archive import card_ids, slice_cards
from site_gen.model import (
    ArticleRef,
    ArticleView,
    Card,
    Catalog,
    Edition,
    Page,
    Thread,
    View,
)
from site_gen.settings import Settings
from site_gen.theme.load import Theme

LIBRARIES = ("site_gen.theme.failures",)
"""Imported before workers are forked: see `formats.import_libraries`."""

RECENT = 10


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """Every HTML page of the site: editions, the articles of each, lists, all else."""
    site = _Site(catalog, theme, settings, digests)
    yield from site.editions()
    yield from site.articles()
    yield from site.listings()
    yield Unit("others", lambda: digests.frame, site.others)


def render(page: Page, theme: Theme) -> bytes:
    """Render the page's template with its views."""
    assert page.template is not None
    views: dict[str, Any] = {}
    for name, each in page.views.items():
        value = each.value
        if isinstance(value, heads.Head):
            value = heads.page_view(value)
        elif isinstance(value, ArticleView) and value.extra:
            value = replace(value, extra=named_keys(value.extra, theme.extra))
        elif isinstance(value, Edition):
            value = replace(value, note=with_table_boxes(value.note))
        elif name == "body" and value is not None:
            value = Markup(with_table_boxes(value))  # noqa: S704 - came through the sanitiser
        views[name] = value
    return theme.render(page.template, views, OFFERED[page.template]).encode("utf-8", "replace")


class _Site(Frames):
    """The pages of one plan."""

    def editions(self) -> Iterator[Unit]:
        """Pages of editions, and home, which shows the newest."""
        for index, edition in enumerate(self.catalog.editions):
            own_digest = partial(self._edition_digest, index)
            if edition.ref.id:
                plan = partial(self._edition_page, index)
                yield Unit(f"edition {edition.ref.id}", own_digest, plan)
        yield Unit("home", self._home_digest, self._home)

    def _edition_digest(self, index: int) -> str:
        around = [each.ref for each in self.catalog.editions[max(0, index - 1) : index + 2]]
        edition = self.catalog.editions[index]
        others = digest.of_value((index == 0, around, self.threads.by_card(edition)))
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
        offer = shared(
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
            offer = {**self._edition_offer(0), **shared(recent=lists.archive_lines(self._older))}
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
            "also": lambda: self.cards_view(cards[1:]),
            "sections": lambda: self.grouped(sections(found)),
            "covered_by": lambda: self._covered(found),
            "threads": lambda: view(self.threads.by_card(edition)),
            "minutes": lambda: view(reading_minutes(found.stories)),
            "budgets": lambda: self.grouped(reading_budgets(found)),
            "previous_edition": lambda: view(older) if older else NOTHING,
            "next_edition": lambda: view(newer) if newer else NOTHING,
            "downloads": lambda: view(downloads(edition, self.theme, self.settings)),
        }

    def _edition(self, edition: Edition) -> View:
        """The edition with its rendered note."""
        note, own = self.note_body(edition.note), self.digests.note(edition)
        if note != edition.note:
            own = digest.of_parts(own, note)
        cards = self.cards_view(tuple(edition.cards))
        own = digest.of_parts(own, cards.digest)
        return View(digest=own, value=replace(edition, note=note, cards=cards.value))

    def _covered(self, found: Contents) -> View:
        """By the id of the card that leads a story, the others on the same event."""
        covered = {s.card.id: s.covered for s in found.stories if s.covered}
        parts = [
            p for i, cs in covered.items() for p in (i, *(self.cards[c.id].digest for c in cs))
        ]
        return View(digest=digest.of_parts(*parts), value=covered)

    def articles(self) -> Iterator[Unit]:
        """Pages of articles, edition by edition, then those without one."""
        refs, editions = self.digests.refs, self.catalog.editions
        for index, edition in enumerate(editions):
            yield Unit(
                f"articles {edition.ref.id}",
                partial(self._articles_digest, edition.cards, edition),
                partial(self._of_edition, edition),
                partial(self._articles_like, index),
            )
        cards: tuple[Card, ...] = ()
        if sum(len(edition.cards) for edition in editions) < len(refs):
            shown = {name for edition in editions for name in card_ids(edition.cards)}
            cards = tuple(ref.card for name, ref in refs.items() if name not in shown)
        yield Unit(
            "articles", partial(self._articles_digest, cards), partial(self._alone_articles, cards)
        )

    def _articles_digest(self, cards: Sequence[Card], edition: Edition | None = None) -> str:
        own = self.digests.articles(cards)
        if edition is None:  # nothing leads on from there
            return digest.of_parts(self.shared, own)
        threads = digest.of_value(self.threads.by_card(edition))
        older = self.digests.lists(map(self.see_also.find, cards))
        return digest.of_parts(self.shared, threads, own, older)

    def _articles_like(self, index: int) -> str:
        """With all cards of older editions, in place of those that these articles lead on to."""
        edition = self.catalog.editions[index]
        threads = digest.of_value(self.threads.by_card(edition))
        own = self.digests.articles(edition.cards)
        return digest.of_parts(self.shared, threads, own, self._so_far[index])

    @cached_property
    def _so_far(self) -> list[str]:
        """Of each edition a digest of its cards and of those of all before it."""
        found = [""]
        for edition in reversed(self.catalog.editions):
            found.append(digest.of_parts(found[-1], self.digests.cards(edition.cards)))
        return found[::-1]

    def _of_edition(self, edition: Edition) -> Iterator[Page]:
        cards, threads = tuple(edition.cards), self.threads.by_card(edition)
        more = More(cards)
        for index, card in enumerate(cards):
            if card.has_page:
                ref = self.digests.refs[card.id]
                yield self._article(ref, cards, index, threads.get(card.id), more)

    def _alone_articles(self, cards: tuple[Card, ...]) -> Iterator[Page]:
        """Pages of articles that no edition shows."""
        for card in cards:
            if card.has_page:
                yield self._article(self.digests.refs[card.id], (card,), 0, None, More((card,)))

    def _article(
        self,
        ref: ArticleRef,
        cards: tuple[Card, ...],
        index: int,
        thread: Thread | None,
        more: More,
    ) -> Page:
        """The page of `cards[index]`."""
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
                "body": lambda: page_body_view(ref, self.root) if card.has_body else NOTHING,
                "edition": lambda: week,
                "thread": lambda: view(thread) if thread else NOTHING,
                "previous": lambda: previous,
                "next": lambda: following,
                "see_also": lambda: self.cards_view(self.see_also.find(card)),
                "more": lambda: self.cards_view(more.of(index)),
            },
            origin=f"content/{ref.path}",
        )

    def listings(self) -> Iterator[Unit]:
        """Topics, providers, authors: paged lists and their indexes."""
        for template, folder, group, own in lists.groups(self.catalog):
            for item in own:
                for numbers in paging.page_runs(len(item.cards)):
                    yield Unit(
                        item.permalink + (str(numbers[0]) if numbers[0] > 1 else ""),
                        partial(self._list_digest, item, numbers),
                        partial(self._list, template, group, item, numbers),
                        partial(self._list_like, item),
                    )
            if folder != permalinks.STORIES and (own or folder == permalinks.TOPICS):
                index = partial(self._index, template, folder, own)
                yield Unit(folder, lambda: self.digests.frame, index)

    def _list_digest(self, item: lists.Listed, numbers: range) -> str:
        count, own = len(item.cards), digest.of_value(tuple(item._replace(cards=())))
        after = paging.count_newer(count, numbers)
        cards = slice_cards(item.cards, paging.card_slice(count, numbers))
        at = f"{min(after, 2)} {'' if after else count}"  # what links and heads take from the whole
        return digest.of_parts(self.shared, own, at, self.digests.cards(cards))

    def _list_like(self, item: lists.Listed) -> str:
        own = digest.of_value(tuple(item._replace(cards=())))
        return digest.of_parts(self.shared, own, self.digests.cards(item.cards))

    def _list(
        self, template: str, group: str, item: lists.Listed, numbers: range
    ) -> Iterator[Page]:
        weeks = {week.id: week for week in self.catalog.weeks}
        feeds = page_links(item.name, item.permalink, group, self.settings)
        for part in lists.paged(item, weeks, numbers):
            head = heads.listing(self.site, item, part)
            offer = shared(
                count=len(item.cards) if part.pager.newest else None,
                pager=part.pager,
                own_feeds=feeds,
                **item.views,
            )
            offer["groups"] = partial(self.grouped, part.groups)
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
            shared(entries=lists.entries(own)),
            origin=f"index {folder}",
        )

    def others(self) -> Iterator[Page]:
        years = {"years": lists.years(self.catalog)}
        yield self._alone("archive", permalinks.ARCHIVE, years, origin="archive")
        if every := feed_links(self.catalog, self.settings):
            lists_ = outlines(self.catalog, self.theme, self.settings)
            yield self._alone(
                "feeds",
                permalinks.FEEDS,
                {"feed_list": every, "outlines": lists_},
                origin="feeds page",
            )
        if self.catalog.corrections:
            yield self._corrections()
        if "search" in self.settings.formats:
            from site_gen.formats.search import (
                index as search,  # much, for a page that most plans do not get to
            )

            config = {"search_config": search.search_config(self.catalog, self.settings)}
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
                shared(content_page=page, body=self.note_body(page.body)),
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
            shared(recent=recent),
            origin="404",
            listed=False,
        )

    def _corrections(self) -> Page:
        """All corrections, newest first, with their feed."""
        title = self.theme.strings.translate("corrections")
        own = permalinks.CORRECTIONS
        feeds = page_links(title, own, "corrections", self.settings)
        views = shared(corrections=self.catalog.corrections, own_feeds=feeds)
        head = heads.plain(self.site, "corrections", title, own)
        return self.page(
            "corrections.html", own, "corrections", head, views, origin="corrections", feeds=feeds
        )

    def _alone(
        self, kind: str, permalink: str, views: dict[str, Any], *, origin: str, listed: bool = True
    ) -> Page:
        """A single page, titled by the UI string of its name."""
        title = self.theme.strings.translate(kind)
        head = heads.plain(self.site, kind, title, permalink, noindex=kind == "search")
        return self.page(
            f"{kind}.html", permalink, kind, head, shared(**views), origin=origin, listed=listed
        )


def _origin(edition: Edition) -> str:
    return f"content/{edition.path}" if edition.path else f"edition {edition.ref.id}"
