"""Body and detail of an article, kept in the memo and known by digests."""

from collections.abc import Mapping, Set

from msgspec.structs import replace

from site_gen.basics import digest, hidden_addresses
from site_gen.memo.archive import Articles
from site_gen.model import ArticleRef, Card, Catalog, Facts, Picture

Pairs = tuple[tuple[str, str], ...]


def article_ref(
    facts: Facts, card: Card, pairs: Pairs = (), pictures: tuple[Picture, ...] = ()
) -> ArticleRef:
    """The article as the catalog holds it, with its card as it is shown and its local links."""
    detail, body = _parts(facts, card.future, pairs, pictures)
    known = facts.digest if card is facts.card else ""
    lost = hidden_addresses.hidden_spellings(pairs)
    shown = _without(card, lost) if lost else card
    return ArticleRef(
        card=shown,
        digest=known if shown is card and known else digest.of_value(shown),
        as_read=None if shown is card else card,
        path=facts.path,
        detail=detail,
        body=body,
        source=facts.source,
        terms=facts.terms,
        corrections=hidden_addresses.clean_value(facts.corrections, lost),
        aliases=facts.aliases,
        targets=pairs,
        pictures=pictures,
    )


def _without(card: Card, lost: Set[str]) -> Card:
    """The card without addresses of hidden texts; one that led to such a text has a page."""
    shown = hidden_addresses.clean_value(card, lost)
    if shown.original or shown.link != card.original:
        return shown
    return replace(shown, link=card.permalink, has_page=True)


def with_parts(catalog: Catalog, changed: Mapping[str, Facts]) -> Catalog:
    """The catalog with other bodies and details of the articles `changed` (by content path)."""
    articles = catalog.articles
    if isinstance(articles, Articles):
        found = articles.find_by_path(changed).items()
        others = {number: with_own_parts(ref, changed[ref.path]) for number, ref in found}
        return replace(catalog, articles=articles.replace(others))
    refs = list(articles)
    for index, ref in enumerate(refs):
        if facts := changed.get(ref.path):
            refs[index] = with_own_parts(ref, facts)
    return replace(catalog, articles=tuple(refs))


def with_own_parts(ref: ArticleRef, facts: Facts) -> ArticleRef:
    """The article with the body and detail of these facts."""
    detail, body = _parts(facts, ref.card.future, ref.targets, ref.pictures)
    return replace(ref, detail=detail, body=body, source=facts.source, terms=facts.terms)


def _parts(
    facts: Facts, future: bool, pairs: Pairs, pictures: tuple[Picture, ...]
) -> tuple[str, str]:
    """Digests of detail and body as they will be shown: mostly their own."""
    flat = [part for pair in pairs for part in pair]
    if pictures:
        flat.append(digest.of_value(pictures))
    detail, body = facts.detail, facts.body
    if flat or future:
        detail = digest.of_parts(detail, str(future), *flat)
    if flat and body:
        body = digest.of_parts(body, *flat)
    return detail, body
