"""Jekyll: `_config.yml`, `_posts`, `_drafts`, collections, pages, static files."""

import re
from datetime import UTC, datetime
from posixpath import dirname
from typing import Any

from site_gen.basics import written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.frontmatter import not_public
from site_gen.importers.bodies import liquid, markup
from site_gen.importers.folders import data_issues
from site_gen.importers.jekyll import lists, permalinks
from site_gen.importers.jekyll import settings as jekyll_settings
from site_gen.importers.jekyll.settings import words
from site_gen.importers.old_site import Entry, Listing, OldSite, Rule, StaticFile, Wishes
from site_gen.importers.reading import listings, matter, names, values, zones
from site_gen.importers.reading.folder import Folder, each

TEXTS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm")
OTHER_TEXTS = (".textile", ".adoc", ".asciidoc", ".org", ".rst", ".creole")
"""Forms that plugins of it read."""


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Jekyll 4 publishes it."""
    return _Reader(folder, wishes).site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes) -> None:
        self.folder, self.wishes = folder, wishes
        self.config = jekyll_settings.read(folder)
        name, self.zone = zones.zone(self.config.get("timezone"), wishes)
        base = values.text(self.config.get("url")).rstrip("/")
        self.root = "/" + values.text(self.config.get("baseurl")).strip("/")
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=values.text(self.config.get("title") or self.config.get("name")),
            base_url=base + self.root.rstrip("/") if base else "",
            description=values.text(self.config.get("description")),
            language=values.text(self.config.get("lang") or self.config.get("locale")),
            items=10,
            output=values.text(self.config.get("destination")),
        )
        self.bodies: list[tuple[Entry, str, bool]] = []
        self.places: dict[str, str] = {}
        named = self.config.get("collections")
        named = dict.fromkeys(map(str, named)) if isinstance(named, list) else values.table(named)
        self.collections = {key: values.table(value) for key, value in named.items()}
        self.made: list[tuple[str, str, str]] = []
        each(folder.names, self._file, self.site)
        for path in folder.under("_data", *data_issues.ENDINGS):
            data_issues.add(self.site, path, data_issues.read(folder, path), wishes)
        self._limit()
        if comments := len(folder.under("_data/comments")):
            self.site.left.append(f"comments of readers, in _data/comments: {comments}")
        self._convert()
        self._topical()
        if lists.makes_feeds(self.config):
            feed = values.table(self.config.get("feed"))
            self.site.items = values.whole(feed.get("posts_limit")) or 10
        self.site.listings += lists.lists(self.config, self.site)
        self.site.listings = listings.unique(self.site.listings)
        self.site.menu = jekyll_settings.menu(self.config, folder)
        self.site.authors.update(jekyll_settings.authors(self.config))

    def _file(self, path: str) -> None:
        parts = path.split("/")
        base = str(self.config.get("collections_dir") or "").strip("/")
        inner = parts[len(base.split("/")) :] if base and path.startswith(f"{base}/") else parts
        special = next((at for at, p in enumerate(inner[:-1]) if p in ("_posts", "_drafts")), None)
        collection = inner[0][1:] if len(inner) > 1 and inner[0].startswith("_") else ""
        at = 0 if special is None and collection in self.collections else special
        if at is not None and (why := self._kept_out(path, base, "/".join(inner[at + 1 :]))):
            self.site.unpublished.append((path, why))
        elif special is not None:
            if path.lower().endswith(TEXTS):
                self._post(path, inner, special)
            elif path.lower().endswith(OTHER_TEXTS):
                self.site.failed.append((path, names.NO_MARKDOWN))
        elif at is not None:
            self._document(path, collection, "/".join(inner[1:]))
        elif not jekyll_settings.excluded(self.config, path):
            self._page(path)

    def _kept_out(self, path: str, base: str, inner: str) -> str:
        """Why a file of a collection, at `inner` in its folder, is not read; "" where it is."""
        if base and not path.startswith(f"{base}/"):
            return f"it does not lie in {base}/"
        if jekyll_settings.left_out(self.config, path):
            return "`exclude` leaves it out"
        passed = jekyll_settings.passed_over(self.config, inner)
        return "Jekyll passes over names that begin so" if passed else ""

    def _head(self, path: str, kind: str) -> tuple[dict[str, Any], str] | None:
        """Front matter with the defaults of the settings, and the body; None without any."""
        text = self.folder.text(path)
        if not re.match(r"---[ \t]*\n", text):
            return None
        head = foreign_front_matter.read(text, path)
        given = jekyll_settings.defaults(self.config, path, kind)
        if {"author", "authors"} & set(head.fields):
            given = {k: v for k, v in given.items() if k not in ("author", "authors")}
        return {**given, **head.fields}, head.body

    def _post(self, path: str, parts: list[str], at: int) -> None:
        found = self._head(path, "posts")
        fields, body = found or (
            jekyll_settings.defaults(self.config, path, "posts"),
            self.folder.text(path),
        )
        named = names.post_name(parts[-1])
        draft = parts[at] == "_drafts"
        if named is None and not draft:
            self.site.unpublished.append((path, "it has no date in its name, as posts must"))
            return
        entry = Entry(source=path, stem="/".join(parts[at + 1 :]).rpartition(".")[0])
        above = [part for part in parts[:at] if part]
        own = words(fields.get("categories")) or words(fields.get("category"))
        categories = list(dict.fromkeys([*above, *own]))
        moment = self._moment(fields.get("date"))
        if moment is None and named and named.day:
            moment = written_dates.moment(named.day.isoformat(), self.zone)
        entry.date = moment
        stem = named.stem if named else parts[-1].rpartition(".")[0]
        fields = {"title": " ".join(map(str.capitalize, re.split(r"[-_]+", stem))), **fields}
        self._entry(entry, path, fields, body)
        if categories:
            entry.matter["topics"] = categories
            entry.matter.pop("category", None)
        facts = permalinks.Facts(
            stem=str(fields.get("slug") or stem), name=stem, path=stem, categories=categories,
            moment=moment.astimezone(self.zone) if moment else None, collection="posts",
        )  # fmt: skip
        style = str(fields.get("permalink") or self._style("posts") or "date")
        if not entry.private:
            entry.address = permalinks.address(style, facts)
        self.places["/".join(parts[:at] + parts[at + 1 :]).rpartition(".")[0]] = entry.address
        self.places[path] = entry.address
        if named and named.day:
            self.places[f"{named.day.isoformat()}-{named.stem}"] = entry.address
        entry.guid = self._id(entry.address, str(fields.get("slug") or stem))

    def _document(self, path: str, collection: str, inner: str) -> None:
        """A file of a collection: one that is published, or nothing."""
        settings = self.collections[collection]
        found = self._head(path, collection) if path.lower().endswith(TEXTS) else None
        if not settings.get("output"):
            self.site.unpublished.append((path, "its collection had no pages"))
            return
        if path.lower().endswith(OTHER_TEXTS):
            self.site.failed.append((path, names.NO_MARKDOWN))
            return
        if found is None:
            self._file_of(collection, path, inner)
            return
        fields, body = found
        named = names.post_name(inner.rpartition("/")[2])
        entry = Entry(source=path, stem=inner.rpartition(".")[0])
        entry.date = self._moment(fields.get("date"))
        self._entry(entry, path, fields, body)
        if entry.date is None and named and named.day:
            entry.date = written_dates.moment(named.day.isoformat(), self.zone)
        plain = inner.rpartition(".")[0]
        stem = named.stem if named else plain.rpartition("/")[2]
        facts = permalinks.Facts(
            stem=str(fields.get("slug") or stem), name=plain.rpartition("/")[2], path=plain,
            categories=words(fields.get("categories")), collection=collection,
            moment=entry.date.astimezone(self.zone) if entry.date else None,
        )  # fmt: skip
        style = fields.get("permalink") or settings.get("permalink") or self._style(collection)
        if not entry.private:
            style = str(style or "/:collection/:path:output_ext")
            entry.address = permalinks.address(style, facts)
        entry.page = entry.date is None and not names.number(entry.title, entry.stem)
        self.places[path] = entry.address

    def _file_of(self, collection: str, path: str, inner: str) -> None:
        """A file without front matter stands where a document of its name would."""
        stem, dot, ending = inner.rpartition(".")
        facts = permalinks.Facts(
            stem=names.stem_of(stem), name=stem.rpartition("/")[2], path=stem,
            categories=[], collection=collection, moment=None,
        )  # fmt: skip
        style = str(self.collections[collection].get("permalink") or "/:collection/:path")
        address = permalinks.address(style.replace(":output_ext", ""), facts)
        self.site.static.append(StaticFile(path, f"{address.rstrip('/')}{dot}{ending}"))

    def _style(self, kind: str) -> str:
        if kind == "posts":
            own = (self.collections.get("posts") or {}).get("permalink")
            return str(own or self.config.get("permalink") or "date")
        return permalinks.of_collection(str(self.config.get("permalink") or ""))

    def _page(self, path: str) -> None:
        lower = path.lower()
        text = lower.endswith(TEXTS)
        templated = lower.endswith((".xml", ".json", ".css", ".scss", ".sass", ".js", ".txt"))
        found = self._head(path, "pages") if text or templated else None
        if found is None:
            given = jekyll_settings.defaults(self.config, path, "")
            if marks := not_public.marks({"published": given.get("published")}):
                self.site.unpublished.append((path, f"{marks[0]} (from the settings)"))
            else:
                self.site.static.append(StaticFile(path, f"/{path}"))
            return
        fields, body = found
        style = str(self.config.get("permalink") or "date")
        address = str(fields.get("permalink") or "") or permalinks.page(path, style)
        address = address if address.startswith("/") else f"/{address}"
        self.places[path] = address
        if not text or "{% for" in body or not body.strip() or path in ("index.html", "404.html"):
            self._listed(path, address, str(fields.get("title") or names.stem_of(path)))
            if text and path != "404.html" and listings.has_words(body):
                self.site.left.append(f"{path} has a text that stood by the list {address}")
            return
        if values.text(fields.get("redirect_to")):
            self.site.rules.append(Rule(address, values.text(fields["redirect_to"])))
            return
        entry = Entry(source=path, page=True, stem=names.stem_of(path), address=address)
        self._entry(entry, path, fields, body)

    def _listed(self, path: str, address: str, title: str) -> None:
        """A page that Liquid made of others: a list by its address, else of the topic it names."""
        if path in ("404.html", "404.md") or path.endswith((".css", ".scss", ".sass", ".js")):
            self.site.left.append(f"{path} belongs to the old theme")
        elif found := listings.listing(address):
            self.site.listings.append(found)
        elif address not in ("/sitemap.xml", "/robots.txt"):
            self.made.append((path, address, title))

    def _topical(self) -> None:
        """What is left of those pages, now that all tags are known."""
        topics = {
            str(name).lower(): str(name)
            for entry in self.site.entries
            for key in ("topics", "tags")
            for name in entry.matter.get(key, ())
        }
        for path, address, title in self.made:
            topic = topics.get(title.lower()) or topics.get(names.stem_of(path).lower())
            self.site.listings.append(Listing(address, "topic" if topic else "lost", topic or ""))
            if not topic:
                self.site.left.append(f"{path} ({address}) was made by a template: write it anew")

    def _entry(self, entry: Entry, path: str, fields: dict[str, Any], body: str) -> None:
        given = {k: v for k, v in fields.items() if k not in ("redirect_from", "redirect_to")}
        if entry.date:
            given.pop("date", None)
        if values.text(fields.get("redirect_to")):
            given.setdefault("link", fields["redirect_to"])  # its page led there
        matter.settled(entry, given, self.wishes, self.zone)
        entry.aliases += [_absolute(alias) for alias in entry.matter.pop("aliases", [])]
        for alias in map(_absolute, words(fields.get("redirect_from"), spaces=False)):
            entry.aliases.append(alias)
            if not re.search(r"(?:/|\.\w+)$", alias):
                entry.aliases.append(f"{alias}.html")  # the file that answered for it
        self.site.entries.append(entry)
        self.bodies.append((entry, body, path.lower().endswith((".html", ".htm"))))

    def _moment(self, value: Any) -> datetime | None:
        """Jekyll takes a time without an offset for UTC, and a date alone for a local midnight."""
        text = str(value or "").strip()
        return written_dates.moment(text, UTC if ":" in text else self.zone)

    def _id(self, address: str, slug: str) -> str:
        """The id that jekyll-feed gives: the address's folder and the slug as it was written."""
        if not address or not self.site.base_url:
            return ""
        folder = dirname(address.rstrip("/")).rstrip("/")
        made = f"{folder}/{slug}"
        return self.site.base_url + permalinks.encoded(made)

    def _limit(self) -> None:
        """`limit_posts`: only that many of the newest were shown."""
        most = values.whole(self.config.get("limit_posts"))
        posts = [e for e in self.site.entries if "_posts/" in e.source and e.date and e.address]
        for entry in sorted(posts, key=lambda e: str(e.date), reverse=True)[most:] if most else ():
            entry.keep_private(f"limit_posts: {most}")

    def _convert(self) -> None:
        by_stem = {place.rpartition("/")[2]: address for place, address in self.places.items()}

        def resolve(name: str) -> str:
            wanted = name.strip("\"' /")
            return self.places.get(wanted) or by_stem.get(wanted.rpartition("/")[2], "")

        site_values = {
            **{"site.baseurl": "", "site.url": "", "site.github.url": ""},
            **{f"site.{k}": str(v) for k, v in self.config.items() if isinstance(v, str)},
        }
        site_values |= {"site.baseurl": "", "site.url": ""}
        for entry, body, is_html in self.bodies:
            last = entry.address.rpartition("/")[2]
            if last and "." not in last:
                entry.aliases.append(f"{entry.address}.html")  # the file that answers for it
            known = {**site_values, "page.title": entry.title, "page.url": entry.address}
            text = liquid.converted(body, known, resolve, entry)
            entry.body = (
                markup.markdown(text, entry.address, entry) if is_html else text
            )  # fmt: skip


def _absolute(path: str) -> str:
    return path if path.startswith("/") else f"/{path}"
