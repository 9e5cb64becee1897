"""Views: the named inputs of a page. Value and digest are made in one place, here."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.model import ArticleRef, Page, Stored, View


def view(value: Any) -> View:
    """A view of a plain value of our own types."""
    return View(digest=digest.of_value(value), value=value)


def card_view(article: ArticleRef) -> View:
    """The card of an article."""
    return View(digest=article.digest or digest.of_value(article.card), value=article.card)


def cards_view(articles: Iterable[ArticleRef]) -> View:
    """The cards of several articles, in their order, as one view."""
    return _together([card_view(article) for article in articles])


def article_view(article: ArticleRef) -> View:
    """The stored ArticleView of an article."""
    stored = Stored(
        part="article",
        path=article.path,
        targets=article.targets,
        card=article.card,
        pictures=article.pictures,
    )
    return _stored_view(stored, article)


def body_view(article: ArticleRef, root: str = "") -> View:
    """The stored body of an article; its digest covers where its local links lead.

    `root` goes before site-absolute addresses: the path prefix for pages, none for formats that
    make addresses absolute themselves.
    """
    stored = Stored(part="body", path=article.path, targets=article.targets, root=root)
    return _stored_view(stored, article)


def shown_body_view(article: ArticleRef, root: str) -> View:
    """The same body for a page: its local pictures have their sizes and smaller copies."""
    stored = Stored(
        part="body",
        path=article.path,
        targets=article.targets,
        root=root,
        pictures=article.pictures,
    )
    return _stored_view(stored, article)


def articles_view(articles: Iterable[ArticleRef]) -> View:
    """The stored ArticleViews of several articles, in their order, as one view."""
    return _together([article_view(article) for article in articles])


def bodies_view(articles: Iterable[ArticleRef]) -> View:
    """The bodies of several articles, in their order, as one view."""
    return _together([body_view(article) for article in articles])


def articles_in(page: Page) -> set[str]:
    """Content paths of the articles of which a page shows stored parts."""
    return {stored.path for each in page.views.values() for stored in _stored(each)}


def renewed(pages: Iterable[Page], articles: Mapping[str, ArticleRef]) -> Iterator[Page]:
    """The pages with the stored parts of `articles` (by content path) as they are now."""
    made: dict[int, View] = {}  # by identity: many pages may share one view of many bodies
    for page in pages:
        for each in page.views.values():
            if id(each) not in made:
                made[id(each)] = _renewed(each, articles)
        yield replace(page, views={name: made[id(v)] for name, v in page.views.items()})


def _renewed(each: View, articles: Mapping[str, ArticleRef]) -> View:
    parts = [_stored_view(stored, articles[stored.path]) for stored in _stored(each)]
    if not parts:
        return each
    return _together(parts) if isinstance(each.value, tuple) else parts[0]


def _stored(each: View) -> tuple[Stored, ...]:
    """The stored parts of articles in a view, which has nothing else where it has one."""
    value = each.value if isinstance(each.value, tuple) else (each.value,)
    if value and isinstance(value[0], Stored) and value[0].part != "file":
        return value
    return ()


def _stored_view(stored: Stored, article: ArticleRef) -> View:
    if stored.part == "article":
        return View(digest=article.detail, value=stored)
    seal = digest.of_parts(article.body, stored.root) if stored.root else article.body
    return View(digest=seal, value=stored)


def _together(views: list[View]) -> View:
    return View(
        digest=digest.of_parts(*[v.digest for v in views]), value=tuple([v.value for v in views])
    )
