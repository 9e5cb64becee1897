"""The old site's feed: the ids by which feed readers know its entries."""

import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any, NamedTuple

from site_gen.basics import urls
from site_gen.importers.old_site import Entry, OldSite
from site_gen.importers.reading import addresses
from site_gen.problems import Problem, SiteError


class OldEntry(NamedTuple):
    """One entry of the feed; `date` is when it appeared, else when it last changed."""

    id: str
    link: str
    title: str
    date: datetime | None = None


class Feed(NamedTuple):
    """Its entries, and what it says of the whole; `link` is the address of the old site."""

    entries: list[OldEntry]
    title: str = ""
    description: str = ""
    language: str = ""
    link: str = ""


class Matched(NamedTuple):
    """How many entries took an id, those of the feed that no entry is for, and its length."""

    taken: int
    unknown: list[OldEntry]
    total: int


def read(data: bytes) -> Feed:
    """An RSS or Atom feed. Raises SiteError."""
    import feedparser

    try:
        found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # its parsers let nearly anything through
        found = None
    if found is None or not found.entries:
        message = "the old feed has no entries that can be read"
        raise SiteError([Problem("import/feed", message, help="give the feed as it was published")])
    about = {
        key: " ".join(str(found.feed.get(key) or "").split())
        for key in ("title", "subtitle", "language", "link")
    }
    entries = [_entry(entry) for entry in found.entries]
    return Feed(entries, about["title"], about["subtitle"], about["language"], about["link"])


def _entry(entry: Any) -> OldEntry:
    link = str(entry.get("link") or "")
    title = " ".join(str(entry.get("title") or "").split())
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    date = datetime.fromtimestamp(timegm(told), UTC) if told else None
    return OldEntry(str(entry.get("id") or link), link, title, date)


def match(feed: Feed, site: OldSite) -> Matched:
    """Give each entry of the site the id that the feed has for it, by address, else by title;
    and the site what the feed says of it, where nothing else does."""
    _about(feed, site)
    by_address: dict[str, Entry] = {}
    by_title: dict[str, list[Entry]] = {}
    for entry in site.entries:
        for address in (entry.address, *entry.aliases):
            if address:
                by_address.setdefault(addresses.same(address), entry)
        by_title.setdefault(" ".join(entry.title.split()), []).append(entry)
    unknown = []
    taken = 0
    hosts: dict[str, None] = {}
    for old in feed.entries:
        path = addresses.path_of(old.link, site.base_url)
        named = by_title.get(old.title, [])
        found = by_address.get(addresses.same(path)) or (named[0] if len(named) == 1 else None)
        if found is None or not old.id:
            unknown.append(old)
        else:
            _take(found, old, path)
            taken += 1
            hosts[_origin(old.link)] = None
    for entry in site.entries:  # texts link each other by the address that readers saw
        if entry.address:
            entry.known_as += [f"{host}{entry.address.rstrip('/')}" for host in hosts if host]
    return Matched(taken, unknown, len(feed.entries))


def _about(feed: Feed, site: OldSite) -> None:
    site.title = site.title or feed.title
    site.description = site.description or feed.description
    site.language = site.language or feed.language
    home = _origin(feed.link)
    if home and not site.base_url and not urls.host(home).endswith(SERVICES):
        site.base_url = home


def _origin(url: str) -> str:
    found = re.match(r"https?://[^/?#]+", url)
    return found[0] if found else ""


SERVICES = ("buttondown.com", "buttondown.email", "substack.com", "mailchi.mp",
            "campaign-archive.com", "beehiiv.com", "ghost.io", "wordpress.com", "blogspot.com",
            "medium.com")  # fmt: skip
"""Hosts on which a service shows archives of many: no new site can live there."""


def _take(entry: Entry, old: OldEntry, path: str) -> None:
    """The id; and where nothing else told them, the date and the address that readers saw."""
    entry.guid = old.id
    if entry.date is None and not entry.page and old.date:
        entry.date, entry.dated = old.date, "the old feed"
    if not entry.address and entry.pattern and not entry.private:
        entry.address = path
