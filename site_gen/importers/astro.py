"""Astro: content collections, the routes that show them, pages, public/."""

import re
from collections.abc import Mapping
from functools import partial
from posixpath import dirname
from typing import Any

from site_gen.basics import slugs, written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import javascript_settings, listings, matter, mdx, names, zones
from site_gen.importers.folder import Folder, each
from site_gen.importers.old_site import Entry, Listing, OldSite, Rule, StaticFile, Wishes

CONFIGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "js", "ts", "mts", "cjs"))
TEXTS = (".md", ".mdx", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
_ROUTE = re.compile(r"\[(?:\.\.\.)?(\w+)\]\.(?:astro|ts|js)$")
_REDIRECT = re.compile(
    r"[\"'](/[^\"']*)[\"']\s*:\s*(?:\{[^{}]*?destination[\"']?\s*:\s*)?[\"']([^\"']+)[\"']"
)
_OF_TOPICS = ("tag", "tags", "category", "topic")
_OF_LISTS = ("tag", "tags", "category", "topic", "author", "page", "year", "month", "lang")
"""Names of a route's part that stand for a list, not for a document."""
_GLOB = re.compile(
    r"(?:const\s+)?(\w+)\s*[:=]\s*defineCollection\(\s*\{(.*?)\}\s*\)\s*[;,}]", re.DOTALL
)


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
        self.collections = self._collections()
        self.routes = self._routes()

    def read(self) -> None:
        for collection, root in sorted(self.collections.items()):
            files = [path for path in self.folder.under(root) if not self._hidden(path, root)]
            work = partial(self._document, collection, root)
            each([path for path in files if path.lower().endswith(TEXTS)], work, self.site)
            for path in files:
                if path.lower().endswith(PICTURES):
                    inner = path[len(root) :]
                    self.site.static.append(StaticFile(path, f"/{collection}{inner}"))
                elif not path.lower().endswith(TEXTS):
                    self.site.left.append(f"{path} was a part of the page that showed it")
        each(self.folder.under("src/pages"), self._page, self.site)
        for path in self.folder.under("public"):
            self.site.static.append(StaticFile(path, path[len("public") :]))
        self._redirects()
        self._lists()
        self.site.listings = listings.unique([Listing("/", "home"), *self.site.listings])

    def _hidden(self, path: str, root: str) -> bool:
        hidden = any(part.startswith("_") for part in path[len(root) + 1 :].split("/"))
        if hidden:
            self.site.left.append(f"{path} begins with _: Astro does not publish such files")
        return hidden

    def _redirects(self) -> None:
        for source, target in _REDIRECT.findall(
            javascript_settings.block(self.program, "redirects")
        ):
            if "[" in source:
                self.site.left.append(f"a redirect by a pattern: `{source}` to `{target}`")
            else:
                self.site.rules.append(Rule(source, target))

    def _collections(self) -> dict[str, str]:
        """Collection -> folder: as the settings of the content say, else below src/content."""
        found: dict[str, str] = {}
        name = self.folder.first(
            "src/content.config.ts", "src/content.config.mjs", "src/content/config.ts",
            "src/content.config.js", "src/content/config.js",
        )  # fmt: skip
        if name:
            for collection, inner in _GLOB.findall(
                javascript_settings.plain(self.folder.text(name))
            ):
                base = javascript_settings.value(inner, "base").strip("./")
                if base:
                    found[collection] = base
        roots = set(found.values())
        for path in self.folder.under("src/content", *TEXTS):
            top = path.split("/")[2] if path.count("/") > 2 else ""
            if top and not any(path.startswith(f"{root}/") for root in roots):
                found.setdefault(top, f"src/content/{top}")
        return found

    def _routes(self) -> dict[str, str]:
        """Collection -> the folder of addresses under which a route shows its documents."""
        found: dict[str, str] = {}
        routes = [(r[1], path) for path in self.folder.under("src/pages")
                  if (r := _ROUTE.search(path))]  # fmt: skip
        # a list of a tag asks for the same collection as the page of a document does
        for _, path in sorted(routes, key=lambda route: route[0] in _OF_LISTS):
            text = self.folder.text(path)
            for collection in re.findall(r"getCollection\(\s*[\"'](\w[\w-]*)", text):
                found.setdefault(collection, dirname(path[len("src/pages") :]).rstrip("/"))
        return found

    def _lists(self) -> None:
        """The routes of tags, and of further pages of lists."""
        posts = [e for e in self.site.entries if e.address and not e.page]
        topics = dict.fromkeys(
            str(t) for e in posts for key in ("topics", "tags") for t in e.matter.get(key, ())
        )
        for path in self.folder.under("src/pages"):
            route = _ROUTE.search(path)
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

    def _document(self, collection: str, root: str, path: str) -> None:
        inner = path[len(root) + 1 :]
        head = _head(self.folder.text(path), path)
        fields = head.fields
        entry = Entry(source=path, stem=f"{collection}/{inner.rpartition('.')[0]}")
        named = names.named(inner)
        for key in ("pubDate", "date", "publishDate", "pubDatetime", "published"):
            entry.date = entry.date or written_dates.moment(fields.get(key), self.zone)
        if entry.date is None and named.exact and named.day:
            entry.date = written_dates.moment(named.day.isoformat(), self.zone)
        own = str(fields.get("slug") or "").strip("/")
        made = own or "/".join(
            part for part in map(_github_slug, inner.rpartition(".")[0].split("/")) if part
        ).removesuffix("/index")
        if collection in self.routes:
            entry.address = self._address(f"{self.routes[collection]}/{made}")
        else:
            entry.odd.append(f"no route shows the collection {collection}")
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
        if "[" in inner or inner.split("/")[-1].startswith("_"):
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
