"""Views: the named inputs of a page. Value and digest are made in one place, here."""

from typing import Any

from site_gen.basics import digest
from site_gen.model import ArticleRef, Card, Stored, View


def view(value: Any) -> View:
    """A view of a plain value of our own types."""
    return View(digest=digest.of_value(value), value=value)


def card_view(card: Card) -> View:
    """A view of one card."""
    return View(digest=digest.of_value(card), value=card)


def article_view(article: ArticleRef) -> View:
    """The stored ArticleView of an article."""
    stored = Stored(
        part="article",
        path=article.path,
        targets=article.targets,
        card=article.card,
        pictures=article.pictures,
    )
    return View(digest=article.detail, value=stored)


def body_view(article: ArticleRef, root: str = "") -> View:
    """The stored body of an article; its digest covers where its local links lead.

    `root` goes before site-absolute addresses: the path prefix for pages, none for formats that
    make addresses absolute themselves.
    """
    stored = Stored(part="body", path=article.path, targets=article.targets, root=root)
    return View(digest=digest.of_parts(article.body, root), value=stored)


def shown_body_view(article: ArticleRef, root: str) -> View:
    """The same body for a page: its local pictures have their sizes and smaller copies."""
    stored = Stored(
        part="body",
        path=article.path,
        targets=article.targets,
        root=root,
        pictures=article.pictures,
    )
    return View(digest=digest.of_parts(article.body, root, "pictures"), value=stored)


def bodies_view(articles: tuple[ArticleRef, ...]) -> View:
    """The bodies of several articles, in their order, as one view."""
    views = [body_view(article) for article in articles]
    value = tuple(v.value for v in views)
    return View(digest=digest.of_parts(*(v.digest for v in views)), value=value)
