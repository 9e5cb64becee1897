"""`_redirects`, as Netlify and Cloudflare Pages read it: old addresses, and `/latest/`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from site_gen import permalinks
from site_gen.formats.common.units import LeftOut
from site_gen.formats.common.views import view
from site_gen.formats.deploy import settled_redirects as settled
from site_gen.formats.deploy.own_files import REDIRECTS as FILE
from site_gen.formats.deploy.own_files import own_text, own_view
from site_gen.formats.deploy.redirect_rule import Redirect, rule
from site_gen.memo.archive import unusual
from site_gen.model import Catalog, Page
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

AFTER = re.compile(
    r"/(?:_headers|_redirects|robots\.txt|(?:feeds|sources)\.opml|(?:news-)?sitemap(?:-(?:[\d-]+|undated))?\.xml"
    r"|\.well-known/security\.txt)"
)
"""What is planned beside this file, from the same pages."""


class Claim(NamedTuple):
    """A content file, its permalink, and the old addresses that are to lead there.

    gone   whether its text is taken back: no build fails because of that
    """

    path: str
    permalink: str
    aliases: tuple[str, ...]
    gone: bool = False


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`_redirects`; every target is planned, no source is a page: so there are no loops.

    Raises LeftOut, with the other rules planned, when two articles claim one old address, one
    claims what is published, or a rule of the settings leads to what is no page.
    """
    rules, problems = rules_of(catalog, settings, pages)
    own = own_view(catalog, FILE)
    if rules or own:
        yield Page(
            path=FILE,
            format="redirects",
            kind="redirects",
            views={"rules": view(tuple(rules)), **own},
            origin="the aliases of articles and the settings",
        )
    if problems:
        raise LeftOut(problems)


def rules_of(
    catalog: Catalog, settings: Settings, pages: Sequence[Page]
) -> tuple[list[Redirect], list[Problem]]:
    """All rules but those of the site's own file, and what is wrong with others."""
    problems: list[Problem] = []
    claimed = [claim for claim in claims(catalog) if claim.aliases]
    planned = {page.permalink for page in pages if page.permalink}
    files = {f"/{page.path}" for page in pages} if claimed or settings.redirects else set[str]()
    rules = [
        *_latest(catalog, settings, planned),
        *_aliases(claimed, settings, planned, files, problems),
    ]
    taken = {rule.source for rule in rules}
    rules += settled.rules(settings, planned, files, taken, problems)
    return rules, problems


def render(page: Page, theme: object) -> bytes:
    """One line a rule, plain paths only, so that no order among them matters; the lines of the
    site's own `content/static/_redirects` before them: of two that match the first wins."""
    rules = page.views["rules"].value
    text = "".join(f"{one.source} {one.target} {one.status}\n" for one in rules)
    return own_text(page) + text.encode()


def _latest(catalog: Catalog, settings: Settings, planned: set[str]) -> Iterator[Redirect]:
    """To the edition that home shows. 302: it changes every week."""
    links = (edition.ref.permalink for edition in catalog.editions)
    newest = next((link for link in links if link in planned), None)
    if newest and permalinks.LATEST not in planned:
        yield rule(permalinks.LATEST, newest, 302, settings)


def _aliases(
    claims: Sequence[Claim],
    settings: Settings,
    planned: set[str],
    files: set[str],
    problems: list[Problem],
) -> Iterator[Redirect]:
    if not claims:
        return
    claimed: dict[str, Claim] = {}
    links = planned | {permalinks.LATEST}
    taken = {link.rstrip("/") for link in links} | files
    for claim in claims:
        for alias in dict.fromkeys(claim.aliases):
            path = unquote(alias).rstrip("/")
            if claim.permalink not in planned or path == claim.permalink.rstrip("/"):
                continue
            other = claimed.setdefault(path, claim)
            if path in taken or f"{path}/index.html" in files or AFTER.fullmatch(path):
                problems.append(_published(alias, claim))
            elif other is not claim:
                problems.append(_conflict(alias, other, claim))
            else:
                yield rule(alias, claim.permalink, 301, settings)


def claims(catalog: Catalog) -> Iterator[Claim]:
    """What may have aliases: articles that do, withdrawn ones, editions, pages."""
    aliased = (article for article in unusual(catalog.articles) if article.aliases)
    for article in sorted(aliased, key=lambda ref: ref.card.id):
        yield Claim(article.path, article.card.permalink, article.aliases)
    for notice in catalog.withdrawn:
        yield Claim(notice.path, notice.permalink, notice.aliases, gone=True)
    for edition in sorted(catalog.editions, key=lambda edition: edition.ref.id):
        path = edition.path or f"editions/{edition.ref.id}.md"
        yield Claim(path, edition.ref.permalink, edition.aliases)
    for page in sorted(catalog.pages, key=lambda page: page.path):
        yield Claim(page.path, page.permalink, page.aliases)


def _published(alias: str, claim: Claim) -> Problem:
    """Where redirects go before files, as on some hosts, the file could never be reached."""
    return Problem(
        "article/aliases",
        f"the alias {shown(alias)} is an address that the site itself publishes",
        Where(f"content/{claim.path}", key="aliases"),
        "remove it, or give it to what stands there now",
        "note" if claim.gone else "error",
    )


def _conflict(alias: str, first: Claim, second: Claim) -> Problem:
    return Problem(
        "article/aliases",
        f"the alias {shown(alias)} is claimed twice",
        Where(f"content/{second.path}", key="aliases"),
        "remove it from one of them",
        "note" if first.gone or second.gone else "error",
        also=(Where(f"content/{first.path}", key="aliases"),),
    )
