"""Pelican: pelicanconf.py with publishconf.py, articles, pages, feeds."""

import re
from datetime import datetime
from fnmatch import fnmatch
from posixpath import basename, dirname, join, normpath, relpath
from typing import Any
from urllib.parse import urlsplit

from site_gen.basics import written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import (
    listings,
    markup,
    matter,
    menus,
    pelican_names,
    spans,
    values,
    zones,
)
from site_gen.importers.folder import Folder, each
from site_gen.importers.old_site import Entry, Listing, MenuItem, OldSite, StaticFile, Wishes
from site_gen.importers.python_settings import assigned

TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst")
RST = "its text is reStructuredText: turn that into Markdown, such as with pandoc"
DEFAULTS: dict[str, Any] = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "DRAFT_URL": "drafts/{slug}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "FEED_ATOM": None,
    "FEED_RSS": None,
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": None,
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "CATEGORY_FEED_RSS": None,
    "TAG_FEED_ATOM": None,
    "TAG_FEED_RSS": None,
    "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_RSS": "feeds/{slug}.rss.xml",
    "TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml",
    "ARCHIVES_URL": "archives.html",
    "CATEGORIES_URL": "categories.html",
    "TAGS_URL": "tags.html",
    "AUTHORS_URL": "authors.html",
    "YEAR_ARCHIVE_URL": "",
    "MONTH_ARCHIVE_URL": "",
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "DEFAULT_CATEGORY": "misc",
    "USE_FOLDER_AS_CATEGORY": True,
    "SLUGIFY_SOURCE": "title",
    "PATH_METADATA": "",
    "DEFAULT_METADATA": {},
    "IGNORE_FILES": ["**/.*"],
    "ARTICLE_EXCLUDES": [],
    "PAGE_EXCLUDES": [],
    "PAGE_PATHS": ["pages"],
    "ARTICLE_PATHS": [""],
    "STATIC_PATHS": ["images"],
    "DEFAULT_PAGINATION": False,
    "DIRECT_TEMPLATES": ["index", "tags", "categories", "authors", "archives"],
    "DEFAULT_LANG": "en",
    "FEED_MAX_ITEMS": 100,
}
_LINK = re.compile(r"[{|](filename|static|attach|tag|category|author|index)[|}](.*)", re.DOTALL)


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Pelican publishes it."""
    reader = _Reader(folder, wishes)
    reader.read()
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes) -> None:
        self.folder, self.wishes = folder, wishes
        self.config = dict(DEFAULTS)
        left: list[str] = []
        for name in ("pelicanconf.py", "publishconf.py"):
            if folder.first(name):
                self.config, unknown = assigned(folder.text(name), self.config)
                left += [f"{name}: {key} is worked out by a program" for key in unknown]
        name, self.zone = zones.zone(self.config.get("TIMEZONE"), wishes)
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=str(self.config.get("SITENAME") or ""),
            base_url=str(self.config.get("SITEURL") or "").rstrip("/"),
            description=str(self.config.get("SITESUBTITLE") or ""),
            language=str(self.config.get("DEFAULT_LANG") or ""),
            items=values.whole(self.config.get("FEED_MAX_ITEMS")),
            left=left,
            output=values.text(self.config.get("OUTPUT_PATH")),
        )
        own = str(self.config.get("PATH") or "").strip("./")
        self.root = (
            own if folder.under(own) and own else "content" if folder.under("content") else ""
        )
        self.addresses: dict[str, str] = {}
        self.bodies: list[tuple[Entry, str, bool, str]] = []
        self.of: dict[str, dict[str, list[str]]] = {}
        self.terms: dict[str, dict[str, str]] = {"CATEGORY": {}, "TAG": {}, "AUTHOR": {}}
        self.placed: dict[str, str] = {}

    def read(self) -> None:
        inside = len(self.root) + 1 if self.root else 0
        built = f"{self.site.output.strip('./') or 'output'}/"
        paths = [path for path in self.folder.under(self.root) if not path.startswith(built)]
        each(paths, lambda path: self._file(path, path[inside:]), self.site)
        for entry, body, is_html, inner in self.bodies:
            body = spans.retarget(body, lambda target, at=inner: self._target(target, at))  # type: ignore[misc]
            entry.body = markup.markdown(body, entry.address, entry) if is_html else body
        self._lists()
        self._menu()

    def _menu(self) -> None:
        """The items of the settings, and by default every page."""
        given = menus.items(self.config.get("MENUITEMS"))
        pages = [e for e in self.site.entries if e.page and e.address]
        shown = pages if self.config.get("DISPLAY_PAGES_ON_MENU") is not False else []
        if given or len(shown) < len(pages):
            self.site.menu = [*(MenuItem(e.title, e.address) for e in shown), *given]

    def _file(self, path: str, inner: str) -> None:
        if not inner.lower().endswith(TEXTS) or _inside(inner, self.config["STATIC_PATHS"]):
            self._static(path, inner)
            return
        page = _inside(inner, self.config["PAGE_PATHS"])
        if self._ignored(inner, "PAGE" if page else "ARTICLE"):
            self.site.left.append(f"{path} is in a folder that the settings exclude")
            return
        if not page and not _inside(inner, self.config["ARTICLE_PATHS"]):
            return
        if "/" not in inner and not self.root and inner.lower().startswith(("readme", "license")):
            return
        text = self.folder.text(path)
        if inner.endswith(".rst"):
            self._entry(path, inner, pelican_names.rst_head(text), page=page, is_html=False)
            self.site.entries[-1].faults.append(RST)
            return
        is_html = inner.lower().endswith((".html", ".htm"))
        head = pelican_names.html_head(text) if is_html else foreign_front_matter.read(text, path)
        self._entry(path, inner, head, page=page, is_html=is_html)

    def _ignored(self, inner: str, kind: str) -> bool:
        """Whether the settings keep a file out, by its folder or its name."""
        listed = [str(p).strip("/") for p in values.listed(self.config[f"{kind}_EXCLUDES"])]
        ignored = [str(p) for p in values.listed(self.config["IGNORE_FILES"])]
        last = inner.rpartition("/")[2]
        return any(p and inner.startswith(f"{p}/") for p in listed) or any(
            fnmatch(inner, p) or fnmatch(last, p.rpartition("/")[2]) for p in ignored
        )

    def _entry(
        self, path: str, inner: str, head: foreign_front_matter.Head, *, page: bool, is_html: bool
    ) -> None:
        fields = {str(key).lower(): value for key, value in head.fields.items()}
        entry = Entry(source=path, page=page, stem=inner.rpartition(".")[0])
        stem = inner.rpartition("/")[2].rpartition(".")[0]
        told = pelican_names.told(str(self.config["FILENAME_METADATA"]), stem)
        told |= pelican_names.told(str(self.config["PATH_METADATA"] or "$^"), inner)
        told |= {str(k): v for k, v in values.table(self.config["DEFAULT_METADATA"]).items()}
        for key, value in told.items():
            fields.setdefault(key.lower(), value)
        moment = written_dates.moment(fields.get("date"), self.zone)
        entry.date = moment
        title = str(fields.get("title") or stem)
        source = title if self.config["SLUGIFY_SOURCE"] == "title" else stem
        slug = str(fields.get("slug") or pelican_names.slug(source, self._subs("SLUG")))
        if not fields.get("category") and not page:
            above = dirname(inner).rpartition("/")[2]
            folder = above if above and self.config["USE_FOLDER_AS_CATEGORY"] else ""
            fields["category"] = folder or self.config["DEFAULT_CATEGORY"]
        facts = pelican_names.facts(slug, fields, moment.astimezone(self.zone) if moment else None)
        language = str(fields.get("lang") or self.config["DEFAULT_LANG"])
        translated = "" if language == self.config["DEFAULT_LANG"] else "LANG_"
        kind = f"{'PAGE' if page else 'ARTICLE'}_{translated}"
        url = str(fields.get("url") or self.config[f"{kind}URL"])
        file = str(fields.get("save_as") or self.config.get(f"{kind}SAVE_AS") or url)
        self._status(entry, fields)
        if not entry.private:
            self._stand(entry, inner, *(pelican_names.filled(p, facts) for p in (url, file)))
        self.addresses[inner] = entry.address
        entry.guid = "" if page else self._guid(entry.address, moment)
        self._fields(entry, fields, split=head.style == "lines" or is_html)
        self.site.entries.append(entry)
        self.bodies.append((entry, head.body, is_html, inner))

    def _stand(self, entry: Entry, inner: str, address: str, file: str) -> None:
        """Its address, and that of the file that answers for it."""
        entry.address, own = (f"/{p.lstrip('/')}" if "{" not in p else "" for p in (address, file))
        entry.aliases += [own] if own != entry.address and own else []
        self.placed[inner] = own

    def _status(self, entry: Entry, fields: dict[str, Any]) -> None:
        matter.withheld(entry, {"status": fields.pop("status", "")})

    def _fields(self, entry: Entry, fields: dict[str, Any], *, split: bool) -> None:
        names_ = pelican_names.authors(fields.pop("authors", None) or fields.pop("author", None))
        category = str(fields.pop("category", "") or "")
        default = category == self.config["DEFAULT_CATEGORY"]  # it says nothing
        topics = [category] if category and not default else []
        tags = fields.pop("tags", None)
        listed = tags if isinstance(tags, list) else re.split(r"\s*[,;]\s*", str(tags or ""))
        topics += [str(tag).strip() for tag in listed if str(tag).strip()]
        for key in ("date", "slug", "url", "save_as", "filename"):
            fields.pop(key, None)
        matter.settled(entry, fields, self.wishes, self.zone, split=split)
        if topics and not entry.page:
            entry.matter["topics"] = list(dict.fromkeys(topics))
        names_ = names_ or pelican_names.authors(self.config.get("AUTHOR"))
        if names_ and not entry.page:
            entry.matter["authors"] = [{"name": name} for name in names_]
        if entry.address and not entry.page:
            own = topics[1:] if category and not default else topics
            for key, found in (("CATEGORY", [category] if category else []),
                               ("TAG", own), ("AUTHOR", names_)):  # fmt: skip
                slugs = {pelican_names.slug(name, self._subs(key)): name for name in found}
                self.of.setdefault(entry.source, {})[key] = list(slugs)
                self.terms[key] |= slugs

    def _subs(self, kind: str) -> list[Any]:
        own = self.config.get(f"{kind}_REGEX_SUBSTITUTIONS")
        found = own or self.config.get("SLUG_REGEX_SUBSTITUTIONS")
        return found if isinstance(found, list) else []

    def _guid(self, address: str, moment: datetime | None) -> str:
        """The tag: id that feedgenerator makes of an entry's address and date."""
        parts = urlsplit(self.site.base_url)
        if not address or not parts.hostname or moment is None:
            return ""
        day = moment.astimezone(self.zone).strftime("%Y-%m-%d")
        return f"tag:{parts.hostname},{day}:{parts.path.rstrip('/')}{address}"

    def _static(self, path: str, inner: str) -> None:
        extra = self.config.get("EXTRA_PATH_METADATA") or {}
        own = extra.get(inner) if isinstance(extra, dict) else None
        wanted = own.get("path") if isinstance(own, dict) else None
        listed = _inside(inner, self.config["STATIC_PATHS"])
        if listed or wanted:
            self.site.static.append(StaticFile(path, "/" + str(wanted or inner).lstrip("/")))

    def _target(self, target: str, inner: str) -> str:
        found = _LINK.match(target.replace("%7B", "{").replace("%7D", "}"))
        if not found:
            return target
        kind, rest = found[1], found[2].strip()
        name, mark, anchor = rest.partition("#")
        place = name.lstrip("/") if name.startswith("/") else normpath(join(dirname(inner), name))
        if kind == "filename":
            return (self.addresses.get(place) or f"/{place}") + mark + anchor
        if kind in ("static", "attach"):
            own = self.placed.get(inner, "") if kind == "attach" else ""
            if own and not _inside(place, self.config["STATIC_PATHS"]):
                folder = own if own.endswith("/") else f"{dirname(own).rstrip('/')}/"
                beside = relpath(place, dirname(inner) or ".")
                address = folder + (basename(place) if beside.startswith("..") else beside)
                return self._static_once(place, address) + mark + anchor
            return self._static_once(place, f"/{place}") + mark + anchor
        if kind == "index":
            return "/"
        key = kind.upper()
        slug = pelican_names.slug(name, self._subs(key))
        return "/" + pelican_names.filled(str(self.config[f"{key}_URL"]), {"slug": slug})

    def _static_once(self, place: str, address: str) -> str:
        """The address of a file that a text names; it stood where the first of them wanted it."""
        source = f"{self.root}/{place}" if self.root else place
        known = next((item for item in self.site.static if item.source == source), None)
        if known is None and self.folder.first(source):
            known = StaticFile(source, address)
            self.site.static.append(known)
        return known.address if known else address

    def _place(self, key: str) -> str:
        """Where lists of a kind stand: the file's place where the settings name it."""
        return str(self.config.get(f"{key}_SAVE_AS") or self.config.get(f"{key}_URL") or "")

    def _made(self, key: str) -> bool:
        """An empty place means that there are none."""
        return self.config.get(f"{key}_SAVE_AS") != ""

    def _lists(self) -> None:
        made = [Listing("/", "home"), Listing("/index.html", "home")]
        for key in ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS"):
            if self.config.get(key):
                made.append(Listing("/" + str(self.config[key]).lstrip("/"), "feed"))
        lang = pelican_names.filled(
            str(self.config.get("TRANSLATION_FEED_ATOM") or ""), {"lang": self.site.language}
        )
        made += [Listing(f"/{lang}", "feed")] if lang else []
        direct = self.config["DIRECT_TEMPLATES"]
        for name, target in (("archives", "editions"), ("categories", "topics"),
                             ("tags", "topics"), ("authors", "authors")):  # fmt: skip
            if name in direct and self._made(name.upper()):
                own = pelican_names.filled(self._place(name.upper()), {})
                made.append(Listing(f"/{own}", target))  # type: ignore[arg-type]
        for key, target in (("CATEGORY", "topic"), ("TAG", "topic"), ("AUTHOR", "author")):
            for slug, name in sorted(self.terms[key].items()):
                self._term(made, key, target, slug, name)
        made += self._periods() + self._paged("/index.html", self._count("", ""))
        self.site.listings = listings.unique(made)

    def _term(self, made: list[Listing], key: str, target: Any, slug: str, name: str) -> None:
        values = {"slug": slug}
        if self._made(key):
            own = pelican_names.filled(self._place(key), values)
            made.append(Listing(f"/{own}", target, name))
            made += self._paged(f"/{own}", self._count(key, slug), target, name)
        feed: Any = f"{target} feed"
        for form in ("ATOM", "RSS"):
            pattern = self.config.get(f"{key}_FEED_{form}")
            if pattern:
                made.append(Listing("/" + pelican_names.filled(str(pattern), values), feed, name))

    def _periods(self) -> list[Listing]:
        """Archives of years and months."""
        found: list[Listing] = []
        days = [e.date.astimezone(self.zone) for e in self.site.entries if e.date and e.address]
        for key in ("YEAR_ARCHIVE", "MONTH_ARCHIVE", "DAY_ARCHIVE"):
            pattern = str(self.config.get(f"{key}_URL") or self.config.get(f"{key}_SAVE_AS") or "")
            pattern = pattern.removesuffix("index.html")
            if pattern:
                made = (pelican_names.filled(pattern, {"date": day}) for day in days)
                found += [Listing(f"/{address}", "editions") for address in dict.fromkeys(made)]
        return found

    def _count(self, key: str, slug: str) -> int:
        """Articles of a category, tag or author; all without one."""
        shown = [e for e in self.site.entries if e.address and not e.page]
        return sum(1 for entry in shown if not key or slug in self.of[entry.source].get(key, ()))

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
                found = "/" + pelican_names.filled(str(rule[2]), told).lstrip("/")
        return found


def _inside(inner: str, places: Any) -> bool:
    listed = places if isinstance(places, list) else [places]
    plain = [str(place).strip("/") for place in listed]
    return any(not p or inner == p or inner.startswith(f"{p}/") for p in plain)
