"""What a build says of a site beside its faults: what waits, and what leads to nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo

from site_gen import permalinks
from site_gen.arrange.site_paths import Site, dead_links
from site_gen.arrange.visible import Moment, why_not
from site_gen.basics import dates
from site_gen.engine.inputs.content import Content
from site_gen.engine.keys import Keyed
from site_gen.engine.report import Waiting
from site_gen.engine.snapshot import CONTENT
from site_gen.memo.archive import paths, unusual
from site_gen.model import Catalog, ContentPage, Facts, Note
from site_gen.problems import Problem


def waiting(texts: Iterable[Facts | ContentPage], moment: Moment, zone: tzinfo) -> Waiting:
    """How many articles and pages are drafts, and how many wait for their time."""
    drafts = 0
    held: list[tuple[datetime, str]] = []
    for each in texts:
        why = why_not(each, moment)
        drafts += why == "a draft"
        if why == "in the future" and each.visible_from:
            held.append((each.visible_from, each.path))
    until, path = min(held, default=(None, ""))
    first = (str(dates.day_in(until, zone)), f"{CONTENT}/{path}") if until else ("", "")
    return Waiting(drafts, len(held), *first)


def dead(
    content: Content,
    catalog: Catalog,
    pages: Callable[[], Iterable[Keyed]],
    root: str,
    gone: Iterable[str],
) -> Iterator[Problem]:
    """Links from the top of the site that lead to nothing that is planned; `gone` are addresses of
    what is not to be shown."""
    shown = {*paths(catalog.articles)}
    shown |= {edition.path for edition in catalog.editions}
    shown |= {page.path for page in catalog.pages}
    read: tuple[Facts | Note | ContentPage, ...]
    read = (*content.facts, *content.notes, *content.pages)
    sources = [each for each in read if each.links and each.path in shown]
    if not is_rooted(sources):
        return
    known = {f"/{each.page.path}" for each in pages()}
    known |= {each.page.permalink for each in pages()} | {permalinks.LATEST}
    known |= {alias for article in unusual(catalog.articles) for alias in article.aliases}
    inside = content.digests.keys() | shown
    yield from dead_links(sources, Site(known, inside, root, frozenset(gone)))


def is_rooted(read: Iterable[Facts | Note | ContentPage]) -> bool:
    """Whether some of them name an address from the top of the site."""
    return any(link.target.startswith("/") for each in read for link in each.links)
