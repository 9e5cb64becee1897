"""Feeds (RSS, Atom, JSON Feed) to drafts: one for each entry, with the full text if there is
one."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from site_gen.basics import digest, urls, written_dates
from site_gen.convert import html, kept_as_draft, similarity
from site_gen.convert.feeds import footers, json_feed, rss_atom
from site_gen.convert.feeds.entries import Entry, Feed
from site_gen.convert.html import metadata
from site_gen.convert.html.links import Base
from site_gen.model import Cut, Draft, RawDocument, Receipt
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import ProviderSettings, Settings

MIN_FULL_TEXT = 120
"""Words from which a description counts as the full text, not a summary."""
MAX_ENTRIES = 2000
_MARKS = re.compile(r"([\\`*_<\[\]])")


def convert_feed(raw: RawDocument, text: str, settings: Settings) -> list[Draft]:
    """Every entry of the feed as a draft. Raises SiteError if it is no feed or too long."""
    reader = json_feed if text.lstrip().startswith("{") else rss_atom
    feed = reader.read(raw, text)
    base = raw.url or feed.home
    if len(feed.entries) > MAX_ENTRIES:
        many = (
            f"the feed has {len(feed.entries):,} entries; at most {MAX_ENTRIES:,} are read at once"
        )
        raise SiteError([Problem("convert/feed", many, Where(raw.name), "part it in several")])
    return [_draft(entry, feed, base, raw.name, settings) for entry in feed.entries]


def _draft(entry: Entry, feed: Feed, base: str, name: str, settings: Settings) -> Draft:
    address = Base(base)
    link = address.absolute(entry.link) or Base("").absolute(entry.id)
    body, excerpt = _texts(entry, link or base)
    body, footer = footers.remove_footer(body)
    body += "".join(_links(entry, address, body))
    dated = _dates(entry, settings.zone, entry.language or feed.language)
    title, derived = (
        (entry.title, False) if entry.title else (similarity.shorten(excerpt, 80), True)
    )
    matter = {
        "title": title,
        "titleDerived": derived or None,
        "excerpt": excerpt,
        **dated,
        "originalUrl": link,
        "webUrl": address.absolute(entry.external) or link,
        "type": "article",
        "language": entry.language or feed.language,
        "provider": _provider(feed, link, settings.providers),
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(dict.fromkeys(entry.tags)),
        "images": _checked(entry, address)[:1],
    }
    kept = tuple(line for line in body.split("\n") if line.strip())
    identity = digest.of_parts(entry.id or link or entry.title)
    reasons = () if title else ("no title found",)
    draft = Draft(
        matter={k: v for k, v in matter.items() if v not in ("", [], {}, None)},
        body=body,
        receipt=Receipt(
            source=f"{name}#{identity[:16]}",
            kind="feed",
            confidence=1.0,
            kept=kept,
            cuts=tuple(Cut(rule="feed_footer", text=text) for text in footer),
        ),
        quarantine=reasons,
    )
    return kept_as_draft.apply_marks(draft, entry.marks)


def _links(entry: Entry, address: Base, body: str) -> Iterator[str]:
    """A link to each file of the entry that is no picture and that its text does not have."""
    for file in entry.files:
        url = address.absolute(file.url)
        if url and not file.kind.startswith("image") and url not in body:
            name = _MARKS.sub(r"\\\1", file.name)
            yield f"\n[{name}]({url})\n"


def _texts(entry: Entry, base: str) -> tuple[str, str]:
    """Body in Markdown, and excerpt. A short description alone is an excerpt."""
    summary = similarity.squeeze(html.plain(entry.summary)) if entry.summary else ""
    summary = footers.remove_from_line(summary)
    if entry.content:
        body = html.fragment(entry.content, base)
        excerpt = summary if summary and len(summary) <= 400 else ""
        return body, similarity.shorten(
            excerpt or footers.remove_from_line(html.plain(entry.content))
        )
    if len(similarity.words(summary)) >= MIN_FULL_TEXT:
        return html.fragment(entry.summary, base), similarity.shorten(summary)
    return "", similarity.shorten(summary)


def _dates(entry: Entry, zone: tzinfo, language: str) -> dict[str, Any]:
    """Both dates, and warnings about the publication date."""
    published = written_dates.read(entry.published, zone, language)
    updated = written_dates.read(entry.updated, zone, language)
    given = entry.published or entry.updated
    found: dict[str, Any] = {}
    if first := published or updated:
        found["publishedDateTime"] = first.moment
    if published and updated and written_dates.is_later(updated.moment, published.moment):
        found["modifiedDateTime"] = updated.moment
    if given:
        found["warnings"] = written_dates.warnings("publishedDateTime", given, first)
    return found


def _provider(feed: Feed, link: str, known: tuple[ProviderSettings, ...]) -> dict[str, str]:
    domain = metadata.domain(link or feed.home)
    settled = next((p for p in known if p.domain and p.domain in (domain, urls.host(link))), None)
    # a feed of links to elsewhere is not the publisher of what it links to
    own = feed.title if domain == metadata.domain(feed.home) else ""
    found = {"name": settled.name if settled and settled.name else own, "domain": domain}
    return {key: value for key, value in found.items() if value}


def _checked(entry: Entry, base: Base) -> list[dict[str, Any]]:
    found = [{**image, "url": base.absolute(image["url"])} for image in entry.images]
    return [image for image in found if image["url"]]
