"""Hugo: hugo.toml or config.toml, content/, bundles, taxonomies, static/."""

from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import menus
from site_gen.importers.bodies import hidden_shortcodes, markup, shortcodes
from site_gen.importers.hugo import cascade, content, lists, permalinks, settings, targets
from site_gen.importers.hugo.cascade import Cascade
from site_gen.importers.hugo.content import BUNDLE, Content
from site_gen.importers.hugo.dates import Dates, Told
from site_gen.importers.hugo.mounts import Mounts
from site_gen.importers.hugo.outputs import Outputs
from site_gen.importers.hugo.targets import Page
from site_gen.importers.old_site import (
    Entry,
    Listing,
    MenuItem,
    OldSite,
    StaticFile,
    Target,
    Wishes,
)
from site_gen.importers.reading import listings, matter, names, values, zones
from site_gen.importers.reading.folder import Folder, each
from site_gen.importers.zola import lists as zola_lists
from site_gen.importers.zola import site

TEXTS = (".md", ".markdown", ".html", ".htm")
OTHER_TEXTS = (".org", ".rst", ".adoc", ".asciidoc", ".asciidoctor", ".ad", ".pandoc", ".pdc")
_ZOLA_MENUS = ("menu", "main_menu", "menu_items", "nav", "navigation", "nav_items")
GIVEN_BY_SECTIONS = frozenset(["author", "authors", "images"])
"""Keys that pages get from their sections' `cascade`, beside terms and marks of privacy."""
LEFT_OUT = "the settings leave it out of the site"
NO_PAGE = "it is a part of the page beside it, and no page itself"


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Hugo publishes it."""
    reader = _Reader(folder, wishes, settings.settings(folder))
    reader.read()
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes, config: dict[str, Any]) -> None:
        self.folder, self.wishes, self.config = folder, wishes, config
        name, self.zone = zones.zone(config.get("timezone"), wishes)
        language = str(
            config.get("languagecode")
            or config.get("locale")
            or config.get("defaultcontentlanguage")
            or config.get("default_language")
            or ""
        )
        self.languages = settings.languages(config)
        own = values.table(values.table(config.get("languages")).get(self.languages.own))
        params = values.table(config.get("params") or own.get("params"))
        services = values.table(values.table(config.get("services")).get("rss"))
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=values.text(config.get("title") or own.get("title")),
            base_url=values.text(config.get("baseurl") or config.get("base_url")).rstrip("/"),
            description=values.text(params.get("description") or config.get("description")),
            language=language,
            items=values.whole(services.get("limit")),
            output=values.text(config.get("publishdir") or config.get("output_dir")),
        )
        self.zola = site.is_zola(config)
        self.dates = Dates({} if self.zola else config, self.zone)
        self.outputs = Outputs(config)
        self.content = Content(folder, config, self.languages)
        self.cascade = Cascade(folder, self.content, config, zola=self.zola)
        self.taxonomies = settings.taxonomies(config.get("taxonomies"))
        self.keeps_case = bool(config.get("disablepathtolower"))
        self.ugly = config.get("uglyurls")
        self.disabled = {values.text(k).lower() for k in values.listed(config.get("disablekinds"))}
        self.permalinks = permalinks.Patterns(config.get("permalinks"))
        self.places: dict[str, str] = {}
        self.bundles: dict[tuple[str, str], Entry] = {}
        self.shut: set[tuple[str, str]] = set()
        self.listed: list[Listing] = []
        self.bodies: list[tuple[Entry, str, bool]] = []
        self.sections: Counter[str] = Counter()
        self.terms: dict[str, dict[str, str]] = {}
        self.found = zola_lists.Found()
        self.menu: list[MenuItem] = []

    def read(self) -> None:
        files = list(self.content.places)
        self.site.unpublished += ((path, LEFT_OUT) for path in self.content.left)
        each([p for p in files if p.lower().endswith(TEXTS)], self._file, self.site)
        for path in files:
            if path.lower().endswith(OTHER_TEXTS):
                self.site.failed.append((path, names.NO_MARKDOWN))
            elif content.ADAPTER.search(path):
                self._adapter(path)
            elif not path.lower().endswith(TEXTS):
                self._resource(path)
        self._static()
        self._convert()
        prefixes = tuple(dict.fromkeys(("", *self.languages.prefixes.values())))
        if self.zola:
            made = zola_lists.lists(self.config, self.found)
        else:
            told = lists.Found(self.sections, self.terms, self.taxonomies, prefixes)
            made = lists.lists(self.site, self.config, told)
        self.site.listings = [*made, *self.listed]
        self._menu()

    def _file(self, path: str) -> None:
        language, inner = self.content.places[path]
        name = inner.rpartition("/")[2]
        if not self.zola and self.content.in_a_bundle(path):
            self.site.unpublished.append((path, NO_PAGE))
            return
        head = foreign_front_matter.read(self.folder.text(path), path)
        fields = {str(key): value for key, value in head.fields.items()}
        if name.startswith("_index."):
            self._section(path, fields, head.body, self.languages.prefixes.get(language, ""))
        else:
            self._page(path, fields, head.body)

    def _page(self, path: str, fields: dict[str, Any], body: str) -> None:
        language, inner = self.content.places[path]
        shared = frozenset({*GIVEN_BY_SECTIONS, *map(str.lower, self.taxonomies.values())})
        fields = self.cascade.completed(language, inner, fields, shared)
        name = inner.rpartition("/")[2]
        section = inner.partition("/")[0] if "/" in inner else ""
        bundle = bool(BUNDLE.search(inner))
        stem = names.stem_of(inner) if bundle else name.rpartition(".")[0]
        entry = Entry(source=path, stem=dirname(inner) if bundle else inner.rpartition(".")[0])
        entry.page = not section or (bundle and inner.count("/") == 1)
        low = {key.lower(): value for key, value in fields.items()}
        prefix = self.languages.prefixes.get(language, "")
        told = self.dates.told(low, stem)
        entry.date = told.shown
        self._address(entry, {"slug": told.slug, **low}, inner, stem, section, bundle, told)
        if entry.address:
            entry.address = prefix + entry.address
        terms = self._terms(low)
        entry.private = self.cascade.private(language, inner, fields)
        if "page" in self.disabled:
            entry.private = entry.private or "disableKinds: page"
        matter.settled(entry, self._kept(fields, told), self.wishes, self.zone)
        if topics := list(dict.fromkeys(term for listed in terms.values() for term in listed)):
            entry.matter["topics"] = topics
        if language != self.languages.own:
            entry.matter["language"] = language
        entry.page = entry.page or entry.date is None
        self._aliases(entry, low)
        self._in_menu(entry, low)
        if entry.page and low.get("layout") and not body.strip() and not entry.private:
            self._templated(entry)
            return
        if bundle:
            self.bundles[language, dirname(inner)] = entry
            if entry.private or cascade.keeps_files_back(fields):
                self.shut.add((language, dirname(inner)))
        self._other_forms(entry, low.get("outputs"))
        if section:
            self._count(inner, section, posts=int(bool(entry.address) and not entry.page))
        place = dirname(dirname(inner)) if bundle else dirname(inner)
        self.found.pages.append((prefix, place, entry, terms))
        self.places[path] = entry.address
        self.places.setdefault(inner, entry.address)
        entry.guid = "" if entry.page else self._guid(entry)
        self.site.entries.append(entry)
        self.bodies.append((entry, body, path.lower().endswith((".html", ".htm"))))

    def _templated(self, entry: Entry) -> None:
        """A page without a text, which a layout made of others: a list by its address."""
        found = listings.listing(entry.address)
        self.listed.append(found or Listing(entry.address, "lost"))
        if not found:
            told = f"{entry.source} ({entry.address}) was made by a template: write it anew"
            self.site.left.append(told)

    def _kept(self, fields: Mapping[str, Any], told: Told) -> dict[str, Any]:
        """Front matter without what is read here: addresses, terms and dates, which have names."""
        read_here = {"url", "aliases", "slug", "taxonomies", *self.taxonomies.values(), *told.read}
        read_here |= {"date", "publishdate"} if told.shown else set()
        read_here |= {"path"} if self.zola else set()
        kept = {key: value for key, value in fields.items() if key.lower() not in read_here}
        params = values.table(kept.get("params"))
        given = {key: params[key] for key in ("author", "authors") if params.get(key)}
        dates = {"expiryDate": told.expiry, "lastmod": told.lastmod}
        return {**given, **kept, **{key: moment for key, moment in dates.items() if moment}}

    def _other_forms(self, entry: Entry, own: Any) -> None:
        """Its addresses as AMP, JSON ...: what a person reads leads to the page."""
        for form in self.outputs.of("page", own) if entry.address and not self.zola else ():
            address = form.address(entry.address)
            if form.is_html:
                entry.aliases.append(address)
            else:
                self.listed.append(Listing(address, form.target()))

    def _count(self, inner: str, section: str, *, posts: int) -> None:
        """One more post in its section, and in those within it that have a page."""
        named = permalinks.urlized
        for folder in {section, *(f for f in _folders(inner) if f in self.content.branches)}:
            parts = (named(part, keeps_case=self.keeps_case) for part in folder.split("/"))
            pattern = self.permalinks.of(folder, Page(f"/{folder}", "section", ""))
            own = "" if ":" in pattern else pattern.strip("/")
            self.sections[f"/{own or '/'.join(parts)}/"] += posts

    def _in_menu(self, entry: Entry, fields: dict[str, Any]) -> None:
        """Hugo's pages may say themselves that the main menu names them."""
        said = fields.get("menus") or fields.get("menu")
        tables = settings.lower(values.table(said))
        if "main" in tables or "main" in values.listed(said):
            weight = values.whole(values.table(tables.get("main")).get("weight"))
            self.menu.append(MenuItem(entry.title, entry.source, weight))

    def _menu(self) -> None:
        given = values.table(self.config.get("menus") or self.config.get("menu")).get("main")
        extra = values.table(self.config.get("extra"))
        site = next((extra[key] for key in _ZOLA_MENUS if extra.get(key)), None)
        found = [*menus.items(given or site), *self.menu]
        self.site.menu = sorted(found, key=lambda item: item.weight)

    def _guid(self, entry: Entry) -> str:
        made = permalinks.encoded(entry.address)
        return self.site.base_url + made if entry.address and self.site.base_url else ""

    def _address(
        self,
        entry: Entry,
        fields: dict[str, Any],
        inner: str,
        stem: str,
        section: str,
        bundle: bool,
        told: Told,
    ) -> None:
        if self.zola:
            entry.address = site.address(inner, fields, self.config)
            entry.pattern = (
                "" if entry.address else f"slug of {values.text(fields.get('slug') or stem)}"
            )
            return
        if own := str(fields.get("url") or fields.get("path") or ""):
            entry.address = own if own.startswith("/") else f"/{own}"
            return
        moment = told.date or told.shown
        facts = permalinks.Facts(
            title=str(fields.get("title") or ""),
            slug=str(fields.get("slug") or ""),
            stem=stem,
            folders=tuple(dirname(inner).split("/")[: -1 if bundle else None])
            if "/" in inner
            else (),
            section=section,
            moment=moment.astimezone(told.zone) if moment else None,
            keeps_case=self.keeps_case,
            sections=tuple(self._sections(entry.source)),
        )
        pattern = self.permalinks.of(section, targets.page(*self.content.places[entry.source]))
        entry.address = permalinks.address(pattern, facts, ugly=self._is_ugly(section))

    def _is_ugly(self, section: str) -> bool:
        return bool(self.ugly.get(section) if isinstance(self.ugly, Mapping) else self.ugly)

    def _sections(self, path: str) -> Iterator[tuple[str, str]]:
        """(name, slug) of the sections that a page lies in, the outermost first."""
        language, inner = self.content.places[path]
        folder = dirname(dirname(inner)) if BUNDLE.search(inner) else dirname(inner)
        for place in reversed(list(_folders(f"{folder}/x")) if folder else []):
            if "/" not in place or place in self.content.branches:
                said = self.cascade.section(language, place)
                name = place.rpartition("/")[2]
                yield name, values.text(said.get("slug") or said.get("title")) or name

    def _terms(self, fields: dict[str, Any]) -> dict[str, list[str]]:
        """Terms of each taxonomy: each had a page, so each is a topic now."""
        found: dict[str, list[str]] = {}
        inner = values.table(fields.get("taxonomies"))
        for plural in self.taxonomies.values():
            value = fields.get(plural.lower())
            value = inner.get(plural) if value is None else value
            listed = value if isinstance(value, list) else [value] if value else []
            found[plural] = [str(term) for term in listed]
            for term in found[plural]:
                slug = permalinks.urlized(term, keeps_case=self.keeps_case)
                self.terms.setdefault(plural, {})[slug] = term
        return found

    def _aliases(self, entry: Entry, fields: dict[str, Any]) -> None:
        listed = fields.get("aliases") or []
        above = dirname(entry.address.rstrip("/")) if entry.address and not self.zola else ""
        for alias in listed if isinstance(listed, list) else [listed]:
            text = str(alias)
            entry.aliases.append(_joined(above, text))
        entry.matter.pop("aliases", None)

    def _section(self, path: str, fields: dict[str, Any], body: str, prefix: str) -> None:
        """A list's page: its other addresses lead where its own does, its text stays behind."""
        inner = self.content.places[path][1]
        folder = dirname(inner)
        low = {key.lower(): value for key, value in fields.items()}
        if not folder and not prefix:
            self.site.description = self.site.description or str(low.get("description") or "")
        if folder and folder.partition("/")[0] not in self.taxonomies.values():
            self._count(inner, folder, posts=0)
        self.found.sections[prefix, folder] = low
        target, name = self._stands_for(folder, low)
        own = f"{prefix}/{folder}/" if folder else f"{prefix}/"
        above = "/" if self.zola else own
        others = [*values.listed(low.get("aliases")), *values.listed(low.get("url"))]
        self.listed += [Listing(_joined(above, str(other)), target, name) for other in others]
        if body.strip():
            self.site.left.append(f"{path} has a text that stood above the list {own}")

    def _stands_for(self, folder: str, fields: dict[str, Any]) -> tuple[Target, str]:
        taxonomy, _, term = folder.partition("/")
        if taxonomy in self.taxonomies.values() and not self.zola:
            name = self.terms.get(taxonomy, {}).get(term, str(fields.get("title") or term))
            return ("topic", name) if term else ("topics", "")
        return ("editions" if folder else "home"), ""

    def _adapter(self, path: str) -> None:
        """A program that makes pages: the addresses that it names plainly are lost."""
        language, inner = self.content.places[path]
        above = self.languages.prefixes.get(language, "") or "/"
        for name in content.made_by(self.folder.text(path)):
            made = permalinks.urlized(name.strip("/"), keeps_case=self.keeps_case)
            self.listed.append(Listing(f"{join(above, dirname(inner), made)}/", "lost"))
        self.site.left.append(f"{path} makes pages by a program: write them anew")

    def _resource(self, path: str) -> None:
        """A file of a bundle stands at its page's address; any other beside its folder."""
        language, inner = self.content.places[path]
        folder, name = dirname(inner), inner.rpartition("/")[2]
        at, rest = folder, name
        while at and (language, at) not in self.bundles:
            at, rest = dirname(at), f"{at.rpartition('/')[2]}/{rest}"
        entry = self.bundles.get((language, at))
        address = f"{entry.address.rstrip('/')}/{rest}" if entry and entry.address else f"/{inner}"
        if (language, at) in self.shut:
            self.site.unpublished.append((path, "it belongs to what was not public"))
        elif not entry and (why := self.cascade.shut(language, folder)):
            self.site.unpublished.append((path, f"its section was not public ({why})"))
        else:
            self.site.static.append(StaticFile(path, address))

    def _static(self) -> None:
        mounted, left = Mounts(self.folder, self.config).static()
        for file in mounted:
            if self.zola and settings.ignored_static(self.config, file.inner):
                left.append(file.path)
            else:
                self.site.static.append(StaticFile(file.path, f"/{file.inner}"))
        self.site.unpublished += ((path, LEFT_OUT) for path in left)

    def _convert(self) -> None:
        by_name = {names.stem_of(p): a for p, a in self.places.items()}

        def resolve(wanted: str) -> str:
            plain, _, anchor = wanted.partition("#")
            plain = plain.strip("/")
            tried = (plain, f"{plain}.md", f"{plain}/index.md")
            other = by_name.get(names.stem_of(plain), "") if plain else ""
            address = next((self.places[p] for p in tried if p in self.places), other)
            return f"{address}#{anchor}" if address and anchor else address

        hidden = hidden_shortcodes.names(self.folder)
        for entry, body, is_html in self.bodies:
            if self.zola:
                text = site.body(body, resolve, entry.odd)
            else:
                text = shortcodes.converted(body, resolve, entry, hidden)
            entry.body = markup.markdown(text, entry.address, entry) if is_html else text


def _joined(above: str, path: str) -> str:
    """An address as seen from a page's; `..` leads up."""
    return normpath(path if path.startswith("/") else join(above or "/", path)) + (
        "/" if path.endswith("/") else ""
    )


def _folders(inner: str) -> Iterator[str]:
    """The folders that a content file lies in, the innermost first."""
    folder = dirname(inner)
    while folder:
        yield folder
        folder = dirname(folder)
