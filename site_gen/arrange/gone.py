"""Addresses that are not published because a text says that it is not to be shown: a link to one
of them fails no build, for the build that takes a text down is never the build that fails."""

from collections.abc import Iterable, Iterator, Set
from posixpath import basename

from site_gen import permalinks
from site_gen.basics import slugs
from site_gen.model import ContentPage, Facts, Note

LISTS = (
    permalinks.TOPICS,
    permalinks.PROVIDERS,
    permalinks.AUTHORS,
    permalinks.SECTIONS,
    permalinks.STORIES,
    permalinks.ARCHIVE,
    "/api/",
)


def addresses(
    hidden: Iterable[Facts | Note | ContentPage], broken: Iterable[str]
) -> tuple[str, ...]:
    """Of texts that are not shown, and of `broken` files (content paths) that ask not to be. One
    that ends in `*` stands for all that begin so: what a text was listed under that is withdrawn or
    cannot be read, nobody knows."""
    found: set[str] = set()
    for each in hidden:
        found |= set(_of(each))
    for path in broken:
        stem = basename(path).removesuffix(".md")
        found |= {
            f"/articles/{slugs.safe(stem)}/",
            permalinks.content_page(slugs.safe(stem)),
            *_ANY,
        }
    return tuple(sorted(found))


def own(hidden: Iterable[Facts | Note | ContentPage], broken: Iterable[str]) -> frozenset[str]:
    """Of such texts the addresses that are theirs alone, as `plain` has them."""
    found = {plain(address) for each in hidden for address in _own(each)}
    for path in broken:
        stem = slugs.safe(basename(path).removesuffix(".md"))
        found |= {plain(f"/articles/{stem}/"), plain(permalinks.content_page(stem))}
    return frozenset(found)


def plain(address: str) -> str:
    """One spelling of an address: with and without a `/` or `.html` behind it."""
    return address.rstrip("/").removesuffix(".html").removesuffix("/index")


_ANY = tuple(f"{kind}*" for kind in LISTS)


def is_gone(target: str, found: Set[str]) -> bool:
    """Whether a path from the top of the site is one of them, or lies below one."""
    plain = target.rstrip("/")
    if not found.isdisjoint((target, plain, f"{plain}/", f"{plain}.html")):
        return True
    parts = plain.split("/")[:DEEP]
    above = ["/".join(parts[:end]) + "/" for end in range(2, len(parts) + 1)]
    return any((up in found and up not in LISTS) or f"{up}*" in found for up in above)


DEEP = 10
"""Folders of an address that are looked at; ours has fewer."""


def _own(each: Facts | Note | ContentPage) -> Iterator[str]:
    yield from each.aliases
    if isinstance(each, Note):
        yield f"{permalinks.ARCHIVE}{each.id}/"
    else:
        yield each.permalink if isinstance(each, ContentPage) else each.card.permalink


def _of(each: Facts | Note | ContentPage) -> Iterator[str]:
    yield from _own(each)
    if not isinstance(each, Facts):
        return
    card = each.card
    yield f"{permalinks.ARCHIVE}{card.edition}/"
    if each.withdrawn:
        yield from _ANY
    if card.story:
        yield from (permalinks.STORIES, permalinks.story(permalinks.slug_of_name(card.story)))
    for kind, refs in (
        (permalinks.TOPICS, card.topics),
        (permalinks.AUTHORS, card.authors),
        (permalinks.PROVIDERS, (card.provider,)),
        (permalinks.SECTIONS, (card.section,)),
    ):
        for ref in refs:
            if ref:
                yield from (kind, ref.permalink)
    yield from (f"/api/news/{topic.slug}/" for topic in card.topics)
