"""Views: the named inputs of a page. Value and digest are made in one place, here."""

from typing import Any

from site_gen.basics import digest
from site_gen.model import ArticleRef, Stored, View


def view(value: Any) -> View:
    """A view of a plain value of our own types."""
    return View(digest=digest.of_value(value), value=value)


def card_view(article: ArticleRef) -> View:
    """The card of an article."""
    return View(digest=article.digest or digest.of_value(article.card), value=article.card)


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
    return View(digest=_under(article.body, root), value=stored)


def shown_body_view(article: ArticleRef, root: str) -> View:
    """The same body for a page: its local pictures have their sizes and smaller copies."""
    stored = Stored(
        part="body",
        path=article.path,
        targets=article.targets,
        root=root,
        pictures=article.pictures,
    )
    return View(digest=_under(article.body, root), value=stored)


def _under(body: str, root: str) -> str:
    """The digest of a body whose addresses go below `root`."""
    return digest.of_parts(body, root) if root else body


def bodies_view(articles: tuple[ArticleRef, ...]) -> View:
    """The bodies of several articles, in their order, as one view."""
    views = [body_view(article) for article in articles]
    value = tuple(v.value for v in views)
    return View(digest=digest.of_parts(*(v.digest for v in views)), value=value)
