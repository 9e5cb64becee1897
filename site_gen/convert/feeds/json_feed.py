"""JSON Feed, 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from site_gen.convert import languages
from site_gen.convert.feeds import entries
from site_gen.model import RawDocument


def read(raw: RawDocument, text: str) -> entries.Feed:
    """The feed in `text`. Raises SiteError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise entries.unreadable(raw) from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise entries.unreadable(raw)
    return entries.Feed(
        title=entries.line(found.get("title")),
        home=entries.string(found.get("home_page_url")),
        language=languages.normalize(entries.string(found.get("language"))),
        entries=[_entry(item, found) for item in items if isinstance(item, dict)],
    )


def _entry(item: dict[str, Any], feed: dict[str, Any]) -> entries.Entry:
    given = (item.get("authors"), [item.get("author")], feed.get("authors"), [feed.get("author")])
    people = next((found for people in given if (found := _dicts(people))), [])
    text = entries.string(item.get("content_text"))
    pictures = [item.get("image") or item.get("banner_image")]
    attached = _dicts(item.get("attachments"))
    return entries.Entry(
        id=str(item.get("id") or ""),
        title=entries.line(item.get("title")),
        link=entries.string(item.get("url")),
        external=entries.string(item.get("external_url")),
        content=entries.string(item.get("content_html")) or entries.paragraphs(text),
        summary=entries.escaped(entries.string(item.get("summary"))),
        published=item.get("date_published"),
        updated=item.get("date_modified"),
        authors=tuple(filter(None, (entries.line(p.get("name")) for p in people))),
        tags=tuple(filter(None, map(entries.line, _strings(item.get("tags"))))),
        images=tuple({"url": p} for p in pictures if isinstance(p, str)),
        files=tuple(
            entries.Attached(
                entries.string(a.get("url")),
                entries.string(a.get("mime_type")),
                entries.line(a.get("title")),
            )
            for a in attached
        ),
        language=languages.normalize(entries.string(item.get("language"))),
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
