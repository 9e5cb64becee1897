"""Astro: content collections, the routes that show them, pages, public/."""

import re
from collections.abc import Mapping
from functools import partial
from posixpath import dirname
from typing import Any

from site_gen.basics import slugs, written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers.astro import collections
from site_gen.importers.astro.collections import Collection
from site_gen.importers.astro.routes import ROUTE, Routes
from site_gen.importers.bodies import mdx
from site_gen.importers.old_site import Entry, Listing, OldSite, Rule, StaticFile, Wishes
from site_gen.importers.reading import javascript_settings, listings, matter, names, zones
from site_gen.importers.reading.folder import Folder, each

CONFIGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "js", "ts", "mts", "cjs"))
TEXTS = (".md", ".mdx", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
HIDDEN = "Astro does not publish names that begin with _"
_REDIRECT = re.compile(
    r"[\"'](/[^\"']*)[\"']\s*:\s*(?:\{[^{}]*?destination[\"']?\s*:\s*)?[\"']([^\"']+)[\"']"
)
_OF_TOPICS = ("tag", "tags", "category", "topic")


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Astro publishes it."""
    reader = _Reader(folder, wishes)
    reader.read()
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes) -> None:
        self.folder, self.wishes = folder, wishes
        config = folder.first(*CONFIGS)
        self.program = folder.text(config) if config else ""
        value = javascript_settings.value
        self.file_format = value(self.program, "format") == "file"
        base = value(self.program, "base").strip("/")
        site = value(self.program, "site").rstrip("/")
        name, self.zone = zones.zone("", wishes)
        about = folder.first(
            "src/consts.ts", "src/consts.js", "src/config.ts", "src/site.config.ts"
        )
        constants = folder.text(about) if about else ""
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=next(filter(None, (value(constants, k) for k in ("SITE_TITLE", "title"))), ""),
            description=next(
                filter(None, (value(constants, k) for k in ("SITE_DESCRIPTION", "description"))), ""
            ),
            base_url=(f"{site}/{base}".rstrip("/") if site else ""),
            output=value(self.program, "outDir"),
        )
        self.texts = mdx.Texts(folder)
        self.collections = collections.read(folder, TEXTS)
        self.routes = Routes(folder)

    def read(self) -> None:
        for collection in self.collections:
            files = [p for p in self.folder.under(collection.folder) if self._counts(p, collection)]
            work = partial(self._document, collection)
            each([path for path in files if path.lower().endswith(TEXTS)], work, self.site)
            for path in files:
                if path.lower().endswith(PICTURES):
                    inner = _inner(path, collection)
                    address = f"/{collection.name}/{inner}"
                    self.site.static.append(StaticFile(path, address, stands="in"))
                elif not path.lower().endswith(TEXTS):
                    self.site.unpublished.append((path, "it was a part of the page that showed it"))
        each(self.folder.under("src/pages"), self._page, self.site)
        for path in self.folder.under("public"):
            self.site.static.append(StaticFile(path, path[len("public") :]))
        self._redirects()
        self._lists()
        self.site.listings = listings.unique([Listing("/", "home"), *self.site.listings])

    def _counts(self, path: str, collection: Collection) -> bool:
        """Whether a file of its folder is one of the collection."""
        inner = _inner(path, collection)
        if any(part.startswith("_") for part in inner.split("/")):
            self.site.unpublished.append((path, HIDDEN))
        elif path.lower().endswith(TEXTS) and not collection.takes.takes(inner):
            self.site.unpublished.append((path, "the pattern of its collection leaves it out"))
        else:
            return True
        return False

    def _redirects(self) -> None:
        for source, target in _REDIRECT.findall(
            javascript_settings.block(self.program, "redirects")
        ):
            if "[" in source:
                self.site.left.append(f"a redirect by a pattern: `{source}` to `{target}`")
            else:
                self.site.rules.append(Rule(source, target))

    def _lists(self) -> None:
        """The routes of tags, and of further pages of lists."""
        posts = [e for e in self.site.entries if e.address and not e.page]
        topics = dict.fromkeys(
            str(t) for e in posts for key in ("topics", "tags") for t in e.matter.get(key, ())
        )
        for path in self.folder.under("src/pages"):
            route = ROUTE.search(path)
            folder = dirname(path[len("src/pages") :]).rstrip("/")
            if route and route[1] in _OF_TOPICS:
                for topic in topics:
                    for name in dict.fromkeys((topic, _github_slug(topic))):
                        item = Listing(self._address(f"{folder}/{name}"), "topic", topic)
                        self.site.listings.append(item)
            elif route and route[1] == "page":
                size = re.search(r"pageSize\s*:\s*(\d{1,4})", self.folder.text(path))
                last = -(-len(posts) // max(1, int(size[1]) if size else 10))
                numbers = (f"{folder}/{n}" for n in range(1, last + 1))
                self.site.listings += [Listing(self._address(a), "editions") for a in numbers]

    def _document(self, collection: Collection, path: str) -> None:
        inner = _inner(path, collection)
        head = _head(self.folder.text(path), path)
        fields = {**collection.defaults, **head.fields}
        entry = Entry(source=path, stem=f"{collection.name}/{inner.rpartition('.')[0]}")
        named = names.named(inner)
        for key in ("pubDate", "date", "publishDate", "pubDatetime", "published"):
            entry.date = entry.date or written_dates.moment(fields.get(key), self.zone)
        if entry.date is None and named.exact and named.day:
            entry.date = written_dates.moment(named.day.isoformat(), self.zone)
        own = str(fields.get("slug") or "").strip("/")
        made = own or "/".join(
            part for part in map(_github_slug, inner.rpartition(".")[0].split("/")) if part
        ).removesuffix("/index")
        place = self.routes.address(collection.name)
        if place is None:
            said = f"no route shows the collection {collection.name}"
            entry.private = said if self.routes.any else ""
            entry.odd += [] if self.routes.any else [said]
        else:
            entry.address = self._address(f"{place}/{made}")
            entry.private = self.routes.refused(collection.name, {"id": made, **fields})
        kept = {
            k: v for k, v in fields.items()
            if k not in ("pubDate", "date", "pubDatetime", "slug")
        }  # fmt: skip
        _renamed(kept)
        matter.settled(entry, kept, self.wishes, self.zone)
        self._body(entry, head.body, is_mdx=path.endswith(".mdx"))

    def _address(self, place: str) -> str:
        plain = "/" + place.strip("/")
        return f"{plain}.html" if self.file_format and plain != "/" else f"{plain.rstrip('/')}/"

    def _page(self, path: str) -> None:
        inner = path[len("src/pages/") :]
        if f"/{inner}".count("/_") and inner.lower().endswith(TEXTS):
            self.site.unpublished.append((path, HIDDEN))
        if "[" in inner or f"/{inner}".count("/_"):
            return
        stem = re.sub(r"\.(?:astro|mdx?|html|ts|js|markdown)$", "", inner)
        if inner.endswith((".ts", ".js")):
            found = listings.listing(f"/{stem}")
            if found:
                self.site.listings.append(found)
            return
        plain = "" if stem == "index" else stem.removesuffix("/index")
        address = self._address(plain)
        if not inner.lower().endswith(TEXTS):
            found = listings.listing(address)
            if found:
                self.site.listings.append(found)
            elif plain != "404":
                self.site.listings.append(Listing(address, "lost"))
                self.site.left.append(f"{path} ({address}) was made by a template: write it anew")
            return
        head = _head(self.folder.text(path), path)
        entry = Entry(
            source=path, page=True, stem=plain.replace("/", "-") or "home", address=address
        )
        matter.settled(entry, head.fields, self.wishes, self.zone)
        self._body(entry, head.body, is_mdx=path.endswith(".mdx"))

    def _body(self, entry: Entry, body: str, *, is_mdx: bool) -> None:
        if is_mdx:
            body = mdx.plain(self.texts.inlined(body, entry.source), entry.odd)
        entry.body = body
        if entry.address and self.site.base_url:
            entry.guid = self.site.base_url + entry.address
        self.site.entries.append(entry)


def _inner(path: str, collection: Collection) -> str:
    """Its path below the folder of its collection."""
    return path[len(collection.folder) + 1 :] if collection.folder else path


def _head(text: str, path: str) -> foreign_front_matter.Head:
    return (
        foreign_front_matter.read(text, path)
        if text.lstrip().startswith("---")
        else foreign_front_matter.Head({}, text, "yaml")
    )


def _renamed(fields: dict[str, Any]) -> None:
    """Keys that Astro's own starters use."""
    for theirs, ours in (("updatedDate", "lastmod"), ("modDatetime", "lastmod"),
                         ("heroImage", "image"), ("ogImage", "image")):  # fmt: skip
        value = fields.pop(theirs, None)
        if isinstance(value, Mapping):
            value = value.get("src") or value.get("url")
        if value:
            fields.setdefault(ours, value)


def _github_slug(name: str) -> str:
    """The way Astro makes a part of an id from a file's name."""
    return re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") or slugs.slugify(name)
