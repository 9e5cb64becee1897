"""Redirects from the old site's lists and feeds to ours."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from posixpath import basename
from typing import NamedTuple, cast

from site_gen import permalinks
from site_gen.basics import urls
from site_gen.importers.old_site import Listing, OldSite, Target
from site_gen.importers.placing import Placed, Places
from site_gen.importers.reading import addresses, listings
from site_gen.importers.reading.matter import not_shown

OURS = frozenset(
    "/ /404.html /sitemap.xml /robots.txt /feeds.opml /search /editions /topics /authors /providers"
    " /feeds /latest /_headers /_redirects /news-sitemap.xml".split()
)
"""Addresses that every site of ours has (some only where there is something to show)."""


def ours(site: OldSite) -> frozenset[str]:
    """Addresses of our own pages and feeds."""
    return OURS | {f"/{name}" for name in feed_names(site).values()}


class Redirect(NamedTuple):
    """From an old address to one of ours."""

    source: str
    target: str
    status: int = 301


class Redirects(NamedTuple):
    """The rules, the addresses for which there is none, and what our feeds are called."""

    rules: list[Redirect]
    lost: list[str]
    names: dict[str, str]


NAMES = {"rss": "feed.xml", "atom": "atom.xml", "json_feed": "feed.json"}


def feed_names(site: OldSite) -> dict[str, str]:
    """Names of our feeds: those of the old site's main feeds where possible."""
    made = dict(NAMES)
    for item in site.listings:
        name = item.address.strip("/")
        if item.target == "feed" and _FEED.fullmatch(name) and name not in made.values():
            kind = "json_feed" if name.endswith("json") else "atom" if "atom" in name else "rss"
            if made[kind] == NAMES[kind]:
                made[kind] = name
    return made


_FEED = re.compile(r"[\w-][\w.-]*\.(?:xml|rss|atom|json)", re.ASCII)


def redirects(site: OldSite, places: Places, now: datetime) -> Redirects:
    """A rule for each list of the old site; what its own build shows besides is lost.

    None tells of a text that is not shown: of its address, or of a topic that it alone has.
    """
    shut = [p for p in places.placed if p.entry.private or not_shown(p.entry, now)]
    hidden = {p.path for p in shut}
    shown = [p for p in places.placed if p.entry.address and p.path not in hidden]
    untold = _names(shut) - _names(shown)
    known = {addresses.same(place.address) for place in places.placed}
    known |= {addresses.same(a) for place in places.placed for a in place.aliases}
    names = feed_names(site)
    known |= {addresses.same(item.address) for item in site.static} | ours(site)
    topics = {t for p in shown if p.kind == "article" for t in p.entry.matter.get("topics", ())}
    people = {
        str(a.get("name")) for p in shown if p.kind == "article"
        for a in p.entry.matter.get("authors", ()) if isinstance(a, dict)
    }  # fmt: skip
    rules: list[Redirect] = []
    lost: list[str] = []
    for item in (*site.listings, *_built(site, topics, people)):
        key = addresses.same(item.address)
        if key in known or (item.name and permalinks.slug_of_name(item.name) in untold):
            continue
        known.add(key)
        old = addresses.written(item.address)
        if item.target != "lost" and addresses.usable(old):
            rules.append(Redirect(old, _target(item, places, topics, people, names)))
        else:
            lost.append(item.address)
    targets = {addresses.same(rule.source): rule.target for rule in rules}
    there = known - {addresses.same(p.address) for p in shut}
    for old_rule in site.rules:
        key = addresses.same(old_rule.source)
        if key in known:
            continue
        known.add(key)
        end = _end(old_rule.target, there, targets)
        if not end:
            named = listings.listing(old_rule.target.partition("#")[0])
            end = _target(named, places, topics, people, names) if named else ""
        if end:
            source = addresses.written(old_rule.source)
            rules.append(Redirect(source, end, old_rule.status))
        else:
            lost.append(f"{old_rule.source} (it led to {old_rule.target}, which is not here)")
    return Redirects(rules, lost, names)


def _names(placed: Iterable[Placed]) -> set[str]:
    """The topics, tags and people of texts, as their pages are called."""
    found: set[str] = set()
    for key in ("topics", "tags", "authors"):
        for place in placed:
            listed = place.entry.matter.get(key)
            for name in listed if isinstance(listed, list) else ():
                said = name.get("name") if isinstance(name, dict) else name
                found.add(permalinks.slug_of_name(str(said)))
    return found


def _end(target: str, there: Container[str], rules: Mapping[str, str]) -> str:
    """The target of an old redirect on our site, "" if there is none."""
    if not target.startswith("/"):
        try:
            return str(urls.check(target))
        except ValueError:
            return ""
    key = addresses.same(target.partition("#")[0])
    return rules.get(key) or (target if key in there else "")


def _target(
    item: Listing, places: Places, topics: set[str], people: set[str], names: dict[str, str]
) -> str:
    issues = places.form == "issues"
    if item.target == "home":
        return permalinks.HOME
    if item.target == "feed" or (issues and item.target.endswith("feed")):
        is_atom = "atom" in basename(item.address.rstrip("/"))
        return f"/{names['atom' if is_atom else 'rss']}"
    kind, _, feed = item.target.partition(" ")
    if kind == "topic" and item.name in topics:
        own = permalinks.topic(permalinks.slug_of_name(item.name))
        return f"{own}{names['rss']}" if feed else own
    if kind == "author" and item.name in people:
        own = permalinks.author(permalinks.slug_of_name(item.name))
        return f"{own}{names['rss']}" if feed else own
    if item.target == "topics" and topics:
        return permalinks.TOPICS
    if item.target == "authors" and people:
        return permalinks.AUTHORS
    return f"/{names['rss']}" if feed else permalinks.ARCHIVE


def _built(site: OldSite, topics: set[str], people: set[str]) -> Iterator[Listing]:
    """What the old system built besides: a list by its name, else lost."""
    named: dict[str, Listing] = {}
    for target, names in (("author", people), ("topic", topics)):
        for name in names:
            named[permalinks.slug_of_name(name)] = Listing("", cast(Target, target), name)
    for address in site.addresses:
        plain = re.sub(r"(?:/index)?\.html?$|/+$", "", address)
        last = plain.rpartition("/")[2].lower()
        feed = _FEED.fullmatch(last) is not None
        if feed:
            last = plain.rpartition("/")[0].rpartition("/")[2].lower()
        found = named.get(last)
        if found and plain.count("/") > 1:
            target = f"{found.target} feed" if feed else found.target
            yield Listing(address, cast(Target, target), found.name)
        else:
            yield listings.listing(address) or Listing(address, "lost")
