"""Nikola: addresses, languages and lists by its `conf.py`, which is read and never run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from itertools import product

from site_gen.basics import slugs
from site_gen.importers import menus
from site_gen.importers.bodies import spans
from site_gen.importers.folders.folder_settings import FolderSettings
from site_gen.importers.old_site import Entry, Listing, MenuItem, Rule
from site_gen.importers.reading import names, values

_LINK = "link://"


class Nikola(FolderSettings):
    """A site of Nikola."""

    def takes(self, path: str) -> bool:
        """Whether a folder of the settings holds a file: of texts, or of files to be copied."""
        rules = (r for key in ("posts", "pages") for r in values.listed(self.settings.get(key)))
        roots = [str(values.listed(rule)[0]).partition("*")[0] for rule in rules if rule]
        for key, usual in _FOLDERS.items():
            given = self.settings.get(key, {usual: ""})
            roots += [f"{str(place).strip('/')}/" for place in values.table(given)]
        return not self.settings.get("posts") or path.startswith(tuple(filter(None, roots)))

    @property
    def menu(self) -> list[MenuItem]:
        """That of the first language."""
        found = self.settings.get("navigation_links")
        if isinstance(found, Mapping):
            found = next(iter(found.values()), None)
        return menus.items(found)

    @property
    def feeds(self) -> list[str]:
        """One for each language."""
        return [f"{prefix}/rss.xml" for prefix in ("", *self.prefixes.values())]

    @property
    def scratch(self) -> str:
        """Where it keeps what it is working on."""
        return "cache/"

    @property
    def has_tag_pages(self) -> bool:
        """Every tag and category has one."""
        return True

    @property
    def shows_hidden(self) -> bool:
        """Drafts and private texts are built, and linked from nowhere."""
        return True

    @property
    def prefixes(self) -> dict[str, str]:
        """Further language -> the folder in which all pages stand once more."""
        found = values.table(self.settings.get("translations"))
        paths = {language: str(path).strip("./") for language, path in found.items()}
        return {language: f"/{path}" for language, path in paths.items() if path}

    @property
    def rules(self) -> list[Rule]:
        """Its redirects."""
        pairs = map(values.listed, values.listed(self.settings.get("redirections")))
        return [Rule(f"/{str(p[0]).lstrip('/')}", str(p[1])) for p in pairs if len(p) == 2]

    def language_of(self, path: str) -> str:
        """`fog.de.md` is in German, where German is one of its languages."""
        name = path.rpartition("/")[2].split(".")
        return name[-2] if len(name) > 2 and name[-2] in self.prefixes else ""

    def address(self, path: str, slug: str, day: date | None) -> str:
        """Where the text of a file stood; "" for one that is in none of its folders."""
        language = self.language_of(path)
        plain = path.replace(f".{language}.", ".") if language else path
        for rule in (
            r for key in ("posts", "pages") for r in values.listed(self.settings.get(key))
        ):
            pattern, place = (*map(str, values.listed(rule)), "", "")[:2]
            root = pattern.partition("*")[0]
            if root and path.startswith(root):
                inner = plain[len(root) :].rpartition("/")[0]
                parts = (place, inner, slug or names.stem_of(plain))
                return self.prefixes.get(language, "") + self._page("/".join(filter(None, parts)))
        return ""

    def _page(self, path: str) -> str:
        pretty = self.settings.get("pretty_urls") is not False
        return f"/{path}{'/' if pretty else '.html'}"

    def finished(self, entries: Iterable[Entry]) -> None:
        """A text without a translation stands below each other language too; links by names lead
        to addresses."""
        self._link(list(entries))
        known = {(self.language_of(entry.source), self._untranslated(entry)) for entry in entries}
        for entry in entries:
            if entry.address and not self.language_of(entry.source):
                entry.aliases += [
                    f"{prefix}{entry.address}" for language, prefix in self.prefixes.items()
                    if (language, self._untranslated(entry)) not in known
                ]  # fmt: skip

    def _link(self, entries: list[Entry]) -> None:
        places: dict[str, str] = {}
        for entry in entries:
            places[f"filename/{entry.source}"] = entry.address
            slug = entry.address.removesuffix(".html").rstrip("/").rpartition("/")[2]
            places.setdefault(f"slug/{slug}", entry.address)

        for entry in entries:

            def target(link: str, noted: list[str] = entry.odd) -> str:
                name, mark, anchor = link.removeprefix(_LINK).partition("#")
                found = places.get(name) or self._made(name) if link.startswith(_LINK) else link
                noted += [] if found else [link]
                return f"{found}{mark}{anchor}" if found and found != link else link

            if _LINK in entry.body:
                entry.body = spans.retarget(entry.body, target)

    def _made(self, link: str) -> str:
        """The address of a list that a link names by its kind; "" for none that is known."""
        kind, _, name = link.partition("/")
        known = {"root": "/", "index": "/", "rss": "/rss.xml", "archive": "/archive.html"}
        if kind == "archive" and name:
            return f"/{name.strip('/')}/"
        key = f"{kind}_path"
        if kind not in ("tag", "category", "author") or not name:
            return known.get(kind, "")
        place = values.text(self.settings.get(key)) or (
            "authors" if kind == "author" else "categories"
        )
        mark = self.settings.get("category_prefix") if kind == "category" else ""
        return self._page(f"{place}/{'cat_' if mark is None else mark}{_slug(name)}")

    def _untranslated(self, entry: Entry) -> str:
        language = self.language_of(entry.source)
        return entry.source.replace(f".{language}.", ".") if language else entry.source

    def lists(self, entries: Iterable[Entry], zone: tzinfo) -> Iterator[Listing]:
        """Its archive, pages of its index, of tags, categories and authors; in each language."""
        posts = [entry for entry in entries if entry.address and not entry.page]
        own = [entry for entry in posts if not self.language_of(entry.source)]
        years = sorted({entry.date.astimezone(zone).year for entry in own if entry.date})
        size = values.whole(self.settings.get("index_display_post_count")) or 10
        pages = range(1, (len(own) + size - 1) // size)
        for prefix in ("", *self.prefixes.values()):
            yield Listing(f"{prefix}/", "home")
            yield Listing(f"{prefix}/archive.html", "editions")
            yield from (Listing(f"{prefix}/{year}/", "editions") for year in years)
            yield from (Listing(f"{prefix}/index-{page}.html", "editions") for page in pages)
            yield from self._names(posts, prefix)

    def _names(self, posts: list[Entry], prefix: str) -> Iterator[Listing]:
        tags = f"{prefix}/{values.text(self.settings.get('tag_path')) or 'categories'}"
        groups = f"{prefix}/{values.text(self.settings.get('category_path')) or 'categories'}"
        people = f"{prefix}/{values.text(self.settings.get('author_path')) or 'authors'}"
        mark = self.settings.get("category_prefix")
        mark = "cat_" if mark is None else values.text(mark)
        yield from (Listing(self._page(place[1:]), "topics") for place in {tags, groups})
        yield Listing(self._page(people[1:]), "authors")
        topics = dict.fromkeys(t for entry in posts for t in entry.matter.get("topics", ()))
        for topic, start in product(topics, (f"{tags}/", f"{groups}/{mark}")):
            place = f"{start}{_slug(topic)}"
            yield Listing(self._page(place[1:]), "topic", topic)
            yield Listing(f"{place}.xml", "topic feed", topic)
        for name in dict.fromkeys(
            [*_authors(posts), values.text(self.settings.get("blog_author"))]
        ):
            place = f"{people}/{_slug(name)}"
            yield Listing(self._page(place[1:]), "author", name)
            yield Listing(f"{place}.xml", "author feed", name)


_FOLDERS = {
    "files_folders": "files",
    "image_folders": "images",
    "listings_folders": "listings",
    "gallery_folders": "galleries",
}
"""Settings that name folders of files, and what each is without a word."""


def _authors(posts: Iterable[Entry]) -> Iterator[str]:
    for entry in posts:
        for author in entry.matter.get("authors", ()):
            yield values.text(author.get("name")) if isinstance(author, dict) else str(author)


def _slug(name: str) -> str:
    """As Nikola makes one: a `+` stays."""
    kept = re.sub(r"[^+\w\s-]", "", name)
    return "+".join(slugs.slugify(part) for part in kept.split("+")).replace("_", "-")
