"""Topics, authors and providers with different names but the same address."""

from collections.abc import Iterable, Iterator

from site_gen.basics import slugs
from site_gen.model import Card, Facts
from site_gen.problems import Problem, Where, shown

KINDS = {
    "topics": 'declare one of them: [[topics]] name = "...", slug = "..." in the settings',
    "section": 'declare one of them: [[sections]] name = "...", slug = "..." in the settings',
    "authors": "write one of the two names in another way",
    "provider": "give one of the two a `domain`",
}
"""Key in front matter: what to do."""


def same_names(articles: Iterable[Facts]) -> Iterator[Problem]:
    """A warning for each two names that differ in more than case and spacing, and share a slug."""
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for each in articles:
        for kind, slug, name in names_of(each.card):
            known = seen.setdefault((kind, slug), {})
            if name in known:
                continue
            if known and not any(slugs.same_name(name, other) for other in known):
                yield _problem(kind, slug, name, each.path, *next(iter(known.items())))
            known[name] = each.path


def names_of(card: Card) -> Iterator[tuple[str, str, str]]:
    """(kind, slug, name) of all that it names and that has an address."""
    for topic in card.topics:
        yield "topics", topic.slug, topic.name
    if card.section:
        yield "section", card.section.slug, card.section.name
    for author in card.authors:
        yield "authors", author.slug, author.name
    if card.provider and "." not in card.provider.key:
        yield "provider", card.provider.key, card.provider.name


def _problem(kind: str, slug: str, name: str, path: str, other: str, elsewhere: str) -> Problem:
    return Problem(
        f"article/{kind}-alike",
        f"{shown(other)} and {shown(name)} are two names with one address, {slug}: they are"
        " taken for one",
        Where(f"content/{path}", key="author" if kind == "authors" else kind),
        KINDS[kind],
        "warning",
        also=(Where(f"content/{elsewhere}", key="author" if kind == "authors" else kind),),
    )
