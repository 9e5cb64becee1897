"""What stands for the old site's lists and feeds: an address of ours for each of theirs."""

from collections.abc import Iterator
from posixpath import basename
from typing import NamedTuple

from site_gen import permalinks
from site_gen.importers import addresses
from site_gen.importers.old import Listing, OldSite
from site_gen.importers.placing import Places

OURS = frozenset(
    {"/", "/404.html", "/sitemap.xml", "/robots.txt", "/feed.xml", "/atom.xml", "/feed.json",
     "/feeds.opml", "/search", "/editions", "/topics", "/authors", "/providers", "/feeds",
     "/latest", "/_headers", "/_redirects", "/news-sitemap.xml", "/.well-known/security.txt"}
)  # fmt: skip
"""Addresses that every site of ours has (some only where there is something to show)."""


class Redirect(NamedTuple):
    """From an old address to one of ours."""

    source: str
    target: str


class Redirects(NamedTuple):
    """The rules, and the addresses for which there is none."""

    rules: list[Redirect]
    lost: list[str]


def redirects(site: OldSite, places: Places) -> Redirects:
    """A rule for each list of the old site; what its own build shows besides is lost."""
    shown = [place for place in places.placed if place.entry.address and not place.entry.private]
    known = {addresses.same(place.address) for place in places.placed}
    known |= {addresses.same(a) for place in places.placed for a in place.aliases}
    known |= {addresses.same(item.address) for item in site.static} | OURS
    topics = {t for p in shown if p.kind == "article" for t in p.entry.matter.get("topics", ())}
    people = {
        str(a.get("name")) for p in shown if p.kind == "article"
        for a in p.entry.matter.get("authors", ()) if isinstance(a, dict)
    }  # fmt: skip
    rules: list[Redirect] = []
    lost: list[str] = []
    for item in site.listings:
        key = addresses.same(item.address)
        if key in known:
            continue
        known.add(key)
        old = addresses.written(item.address)
        if addresses.usable(old):
            rules.append(Redirect(old, _target(item, places, topics, people)))
        else:
            lost.append(item.address)
    lost += _unseen(site, known)
    return Redirects(rules, lost)


def _target(item: Listing, places: Places, topics: set[str], people: set[str]) -> str:
    issues = places.form == "issues"
    if item.target == "home":
        return permalinks.HOME
    if item.target == "feed" or (issues and item.target.endswith("feed")):
        name = "atom.xml" if "atom" in basename(item.address.rstrip("/")) else "feed.xml"
        return f"/{name}"
    kind, _, feed = item.target.partition(" ")
    if kind == "topic" and item.name in topics:
        own = permalinks.topic(permalinks.slug_of_name(item.name))
        return f"{own}feed.xml" if feed else own
    if kind == "author" and item.name in people:
        own = permalinks.author(permalinks.slug_of_name(item.name))
        return f"{own}feed.xml" if feed else own
    if item.target == "topics" and topics:
        return permalinks.TOPICS
    if item.target == "authors" and people:
        return permalinks.AUTHORS
    return "/feed.xml" if feed else permalinks.ARCHIVE


def _unseen(site: OldSite, known: set[str]) -> Iterator[str]:
    for address in site.addresses:
        if addresses.same(address) not in known:
            yield address
