"""What a page says of itself in JSON-LD: the object of its article, whatever its wrapping."""

import html as entities
import json
from collections.abc import Iterator
from typing import Any

from site_gen.convert import likeness
from site_gen.convert.html.tree import Element

ARTICLES = frozenset(
    "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle"
    " BackgroundNewsArticle Article BlogPosting Report TechArticle ScholarlyArticle"
    " SocialMediaPosting LiveBlogPosting AdvertiserContentArticle".split()
)
MAX_DEPTH = 6
MAX_OBJECTS = 500


def article(root: Element) -> dict[str, Any]:
    """The first article object of the page, {} when there is none."""
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            for found in _objects(_loaded(script.text or ""), 0):
                if set(_types(found)) & ARTICLES:
                    return found
    return {}


def _loaded(text: str) -> Any:
    try:
        # control characters inside strings are the most common fault of all
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:MAX_OBJECTS]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(value.get(key), depth + 1)


def _types(found: dict[str, Any]) -> list[str]:
    types = found.get("@type")
    return [str(t) for t in types] if isinstance(types, list) else [str(types)]


def text(value: Any) -> str:
    """A string in it, entities resolved, one line; "" for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return likeness.squeeze(entities.unescape(value)) if isinstance(value, str) else ""


def names(value: Any) -> list[str]:
    """The names in an author or publisher value: text, object or a list of both."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in names(item)]
    if isinstance(value, dict):
        return names(value.get("name"))
    return [text(value)] if text(value) else []


def image(value: Any) -> dict[str, Any]:
    """The first image in it as {url, width, height}, {} when there is none."""
    if isinstance(value, list):
        return image(value[0]) if value else {}
    if isinstance(value, dict):
        return {
            "url": text(value.get("url") or value.get("contentUrl")),
            **{key: value[key] for key in ("width", "height") if isinstance(value.get(key), int)},
        }
    return {"url": text(value)} if text(value) else {}


def listed(value: Any) -> list[str]:
    """Keywords: a list, or one text parted by commas."""
    if isinstance(value, str):
        value = entities.unescape(value).split(",")
    return [text(item) for item in value if text(item)] if isinstance(value, list) else []
