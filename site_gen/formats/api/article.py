"""Articles in the API: the keys of front matter, as far as their rights allow."""

from typing import Any

from msgspec.structs import replace

from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute
from site_gen.model import ArticleView, Card, Picture, Related

NEVER_PUBLISHED = frozenset({"secured", "featuredContent"})
"""Keys of content files that are never published, at whatever depth."""


def article_data(
    article: ArticleView,
    base: str,
    *,
    remote: bool,
    related: str = "short",
    extra: tuple[str, ...] = (),
) -> dict[str, Any]:
    """An article with all its fields, as JSON data.

    remote    whether pictures on other hosts may be included
    related   as in `[api]`
    extra     unknown keys to publish (`api.extra`); they never replace a known key
    """
    card = article.card
    pictures = [picture_data(p, base) for p in article.pictures if p.url and (p.local or remote)]
    own = without_missing(
        **_card_fields(card, base),
        originalUrl=article.original_url,
        ampWebUrl=article.amp_web_url,
        cdnAmpWebUrl=article.cdn_amp_web_url,
        tags=list(article.tags),
        images=[] if card.rights == "link" else pictures,
        related=[_related_data(r, related == "full", remote) for r in article.related],
        authors=article.authors,
        credits=article.credits,
        sources=article.sources,
        languages=list(article.languages),
        corrections=article.corrections,
    )
    named = {key: article.extra[key] for key in extra if key in article.extra and key not in own}
    return {**own, **without_withheld(named)}


def card_data(card: Card, base: str, *, remote: bool) -> dict[str, Any]:
    """An article's card, as lists in the API have it, as JSON data."""
    image = card.image
    shown = image if image and image.url and (image.local or remote) else None
    return without_missing(
        **_card_fields(card, base),
        images=[picture_data(shown, base)] if shown and card.rights != "link" else [],
        authors=[{"name": author.name} for author in card.authors],
    )


def _card_fields(card: Card, base: str) -> dict[str, Any]:
    return {
        "guid": card.guid,
        "url": absolute(base, card.permalink) if card.has_page else "",
        "category": card.category,
        "title": card.title,
        "excerpt": card.excerpt,
        "publishedDateTime" if card.dated else "addedDateTime": iso(card.date),
        "modifiedDateTime": iso(card.lastmod) if card.lastmod != card.date else "",
        "webUrl": card.original,
        "type": card.type,
        "quality": card.quality,
        "heat": card.heat,
        "provider": _provider_data(card, base),
        "topics": [topic.name for topic in card.topics],
        "language": card.language,
        "slug": card.slug,
        "edition": card.edition,
        "section": card.section.name if card.section else "",
        "story": card.story,
        "why": card.why,
        "rights": card.rights,
        "canonical": card.canonical,
    }


def _provider_data(card: Card, base: str) -> dict[str, Any]:
    if card.provider is None:
        return {}
    domain = card.provider.key if "." in card.provider.key else ""
    logos = (card.provider.logo, card.provider.logo_large)
    images = [{"url": absolute(base, logo)} for logo in logos if logo]
    return without_missing(name=card.provider.name, domain=domain, images=images)


def picture_data(picture: Picture, base: str) -> dict[str, Any]:
    """A picture as JSON data; its URL is absolute."""
    return without_missing(
        url=absolute(base, picture.url),
        width=picture.width,
        height=picture.height,
        caption=picture.caption,
        credit=picture.credit,
        alt=picture.alt,
        isCached=picture.is_cached or None,
    )


def _related_data(related: Related, is_full: bool, remote: bool) -> Related:
    """A related article elsewhere: what our pages show of it, or with `is_full` all fields but AMP
    addresses; without pictures unless `remote`.

    Excerpts and pictures are not in the short form: they belong to others whose terms are unknown,
    and would be a third of an edition's document.
    """
    place, images = related.provider, related.images
    if not (is_full and remote):
        place, images = replace(place, images=()) if place else None, ()
    if is_full:
        return replace(related, provider=place, images=images, amp_web_url="", cdn_amp_web_url="")
    return Related(
        title=related.title,
        published_date_time=related.published_date_time,
        web_url=related.web_url,
        provider=place,
    )


def without_missing(**values: Any) -> dict[str, Any]:
    """`values` without missing ones; 0 and False are kept."""
    return {key: value for key, value in values.items() if value or value == 0}


def without_withheld(value: Any) -> Any:
    """`value` without NEVER_PUBLISHED keys at any depth."""
    if isinstance(value, dict):
        return {k: without_withheld(v) for k, v in value.items() if k not in NEVER_PUBLISHED}
    if isinstance(value, list | tuple):
        return [without_withheld(item) for item in value]
    return value
