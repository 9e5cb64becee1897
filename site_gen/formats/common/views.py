"""Makes views, the named inputs of a page. Value and digest are made together here."""

from collections.abc import Iterable
from typing import Any

from site_gen.basics import digest
from site_gen.model import ArticleRef, Stored, View


def view(value: Any) -> View:
    """A view of a plain value or of one of the model's types."""
    return View(digest=digest.of_value(value), value=value)


def card_view(article: ArticleRef) -> View:
    """The card of an article."""
    return View(digest=article.digest or digest.of_value(article.card), value=article.card)


def cards_view(articles: Iterable[ArticleRef]) -> View:
    """The cards of several articles, in their order, as one view."""
    return _combine([card_view(article) for article in articles])


def article_view(article: ArticleRef) -> View:
    """A view of the article's ArticleView, which is loaded from the memo when rendered."""
    stored = Stored(
        part="article",
        path=article.path,
        targets=article.targets,
        card=article.card,
        pictures=article.pictures,
    )
    return _stored_view(stored, article)


def body_view(article: ArticleRef, root: str = "") -> View:
    """A view of an article's body, which is loaded from the memo when rendered. Its digest covers
    the targets of its local links.

    `root` is put before site-absolute URLs: the path prefix for pages, "" for formats that make
    URLs absolute themselves.
    """
    stored = Stored(part="body", path=article.path, targets=article.targets, root=root)
    return _stored_view(stored, article)


def page_body_view(article: ArticleRef, root: str) -> View:
    """A view of an article's body for a page, with sizes and smaller copies of local pictures."""
    stored = Stored(
        part="body",
        path=article.path,
        targets=article.targets,
        root=root,
        pictures=article.pictures,
    )
    return _stored_view(stored, article)


def articles_view(articles: Iterable[ArticleRef]) -> View:
    """The ArticleViews of several articles, in their order, as one view."""
    return _combine([article_view(article) for article in articles])


def bodies_view(articles: Iterable[ArticleRef]) -> View:
    """The bodies of several articles, in their order, as one view."""
    return _combine([body_view(article) for article in articles])


def _stored_view(stored: Stored, article: ArticleRef) -> View:
    if stored.part == "article":
        own = article.digest or digest.of_value(article.card)
        return View(digest=digest.of_parts(own, article.detail), value=stored)
    own_digest = digest.of_parts(article.body, stored.root) if stored.root else article.body
    return View(digest=own_digest, value=stored)


def _combine(views: list[View]) -> View:
    return View(
        digest=digest.of_parts(*[v.digest for v in views]), value=tuple([v.value for v in views])
    )
