"""Eleventy: collections of Markdown with directory data, passthrough copies, permalinks."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from site_gen.basics import written_dates
from site_gen.convert.markdown.foreign_front_matter import Head
from site_gen.importers import old_output
from site_gen.importers.bodies import liquid, markup
from site_gen.importers.eleventy import data, lists, permalinks
from site_gen.importers.eleventy.lists import Template
from site_gen.importers.old_site import Entry, Listing, MenuItem, OldSite, StaticFile, Wishes
from site_gen.importers.reading import (
    git_dates,
    javascript_settings,
    listings,
    matter,
    names,
    values,
    zones,
)
from site_gen.importers.reading.folder import Folder, each

CONFIGS = tuple(
    f"{stem}.{ending}"
    for stem in ("eleventy.config", ".eleventy")
    for ending in ("js", "mjs", "cjs", "ts")
)
TEXTS = (".md", ".markdown", ".html")
WRITTEN = (".njk", ".liquid")
"""Endings of templates that may be posts too: those with a date and a tag."""
TEMPLATES = (".njk", ".liquid", ".hbs", ".webc", ".11ty.js", ".ejs", ".haml", ".pug", ".mustache")

COLLECTIONS = frozenset({"post", "posts", "all", "nav", "page", "pages"})
"""Tags that sort files, not articles."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
OURS = ("/404.html", "/sitemap.xml", "/robots.txt")


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Eleventy publishes it."""
    reader = _Reader(folder, wishes)
    reader.read()
    return reader.site


class Own(NamedTuple):
    """What a text says: all of it, what its folder gives it, its own head, its date."""

    fields: Mapping[str, Any]
    given: Mapping[str, Any]
    head: Head
    date: datetime | None


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
        about = data.site_data(folder)
        name, self.zone = zones.zone("", wishes)
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=about.get("title", "") or about.get("name", ""),
            base_url=(about.get("url", "") or value(self.program, "base")).rstrip("/"),
            description=about.get("description", ""),
            language=about.get("language", "") or about.get("lang", ""),
            output=value(self.program, "output"),
        )
        self.bodies: list[tuple[Entry, str, bool]] = []
        self.collections: set[str] = set()
        self.places: dict[str, str] = {}
        global_data = self._inner(value(self.program, "data") or "_data")
        self.data = data.Data(folder, self.root, self.program, global_data)
        self.commits: dict[str, git_dates.Dated] | None = None
        self.templates: list[tuple[Template, str | None]] = []
        self.built = bool(old_output.folders(folder.root, "eleventy", self.site.output))

    def _inner(self, name: str) -> str:
        inside = name.strip("./")
        return f"{self.root}/{inside}" if self.root else inside

    def read(self) -> None:
        copied = lists.copied(self.program, self.root)
        ignored = lists.ignored(self.folder, self.program)
        formats = lists.formats(self.program)
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
                self.site.unpublished.append((path, "the settings ignore it"))
            elif formats and path.rpartition(".")[2].lower() not in formats:
                self.site.unpublished.append((path, "its form is not among `templateFormats`"))
            else:
                texts.append(path)
        each(texts, self._file, self.site)
        self._templates()
        self._convert()
        self._feeds()

    def _templates(self) -> None:
        """The pages that templates made; without its output the old site's own are named."""
        sets = self.collections | lists.collections(self.program)
        for template, address in self.templates:
            made = list(lists.lists(template, address, self.site, sets))
            if not made and address == "" and not self.built:
                pattern = str(template.fields.get("permalink"))
                made = [Listing(f"{pattern} ({template.path})", "lost")]
            self.site.listings += made
            if any(item.target == "lost" for item in made):
                place = address or template.fields.get("permalink")
                said = f"{template.path} ({place}) was made by a template: write it anew"
                self.site.left.append(said)

    def _file(self, path: str) -> None:
        inner = path[len(self.root) + 1 :] if self.root else path
        text = self.folder.text(path)
        is_text = path.lower().endswith(TEXTS)
        if path.endswith(".11ty.js"):  # a program, whose page somebody may have read
            fields = data.program(text)
            self._template(Template(path, fields, inner))
            return
        if not is_text and not text.startswith("---"):
            return
        if "/" not in inner and inner.upper().startswith(("README", "LICENSE", "CHANGELOG")):
            return
        head = data.head(text, path, template=not is_text)
        given = self.data.given(path)
        fields = self.data.of(path, head.fields)
        self.collections |= set(_listed(given.get("tags")))
        date = self._date(path, inner, head.fields.get("date"))
        may_be_one = path.lower().endswith(WRITTEN) and date and fields.get("tags")
        is_list = "{% for" in head.body or "pagination" in fields or not head.body.strip()
        if is_list or inner.rpartition(".")[0] == "index" or not (is_text or may_be_one):
            self._template(Template(path, fields, inner))
            if path.lower().endswith((*TEXTS, *WRITTEN)) and listings.has_words(head.body):
                self.site.left.append(f"{path} has a text that stood by the list it made")
            return
        self._text(path, inner, Own(fields, given, head, date))

    def _template(self, template: Template) -> None:
        address = permalinks.address(template.fields, template.inner, None)
        self.templates.append((template, address))
        self._in_menu(template.fields, values.text(template.fields.get("title")), address)

    def _text(self, path: str, inner: str, own: Own) -> None:
        """A post, or a page: a text without a date that is in no collection."""
        fields, date = dict(own.fields), own.date
        entry = Entry(source=path, stem=inner.rpartition(".")[0], date=date)
        address = permalinks.address(fields, inner, date)
        if address in OURS:
            self.site.left.append(f"{path} ({address}): the new site has one of its own")
            return
        entry.page = date is None and not fields.get("tags") and not own.head.fields.get("date")
        if entry.page:  # in no collection any page is; it had an address all the same
            fields.pop("eleventyExcludeFromCollections", None)
        elif date is None:
            self._by_commit(entry, own.head.fields.get("date"))
        self._tags(fields, own.given, own.head.fields)
        entry.address = address or ""
        if address == "":
            entry.pattern = str(fields.get("permalink"))[:200]
        entry.private = self.data.shut(path, fields)
        matter.withheld(entry, {**fields, "permalink": False} if address is None else fields)
        kept = {k: v for k, v in fields.items() if k not in ("date", "permalink")}
        matter.settled(entry, kept, self.wishes, self.zone)
        self.places[path] = self.places[inner] = entry.address
        entry.guid = (
            self.site.base_url + entry.address if entry.address and self.site.base_url else ""
        )
        self.site.entries.append(entry)
        self._in_menu(fields, entry.title, entry.address)
        self.bodies.append((entry, own.head.body, path.lower().endswith((".html", *WRITTEN))))

    def _date(self, path: str, inner: str, said: Any) -> datetime | None:
        """The date that front matter or name tell, as Eleventy reads them."""
        date = written_dates.moment(said, UTC)
        if date is None and not said:
            found = _DAY.search(path)  # of whatever folder: the first one counts
            date = written_dates.moment(found[0], UTC) if found else None
        named = names.named(inner)
        if date is None and not said and named.exact and named.day:
            date = written_dates.moment(named.day.isoformat(), UTC)
        return date

    def _by_commit(self, entry: Entry, said: Any) -> None:
        """Eleventy would take the time of the file, or of its commit: the commit's is kept."""
        if self.commits is None:
            self.commits = git_dates.read(self.folder.root)
        commit = self.commits.get(entry.source)
        if commit:
            modified = "modified" in values.text(said).lower()
            entry.date = commit.modified if modified else commit.created
            entry.dated = "its commit"

    def _in_menu(self, fields: Mapping[str, Any], title: str, address: str | None) -> None:
        """Eleventy's navigation plugin: pages say themselves where they stand."""
        said = values.table(fields.get("eleventyNavigation"))
        name = values.text(said.get("title") or said.get("key")) or title
        if said and address and not said.get("parent"):
            item = MenuItem(name, address, values.whole(said.get("order")))
            self.site.menu = sorted([*self.site.menu, item], key=lambda one: one.weight)

    def _tags(
        self, fields: dict[str, Any], given: Mapping[str, Any], own: Mapping[str, Any]
    ) -> None:
        """Tags that name a collection of the whole folder say nothing about an article."""
        collections = {*_listed(given.get("tags")), *COLLECTIONS}
        tags = [t for t in _listed(own.get("tags")) if t not in collections]
        if tags:
            fields["topics"] = tags
        fields.pop("tags", None)

    def _convert(self) -> None:
        def resolve(name: str) -> str:
            return self.places.get(name.strip("\"' /"), "")

        engine = javascript_settings.value(self.program, "markdownTemplateEngine")
        for entry, body, is_html in self.bodies:
            if engine == "njk" or entry.source.endswith(".njk"):
                body = liquid.without_remarks(body, entry)
            known = {"title": entry.title, "page.url": entry.address}
            text = liquid.converted(body, known, resolve, entry)
            entry.body = markup.markdown(text, entry.address, entry) if is_html else text

    def _feeds(self) -> None:
        for path in javascript_settings.values(self.program, "outputPath"):
            self.site.listings.append(Listing("/" + path.strip("/"), "feed"))
        limit = re.search(r"\blimit\s*:\s*(\d+)", self.program)
        self.site.items = int(limit[1]) if limit else self.site.items
        self.site.listings = listings.unique([*self.site.listings, Listing("/", "home")])


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value if item]
    return [str(value)] if value else []
