"""Docusaurus: blogs, docs, pages and languages by its settings, which are read and never run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from itertools import islice
from typing import Any, NamedTuple

from site_gen import frontmatter
from site_gen.basics import slugs
from site_gen.importers.folders.folder_settings import FolderSettings
from site_gen.importers.old_site import Entry, Listing
from site_gen.importers.reading import globs, javascript_settings, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

NAMES = ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs")
_NAMED = re.compile(r"(?P<folder>.*?)(?<!\d)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*)")
MOST = 30
"""Blogs of a site."""
_PLUGIN = re.compile(r"plugin-content-blog[\"'`]\s*,\s*\{")
_TRANSLATED = re.compile(
    r"i18n/(?P<language>[\w-]+)/docusaurus-plugin-content-(?P<kind>blog|docs|pages)"
    r"(?:-(?P<id>[\w-]+))?/(?:current/)?(?P<inner>.*)"
)
_ORDER = re.compile(r"(?:^|(?<=/))\d+[-_. ]+")
"""The number by which files of the docs are ordered: no part of an address."""


class Blog(NamedTuple):
    """A blog: its folder, where it is shown, the name of its plugin ("" for the preset's)."""

    folder: str
    route: str
    id: str = ""
    excluded: globs.Filter = globs.Filter((), ())


def settings(text: str, name: str, folder: Folder) -> "Docusaurus":
    """The settings of a site in `folder`."""
    keys = ("title", "url", "tagline", "baseUrl", "defaultLocale")
    found: dict[str, Any] = {
        key.lower(): value for key in keys if (value := javascript_settings.value(text, key))
    }
    found["blogs"] = blogs = list(_blogs(javascript_settings.plain(text)))
    found["slash"] = javascript_settings.flag(text, "trailingSlash")
    docs = javascript_settings.block(text, "docs")
    found["docs"] = (
        javascript_settings.value(docs, "path") or "docs",
        javascript_settings.value(docs, "routeBasePath") or "docs",
    )
    found["locales"] = javascript_settings.listed(text, "locales")
    off = re.findall(r"\b(docs|blog|pages)[\"']?\s*:\s*false\b", javascript_settings.plain(text))
    found["off"] = frozenset(off)
    found["people"] = {key: who for blog in blogs for key, who in _people(folder, blog)}
    return Docusaurus(name, found)


def _blogs(text: str) -> Iterator[Blog]:
    parts = [(javascript_settings.block(text, "blog"), "")]
    if re.search(r"\bblog[\"']?\s*:\s*false\b", text):
        parts = []
    for plugin in islice(_PLUGIN.finditer(text), MOST):
        piece = javascript_settings.block(f"plugin: {{{text[plugin.end() :]}", "plugin")
        parts.append((piece, javascript_settings.value(piece, "id")))
    for piece, name in parts:
        path = javascript_settings.value(piece, "path").removeprefix("./").strip("/") or "blog"
        route = javascript_settings.value(piece, "routeBasePath")
        excluded = globs.Filter((), javascript_settings.listed(piece, "exclude"), any_depth=True)
        yield Blog(path, (route or "blog").strip("/"), name, excluded)


def _people(folder: Folder, blog: Blog) -> Iterator[tuple[str, dict[str, Any]]]:
    """The authors that a blog's texts name by a key."""
    name = folder.first(f"{blog.folder}/authors.yml", f"{blog.folder}/authors.yaml")
    try:
        found = frontmatter.load(folder.text(name), name) if name else {}
    except SiteError:
        return
    for key, about in found.items():
        said = values.table(about)
        link = values.text(said.get("url"))
        if who := values.text(said.get("name")):
            yield str(key), {"name": who, **({"url": link} if link.startswith("https:") else {})}


class Docusaurus(FolderSettings):
    """A site of Docusaurus."""

    @property
    def base_url(self) -> str:
        """With the path below which all of it stands."""
        return f"{self.said(('url',)).rstrip('/')}{self.said(('baseurl',))}".rstrip("/")

    @property
    def language(self) -> str:
        return self.said(("defaultlocale",))

    @property
    def blogs(self) -> list[Blog]:
        """Its blogs, in the order of its settings."""
        found: list[Blog] = self.settings["blogs"]
        return found

    @property
    def feeds(self) -> list[str]:
        """Two of each blog."""
        return [f"/{b.route}/{name}" for b in self.blogs for name in ("rss.xml", "atom.xml")]

    @property
    def has_tag_pages(self) -> bool:
        """Each tag of a blog has one."""
        return True

    @property
    def shows_hidden(self) -> bool:
        """Unlisted texts have a page that no list names."""
        return True

    def takes(self, path: str) -> bool:
        """Whether a text is one of a language, a blog, the docs, as the settings have them."""
        kind, inner = "", path
        if found := _TRANSLATED.fullmatch(path):
            locales, kind, inner = self.settings["locales"], found["kind"], found["inner"]
            if locales and found["language"] not in locales:
                return False
        docs, _ = self.settings["docs"]
        for kind_of, folder in (("docs", docs), ("pages", "src/pages")):
            inside = _inside(path, folder, own=kind == kind_of)
            if kind_of in self.settings["off"] and inside and not self._is_of_a_blog(path):
                return False
        if "blog" in self.settings["off"] and not self.blogs and _inside(path, "blog"):
            return False
        return all(
            blog.excluded.takes(below)
            for blog in self.blogs
            if (below := _inside(inner, blog.folder, own=kind == "blog"))
        )

    def _is_of_a_blog(self, path: str) -> bool:
        return any(_inside(path, blog.folder) for blog in self.blogs)

    def language_of(self, path: str) -> str:
        """That of a translation."""
        found = _TRANSLATED.fullmatch(path)
        return found["language"] if found else ""

    def address(self, path: str, slug: str, day: date | None) -> str:
        """Where the text of a file stood; "" for one that is in none of its folders."""
        prefix = kind = name = ""
        if found := _TRANSLATED.fullmatch(path):
            prefix, kind, name = f"/{found['language']}", found["kind"], found["id"] or ""
            path = found["inner"]
        if place := self._place(path, slug, kind, name):
            made = re.sub(r"/{2,}", "/", f"{prefix}/{place}").rstrip("/") or "/"
            return f"{made}/" if self.settings.get("slash") and made != "/" else made
        return ""

    def _place(self, path: str, slug: str, kind: str, name: str) -> str:
        for blog in self.blogs:
            inner = _inside(path, blog.folder, own=kind == "blog" and name == blog.id)
            if inner and kind in ("", "blog"):
                return f"{blog.route}/{slug or _blog_slug(inner)}"
        folder, route = self.settings["docs"]
        inner = _inside(path, folder, own=kind == "docs")
        if inner and kind in ("", "docs"):
            plain = _ORDER.sub("", re.sub(r"\.mdx?$", "", inner))
            plain = re.sub(r"(?:^|/)(?:index|readme)$", "", plain, flags=re.IGNORECASE)
            if slug and not slug.startswith("/"):
                slug = f"{plain.rpartition('/')[0]}/{slug}"
            return f"{route}/{slug or plain}"
        inner = _inside(path, "src/pages", own=kind == "pages")
        plain = re.sub(r"(?:^|/)index$", "", re.sub(r"\.\w+$", "", inner))
        return f"/{plain}" if inner else ""

    def lists(self, entries: Iterable[Entry], zone: tzinfo) -> Iterator[Listing]:
        """Home, and of each blog its lists of texts, tags and authors."""
        posts = [entry for entry in entries if entry.address and not entry.page]
        yield Listing("/", "home")
        slash = "/" if self.settings.get("slash") else ""
        for blog in self.blogs:
            own = [p for p in posts if _inside(p.source, blog.folder)]
            yield from (
                Listing(f"/{blog.route}{end}{slash}", "editions") for end in ("", "/archive")
            )
            yield Listing(f"/{blog.route}/tags{slash}", "topics")
            topics = dict.fromkeys(t for entry in own for t in entry.matter.get("topics", ()))
            for topic in topics:
                place = f"/{blog.route}/tags/{slugs.slugify(topic)}{slash}"
                yield Listing(place, "topic", topic)

    def finished(self, entries: Iterable[Entry]) -> None:
        """Authors get their names."""
        people: Mapping[str, dict[str, Any]] = self.settings["people"]
        for entry in entries:
            authors = entry.matter.get("authors")
            if isinstance(authors, list):
                named = [a.get("name") if isinstance(a, dict) else a for a in authors]
                entry.matter["authors"] = [
                    people.get(str(key), author) for key, author in zip(named, authors, strict=True)
                ]


def _inside(path: str, folder: str, *, own: bool = False) -> str:
    """The path below a folder; the whole path where it is seen from there."""
    return path if own else path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else ""


def _blog_slug(inner: str) -> str:
    plain = re.sub(r"(?:^|/)index$", "", re.sub(r"\.mdx?$", "", inner))
    if found := _NAMED.fullmatch(plain):
        day = re.sub(r"[-/]", "/", found["date"])
        return f"{day}/{found['folder']}{found['text']}"
    return plain
