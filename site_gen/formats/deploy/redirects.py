"""`_redirects` for Netlify and Cloudflare Pages: old addresses, and `/latest/`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from site_gen import permalinks
from site_gen.formats.common.units import IncompleteUnitError
from site_gen.formats.common.views import view
from site_gen.formats.deploy import settled_redirects as settled
from site_gen.formats.deploy.own_files import REDIRECTS as FILE
from site_gen.formats.deploy.own_files import own_file_text, own_file_view
from site_gen.formats.deploy.redirect_rule import Redirect, redirect_rule
from site_gen.memo.archive import special_articles
from site_gen.model import Catalog, Page
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

SECOND_PASS_PATHS = re.compile(
    r"/(?:_headers|_redirects|robots\.txt|(?:feeds|sources)\.opml|(?:news-)?sitemap(?:-(?:[\d-]+|undated))?\.xml"
    r"|\.well-known/security\.txt)"
)
"""The paths of the other formats of the second pass, which are not among `pages`."""


class AliasClaim(NamedTuple):
    """A content file, its permalink, and the old addresses that redirect there.

    gone   whether it is a withdrawn article, whose conflicts are only notes
    """

    path: str
    permalink: str
    aliases: tuple[str, ...]
    gone: bool = False


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`_redirects`. Every target is a page and no source is one, so there are no loops.

    Raises IncompleteUnitError, after the file with the other rules, if two articles claim an old
    address, one claims a published address, or a rule of the settings leads to no page.
    """
    rules, problems = collect_rules(catalog, settings, pages)
    own = own_file_view(catalog, FILE)
    if rules or own:
        yield Page(
            path=FILE,
            format="redirects",
            kind="redirects",
            views={"rules": view(tuple(rules)), **own},
            origin="the aliases of articles and the settings",
        )
    if problems:
        raise IncompleteUnitError(problems)


def collect_rules(
    catalog: Catalog, settings: Settings, pages: Sequence[Page]
) -> tuple[list[Redirect], list[Problem]]:
    """All rules except those of the site's own file, and the problems of wrong ones."""
    problems: list[Problem] = []
    claimed = [claim for claim in alias_claims(catalog) if claim.aliases]
    planned = {page.permalink for page in pages if page.permalink}
    files = {f"/{page.path}" for page in pages} if claimed or settings.redirects else set[str]()
    rules = [
        *_latest_rule(catalog, settings, planned),
        *_alias_rules(claimed, settings, planned, files, problems),
    ]
    taken = {redirect_rule.source for redirect_rule in rules}
    rules += settled.settings_rules(settings, planned, files, taken, problems)
    return rules, problems


def render(page: Page, theme: object) -> bytes:
    """One line per rule. The lines of the site's own file come first, so they win. The order of the
    others does not matter, as they have no patterns."""
    rules = page.views["rules"].value
    text = "".join(f"{one.source} {one.target} {one.status}\n" for one in rules)
    return own_file_text(page) + text.encode()


def _latest_rule(catalog: Catalog, settings: Settings, planned: set[str]) -> Iterator[Redirect]:
    """The rule from `/latest/` to the edition on the home page. 302, as it changes every week."""
    links = (edition.ref.permalink for edition in catalog.editions)
    newest = next((link for link in links if link in planned), None)
    if newest and permalinks.LATEST not in planned:
        yield redirect_rule(permalinks.LATEST, newest, 302, settings)


def _alias_rules(
    claims: Sequence[AliasClaim],
    settings: Settings,
    planned: set[str],
    files: set[str],
    problems: list[Problem],
) -> Iterator[Redirect]:
    if not claims:
        return
    claimed: dict[str, AliasClaim] = {}
    links = planned | {permalinks.LATEST}
    taken = {link.rstrip("/") for link in links} | files
    for claim in claims:
        for alias in dict.fromkeys(claim.aliases):
            path = unquote(alias).rstrip("/")
            if claim.permalink not in planned or path == claim.permalink.rstrip("/"):
                continue
            other = claimed.setdefault(path, claim)
            if path in taken or f"{path}/index.html" in files or SECOND_PASS_PATHS.fullmatch(path):
                problems.append(_published_alias_problem(alias, claim))
            elif other is not claim:
                problems.append(_double_alias_problem(alias, other, claim))
            else:
                yield redirect_rule(alias, claim.permalink, 301, settings)


def alias_claims(catalog: Catalog) -> Iterator[AliasClaim]:
    """The claims of articles with aliases, withdrawn articles, editions and pages."""
    aliased = (article for article in special_articles(catalog.articles) if article.aliases)
    for article in sorted(aliased, key=lambda ref: ref.card.id):
        yield AliasClaim(article.path, article.card.permalink, article.aliases)
    for notice in catalog.withdrawn:
        yield AliasClaim(notice.path, notice.permalink, notice.aliases, gone=True)
    for edition in sorted(catalog.editions, key=lambda edition: edition.ref.id):
        path = edition.path or f"editions/{edition.ref.id}.md"
        yield AliasClaim(path, edition.ref.permalink, edition.aliases)
    for page in sorted(catalog.pages, key=lambda page: page.path):
        yield AliasClaim(page.path, page.permalink, page.aliases)


def _published_alias_problem(alias: str, claim: AliasClaim) -> Problem:
    """On hosts that apply redirects before files, the published file could not be reached."""
    return Problem(
        "article/aliases",
        f"the alias {shown(alias)} is an address that the site itself publishes",
        Where(f"content/{claim.path}", key="aliases"),
        "remove it, or give it to what stands there now",
        "note" if claim.gone else "error",
    )


def _double_alias_problem(alias: str, first: AliasClaim, second: AliasClaim) -> Problem:
    return Problem(
        "article/aliases",
        f"the alias {shown(alias)} is claimed twice",
        Where(f"content/{second.path}", key="aliases"),
        "remove it from one of them",
        "note" if first.gone or second.gone else "error",
        also=(Where(f"content/{first.path}", key="aliases"),),
    )
