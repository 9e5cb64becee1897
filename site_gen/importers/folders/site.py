"""Any folder of Markdown files, with or without front matter: issues or articles."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from site_gen.basics import slugs, written_dates
from site_gen.convert.markdown.foreign_front_matter import Head
from site_gen.importers import old_output
from site_gen.importers.bodies import liquid, markup, mdx, myst, shortcodes
from site_gen.importers.folders import (
    data_issues,
    dates_beside,
    empty_folder,
    exclude_patterns,
    foreign_settings,
    graphs,
    html_page,
    many_in_one,
    pieces,
    private_markers,
    translations,
    vault,
)
from site_gen.importers.folders.folder_settings import FolderSettings
from site_gen.importers.folders.html_page import Page as HtmlPage
from site_gen.importers.old_site import Entry, Listing, OldSite, Rule, StaticFile, Wishes
from site_gen.importers.reading import matter, names, zones
from site_gen.importers.reading.folder import Folder, each
from site_gen.problems import SiteError

TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".html", ".htm")
NOT_CONTENT = (
    *("readme", "license", "licence", "contributing", "changelog", "code_of_conduct"),
    *("requirements", "index", "package", "makefile", "todo", "template", "claude", "agents"),
)
"""Names, at the top of the folder, of files that say something about it."""
FILES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".pdf", ".mp3", ".mp4"),
    *(".webm", ".ogg", ".wav", ".csv", ".txt", ".zip", ".epub", ".woff", ".woff2"),
)
"""Endings of what a text may show or link."""
PAGES = frozenset(
    "about contact imprint impressum privacy datenschutz colophon faq subscribe team legal terms"
    " kontakt apropos ueber-uns about-us sponsor support".split()
)
"""Names of files without a date that are pages, not issues that lost theirs."""
OTHER_TEXTS = (".rst", ".adoc", ".asciidoc", ".org", ".textile", ".mediawiki", ".ipynb",
               ".md.erb", ".markdown.erb")  # fmt: skip
TEMPLATES = ("themes/", "scaffolds/", "layouts/", "templates/", "archetypes/")
REPOSITORY = frozenset(
    "CONTRIBUTING SECURITY SUPPORT GOVERNANCE MAINTAINERS AUTHORS HISTORY STYLE STYLEGUIDE NOTICE"
    " CODE_OF_CONDUCT PULL_REQUEST_TEMPLATE ISSUE_TEMPLATE CHANGELOG LICENSE TODO RELEASING"
    " TEMPLATE".split()
)
"""Names in capitals of files, in any folder, that tell those who write how to."""
_FEED = re.compile(r"(?:^|/)(?:feed|rss|atom|index)\.xml$|\.(?:rss|atom)$")
_ROOTS = re.compile(r"^/(?:static|public|source|files)/")
"""Folders whose files stood at the top of the site."""
_AS_IT_IS = re.compile(r"(?:static|files)/(?!.*\.(?:md|html?)$)", re.IGNORECASE)
"""Files of any kind in folders that hold nothing else."""


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """Every file of the folder that holds text; other files are kept beside."""
    reader = _Reader(folder, wishes)
    reader.read()
    if not reader.site.entries and not reader.site.failed:
        raise SiteError([empty_folder.nothing(folder)])
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes) -> None:
        self.folder, self.wishes = folder, wishes
        self.about = about = foreign_settings.read(folder)
        name, zone = zones.zone(about.settings.get("timezone"), wishes)
        self.site = OldSite(
            zone=zone, timezone=name, title=about.title, base_url=about.base_url,
            description=about.description, language=about.language, menu=about.menu,
            output=about.output,
        )  # fmt: skip
        self.site.listings += [Listing(address, "feed") for address in about.feeds]
        built = (f"{place}/" for place in old_output.folders(folder.root, "markdown", about.output))
        self.made = tuple(filter(None, (*built, about.scratch)))
        self.vaulted = self.marked = self.in_weeks = False
        self.graph, self.all_shown = graphs.is_graph(folder), graphs.shows_all(folder)
        self.excluded = exclude_patterns.ExcludePatterns(folder)
        self.accounts = private_markers.account(folder.names)
        self.data: dict[str, data_issues.Issues] = {}
        self.drafted = vault.templates(folder)
        self.texts = mdx.Texts(folder)

    def read(self) -> None:
        texts = [path for path in self.folder.names if self._is_text(path)]
        texts = texts or self._all_in_readme()
        self.in_weeks = names.in_weeks(texts)
        self.vaulted = vault.is_vault(self.folder)
        self.marked = self.vaulted and vault.publishes(self.folder, texts)
        self.translations = translations.Translations(texts)
        self.site.language = self.site.language or self.translations.main
        each(self._without_pieces(texts), self._file, self.site)
        entries = self.site.entries = self._without_indexes()
        self.site.title = self.site.title or self._named_by_readme()
        self.about.finished(entries)
        myst.settle(self.folder, entries)
        self.site.listings += self.about.lists(entries, self.site.zone)
        self.site.rules += self.about.rules
        places: dict[str, str] = {}
        for entry in entries:
            places[entry.source] = places[names.stem_of(entry.source)] = entry.address
        for entry in entries:
            _converted(entry, places)

    def _without_pieces(self, texts: list[str]) -> list[str]:
        """The texts but for those that are parts of an issue, which is read here."""
        found = pieces.issues(texts, self._bare)
        for issue in found:
            head = Head({}, issue.body, "pieces")
            self._entry(f"{issue.folder}/index.md", head, None)
        if found:
            count = sum(len(issue.files) for issue in found)
            note = f"{count} files are items of {len(found)} issues: each issue is one text now"
            self.site.notes.append(note)
        gone = {path for issue in found for path in issue.files}
        return [path for path in texts if path not in gone]

    def _bare(self, path: str) -> str | None:
        """The text of a file that says nothing of itself."""
        if path.lower().endswith((".html", ".htm", ".mdx")):
            return None
        try:
            head = matter.head(self.folder.text(path), path)
        except SiteError:
            return None
        return None if head.fields else head.body

    def _readme(self) -> str:
        return self.folder.first("README.md", "Readme.md", "readme.md", "README.markdown")

    def _all_in_readme(self) -> list[str]:
        """A digest may be one file that says what it is and holds every issue."""
        name = self._readme()
        if not name or not many_in_one.split(self.folder.text(name), self.site.zone):
            return []
        self.site.left = [line for line in self.site.left if not line.startswith(f"{name} ")]
        return [name]

    def _named_by_readme(self) -> str:
        """What a folder without settings is called: the first heading of its README."""
        name = self._readme()
        about = Entry(source=name, body=self.folder.text(name) if name else "")
        matter.titled(about)
        return about.title

    def _without_indexes(self) -> list[Entry]:
        """The texts but for those that only lead to the others: our archive does that."""
        sources = frozenset(entry.source for entry in self.site.entries)
        kept = []
        for entry in self.site.entries:
            hidden = entry.source.rpartition("/")[2].startswith("_")
            used = entry.source in self.texts.used and (hidden or entry.date is None)
            if used or (hidden and entry.source.endswith(".mdx")):
                self.site.out["a part of other texts"] += 1
                if not used:
                    self.site.left.append(f"{entry.source} is a part that no text shows")
            elif dates_beside.is_index(entry, sources):
                self.site.out["a list of the texts"] += 1
                self.site.left.append(f"{entry.source} is a list of the texts: the archive is ours")
                if entry.address:
                    self.site.listings.append(Listing(entry.address, "editions"))
            else:
                kept.append(entry)
        return kept

    def _is_text(self, path: str) -> bool:
        """Whether a file holds a text; what is anything else is noted as that."""
        low = path.lower()
        site = self.site
        name = low.partition(".")[0]
        about_itself = name in NOT_CONTENT or name.startswith(("readme-", "readme_"))
        about_itself |= path.rpartition("/")[2].partition(".")[0] in REPOSITORY
        if any(part.startswith(".") for part in path.split("/")) or path == self.about.name:
            return False
        if path.startswith(self.made) or (self.graph and path.startswith(graphs.OWN)):
            return False  # what the old system built: old_output.py has its addresses
        if private_markers.of_an_account(path, self.accounts):
            site.unpublished.append((path, "it is of an account, and none of its posts"))
            return False
        if path.startswith(self.drafted):
            site.unpublished.append((path, "it is a template for notes"))
            return False
        if not about_itself and not self.about.takes(path):
            if low.endswith((*TEXTS, *OTHER_TEXTS, *FILES)):
                site.unpublished.append((path, f"{self.about.name} names no folder that it is in"))
            return False
        if low.endswith(OTHER_TEXTS) and not about_itself:
            site.failed.append((path, names.NO_MARKDOWN))
        elif path.startswith(TEMPLATES):
            site.left.append(f"{path} is a part of the old system's looks")
        elif (low.endswith(FILES) or _AS_IT_IS.match(path)) and not about_itself:
            address = _ROOTS.sub("/", f"/{path}")
            own = _AS_IT_IS.match(path)
            site.static.append(StaticFile(path, address, stands="alone" if own else "beside"))
        elif _FEED.search(low):
            site.listings.append(Listing(_ROOTS.sub("/", f"/{path}"), "feed"))
        elif low == "index.html":
            site.listings.append(Listing("/", "home"))
        elif low.endswith(TEXTS) and not about_itself:
            return True
        elif found := data_issues.read(self.folder, path):
            self.data[path] = found
            return True
        elif not (low.endswith(".meta") and self._text_beside(path)):
            site.left.append(f"{path} is no text of the digest")
        return False

    def _text_beside(self, path: str) -> bool:
        stem = path.rpartition(".")[0]
        return bool(self.folder.first(*(f"{stem}{ending}" for ending in TEXTS)))

    def _file(self, path: str) -> None:
        if path in self.data:
            data_issues.add(self.site, path, self.data[path], self.wishes)
            return
        found = self._head(path)
        if found is None:
            return
        head, page = found
        own = head.fields or names.named(path).day or names.number(_stem(path))
        parts = None if page or own else many_in_one.split(head.body, self.site.zone)
        if parts:
            self._several(path, parts)
        else:
            self._entry(path, head, page)

    def _several(self, path: str, parts: many_in_one.Parts) -> None:
        """All issues of one file; what stands above them names the digest, or is a page."""
        count = len(parts.issues)
        self.site.notes.append(f"{path} holds {count} issues, one below the other: each came alone")
        for issue in parts.issues:
            entry = Entry(source=f"{path}#{issue.line}", stem=issue.stem, body=issue.body)
            entry.matter["title"] = issue.title
            matter.dated_in_text(entry, self.site.zone)
            self.site.entries.append(entry)
        above = Entry(source=path, stem=_stem(path), body=parts.before, page=True)
        matter.titled(above)
        self.site.title = self.site.title or above.title
        if above.body.strip():
            above.matter.setdefault("title", names.words(names.stem_of(path)))
            self.site.entries.append(above)

    def _entry(self, path: str, head: Head, page: HtmlPage | None) -> None:
        fields, site = head.fields, self.site
        entry = Entry(source=path, stem=_stem(path))
        split = head.style in ("lines", "notion")
        if path.rpartition("/")[2].startswith("_") and not path.endswith(".mdx"):
            entry.private = "its name begins with _"
        if not self.about.name and (why := private_markers.said(path, head.body)):
            entry.private = entry.private or why
        entry.private = entry.private or self.excluded.why(path)
        if self.graph:
            why = graphs.withheld(path, fields, all_shown=self.all_shown)
            entry.private = entry.private or why
        matter.settled(entry, fields, self.wishes, site.zone, split=split)
        self._date(entry)
        entry.aliases = [str(a) for a in entry.matter.pop("aliases", [])]
        entry.page = _is_page(path, fields, entry, self.about)
        self._address(entry, fields, page)
        if self.about.has_tag_pages:
            _topics(entry)
        if language := self.about.language_of(path) or self.translations.of(path):
            entry.matter.setdefault("language", language)
            entry.translates = self.translations.original(path)
        entry.body = head.body
        if path.lower().endswith((".html", ".htm")):
            entry.body = markup.markdown(head.body, f"/{path}", entry)
        elif path.lower().endswith(".mdx"):
            entry.body = mdx.plain(self.texts.inlined(head.body, path), entry.odd)
        if head.style != "pieces":  # the first heading of those is a section
            matter.titled(entry)
        if not entry.page:
            matter.dated_in_text(entry, site.zone)
        if self.vaulted:
            vault.settle(entry, fields, self.folder, marked=self.marked)
        site.entries.append(entry)

    def _head(self, path: str) -> tuple[Head, HtmlPage | None] | None:
        """What a file says of itself, and its body; None for a page of a list."""
        text = self.folder.text(path)
        name = path.rpartition("/")[2].lower()
        page = html_page.read(text) if name.endswith((".html", ".htm")) else None
        if page and name.startswith("index.") and not names.named(path).day:
            place = f"/{path.rpartition('/')[0]}/".replace("//", "/")
            self.site.listings.append(Listing(place, "editions"))
            return None
        if page and page.leads_to:
            self.site.rules.append(Rule(f"/{path}", urljoin(f"/{path}", page.leads_to)))
            return None
        if page:
            self.site.base_url = self.site.base_url or page.base_url
            self.site.title = self.site.title or page.site_name
            return Head(dict(page.fields), page.body, "html"), page
        told, text = vault.notion(text) if vault.notion_name(path) else ({}, text)
        if self.graph:
            told, text = graphs.head(text)
        head = matter.head(_beside(path, self.folder) + text, path)
        style = "notion" if told else head.style
        usual = self.excluded.usual(path)
        return Head({**usual, **told, **head.fields}, head.body, style), None

    def _date(self, entry: Entry) -> None:
        """The date that its path tells, where its head does not."""
        named = names.named(entry.source)
        week = names.week_of(entry.source) if self.in_weeks and not named.exact else None
        day = week or named.day
        if entry.date is not None or not day:
            return
        entry.date = written_dates.moment(day.isoformat(), self.site.zone)
        if not named.exact:
            period = "week" if week else named.period
            first = "its Monday" if period == "week" else "the first of it"
            told = f"{entry.source}: its place and name tell the {period} alone; {first} is taken"
            self.site.left.append(told)

    def _address(self, entry: Entry, fields: Mapping[str, Any], page: HtmlPage | None) -> None:
        """Where it stood: by its own word, by the settings, or where the file lies."""
        own = str(fields.get("permalink") or fields.get("url") or "")
        if own and not own.startswith(("/", ":")) and self.about.name and "://" not in own:
            own = f"/{own}"
        if not own.startswith("/"):
            day = entry.date.astimezone(self.site.zone).date() if entry.date else None
            own = self.about.address(entry.source, str(fields.get("slug") or ""), day)
            if page and not page.has_no_address:
                own = own or page.address or f"/{entry.source}"
        if not own.startswith("/"):
            return
        if entry.private:
            entry.unlisted = own if self.about.shows_hidden else ""
            return
        entry.address = own
        if self.about.base_url:
            entry.guid = f"{self.about.base_url}{own}"


def _stem(path: str) -> str:
    """The place and name of the file that it becomes."""
    if plain := vault.notion_name(path):
        return slugs.slugify(plain) or plain
    bare = path.rpartition(".")[0].removesuffix(".html")
    is_name = names.stem_of(path) == bare.rpartition("/")[2]
    return bare if is_name else path.rpartition("/")[0]


def _topics(entry: Entry) -> None:
    """Tags and the category, each of which had a page, as topics, which have one here."""
    tags = [str(tag) for tag in entry.matter.pop("tags", ())]
    own = [str(topic) for topic in entry.matter.get("topics", ())]
    category = entry.matter.pop("category", None)
    if topics := dict.fromkeys([*own, *tags, *([str(category)] if category else [])]):
        entry.matter["topics"] = list(topics)


def _converted(entry: Entry, places: Mapping[str, str]) -> None:
    """Tags of Nikola, Hexo and the like as Markdown, now that all addresses are known."""

    def resolve(name: str) -> str:
        return places.get(name.strip("\"' /"), "")

    if "{{" in entry.body or "{%" in entry.body:
        noted = Entry(source=entry.source)
        text = shortcodes.converted(entry.body, resolve, noted)
        entry.body = liquid.converted(text, {}, resolve, entry)
        entry.odd += noted.odd if "{{" in entry.body else []
        entry.lost += noted.lost


def _is_page(path: str, fields: Mapping[str, Any], entry: Entry, about: FolderSettings) -> bool:
    """Whether it is a page beside the posts, such as About: its folder, head or name says so."""
    *folders, _ = path.lower().split("/")
    said = {str(fields.get(key) or "").lower() for key in ("type", "layout", "template")}
    stem = names.stem_of(path).lower()
    hexo = about.is_hexo and not {"_posts", "_drafts"} & set(folders)
    return (
        "pages" in folders or bool({"page", "pages"} & said) or hexo
        or (entry.date is None and stem in PAGES)
    )  # fmt: skip


def _beside(path: str, folder: Folder) -> str:
    """Nikola keeps the head of a text in a file of its own too: `x.meta` beside `x.md`."""
    name = folder.first(f"{path.rpartition('.')[0]}.meta")
    return f"{folder.text(name).strip()}\n\n" if name else ""
