"""The shipped themes, as the program finds them, and views in our own words to render."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from site_gen import model
from site_gen.formats.html.template_context import OFFERED
from site_gen.theme.load import Theme, load_theme

NAMES = ("broadsheet", "minimal")
NOON = datetime(2024, 2, 17, 12, tzinfo=UTC)

Render = Callable[..., str]


@pytest.fixture(params=NAMES)
def theme(request: pytest.FixtureRequest, tmp_path: Path) -> Theme:
    """Each shipped theme, in English."""
    return load_theme(tmp_path, request.param, {}, "en")


@pytest.fixture
def make() -> SimpleNamespace:
    """Makers of views: card, week, edition, article, head."""
    return SimpleNamespace(
        card=card, week=week, edition=edition_views, article=article_views, head=head
    )


@pytest.fixture
def render(theme: Theme) -> Render:
    """`render(template, **views)`: one page of the theme, everything else as in the sample."""

    def rendered(template: str, **views: Any) -> str:
        names = theme.closure(template).names
        everything = {**common(theme), **views}
        offered = OFFERED[template]
        given = {name: everything.get(name) for name in offered if name in names}
        return theme.render(template, given, offered)

    return rendered


def common(theme: Theme) -> dict[str, Any]:
    """The views that every page has, for a site below a path."""
    site = model.SiteView(
        title="The Sample",
        description="What a sample says",
        base_url="https://sample.example/digest",
        root="/digest",
        language="en",
        direction="ltr",
        timezone="UTC",
        publisher="Sample House",
        publisher_url="https://house.example/",
        publisher_logo="",
        generator="site_gen",
    )
    menu = (model.Link(name="Archive", url="/editions/"),)
    return {"site": site, "page": head(), "options": theme.options, "navigation": menu, "feeds": ()}


def head(**fields: Any) -> model.PageView:
    """The head of a page."""
    given = {
        "kind": "sample",
        "title": "A page",
        "description": "",
        "permalink": "/a/",
        "canonical": "https://sample.example/digest/a/",
        **fields,
    }
    return model.PageView(**given)


def card(number: int = 1, **fields: Any) -> model.Card:
    """A card with a page of its own."""
    own = f"/articles/story-{number}/"
    given = {
        "id": f"story-{number}",
        "slug": f"story-{number}",
        "permalink": own,
        "link": own,
        "guid": f"tag:sample.example,2026:story-{number}",
        "title": f"Story {number}",
        "excerpt": "Two sentences about it. Or one.",
        "date": NOON,
        "lastmod": NOON,
        "edition": "2024-W07",
        **fields,
    }
    return model.Card(**given)


def week(**fields: Any) -> model.EditionRef:
    """The reference of edition No. 12."""
    given = {
        "id": "2024-W07",
        "permalink": "/editions/2024-W07/",
        "first": date(2024, 2, 12),
        "last": date(2024, 2, 18),
        "number": 12,
        **fields,
    }
    return model.EditionRef(**given)


def edition_views(cards: tuple[model.Card, ...], **fields: Any) -> dict[str, Any]:
    """The views of an edition whose bands hold all that the ranked list leaves."""
    edition = model.Edition(ref=week(**fields), cutoff=NOON, cards=cards, lastmod=NOON)
    bands = (model.Section(topic=None, cards=cards[7:]),) if cards[7:] else ()
    return {
        "edition": edition,
        "lead": cards[0] if cards else None,
        "also": cards[1:7],
        "sections": bands,
        "downloads": (),
    }


def article_views(of: model.Card, body: Any = None, **fields: Any) -> dict[str, Any]:
    """The views of an article's page."""
    article = model.ArticleView(card=of, **fields)
    return {"article": article, "body": body, "edition": week(), "more": ()}
