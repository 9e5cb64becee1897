"""Any folder of Markdown files, with or without front matter: issues or articles."""

import re
from collections.abc import Mapping
from posixpath import dirname, relpath
from typing import Any

from site_gen.basics import slugs, written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import (
    foreign_settings,
    html_page,
    liquid,
    markup,
    matter,
    mdx,
    names,
    old_output,
    shortcodes,
    vault,
    zones,
)
from site_gen.importers.folder import Folder, each
from site_gen.importers.foreign_settings import Frame
from site_gen.importers.old_site import Entry, Listing, OldSite, StaticFile, Wishes
from site_gen.problems import Problem, SiteError

TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".html", ".htm")
NOT_CONTENT = (
    *("readme", "license", "licence", "contributing", "changelog", "code_of_conduct"),
    *("requirements", "index.", "package", "makefile"),
)
"""How names begin, at the top of the folder, of files that say something about it."""
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
OTHER_TEXTS = (".rst", ".adoc", ".asciidoc", ".org", ".textile", ".mediawiki", ".ipynb")
TEMPLATES = ("themes/", "scaffolds/", "layouts/", "templates/", "archetypes/")
_FEED = re.compile(r"(?:^|/)(?:feed|rss|atom|index)\.(?:xml|rss|atom)$")
_ROOTS = re.compile(r"^/(?:static|public|source|files)/")
"""Folders whose files stood at the top of the site."""


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """Every file of the folder that holds text; other files are kept beside."""
    about = foreign_settings.read(folder)
    name, zone = zones.zone(about.settings.get("timezone"), wishes)
    site = OldSite(
        zone=zone, timezone=name, title=about.title, base_url=about.base_url,
        description=about.description, language=about.language, menu=about.menu,
    )  # fmt: skip
    site.listings += [Listing(address, "feed") for address in about.feeds]
    made = tuple(f"{place}/" for place in old_output.folders(folder.root, "markdown"))
    made += (about.scratch,) if about.scratch else ()
    texts: list[str] = []
    for path in folder.names:
        if any(part.startswith(".") for part in path.split("/")) or path == about.name:
            continue
        if path.startswith(made):
            continue  # what the old system built: built.py has its addresses
        if path.lower().endswith(OTHER_TEXTS) and not path.lower().startswith(NOT_CONTENT):
            site.failed.append((path, "it is no Markdown: turn it into Markdown first (pandoc)"))
            continue
        if path.startswith(TEMPLATES):
            site.left.append(f"{path} is a part of the old system's looks")
            continue
        if path.lower().endswith(FILES) and not path.lower().startswith(NOT_CONTENT):
            site.static.append(StaticFile(path, _ROOTS.sub("/", f"/{path}")))
        elif _FEED.search(path.lower()):
            site.listings.append(Listing(_ROOTS.sub("/", f"/{path}"), "feed"))
        elif path.lower() == "index.html":
            site.listings.append(Listing("/", "home"))
        elif not path.lower().endswith(TEXTS) or path.lower().startswith(NOT_CONTENT):
            site.left.append(f"{path} is no text of the digest")
        else:
            texts.append(path)
    places: dict[str, str] = {}
    vaulted = vault.is_vault(folder)
    marked = vaulted and vault.publishes(folder, texts)

    def one(path: str) -> None:
        _file(path, folder, wishes, site, about)
        if vaulted:
            _of_a_vault(site.entries[-1], folder, marked=marked)

    each(texts, one, site)
    posts = [entry for entry in site.entries if entry.address and not entry.page]
    topics = {str(t) for e in posts for key in ("topics", "tags") for t in e.matter.get(key, ())}
    years = {entry.date.astimezone(site.zone).year for entry in posts if entry.date}
    site.listings += about.lists(sorted(topics), sorted(years))
    site.rules += about.rules
    for entry in site.entries:
        places[entry.source] = places[names.stem_of(entry.source)] = entry.address
    for entry in site.entries:
        _converted(entry, places)
    if not site.entries and not site.failed:
        raise SiteError([_nothing(folder)])
    return site


def _nothing(folder: Folder) -> Problem:
    """What to say of a folder without texts: exports are known by how they begin."""
    cure = "name the folder in which the Markdown files lie"
    for name in folder.under("", ".xml", ".txt", ".json")[:20]:
        start = folder.data(name)[:5000]
        if b"blogger" in start:
            cure = f"{name} is an export of Blogger: site-gen import blogger {name}"
        elif b"wordpress.org/export" in start:
            cure = f"{name} is an export of WordPress: site-gen import wordpress {name}"
        elif re.match(rb"(?:[A-Z ]+:.*\n)+-----\n", start.replace(b"\r\n", b"\n")):
            cure = (
                f"{name} is an export of Movable Type, which is not read: WordPress takes it in"
                " (Tools, Import), and `site-gen import wordpress` what that exports"
            )
    return Problem("import/nothing", "there is no Markdown here", help=cure)


def _of_a_vault(entry: Entry, folder: Folder, *, marked: bool) -> None:
    """A note of Obsidian: named by its file, its links by names, and perhaps nobody else's."""
    entry.matter.setdefault("title", names.stem_of(entry.source))
    entry.matter.pop("x-aliases", None)  # other names by which notes link to it
    said = {"publish": entry.matter.pop("publish", None)}
    why = vault.withheld(entry.source, said, marked=marked)
    if why and not entry.private:
        entry.private = why
        entry.address = entry.guid = ""

    def find(name: str) -> str:
        ends = (name.lower(), f"{name.lower()}.md")
        found = [n for n in folder.names if f"/{n.lower()}".endswith(tuple(f"/{e}" for e in ends))]
        return relpath(found[0], dirname(entry.source) or ".") if found else ""

    entry.body = vault.body(entry.body, find, entry.odd)


def _converted(entry: Entry, places: Mapping[str, str]) -> None:
    """Tags of Nikola, Hexo and the like as Markdown, now that all addresses are known."""

    def resolve(name: str) -> str:
        return places.get(name.strip("\"' /"), "")

    if "{{" in entry.body or "{%" in entry.body:
        odd: list[str] = []
        text = shortcodes.converted(entry.body, resolve, odd)
        entry.body = liquid.converted(text, {}, resolve, entry.odd)
        entry.odd += [name for name in odd if "{{" in entry.body]


def _page(path: str, fields: Mapping[str, Any], entry: Entry) -> bool:
    """Whether it is a page beside the posts, such as About: its folder, head or name says so."""
    *folders, _ = path.lower().split("/")
    said = {str(fields.get(key) or "").lower() for key in ("type", "layout", "template")}
    stem = names.stem_of(path).lower()
    hexo = path.startswith("source/") and "_posts" not in folders and "_drafts" not in folders
    return (
        "pages" in folders or bool({"page", "pages"} & said) or hexo
        or (entry.date is None and stem in PAGES)
    )  # fmt: skip


def _file(path: str, folder: Folder, wishes: Wishes, site: OldSite, about: Frame) -> None:
    text = folder.text(path)
    is_html = path.lower().endswith((".html", ".htm"))
    page = html_page.read(text) if is_html else None
    if page and path.rpartition("/")[2].lower().startswith("index.") and not names.named(path).day:
        site.listings.append(Listing(f"/{path.rpartition('/')[0]}/".replace("//", "/"), "editions"))
        return
    told, text = vault.notion(text) if vault.notion_name(path) else ({}, text)
    if page:
        head = foreign_front_matter.Head(dict(page.fields), page.body, "html")
        site.base_url = site.base_url or page.base_url
    else:
        head = matter.head(_beside(path, folder) + text, path)
        head = head._replace(fields={**told, **head.fields})
    named = names.named(path)
    entry = Entry(source=path, stem=path.rpartition(".")[0])
    if plain := vault.notion_name(path):
        entry.stem = slugs.slugify(plain) or plain
    elif names.stem_of(path) != path.rpartition("/")[2].rpartition(".")[0]:
        entry.stem = path.rpartition("/")[0]
    split = head.style == "lines" or bool(told)
    matter.settled(entry, head.fields, wishes, site.zone, split=split)
    if entry.date is None and named.day:
        entry.date = written_dates.moment(named.day.isoformat(), site.zone)
        if not named.exact:
            site.left.append(f"{path}: its folders tell the month alone; the first of it is taken")
    entry.aliases = [str(a) for a in entry.matter.pop("aliases", [])]
    entry.page = _page(path, head.fields, entry)
    own = str(head.fields.get("permalink") or head.fields.get("url") or "")
    if own and not own.startswith(("/", ":")) and about.name and "://" not in own:
        own = f"/{own}"
    if not own.startswith("/"):
        day = entry.date.astimezone(site.zone).date() if entry.date else None
        own = about.address(path, str(head.fields.get("slug") or ""), day)
        if page and not own:
            own = page.address or f"/{path}"
    entry.address = own if own.startswith("/") and not entry.private else ""
    if entry.address and about.base_url:
        entry.guid = f"{about.base_url}{entry.address}"
    entry.body = markup.markdown(head.body, f"/{path}", entry.faults) if is_html else head.body
    if path.lower().endswith(".mdx"):
        entry.body = mdx.plain(entry.body, entry.odd)
    matter.titled(entry)
    if not entry.page:
        matter.dated_in_text(entry, site.zone)
    site.entries.append(entry)


def _beside(path: str, folder: Folder) -> str:
    """Nikola keeps the head of a text in a file of its own too: `x.meta` beside `x.md`."""
    name = folder.first(f"{path.rpartition('.')[0]}.meta")
    return f"{folder.text(name).strip()}\n\n" if name else ""
