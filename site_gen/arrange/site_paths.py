"""Site-absolute paths and addresses of the own host: whether a page is there."""

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from site_gen import permalinks
from site_gen.arrange.gone import is_gone
from site_gen.memo.archive import content_paths
from site_gen.model import Catalog, LocalLink
from site_gen.problems import Problem, Where, did_you_mean, shown

HINTS = 5
"""Dead links of one file for which a near address is looked for."""


class HasLinks(Protocol):
    """A content file that was read."""

    @property
    def path(self) -> str: ...
    @property
    def links(self) -> tuple[LocalLink, ...]: ...


class Site(NamedTuple):
    """What answers: permalinks, output paths with a `/` before them, old addresses; and the path
    prefix of the base URL, which an address of our host has before them. `gone` are addresses of
    texts that say that they are not to be shown."""

    known: Collection[str]
    content: Collection[str]
    root: str = ""
    gone: Set[str] = frozenset()


def addresses_of(catalog: Catalog) -> Iterator[str]:
    """The addresses of all that a catalog shows; feeds, pages of lists and files are not in it."""
    yield from (permalinks.HOME, permalinks.ARCHIVE, permalinks.LATEST)
    for kind, group in (
        (permalinks.TOPICS, catalog.topics),
        (permalinks.PROVIDERS, catalog.providers),
        (permalinks.AUTHORS, catalog.authors),
        (permalinks.SECTIONS, catalog.sections),
        (permalinks.STORIES, catalog.stories),
        (permalinks.CORRECTIONS, catalog.corrections),
    ):
        yield from (kind,) if group else ()
    yield from (article.card.permalink for article in catalog.articles)
    yield from (edition.ref.permalink for edition in catalog.editions if edition.ref.permalink)
    yield from (notice.permalink for notice in catalog.withdrawn)
    yield from (page.permalink for page in catalog.pages)
    yield from (story.permalink for story in catalog.stories)
    yield from (topic.ref.permalink for topic in catalog.topics)
    yield from (provider.ref.permalink for provider in catalog.providers)
    yield from (author.ref.permalink for author in catalog.authors)
    yield from (section.ref.permalink for section in catalog.sections)
    yield from (f"/{file.path}" for file in catalog.files)


def is_rooted(sources: Iterable[HasLinks]) -> bool:
    """Whether some of them name an address from the top of the site."""
    return any(link.target.startswith("/") for each in sources for link in each.links)


def dead_in(
    catalog: Catalog, read: Iterable[HasLinks], site: Callable[[Set[str]], Site]
) -> Iterator[Problem]:
    """The dead links of those texts that the catalog shows; `site` is asked for what answers, the
    content paths of these texts among it, where one of them names an address."""
    shown = {*content_paths(catalog.articles)}
    shown |= {edition.path for edition in catalog.editions}
    shown |= {page.path for page in catalog.pages}
    sources = [each for each in read if each.links and each.path in shown]
    if is_rooted(sources):
        yield from dead_links(sources, site(shown))


def dead_links(sources: Iterable[HasLinks], site: Site) -> Iterator[Problem]:
    """A warning for each site-absolute link that leads to nothing."""
    near: dict[str, str] = {}  # by the address: many texts have one link in common
    for source in sources:
        lost = 0
        for link in source.links:
            if link.target.startswith("/") and not is_alive(link.target, site):
                if is_gone(unquote(link.target).removeprefix(site.root), site.gone):
                    yield _unpublished(link, source.path)
                    continue
                if link.named:
                    continue
                lost += 1
                if lost <= HINTS and link.target not in near:
                    near[link.target] = did_you_mean(link.target, site.known)
                yield _dead(link, source.path, near.get(link.target, ""))


def is_alive(target: str, site: Site) -> bool:
    """Whether something answers at a path from the top of the site."""
    path = unquote(target)
    inner = path.removeprefix(site.root) if site.root else path
    for each in (path, inner):
        forms = (each, f"{each.rstrip('/')}/", each.rstrip("/") or "/", f"{each}.html")
        if any(form in site.known for form in forms) or each.strip("/") in site.content:
            return True
    return False


def _unpublished(link: LocalLink, path: str) -> Problem:
    return Problem(
        "link/unpublished",
        f"{shown(link.target)} is not published; the link leads nowhere",
        Where(f"content/{path}", link.line),
        "publish the article, or remove the link",
        "note",
    )


def _dead(link: LocalLink, path: str, near: str) -> Problem:
    what = "picture" if link.image else "link"
    return Problem(
        "link/dead",
        f"the {what} {shown(link.target)} leads to no page or file of this site.{near}",
        Where(f"content/{path}", link.line),
        "correct the path, or add the file to content/",
        "warning",
    )
