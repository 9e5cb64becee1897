"""Eleventy: collections of Markdown with directory data, passthrough copies, permalinks."""

import json
import re
from datetime import UTC
from posixpath import dirname
from typing import Any

from site_gen.basics import written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import (
    eleventy_lists,
    eleventy_permalinks,
    javascript_settings,
    liquid,
    listings,
    markup,
    matter,
    names,
    values,
    zones,
)
from site_gen.importers.eleventy_lists import Template
from site_gen.importers.folder import Folder, each
from site_gen.importers.old_site import Entry, Listing, MenuItem, OldSite, StaticFile, Wishes
from site_gen.problems import Problem, SiteError

CONFIGS = tuple(
    f"{stem}.{ending}"
    for stem in ("eleventy.config", ".eleventy")
    for ending in ("js", "mjs", "cjs", "ts")
)
TEXTS = (".md", ".markdown", ".html")
WRITTEN = (".njk", ".liquid")
"""Endings of templates that may be posts too: those with a date and a tag."""
TEMPLATES = (".njk", ".liquid", ".hbs", ".webc", ".11ty.js", ".ejs", ".haml", ".pug", ".mustache")


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Eleventy publishes it."""
    reader = _Reader(folder, wishes)
    reader.read()
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes) -> None:
        self.folder, self.wishes = folder, wishes
        config = folder.first(*CONFIGS)
        self.program = folder.text(config) if config else ""
        value = javascript_settings.value
        self.root = value(self.program, "input").strip("./")
        self.output = value(self.program, "output").strip("./") or "_site"
        self.special = {
            self._inner(value(self.program, key) or default)
            for key, default in (
                ("includes", "_includes"),
                ("layouts", "_layouts"),
                ("data", "_data"),
            )
        }
        about = self._about()
        name, self.zone = zones.zone("", wishes)
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=about.get("title", "") or about.get("name", ""),
            base_url=(about.get("url", "") or value(self.program, "base")).rstrip("/"),
            description=about.get("description", ""),
            language=about.get("language", "") or about.get("lang", ""),
        )
        self.bodies: list[tuple[Entry, str, bool]] = []
        self.places: dict[str, str] = {}
        self.data: dict[str, dict[str, Any]] = {}
        self.templates: list[tuple[Template, str | None]] = []

    def _inner(self, name: str) -> str:
        inside = name.strip("./")
        return f"{self.root}/{inside}" if self.root else inside

    def _about(self) -> dict[str, str]:
        """What the global data say about the site: `_data/metadata.json`, `site.js` ..."""
        made: dict[str, str] = {}
        for path in self.folder.names:
            stem = path.rpartition("/")[2].partition(".")[0].lower()
            if "_data/" not in f"/{path}" or stem not in ("metadata", "site", "meta", "config"):
                continue
            text = self.folder.text(path)
            for key in ("title", "name", "url", "description", "language", "lang"):
                found = javascript_settings.value(text, key)
                made.setdefault(key, found) if found else None
        return made

    def read(self) -> None:
        copied = eleventy_lists.copied(self.program, self.root)
        ignored = eleventy_lists.ignored(self.folder, self.program)
        self._directory_data()
        below = set(self.folder.under(self.root))
        texts: list[str] = []
        for path in self.folder.names:
            if any(path.startswith(f"{place}/") for place in self.special) or path in CONFIGS:
                continue
            if path.startswith(f"{self.output}/"):
                continue
            target = copied(path)
            if target is not None:
                self.site.static.append(StaticFile(path, target))
            elif path not in below or not path.lower().endswith((*TEXTS, *TEMPLATES)):
                continue
            elif ignored(path):
                self.site.left.append(f"{path} is one that the settings ignore")
            else:
                texts.append(path)
        each(texts, self._file, self.site)
        for template, address in self.templates:
            made = list(eleventy_lists.lists(template, address, self.site))
            self.site.listings += made
            if any(item.target == "lost" for item in made):
                said = f"{template.path} ({address}) was made by a template: write it anew"
                self.site.left.append(said)
        self._convert()
        self._feeds()

    def _directory_data(self) -> None:
        for path in self.folder.under(
            self.root, ".json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"
        ):
            folder, _, name = path.rpartition("/")
            own = folder.rpartition("/")[2]
            stem = re.sub(r"\.11tydata\.(?:json|[cm]?js)$|\.json$", "", name)
            if stem not in (own, *(["index"] if name.startswith("index.11tydata") else [])):
                continue
            text = self.folder.text(path)
            if name.endswith(".json"):
                try:
                    found = json.loads(text)
                except (ValueError, RecursionError):
                    continue
                self.data[folder] = found if isinstance(found, dict) else {}
            else:
                value = javascript_settings.value
                keys = ("permalink", "layout", "tags")
                self.data[folder] = {k: v for k in keys if (v := value(text, k))}

    def _inherited(self, path: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        folders = dirname(path).split("/")
        for length in range(len(folders) + 1):
            made.update(self.data.get("/".join(folders[:length]), {}))
        return made

    def _file(self, path: str) -> None:
        inner = path[len(self.root) + 1 :] if self.root else path
        text = self.folder.text(path)
        if not re.match(r"---", text) and not path.lower().endswith(TEXTS):
            if path.endswith(".11ty.js"):  # a program, whose page somebody may have read
                self.templates.append((Template(path, {}, inner), _own_address(inner)))
            return
        head = _head(text, path)
        given = self._inherited(path)
        fields = {**given, **head.fields}
        if "/" not in inner and inner.upper().startswith(("README", "LICENSE", "CHANGELOG")):
            return
        named = names.named(inner)
        entry = Entry(source=path, stem=inner.rpartition(".")[0])
        entry.date = written_dates.moment(head.fields.get("date"), UTC)
        if entry.date is None and named.exact and named.day:
            entry.date = written_dates.moment(named.day.isoformat(), UTC)
        address = eleventy_permalinks.address(fields, inner, entry.date)
        template = Template(path, fields, inner)
        written = path.lower().endswith((*TEXTS, *WRITTEN)) and (
            not path.lower().endswith(WRITTEN) or (entry.date and fields.get("tags"))
        )
        if not written or "{% for" in head.body or "pagination" in fields:
            self.templates.append((template, address))
            return
        if not head.body.strip() or inner.rpartition(".")[0] == "index":
            self.templates.append((template, address))
            self._in_menu(fields, str(fields.get("title") or ""), address)
            return
        collected = bool(fields.get("tags"))
        self._tags(fields, given, head.fields)
        matter.withheld(entry, {**fields, "permalink": False} if address is None else fields)
        if not entry.private and not address:
            entry.odd.append(f"permalink: {str(fields.get('permalink'))[:60]}")
        entry.address = address or ""
        entry.page = entry.date is None and not collected
        kept = {k: v for k, v in fields.items() if k not in ("date", "permalink")}
        matter.settled(entry, kept, self.wishes, self.zone)
        self.places[path] = self.places[inner] = entry.address
        entry.guid = (
            self.site.base_url + entry.address if entry.address and self.site.base_url else ""
        )
        self.site.entries.append(entry)
        self._in_menu(fields, entry.title, entry.address)
        self.bodies.append((entry, head.body, path.lower().endswith((".html", *WRITTEN))))

    def _in_menu(self, fields: dict[str, Any], title: str, address: str | None) -> None:
        """Eleventy's navigation plugin: pages say themselves where they stand."""
        said = values.table(fields.get("eleventyNavigation"))
        name = values.text(said.get("title") or said.get("key")) or title
        if said and address and not said.get("parent"):
            item = MenuItem(name, address, values.whole(said.get("order")))
            self.site.menu = sorted([*self.site.menu, item], key=lambda one: one.weight)

    def _tags(self, fields: dict[str, Any], given: dict[str, Any], own: dict[str, Any]) -> None:
        """Tags that name a collection of the whole folder say nothing about an article."""
        collections = set(_listed(given.get("tags"))) | {
            "post",
            "posts",
            "all",
            "nav",
            "page",
            "pages",
        }
        tags = [t for t in _listed(own.get("tags")) if t not in collections]
        if tags:
            fields["topics"] = tags
        fields.pop("tags", None)

    def _convert(self) -> None:
        def resolve(name: str) -> str:
            return self.places.get(name.strip("\"' /"), "")

        for entry, body, is_html in self.bodies:
            known = {"title": entry.title, "page.url": entry.address}
            text = liquid.converted(body, known, resolve, entry.odd)
            entry.body = markup.markdown(text, entry.address, entry.faults) if is_html else text

    def _feeds(self) -> None:
        for path in javascript_settings.values(self.program, "outputPath"):
            self.site.listings.append(Listing("/" + path.strip("/"), "feed"))
        limit = re.search(r"\blimit\s*:\s*(\d+)", self.program)
        self.site.items = int(limit[1]) if limit else self.site.items
        self.site.listings = listings.unique([*self.site.listings, Listing("/", "home")])


def _own_address(inner: str) -> str | None:
    return eleventy_permalinks.address({}, inner, None)


def _head(text: str, path: str) -> foreign_front_matter.Head:
    """The head of a file, which may say its form: `---json`, `---toml`."""
    form = re.match(r"---(\w+)[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if form and form[1] in ("json", "toml"):
        mark = "+++\n{}\n+++\n{}" if form[1] == "toml" else "{}\n\n{}"
        return foreign_front_matter.read(mark.format(form[2], text[form.end() :]), path)
    if form and form[1] in ("js", "javascript", "node"):
        message = "its front matter is a program, which is not run"
        raise SiteError([Problem("import/head", message, help="write it as YAML")])
    if text.startswith("---"):
        return foreign_front_matter.read(text, path)
    return foreign_front_matter.Head({}, text, "yaml")


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value if item]
    return [str(value)] if value else []
