"""Pelican's lists: of categories, tags, authors and periods, their further pages and feeds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import dirname
from typing import Any

from site_gen.importers.old_site import Listing, OldSite
from site_gen.importers.pelican import names
from site_gen.importers.reading import listings, values


@dataclass(frozen=True, slots=True)
class Found:
    """What was found while its files were read.

    of      source of an article -> "CATEGORY", "TAG" or "AUTHOR" -> slugs
    terms   the same kinds -> slug -> name
    """

    of: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    terms: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"CATEGORY": {}, "TAG": {}, "AUTHOR": {}}
    )


class Lists:
    """The lists of a site with these settings."""

    def __init__(self, site: OldSite, config: Mapping[str, Any], found: Found) -> None:
        self.site, self.config, self.found = site, config, found

    def _place(self, key: str) -> str:
        """Where lists of a kind stand: the file's place where the settings name it."""
        return str(self.config.get(f"{key}_SAVE_AS") or self.config.get(f"{key}_URL") or "")

    def _made(self, key: str) -> bool:
        """An empty place means that there are none."""
        return self.config.get(f"{key}_SAVE_AS") != ""

    def all(self) -> list[Listing]:
        """Each with what stands for it now."""
        made = [Listing("/", "home"), Listing("/index.html", "home")]
        for key in ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS"):
            if self.config.get(key):
                made.append(Listing("/" + str(self.config[key]).lstrip("/"), "feed"))
        lang = names.filled(
            str(self.config.get("TRANSLATION_FEED_ATOM") or ""), {"lang": self.site.language}
        )
        made += [Listing(f"/{lang}", "feed")] if lang else []
        direct = self.config["DIRECT_TEMPLATES"]
        for name, target in (("archives", "editions"), ("categories", "topics"),
                             ("tags", "topics"), ("authors", "authors")):  # fmt: skip
            if name in direct and self._made(name.upper()):
                own = names.filled(self._place(name.upper()), {})
                made.append(Listing(f"/{own}", target))  # type: ignore[arg-type]
        for key, target in (("CATEGORY", "topic"), ("TAG", "topic"), ("AUTHOR", "author")):
            for slug, name in sorted(self.found.terms[key].items()):
                self._term(made, key, target, slug, name)
        made += self._periods() + self._paged("/index.html", self._count("", ""))
        return listings.unique(made)

    def _term(self, made: list[Listing], key: str, target: Any, slug: str, name: str) -> None:
        values = {"slug": slug}
        if self._made(key):
            own = names.filled(self._place(key), values)
            made.append(Listing(f"/{own}", target, name))
            made += self._paged(f"/{own}", self._count(key, slug), target, name)
        feed: Any = f"{target} feed"
        for form in ("ATOM", "RSS"):
            pattern = self.config.get(f"{key}_FEED_{form}")
            if pattern:
                made.append(Listing("/" + names.filled(str(pattern), values), feed, name))

    def _periods(self) -> list[Listing]:
        """Archives of years and months."""
        found: list[Listing] = []
        days = [
            e.date.astimezone(self.site.zone) for e in self.site.entries if e.date and e.address
        ]
        for key in ("YEAR_ARCHIVE", "MONTH_ARCHIVE", "DAY_ARCHIVE"):
            pattern = str(self.config.get(f"{key}_URL") or self.config.get(f"{key}_SAVE_AS") or "")
            pattern = pattern.removesuffix("index.html")
            if pattern:
                made = (names.filled(pattern, {"date": day}) for day in days)
                found += [Listing(f"/{address}", "editions") for address in dict.fromkeys(made)]
        return found

    def _count(self, key: str, slug: str) -> int:
        """Articles of a category, tag or author; all without one."""
        shown = [e for e in self.site.entries if e.address and not e.page]
        return sum(
            1 for entry in shown if not key or slug in self.found.of[entry.source].get(key, ())
        )

    def _paged(self, first: str, count: int, target: Any = "editions", name: str = "") -> Any:
        """Further pages of a list, by Pelican's own pattern: `index2.html`."""
        size = self.config.get("DEFAULT_PAGINATION")
        if not isinstance(size, int) or isinstance(size, bool) or size < 1:
            return []
        stem = f"{first}index" if first.endswith("/") else first.removesuffix(".html")
        numbers = range(2, (count + size - 1) // size + 1)
        return [Listing(self._page(stem, number), target, name) for number in numbers]

    def _page(self, stem: str, number: int) -> str:
        """A further page, where PAGINATION_PATTERNS of the settings put it."""
        given = values.listed(self.config.get("PAGINATION_PATTERNS"))
        found = f"{stem}{number}.html"
        for rule in (r for r in map(values.listed, given) if len(r) == 3):
            if isinstance(rule[0], int) and rule[0] <= number:
                told = {"name": stem.strip("/"), "base_name": dirname(stem).strip("/"),
                        "number": number, "extension": ".html"}  # fmt: skip
                found = "/" + names.filled(str(rule[2]), told).lstrip("/")
        return found
