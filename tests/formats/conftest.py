"""A small catalog made straight from the model's types, and rendering without the engine."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.formats.common.publishable import shows_body
from site_gen.formats.common.units import Digests
from site_gen.formats.search.terms import group_terms
from site_gen.model import (
    ArticleRef,
    ArticleView,
    AuthorGroup,
    AuthorRef,
    Card,
    Catalog,
    Edition,
    EditionRef,
    Page,
    Picture,
    ProviderGroup,
    ProviderRef,
    SafeHtml,
    Stored,
    Topic,
    TopicRef,
    View,
)
from site_gen.settings import FeedSettings, Settings

BASE = "https://digest.example"
WEEK = timedelta(days=7)
MONDAY = datetime(2024, 2, 12, tzinfo=UTC)

AI = TopicRef(name="AI", slug="ai", permalink="/topics/ai/")
POLICY = TopicRef(name="Policy & law", slug="policy", permalink="/topics/policy/")
WIRE = ProviderRef(name="The Wire", key="wire.example", permalink="/providers/wire.example/")
ADA = AuthorRef(name="Ada Lund", slug="ada-lund", permalink="/authors/ada-lund/")


def planned(module: ModuleType, catalog: Catalog, *given: Any) -> Iterator[Page]:
    """Every page of a format, whether it plans in units or not."""
    if not hasattr(module, "units"):
        yield from module.plan(catalog, *given)
        return
    for unit in module.units(catalog, *given, Digests(catalog)):
        yield from unit.plan()


class Desk:
    """Builds cards, catalogs and pages; keeps the bodies and articles a render asks for."""

    def __init__(self) -> None:
        self.settings = Settings(
            title="Weekly Wire",
            base_url=BASE,
            description="What happened, once a week.",
            feeds=FeedSettings(tag="digest.example,2026"),
        )
        self.bodies: dict[str, str] = {}
        self.lines: dict[str, list[str]] = {}
        self.articles: dict[str, ArticleView] = {}
        self.refs: list[ArticleRef] = []
        self.originals: dict[str, bytes] = {}

    def set(self, **changes: Any) -> None:
        self.settings = replace(self.settings, **changes)

    def add(self, name: str, body: str = "", aliases: tuple[str, ...] = (), **facts: Any) -> Card:
        """One article; a week after the first for each `weeks`."""
        when = facts.pop("date", MONDAY + timedelta(days=1) + WEEK * facts.pop("weeks", 0))
        known: dict[str, Any] = {
            "id": name,
            "slug": name,
            "permalink": f"/articles/{name}/",
            "link": f"/articles/{name}/",
            "guid": f"tag:digest.example,2026:{name}",
            "title": name.replace("-", " ").capitalize(),
            "excerpt": f"In short, {name}.",
            "date": when,
            "lastmod": when,
            "edition": week(when),
            "type": "article",
            "original": f"https://wire.example/{name}",
            "provider": WIRE,
            "topics": (AI,),
            "has_body": bool(body),
        }
        card = Card(**{**known, **facts})
        path = f"{name}.md"
        detail = str(len(self.refs))
        terms = group_terms(card.title, card.excerpt, body if shows_body(card) else "")
        self.refs.append(
            ArticleRef(
                card=card,
                path=path,
                detail=detail,
                body=body,
                terms=terms.digests,
                aliases=aliases,
            )
        )
        self.lines[path] = terms.lines
        self.bodies[path] = body
        self.articles[path] = ArticleView(card=card, tags=("wire",))
        return card

    def detail(self, name: str, **facts: Any) -> None:
        path = f"{name}.md"
        self.articles[path] = replace(self.articles[path], **facts)

    def catalog(self, open_week: str = "", titles: dict[str, str] | None = None) -> Catalog:
        refs = sorted(self.refs, key=lambda ref: ref.card.id)
        refs.sort(key=lambda ref: ref.card.date, reverse=True)
        cards = tuple(ref.card for ref in refs)
        editions = tuple(_editions(cards, open_week, titles or {}))
        return Catalog(
            articles=tuple(refs),
            editions=editions,
            weeks=tuple(edition.ref for edition in editions),
            topics=tuple(_topics(cards)),
            providers=tuple(_providers(cards)),
            authors=tuple(_authors(cards)),
            pages=(),
        )

    def pages(self, module: ModuleType, catalog: Catalog | None = None, *more: Any) -> list[Page]:
        return list(planned(module, catalog or self.catalog(), None, self.settings, *more))

    def themed(self, module: ModuleType, catalog: Catalog, theme: Any) -> list[Page]:
        """The pages of a format that asks the theme."""
        return list(planned(module, catalog, theme, self.settings))

    def render(self, module: ModuleType, page: Page, theme: Any = None) -> bytes:
        """What the engine would write: stored parts resolved, nothing but the views handed."""
        views = {
            name: View(digest=v.digest, value=self._resolve(v.value))
            for name, v in page.views.items()
        }
        return bytes(module.render(replace(page, views=views), theme))

    def files(
        self, module: ModuleType, catalog: Catalog | None = None, theme: Any = None
    ) -> dict[str, bytes]:
        """Path -> bytes of a first-pass format."""
        pages = planned(module, catalog or self.catalog(), theme, self.settings)
        return {page.path: self.render(module, page, theme) for page in pages}

    def _resolve(self, value: Any) -> Any:
        if isinstance(value, Stored):
            if value.part == "file":
                return self.originals[value.path]
            if value.part == "body":
                return SafeHtml(self.bodies[value.path])
            if value.part == "terms":
                return self.lines[value.path]
            return self.articles[value.path]
        if isinstance(value, tuple):
            return tuple(self._resolve(item) for item in value)
        return value


def week(moment: datetime) -> str:
    year, number, _ = moment.isocalendar()
    return f"{year}-W{number:02d}"


def _editions(cards: Sequence[Card], open_week: str, titles: dict[str, str]) -> Iterator[Edition]:
    weeks = sorted({card.edition for card in cards}, reverse=True)
    for index, name in enumerate(weeks):
        first = date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        chosen = tuple(card for card in cards if card.edition == name)
        number = None if name == open_week else len(weeks) - index
        ref = EditionRef(
            id=name,
            permalink=f"/editions/{name}/",
            folder=f"/editions/{name}/",
            first=first,
            last=first + timedelta(days=6),
            number=number,
            title=titles.get(name, ""),
            closed=name != open_week,
        )
        cutoff = datetime(first.year, first.month, first.day, tzinfo=UTC) + WEEK
        lastmod = max(card.lastmod for card in chosen)
        yield Edition(ref=ref, cutoff=cutoff, cards=chosen, lastmod=lastmod)


def _topics(cards: Sequence[Card]) -> Iterator[Topic]:
    for ref in (AI, POLICY):
        chosen = tuple(card for card in cards if ref in card.topics)
        if chosen:
            yield Topic(ref=ref, cards=chosen)


def _providers(cards: Sequence[Card]) -> Iterator[ProviderGroup]:
    chosen = tuple(card for card in cards if card.provider == WIRE)
    if chosen:
        yield ProviderGroup(ref=WIRE, domain=WIRE.key, cards=chosen)


def _authors(cards: Sequence[Card]) -> Iterator[AuthorGroup]:
    chosen = tuple(card for card in cards if ADA in card.authors)
    if chosen:
        yield AuthorGroup(ref=ADA, bio="Writes on chips.", cards=chosen)


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()


@pytest.fixture
def week_desk(desk: Desk) -> Desk:
    """Two closed weeks: a full article, an excerpt, a link entry, an entry with authors."""
    image = Picture(
        url="https://wire.example/a.jpg", width=800, height=600, alt="A server room", credit="Wire"
    )
    desk.add("chips-are-short", '<p>Nobody has <a href="/articles/talks-begin/">any</a>.</p>',
             authors=(ADA,), image=image)  # fmt: skip
    desk.add("talks-begin", topics=(AI, POLICY), rights="excerpt", image=image)
    desk.add("court-rules", topics=(POLICY,), rights="link", image=image, weeks=1)
    desk.add("one-more-model", "<p>It is larger.</p>", weeks=1, provider=None, original="")
    return desk


@pytest.fixture(scope="session")
def theme() -> Any:
    """The default theme, as a site without themes of its own has it."""
    from site_gen.theme.load import load_theme

    return load_theme(Path(__file__).parents[2], "broadsheet", {}, "en")
