"""Hugo: hugo.toml or config.toml, content/, bundles, taxonomies, static/."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from posixpath import dirname
from typing import Any

from site_gen import frontmatter
from site_gen.basics import slugs, written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import (
    hugo_permalinks,
    listings,
    markup,
    matter,
    menus,
    names,
    shortcodes,
    values,
    zola,
    zones,
)
from site_gen.importers.folder import Folder, each
from site_gen.importers.old import Entry, Listing, MenuItem, OldSite, StaticFile, Wishes
from site_gen.problems import Problem, SiteError

STEMS = ("hugo", "config")
TEXTS = (".md", ".markdown", ".html", ".htm")
_ZOLA_MENUS = ("menu", "main_menu", "menu_items", "nav", "navigation", "nav_items")
BUNDLE = re.compile(r"(?:^|/)index\.(?:md|markdown|html)$")


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Hugo publishes it."""
    reader = _Reader(folder, wishes, settings(folder))
    reader.read()
    return reader.site


def settings(folder: Folder) -> dict[str, Any]:
    """The settings, their parts in `config/_default/` among them; keys in lower case."""
    made: dict[str, Any] = {}
    for stem in STEMS:
        for place in ("", "config/_default/"):
            for ending in (".toml", ".yaml", ".yml", ".json"):
                name = folder.first(f"{place}{stem}{ending}")
                if name:
                    made = _merged(made, _lower(_parsed(folder.text(name), name)))
    for name in folder.under("config/_default"):
        stem = name.rpartition("/")[2].partition(".")[0].lower()
        if stem not in STEMS and name.endswith((".toml", ".yaml", ".yml", ".json")):
            made = _merged(made, {stem: _lower(_parsed(folder.text(name), name))})
    return made


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes, config: dict[str, Any]) -> None:
        self.folder, self.wishes, self.config = folder, wishes, config
        name, self.zone = zones.zone(config.get("timezone"), wishes)
        language = str(
            config.get("languagecode")
            or config.get("defaultcontentlanguage")
            or config.get("default_language")
            or ""
        )
        params = values.table(config.get("params"))
        services = values.table(values.table(config.get("services")).get("rss"))
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=values.text(config.get("title")),
            base_url=values.text(config.get("baseurl") or config.get("base_url")).rstrip("/"),
            description=values.text(params.get("description") or config.get("description")),
            language=language,
            items=values.whole(services.get("limit")),
        )
        self.zola = zola.is_zola(config)
        self.root = str(config.get("contentdir") or "content").strip("/")
        self.taxonomies = _taxonomies(config.get("taxonomies"))
        self.disabled = {str(kind).lower() for kind in values.listed(config.get("disablekinds"))}
        self.ugly = bool(config.get("uglyurls"))
        self.permalinks = hugo_permalinks.patterns(config.get("permalinks"))
        self.places: dict[str, str] = {}
        self.bundles: dict[str, Entry] = {}
        self.bodies: list[tuple[Entry, str, bool]] = []
        self.sections: Counter[str] = Counter()
        self.terms: dict[str, dict[str, str]] = {}
        self.menu: list[MenuItem] = []

    def read(self) -> None:
        files = self.folder.under(self.root)
        each([p for p in files if p.lower().endswith(TEXTS)], self._file, self.site)
        for path in files:
            if not path.lower().endswith(TEXTS):
                self._resource(path)
        self._static()
        self._convert()
        self._lists()
        self._menu()

    def _file(self, path: str) -> None:
        inner = path[len(self.root) + 1 :]
        name = inner.rpartition("/")[2]
        head = foreign_front_matter.read(self.folder.text(path), path)
        fields = {str(key): value for key, value in head.fields.items()}
        if name.startswith("_index."):
            self._section(inner, fields, head.body)
            return
        section = inner.partition("/")[0] if "/" in inner else ""
        bundle = bool(BUNDLE.search(inner))
        stem = names.stem_of(inner) if bundle else name.rpartition(".")[0]
        entry = Entry(source=path, stem=dirname(inner) if bundle else inner.rpartition(".")[0])
        root_bundle = bundle and inner.count("/") == 1
        entry.page = not section or root_bundle
        low = {key.lower(): value for key, value in fields.items()}
        self._dates(entry, low, stem)
        self._address(entry, low, inner, stem, section, bundle)
        topics = self._topics(low)
        for key in list(fields):
            if key.lower() in ("url", "aliases", "slug", *self.taxonomies.values()):
                del fields[key]
        kept = {
            k: v
            for k, v in fields.items()
            if k.lower() not in ("date", "publishdate", "taxonomies")
        }
        if entry.date is None:
            kept = {k: v for k, v in fields.items() if k.lower() != "taxonomies"}
        matter.settled(entry, kept, self.wishes, self.zone)
        if topics:
            entry.matter["topics"] = topics
        if entry.private:
            entry.address = ""
        if entry.date is None and section:
            entry.page = True
        self._aliases(entry, low)
        self._in_menu(entry, low)
        if bundle:
            self.bundles[dirname(inner)] = entry
        if entry.address and not entry.page:
            self.sections[section] += 1
        self.places[inner] = self.places[path] = entry.address
        entry.guid = "" if entry.page else self._guid(entry)
        self.site.entries.append(entry)
        self.bodies.append((entry, head.body, path.lower().endswith((".html", ".htm"))))

    def _in_menu(self, entry: Entry, fields: dict[str, Any]) -> None:
        """Hugo's pages may say themselves that the main menu names them."""
        said = fields.get("menus") or fields.get("menu")
        tables = _lower(values.table(said))
        if "main" in tables or "main" in values.listed(said):
            weight = values.whole(values.table(tables.get("main")).get("weight"))
            self.menu.append(MenuItem(entry.title, entry.source, weight))

    def _menu(self) -> None:
        given = values.table(self.config.get("menus") or self.config.get("menu")).get("main")
        extra = values.table(self.config.get("extra"))
        zola = next((extra[key] for key in _ZOLA_MENUS if extra.get(key)), None)
        found = [*menus.items(given or zola), *self.menu]
        self.site.menu = sorted(found, key=lambda item: item.weight)

    def _guid(self, entry: Entry) -> str:
        made = hugo_permalinks.encoded(entry.address)
        return self.site.base_url + made if entry.address and self.site.base_url else ""

    def _dates(self, entry: Entry, fields: dict[str, Any], stem: str) -> None:
        moment = written_dates.moment(fields.get("date"), self.zone)
        later = written_dates.moment(fields.get("publishdate") or fields.get("pubdate"), self.zone)
        named = names.named(stem)
        if moment is None and later is None and named.day:
            moment = written_dates.moment(named.day.isoformat(), self.zone)
        # what is to appear later must not appear before, whatever date it bears
        entry.date = max(filter(None, (moment, later)), default=None)

    def _address(
        self,
        entry: Entry,
        fields: dict[str, Any],
        inner: str,
        stem: str,
        section: str,
        bundle: bool,
    ) -> None:
        own = str(fields.get("url") or fields.get("path") or "")
        if own:
            entry.address = own if own.startswith("/") else f"/{own}"
            if self.zola:
                entry.address = f"{entry.address.rstrip('/')}/"
            return
        if self.zola:
            entry.address = zola.address(inner, fields)
            return
        moment = written_dates.moment(fields.get("date"), self.zone) or entry.date
        named = names.named(stem)
        facts = hugo_permalinks.Facts(
            title=str(fields.get("title") or ""),
            slug=str(fields.get("slug") or ""),
            stem=stem,
            dateless=named.stem,
            folders=tuple(dirname(inner).split("/")[: -1 if bundle else None])
            if "/" in inner
            else (),
            section=section,
            moment=moment.astimezone(self.zone) if isinstance(moment, datetime) else None,
        )
        pattern = self.permalinks.get(section, "")
        entry.address = hugo_permalinks.address(pattern, facts, ugly=self.ugly)

    def _topics(self, fields: dict[str, Any]) -> list[str]:
        """Terms of all taxonomies: each had a page, so each is a topic now."""
        found: list[str] = []
        zola = fields.get("taxonomies")
        for plural in self.taxonomies.values():
            value = fields.get(plural.lower())
            if value is None and isinstance(zola, Mapping):
                value = zola.get(plural)
            listed = value if isinstance(value, list) else [value] if value else []
            for term in map(str, listed):
                found.append(term)
                slug = slugs.slugify(term) if self.zola else hugo_permalinks.urlized(term)
                self.terms.setdefault(plural, {})[slug] = term
        return list(dict.fromkeys(found))

    def _aliases(self, entry: Entry, fields: dict[str, Any]) -> None:
        listed = fields.get("aliases") or []
        above = dirname(entry.address.rstrip("/")) if entry.address and not self.zola else ""
        for alias in listed if isinstance(listed, list) else [listed]:
            text = str(alias)
            made = text if text.startswith("/") else f"{above.rstrip('/')}/{text}"
            entry.aliases.append(made)
        entry.matter.pop("aliases", None)

    def _section(self, inner: str, fields: dict[str, Any], body: str) -> None:
        folder = dirname(inner)
        if not folder:
            self.site.description = self.site.description or str(fields.get("description") or "")
        if body.strip():
            place = f"/{folder}/" if folder else "/"
            self.site.left.append(
                f"{self.root}/{inner} has a text that stood above the list {place}"
            )

    def _resource(self, path: str) -> None:
        """A file of a bundle stands at its page's address; any other beside its folder."""
        inner = path[len(self.root) + 1 :]
        folder, name = dirname(inner), inner.rpartition("/")[2]
        at, rest = folder, name
        while at and at not in self.bundles:
            at, rest = dirname(at), f"{at.rpartition('/')[2]}/{rest}"
        entry = self.bundles.get(at)
        address = f"{entry.address.rstrip('/')}/{rest}" if entry and entry.address else f"/{inner}"
        if entry and entry.private:
            self.site.left.append(f"{path} belongs to what was not public")
            return
        self.site.static.append(StaticFile(path, address))

    def _static(self) -> None:
        listed = self.config.get("staticdir") or "static"
        for root in listed if isinstance(listed, list) else [listed]:
            top = str(root).strip("/")
            for path in self.folder.under(top):
                self.site.static.append(StaticFile(path, path[len(top) :]))

    def _convert(self) -> None:
        by_name = {names.stem_of(p): a for p, a in self.places.items()}

        def resolve(wanted: str) -> str:
            plain, _, anchor = wanted.partition("#")
            plain = plain.strip("/")
            tried = (plain, f"{plain}.md", f"{plain}/index.md")
            other = by_name.get(names.stem_of(plain), "") if plain else ""
            address = next((self.places[p] for p in tried if p in self.places), other)
            return f"{address}#{anchor}" if address and anchor else address

        for entry, body, is_html in self.bodies:
            if self.zola:
                text = zola.body(body, resolve, entry.odd)
            else:
                text = shortcodes.converted(body, resolve, entry.odd)
            entry.body = markup.markdown(text, entry.address, entry.faults) if is_html else text

    def _lists(self) -> None:
        """Home, sections, taxonomies, their feeds and further pages."""
        made: list[Listing] = []
        posts = [e for e in self.site.entries if not e.page and e.address]
        paging = values.table(self.config.get("pagination"))
        size = values.whole(paging.get("pagersize") or self.config.get("paginate")) or 10
        path = str(paging.get("path") or self.config.get("paginatepath") or "page")
        self._paged(
            made,
            "/",
            sum(1 for e in self.site.entries if e.address),
            size,
            path,
            "home",
            "editions",
            "",
        )
        feeds = zola.feeds(self.config) if self.zola else ["index.xml"]
        made += [Listing(f"/{name}", "feed") for name in feeds]
        for section, count in sorted(self.sections.items()):
            if section:
                self._paged(made, f"/{section}/", count, size, path, "editions", "editions", "")
                made += [Listing(f"/{section}/{name}", "feed") for name in feeds]
        if "taxonomy" not in self.disabled:
            for plural in self.taxonomies.values():
                terms = self.terms.get(plural, {})
                self._paged(made, f"/{plural}/", len(terms), size, path, "topics", "topics", "")
                if not self.zola:
                    made.append(Listing(f"/{plural}/index.xml", "feed"))
        if "term" not in self.disabled:
            self._terms(made, posts, size, path, feeds)
        self.site.listings = listings.unique(made)

    def _terms(
        self, made: list[Listing], posts: list[Entry], size: int, path: str, feeds: list[str]
    ) -> None:
        counts = Counter(topic for e in posts for topic in e.matter.get("topics", ()))
        for plural, terms in self.terms.items():
            for slug, term in sorted(terms.items()):
                own = f"/{plural}/{slug}/"
                self._paged(made, own, counts[term], size, path, "topic", "topic", term)
                made += [Listing(own + name, "topic feed", term) for name in feeds]

    def _paged(
        self, made: list[Listing], own: str, count: int, size: int, path: str,
        first: Any, rest: Any, name: str,
    ) -> None:  # fmt: skip
        made.append(Listing(own, first, name))
        made.append(Listing(f"{own}{path}/1/", first, name))
        for address in listings.pages(own, count, size, path + "/{}/"):
            made.append(Listing(address, rest, name))


def _taxonomies(found: Any) -> dict[str, str]:
    """Singular -> plural; Zola lists them as tables with a name."""
    if isinstance(found, Mapping):
        return {str(one): str(many) for one, many in found.items()}
    if isinstance(found, list):
        return {
            name: name for item in found if (name := values.text(values.table(item).get("name")))
        }
    return {"tag": "tags", "category": "categories"}


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        if name.endswith(".toml"):
            return tomllib.loads(text)
        if name.endswith(".json"):
            found = json.loads(text)
            return found if isinstance(found, dict) else {}
    except (ValueError, RecursionError) as error:
        problem = Problem("import/settings", f"{name} cannot be read ({error})", help="mend it")
        raise SiteError([problem]) from None
    return dict(frontmatter.load(text, name))


def _lower(value: Any) -> Any:
    """Hugo's keys are the same in upper and lower case; those of taxonomies and menus too."""
    if isinstance(value, Mapping):
        return {str(key).lower(): _lower(inner) for key, inner in value.items()}
    return value


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    made = dict(one)
    for key, value in other.items():
        both = isinstance(value, dict) and isinstance(made.get(key), dict)
        made[key] = _merged(made[key], value) if both else value
    return made
