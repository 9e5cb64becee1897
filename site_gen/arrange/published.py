"""What the last good build published, and what became of it: addresses and guids that readers
and feed readers have kept."""

from collections.abc import Callable, Collection, Iterator, Mapping

from site_gen.basics import dates, digest
from site_gen.memo.archive import find_by_path
from site_gen.memo.memo import Memo, Published
from site_gen.model import Card, Catalog
from site_gen.problems import Problem, Where, shown


def of_catalog(catalog: Catalog, paths: Collection[str] | None = None) -> Published:
    """What this build publishes, of all content files or of some, in the order of addresses."""
    articles = catalog.articles
    shown = articles if paths is None else find_by_path(articles, paths)
    cards = sorted((a.card.permalink, a.path, a.card) for a in shown if a.card.has_page)
    return {permalink: [path, card.guid, _likeness(card), ""] for permalink, path, card in cards}


def _likeness(card: Card) -> str:
    return digest.of_parts(card.title, dates.iso(card.date), card.original)[:16]


def is_taken_down(memo: Memo, output: str, hidden: Collection[str]) -> bool:
    """Whether one of the content paths that are not shown by their own word was, or is a note's."""
    notes = any(path.startswith("editions/") for path in hidden)
    return notes or bool(memo.published(output, hidden))


def changes(
    before: Mapping[str, list[str]],
    now: Published,
    published: Callable[[], Collection[str]],
    told: Collection[str],
) -> Iterator[Problem]:
    """A warning for each address that is gone and each guid that became another one, which `now`
    is told.

    published   gives every permalink and alias of this build
    told        content paths of what says of itself that it is not shown
    """
    paths = {entry[0]: permalink for permalink, entry in now.items()}
    guids = {entry[1]: (entry[0], permalink) for permalink, entry in now.items()}
    fresh = {entry[2]: (p, entry) for p, entry in now.items() if p not in before}
    for permalink, (path, guid, similarity, earlier) in before.items():
        if entry := now.get(permalink):
            if guid and entry[1] not in (guid, earlier):
                entry[3] = guid
                yield _other_guid(permalink, entry, guid)
            continue
        moved = fresh.get(similarity) if similarity and path not in paths else None
        if moved and moved[1][1] != guid:
            moved[1][3] = guid
            yield _renamed(permalink, path, guid, *moved, permalink in published())
        elif permalink not in published() and path not in told:
            here = (path, paths[path]) if path in paths else guids.get(guid)
            yield _moved(permalink, *here) if here else _gone(permalink)


def _moved(permalink: str, path: str, own: str) -> Problem:
    return Problem(
        "article/vanished",
        f"{permalink} was published and is gone: its article is at {own} now",
        Where(f"content/{path}", key="title"),
        f'add aliases: ["{permalink}"] to its front matter, so that old links lead there',
        "warning",
    )


def _gone(permalink: str) -> Problem:
    return Problem(
        "article/vanished",
        f"{permalink} was published and is gone",
        Where("content"),
        f'add aliases: ["{permalink}"] to the article that took its place, if there is one; '
        "to take a text back, keep its file and write `withdrawn:`",
        "warning",
    )


def _other_guid(permalink: str, entry: list[str], guid: str) -> Problem:
    return Problem(
        "article/guid-changed",
        f"{permalink} had the guid {shown(guid)} and gets another: feed readers show it again",
        Where(f"content/{entry[0]}", key="guid"),
        f'write guid: "{guid}" into its front matter',
        "warning",
    )


def _renamed(
    permalink: str, path: str, guid: str, own: str, entry: list[str], aliased: bool
) -> Problem:
    alias = "" if aliased or own == permalink else f' and aliases: ["{permalink}"]'
    return Problem(
        "article/renamed",
        f"content/{path} was renamed: its article gets another guid"
        + ("" if aliased or own == permalink else f", and {permalink} is gone"),
        Where(f"content/{entry[0]}", key="title"),
        f'write guid: "{guid}"{alias} into its front matter, or feed readers show it again',
        "warning",
    )
