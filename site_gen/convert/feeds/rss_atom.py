"""RSS and Atom through feedparser."""

import io
import re
from collections.abc import Iterator
from typing import Any

from site_gen.convert import languages
from site_gen.convert.feeds import entries, xml_repair
from site_gen.frontmatter import not_public
from site_gen.model import RawDocument

_NO_YEAR = re.compile(r"-0001\b|(?<![+\d])0000-00|\b(?:Jan|Nov) -?000[01]\b")
"""The year that WordPress writes for entries without a date."""

EXPORTED = ("wp_status", "wp_post_type", "wp_post_password", "app_draft", "app_control")
"""Fields of entries in exports of WordPress and Blogger."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
"""Markup, which some feeds have in what they declare as plain text."""


def read(raw: RawDocument, text: str) -> entries.Feed:
    """The feed in `text`. Raises SiteError."""
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": raw.url}
    text = xml_repair.repair(text)
    data = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        found = feedparser.parse(data, response_headers=headers, sanitize_html=False)
    except Exception:
        # its parsers let through nearly anything on broken input
        raise entries.unreadable(raw) from None
    if not found.entries and (found.get("bozo") or not found.get("version")):
        raise entries.unreadable(raw)
    said = xml_repair.read_captions(text)
    atom = str(found.get("version") or "").startswith("atom")
    return entries.Feed(
        title=entries.line(found.feed.get("title")),
        home=str(found.feed.get("link") or ""),
        language=languages.normalize(str(found.feed.get("language") or "")),
        entries=[_entry(entry, said, _people(found.feed, atom)) for entry in found.entries],
    )


def _people(holder: Any, inherited: bool) -> tuple[str, ...]:
    """Authors of an entry; an entry without authors inherits the feed's (Atom: RFC 4287, 4.2.1)."""
    if not inherited:
        return ()
    raw = str(holder.get("author") or "")
    if "@" in raw or "(" in raw:
        # feedparser cuts addresses wrongly
        return tuple(filter(None, [entries.person(raw)]))
    names = (entries.person(str(p.get("name") or "")) for p in holder.get("authors", []))
    return tuple(filter(None, names))


def _entry(entry: Any, said: dict[str, dict[str, Any]], of_feed: tuple[str, ...]) -> entries.Entry:
    content = max((_as_html(part) for part in entry.get("content", [])), key=len, default="")
    media = [*entry.get("media_content", []), *entry.get("media_thumbnail", [])]
    enclosures = entry.get("enclosures", [])
    # where nothing else is said, as of a video, its own description is
    own = entry.get("summary") or entry.get(xml_repair.CAPTION, "")
    detail = entry.get("summary_detail") or {"value": own}
    return entries.Entry(
        id=str(entry.get("id") or ""),
        title=entries.line(entry.get("title")),
        link=str(entry.get("link") or ""),
        content=content,
        summary=_as_html(detail),
        published=_date(entry, "published"),
        updated=_date(entry, "updated"),
        authors=_people(entry, True) or of_feed,
        tags=tuple(filter(None, (entries.line(tag.get("term")) for tag in entry.get("tags", [])))),
        images=tuple({**p, **said.get(p["url"], {})} for p in _images([*media, *enclosures])),
        files=tuple(entries.Attached(str(e.get("href")), _type(e)) for e in enclosures if _type(e)),
        marks=not_public.marks({k: entry[k] for k in EXPORTED if k in entry}),
    )


def _date(entry: Any, name: str) -> object:
    """The text of a date. feedparser takes unknown zones for UTC, and its `get` takes one date for
    the other."""
    found = dict.get(entry, name)
    return None if _NO_YEAR.search(str(found)) else found


def _as_html(part: Any) -> str:
    """A text construct as HTML: plain text is escaped and keeps its paragraphs."""
    value = str(part.get("value") or "")
    if part.get("type") == "text/plain" and not _TAG.search(value):
        return entries.paragraphs(value)
    return value


def _type(item: Any) -> str:
    return str(item.get("type") or item.get("medium") or "").lower()


def _images(items: list[Any]) -> Iterator[dict[str, Any]]:
    for item in items:
        url = str(item.get("url") or item.get("href") or "")
        kind = _type(item)
        if url and (kind.startswith("image") or not kind):
            sizes = {k: str(item.get(k) or "") for k in ("width", "height")}
            yield {"url": url, **{k: int(v) for k, v in sizes.items() if v.isdecimal()}}
