"""Views, the named inputs of a page: makes their values and digests."""

from collections.abc import Iterable
from typing import Any

from site_gen.basics import digest
from site_gen.model import ArticleRef, Stored, View


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


def _stored_view(stored: Stored, article: ArticleRef) -> View:
    if stored.part == "article":
        own = article.digest or digest.of_value(article.card)
        return View(digest=digest.of_parts(own, article.detail), value=stored)
    seal = digest.of_parts(article.body, stored.root) if stored.root else article.body
    return View(digest=seal, value=stored)


def _together(views: list[View]) -> View:
    return View(
        digest=digest.of_parts(*[v.digest for v in views]), value=tuple([v.value for v in views])
    )
