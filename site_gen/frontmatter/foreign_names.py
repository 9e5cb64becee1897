"""Names of our fields in other systems. Messages suggest ours; only `convert` maps them."""

NAMES = {
    "date": "publishedDateTime", "pubDate": "publishedDateTime", "publishDate": "publishedDateTime",
    "publishedAt": "publishedDateTime", "published_at": "publishedDateTime",
    "datePublished": "publishedDateTime", "time": "publishedDateTime",
    "created": "addedDateTime", "createdAt": "addedDateTime", "added": "addedDateTime",
    "lastmod": "modifiedDateTime", "modified": "modifiedDateTime", "updated": "modifiedDateTime",
    "updatedAt": "modifiedDateTime", "dateModified": "modifiedDateTime",
    "expiryDate": "expiryDateTime", "expires": "expiryDateTime", "unpublishDate": "expiryDateTime",
    "summary": "excerpt", "description": "excerpt", "abstract": "excerpt", "teaser": "excerpt",
    "deck": "excerpt", "standfirst": "excerpt", "subtitle": "excerpt", "dek": "excerpt",
    "link": "webUrl", "url": "webUrl", "externalUrl": "webUrl", "canonicalUrl": "webUrl",
    "source": "sources", "via": "sources", "publisher": "provider", "publication": "provider",
    "site": "provider", "byline": "authors", "by": "authors", "writer": "authors",
    "categories": "topics", "topic": "topics", "keywords": "tags", "tag": "tags",
    "labels": "tags", "lang": "language", "locale": "language",
    "image": "images", "cover": "images", "thumbnail": "images", "featuredImage": "images",
    "picture": "images", "photo": "images", "headline": "title", "name": "title",
    "permalink": "slug", "redirect_from": "aliases", "redirects": "aliases", "alias": "aliases",
    "id": "guid", "uuid": "guid", "issue": "edition", "week": "edition", "score": "quality",
    "rating": "quality", "priority": "heat", "weight": "heat", "licence": "rights",
    "license": "rights", "correction": "corrections", "note": "corrections",
    "retracted": "withdrawn", "removed": "withdrawn", "hidden": "draft", "unlisted": "draft",
}  # fmt: skip
"""Their name -> our key."""

_FOLDED = {key.lower().replace("_", ""): ours for key, ours in NAMES.items()}


def our_name(key: str) -> str:
    """Our key for another system's `key`; "" if there is none."""
    return _FOLDED.get(key.lower().replace("_", "").replace("-", ""), "")
