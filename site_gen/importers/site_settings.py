"""The settings of the new site, from those of the old."""

import re
from typing import Any

from site_gen.basics import urls
from site_gen.convert import languages
from site_gen.importers.content import ContentFiles
from site_gen.importers.old_site import OldSite
from site_gen.importers.placing import ARTICLES, EDITIONS, Places
from site_gen.importers.redirecting import NAMES, Redirects


def settings(
    site: OldSite, places: Places, content: ContentFiles, found: Redirects, year: int
) -> dict[str, Any]:
    """site.toml as data; only what differs from what is so anyway."""
    base = _base(site.base_url)
    made: dict[str, Any] = {"title": site.title or "Weekly Digest", "base_url": base}
    if site.description:
        made["description"] = site.description
    if language := languages.normalize(site.language):
        made["language"] = language
    if site.timezone:
        made["timezone"] = site.timezone
    issues = places.form == "issues"
    if not issues and places.permalink != ARTICLES:
        made["article_permalink"] = places.permalink
    feeds: dict[str, Any] = {"tag": _tag(base, year)}
    if 0 < site.items <= 1000:
        feeds["items"] = site.items
    if issues:
        made["editions"] = {"every": "note"}
        if places.permalink != EDITIONS:
            made["editions"]["permalink"] = places.permalink
        feeds["main"] = "editions"
    own = {key: name for key, name in found.names.items() if name != NAMES[key]}
    if own:
        feeds["names"] = own
    made["feeds"] = feeds
    if content.cards_made:
        made["article_pages"] = "with-body"  # a link item leads to what it names
    if site.topics:
        above = set(site.topics.values()) - set(site.topics)
        made["topics"] = [{"name": name} for name in sorted(above)]
        made["topics"] += [
            {"name": name, "parent": parent} for name, parent in sorted(site.topics.items())
        ]
    if content.sections:
        made["sections"] = [{"name": name} for name in content.sections]
    if site.authors:
        made["authors"] = {
            key: {k: v for k, v in value.items() if v} for key, value in site.authors.items()
        }
    if found.rules:
        made["redirects"] = [
            {"from": rule.source, "to": rule.target}
            | ({"status": rule.status} if rule.status != 301 else {})
            for rule in found.rules
        ]
    return made


def _base(url: str) -> str:
    try:
        return str(urls.check(url)) if url else ""
    except ValueError:
        return ""


def _tag(base: str, year: int) -> str:
    host = urls.parts(base).hostname or "digest.invalid"
    plain = re.sub(r"[^A-Za-z0-9.-]", "", host) or "digest.invalid"
    return f"{plain},{year}"
