"""Finds the article object in a page's JSON-LD."""

import html as entities
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from site_gen.convert import similarity
from site_gen.convert.html.tree import Element

ARTICLES = frozenset(
    "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle"
    " BackgroundNewsArticle Article BlogPosting Report TechArticle ScholarlyArticle"
    " SocialMediaPosting LiveBlogPosting AdvertiserContentArticle".split()
)
PEOPLE = frozenset(["author", "creator", "publisher"])
_WRAPPING = re.compile(
    r"^\s*(?:(?://|/\*)?\s*<!(?:\[CDATA\[|--)\s*(?:\*/)?)|(?:(?://|/\*)?\s*(?:\]\]|--)>\s*(?:\*/)?)\s*$"
)
"""Comments that hide scripts from very old parsers."""
MAX_DEPTH = 6
MAX_OBJECTS = 500


def article(root: Element, titles: Iterable[str] = (), urls: Iterable[str] = ()) -> dict[str, Any]:
    """The article object of the page, or {}. Of several, the one with the page's headline or
    address. References (`@id`) to people and publishers are resolved."""
    found = [
        thing
        for script in root.iter("script")
        if "ld+json" in script.get("type", "").lower()
        for thing in _objects(_loaded(script.text or ""), 0)
    ]
    named = {str(t["@id"]): t for t in found if t.get("@id") and len(t) > 1}
    articles = [thing for thing in found if set(_types(thing)) & ARTICLES]
    own = max(articles, key=lambda thing: _fits(thing, titles, urls), default={})
    return {key: _followed(value, named) if key in PEOPLE else value for key, value in own.items()}


def _fits(thing: dict[str, Any], titles: Iterable[str], urls: Iterable[str]) -> float:
    """How well an article object fits the page."""
    given = [thing.get(key) for key in ("url", "@id", "mainEntityOfPage")]
    said = {text(v.get("@id") if isinstance(v, dict) else v).partition("#")[0] for v in given} - {
        ""
    }
    own = similarity.words(text(thing.get("headline") or thing.get("name")))
    alike = max((similarity.similarity(own, similarity.words(t)) for t in titles if t), default=0.0)
    return alike + bool(said & set(urls))


def _followed(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """References replaced by what they refer to."""
    if isinstance(value, list):
        return [_followed(item, named) for item in value[:20]]
    if isinstance(value, dict) and "name" not in value:
        return named.get(str(value.get("@id")), value)
    return value


def _loaded(text: str) -> Any:
    try:
        # control characters inside strings are the most common fault of all
        return json.loads(_WRAPPING.sub("", text).strip().rstrip(";"), strict=False)
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
    """The string in `value`, entities resolved, on one line; "" for other types."""
    if isinstance(value, list) and value:
        value = value[0]
    return similarity.squeeze(entities.unescape(value)) if isinstance(value, str) else ""


def names(value: Any) -> list[str]:
    """The names in an author or publisher: text, an object, or a list of both."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in names(item)]
    if isinstance(value, dict):
        return names(value.get("name"))
    return [text(value)] if text(value) else []


def image(value: Any) -> dict[str, Any]:
    """The first image in `value` as {url, width, height}, or {}."""
    if isinstance(value, list):
        return image(value[0]) if value else {}
    if isinstance(value, dict):
        return {
            "url": text(value.get("url") or value.get("contentUrl")),
            **{key: value[key] for key in ("width", "height") if isinstance(value.get(key), int)},
        }
    return {"url": text(value)} if text(value) else {}


def listed(value: Any) -> list[str]:
    """Keywords: a list, or a text separated by commas."""
    if isinstance(value, str):
        value = entities.unescape(value).split(",")
    return [text(item) for item in value if text(item)] if isinstance(value, list) else []
