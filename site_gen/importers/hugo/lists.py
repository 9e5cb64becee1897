"""Hugo's lists: home, sections, taxonomies, terms, their further pages and feeds."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from site_gen.importers.hugo.outputs import Outputs
from site_gen.importers.hugo.permalinks import Patterns
from site_gen.importers.hugo.targets import Page
from site_gen.importers.old_site import Listing, OldSite, Target
from site_gen.importers.reading import listings, values


class Found(NamedTuple):
    """What was found while its files were read.

    sections   address of a section -> its posts
    terms      plural of a taxonomy -> slug -> term
    prefixes   "" and those of further languages, such as "/de"
    """

    sections: Mapping[str, int]
    terms: Mapping[str, Mapping[str, str]]
    taxonomies: Mapping[str, str]
    prefixes: tuple[str, ...]


def lists(site: OldSite, config: Mapping[str, Any], found: Found) -> list[Listing]:
    """Each with what stands for it now."""
    made: list[Listing] = []
    for prefix in found.prefixes:
        for item in _Lists(site, config, found).all():
            made.append(replace(item, address=prefix + item.address))
    return listings.unique(made)


class _Lists:
    def __init__(self, site: OldSite, config: Mapping[str, Any], found: Found) -> None:
        self.site, self.config, self.found = site, config, found
        paging = values.table(config.get("pagination"))
        self.size = values.whole(paging.get("pagersize") or config.get("paginate")) or 10
        self.path = str(paging.get("path") or config.get("paginatepath") or "page")
        self.disabled = {str(kind).lower() for kind in values.listed(config.get("disablekinds"))}
        self.outputs = Outputs(config)
        self.permalinks = Patterns(config.get("permalinks"))

    def all(self) -> Iterator[Listing]:
        count = sum(1 for e in self.site.entries if e.address)
        yield from self._paged("/", count, "home", "editions")
        yield from self._forms("home", "/", "home", "feed")
        for address, posts in sorted(self.found.sections.items()):
            yield from self._paged(address, posts, "editions", "editions")
            yield from self._forms("section", address, "editions", "feed")
        if "taxonomy" not in self.disabled:
            for plural in self.found.taxonomies.values():
                terms = self.found.terms.get(plural, {})
                pattern = self.permalinks.of(plural, Page(f"/{plural}", "taxonomy", ""))
                own = plural if ":" in pattern or not pattern else pattern.strip("/")
                yield from self._paged(f"/{own}/", len(terms), "topics", "topics")
                yield from self._forms("taxonomy", f"/{own}/", "topics", "feed")
        if "term" not in self.disabled:
            yield from self._terms()

    def _terms(self) -> Iterator[Listing]:
        posts = [e for e in self.site.entries if not e.page and e.address]
        counts = Counter(topic for e in posts for topic in e.matter.get("topics", ()))
        for plural, terms in self.found.terms.items():
            for slug, term in sorted(terms.items()):
                own = self._term(plural, slug)
                yield from self._paged(own, counts[term], "topic", "topic", term)
                yield from self._forms("term", own, "topic", "topic feed", term)

    def _forms(
        self, kind: str, own: str, target: Target, feed: Target, name: str = ""
    ) -> Iterator[Listing]:
        """A list as a feed, as AMP, as JSON; a list that has no feed any more may have had one."""
        yield Listing(f"{own}index.xml", feed, name)
        for form in self.outputs.of(kind):
            found = target if form.is_html else form.target(feed)
            yield Listing(form.address(own), found, name if found != "lost" else "")

    def _term(self, plural: str, slug: str) -> str:
        """A term's address, where `[permalinks]` says another one than the usual."""
        pattern = self.permalinks.of(plural, Page(f"/{plural}/{slug}", "term", ""))
        if not pattern:
            return f"/{plural}/{slug}/"
        made = re.sub(r":(?:slug|title|contentbasename|filename)\b", slug, pattern)
        return re.sub(r"/{2,}", "/", f"/{made}/")

    def _paged(
        self, own: str, count: int, first: Target, rest: Target, name: str = ""
    ) -> Iterator[Listing]:
        yield Listing(own, first, name)
        yield Listing(f"{own}{self.path}/1/", first, name)
        for address in listings.pages(own, count, self.size, self.path + "/{}/"):
            yield Listing(address, rest, name)
