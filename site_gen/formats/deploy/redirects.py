"""`_redirects`, as Netlify and Cloudflare Pages read it: old addresses, and `/latest/`."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from site_gen import permalinks
from site_gen.formats.common.views import view
from site_gen.model import ArticleRef, Catalog, Noun, Page
from site_gen.problems import Problem, SiteError, Where, shown
from site_gen.settings import Settings

SAFE = "/~-._@!$&'(),;="
"""What a rule may hold as it is: no `*`, no `:name`, no space, no line break."""


class Redirect(Noun, frozen=True, kw_only=True):
    """One rule; both ends are site-absolute, with the site's root, and in ASCII."""

    source: str
    target: str
    status: int


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`_redirects`; every target is a planned page, no source is one: so there are no loops.

    Raises SiteError when two articles claim one old address.
    """
    planned = {page.permalink for page in pages if page.permalink}
    rules = [*_latest(catalog, settings, planned), *_aliases(catalog, settings, planned)]
    if rules:
        yield Page(
            path="_redirects",
            format="redirects",
            kind="redirects",
            views={"rules": view(tuple(rules))},
            origin="the aliases of articles",
        )


def render(page: Page, theme: object) -> bytes:
    """One line a rule, plain paths only, so that no order among them matters."""
    rules = page.views["rules"].value
    return "".join(f"{rule.source} {rule.target} {rule.status}\n" for rule in rules).encode()


def _latest(catalog: Catalog, settings: Settings, planned: set[str]) -> Iterator[Redirect]:
    """To the edition that home shows. 302: it changes every week."""
    links = (edition.ref.permalink for edition in catalog.editions)
    newest = next((link for link in links if link in planned), None)
    if newest and permalinks.LATEST not in planned:
        yield _rule(permalinks.LATEST, newest, 302, settings)


def _aliases(catalog: Catalog, settings: Settings, planned: set[str]) -> Iterator[Redirect]:
    claimed: dict[str, ArticleRef] = {}
    taken = {link.rstrip("/") for link in planned} | {permalinks.LATEST.rstrip("/")}
    for article in sorted(catalog.articles, key=lambda ref: ref.card.id):
        for alias in dict.fromkeys(article.aliases):
            if alias.rstrip("/") in taken or article.card.permalink not in planned:
                continue
            other = claimed.setdefault(alias.rstrip("/"), article)
            if other is not article:
                raise SiteError([_conflict(alias, other, article)])
            yield _rule(alias, article.card.permalink, 301, settings)


def _rule(source: str, target: str, status: int, settings: Settings) -> Redirect:
    old, new = (quote(settings.root + path, safe=SAFE) for path in (source, target))
    return Redirect(source=old, target=new, status=status)


def _conflict(alias: str, first: ArticleRef, second: ArticleRef) -> Problem:
    return Problem(
        "article/aliases",
        f"the alias {shown(alias)} is claimed by two articles",
        Where(f"content/{second.path}", key="aliases"),
        "remove it from one of them",
        also=(Where(f"content/{first.path}", key="aliases"),),
    )
