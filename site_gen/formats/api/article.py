"""An article as the API gives it: the keys of front matter, and no more than its rights."""

from typing import Any

from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute
from site_gen.formats.common.text import legal
from site_gen.model import ArticleView, Card, Picture

WITHHELD = frozenset({"secured", "featuredContent"})
"""Carried by content files and never published, at whatever depth they stand."""


def article_data(
    article: ArticleView, base: str, *, remote: bool, extra: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Plain data. `remote` = pictures on other hosts may be named; `extra` = the unknown keys
    that settings publish (`api.extra`), none of which can take the place of a known one."""
    card = article.card
    pictures = [picture_data(p, base) for p in article.pictures if p.url and (p.local or remote)]
    own = known(
        **_card(card, base),
        originalUrl=article.original_url,
        ampWebUrl=article.amp_web_url,
        cdnAmpWebUrl=article.cdn_amp_web_url,
        tags=list(article.tags),
        images=[] if card.rights == "link" else pictures,
        related=[_related(r, remote) for r in plain(article.related)],
        authors=plain(article.authors),
        credits=plain(article.credits),
        sources=plain(article.sources),
        languages=list(article.languages),
        corrections=plain(article.corrections),
    )
    named = {key: article.extra[key] for key in extra if key in article.extra and key not in own}
    return {**own, **plain(named)}


def card_data(card: Card, base: str, *, remote: bool) -> dict[str, Any]:
    """An article as a list shows it: what other pages of the site may know of it."""
    image = card.image
    shown = image if image and image.url and (image.local or remote) else None
    return known(
        **_card(card, base),
        images=[picture_data(shown, base)] if shown and card.rights != "link" else [],
        authors=[{"name": legal(author.name)} for author in card.authors],
    )


def _card(card: Card, base: str) -> dict[str, Any]:
    return {
        "guid": legal(card.guid),
        "url": absolute(base, card.permalink) if card.has_page else "",
        "category": card.category,
        "title": legal(card.title),
        "excerpt": legal(card.excerpt),
        "publishedDateTime" if card.dated else "addedDateTime": iso(card.date),
        "modifiedDateTime": iso(card.lastmod) if card.lastmod != card.date else "",
        "webUrl": card.original,
        "type": card.type,
        "quality": card.quality,
        "heat": card.heat,
        "provider": _provider(card, base),
        "topics": [legal(topic.name) for topic in card.topics],
        "language": card.language,
        "slug": card.slug,
        "edition": card.edition,
        "section": legal(card.section.name) if card.section else "",
        "story": legal(card.story),
        "why": legal(card.why),
        "rights": card.rights,
        "canonical": card.canonical,
    }


def _provider(card: Card, base: str) -> dict[str, Any]:
    if card.provider is None:
        return {}
    domain = card.provider.key if "." in card.provider.key else ""
    logos = (card.provider.logo, card.provider.logo_large)
    images = [{"url": absolute(base, logo)} for logo in logos if logo]
    return known(name=legal(card.provider.name), domain=domain, images=images)


def picture_data(picture: Picture, base: str) -> dict[str, Any]:
    """A picture; its URL is absolute."""
    return known(
        url=absolute(base, picture.url),
        width=picture.width,
        height=picture.height,
        caption=legal(picture.caption),
        credit=legal(picture.credit),
        alt=legal(picture.alt),
        isCached=picture.is_cached or None,
    )


def _related(related: dict[str, Any], remote: bool) -> dict[str, Any]:
    """Without pictures where settings allow none from other hosts."""
    return related if remote else {k: v for k, v in related.items() if k != "images"}


def known(**values: Any) -> dict[str, Any]:
    """Without what is missing; 0 and False are values."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {}, ())}


def plain(value: Any) -> Any:
    """Values of our types as JSON knows them, cleaned, and without what is never published."""
    if not value:
        return value
    import msgspec

    return _clean(msgspec.to_builtins(value, str_keys=True))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, dict):
        return {legal(k): _clean(v) for k, v in value.items() if k not in WITHHELD}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
