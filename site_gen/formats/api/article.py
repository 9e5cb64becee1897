"""An article as the API gives it: the keys of front matter, and no more than its rights."""

from typing import Any

from msgspec.structs import replace

from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute
from site_gen.model import ArticleView, Card, Picture, Related

WITHHELD = frozenset({"secured", "featuredContent"})
"""Carried by content files and never published, at whatever depth they stand."""


def article_data(
    article: ArticleView,
    base: str,
    *,
    remote: bool,
    related: str = "short",
    extra: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Plain data. `remote` = pictures on other hosts may be named; `related` as in `[api]`;
    `extra` = the unknown keys that settings publish (`api.extra`), none of which can take the
    place of a known one."""
    card = article.card
    pictures = [picture_data(p, base) for p in article.pictures if p.url and (p.local or remote)]
    own = known(
        **_card(card, base),
        originalUrl=article.original_url,
        ampWebUrl=article.amp_web_url,
        cdnAmpWebUrl=article.cdn_amp_web_url,
        tags=list(article.tags),
        images=[] if card.rights == "link" else pictures,
        related=[_related(r, related == "full", remote) for r in article.related],
        authors=article.authors,
        credits=article.credits,
        sources=article.sources,
        languages=list(article.languages),
        corrections=article.corrections,
    )
    named = {key: article.extra[key] for key in extra if key in article.extra and key not in own}
    return {**own, **published(named)}


def card_data(card: Card, base: str, *, remote: bool) -> dict[str, Any]:
    """An article as a list shows it: what other pages of the site may know of it."""
    image = card.image
    shown = image if image and image.url and (image.local or remote) else None
    return known(
        **_card(card, base),
        images=[picture_data(shown, base)] if shown and card.rights != "link" else [],
        authors=[{"name": author.name} for author in card.authors],
    )


def _card(card: Card, base: str) -> dict[str, Any]:
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
        "provider": _provider(card, base),
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


def _provider(card: Card, base: str) -> dict[str, Any]:
    if card.provider is None:
        return {}
    domain = card.provider.key if "." in card.provider.key else ""
    logos = (card.provider.logo, card.provider.logo_large)
    images = [{"url": absolute(base, logo)} for logo in logos if logo]
    return known(name=card.provider.name, domain=domain, images=images)


def picture_data(picture: Picture, base: str) -> dict[str, Any]:
    """A picture; its URL is absolute."""
    return known(
        url=absolute(base, picture.url),
        width=picture.width,
        height=picture.height,
        caption=picture.caption,
        credit=picture.credit,
        alt=picture.alt,
        isCached=picture.is_cached or None,
    )


def _related(related: Related, is_full: bool, remote: bool) -> Related:
    """What our pages show of an article elsewhere, or all of it: without pictures where settings
    allow none from other hosts, and without the forms of it that are no address to link to.

    Its excerpt and pictures are of others, on whose rights nobody said a word, and would be a
    third of an edition's document.
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


def known(**values: Any) -> dict[str, Any]:
    """Without what is missing; 0 and False are values."""
    return {key: value for key, value in values.items() if value or value == 0}


def published(value: Any) -> Any:
    """What settings publish of unknown keys, without what never is."""
    if isinstance(value, dict):
        return {k: published(v) for k, v in value.items() if k not in WITHHELD}
    if isinstance(value, list | tuple):
        return [published(item) for item in value]
    return value
