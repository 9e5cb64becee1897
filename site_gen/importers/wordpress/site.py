"""WordPress: its export (WXR, XML), with the uploads where they lie beside it."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import UTC, tzinfo
from typing import Any

from lxml import etree

from site_gen.basics import slugs, written_dates
from site_gen.frontmatter import not_public
from site_gen.importers.old_site import (
    Entry,
    Listing,
    MenuItem,
    OldSite,
    Rule,
    Wishes,
)
from site_gen.importers.reading import listings, values, zones
from site_gen.importers.reading.addresses import path_of
from site_gen.importers.reading.folder import Folder
from site_gen.importers.reading.matter import withheld
from site_gen.importers.wordpress import bodies, members, uploads, xml
from site_gen.importers.wordpress import meta as wordpress_meta
from site_gen.importers.wordpress.bodies import Attachment, Library, body
from site_gen.problems import Problem, SiteError, Where

PUBLIC = "publish"
PAGED = 10
"""Posts on a page of a list, where nobody set another number, which exports do not tell."""


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site of every export in the folder."""
    name, zone = zones.zone("", wishes)
    site = OldSite(zone=zone, timezone=name, items=10)
    reader = _Reader(folder, site)
    exports = [n for n in folder.names if n.lower().endswith((".xml", ".wxr"))]
    read_one = [reader.export(n) for n in exports]
    if not any(read_one):
        raise SiteError([_nothing(folder, exports)])
    reader.settle()
    return site


def _nothing(folder: Folder, exports: list[str]) -> Problem:
    """What to say where no file is an export: of a file of XML, why it is none."""
    cure = "in WordPress: Tools, Export, All content; name that file or its folder"
    if not exports:
        return Problem("import/nothing", "there is no export of WordPress here", help=cure)
    data = folder.data(exports[0])
    start = data[:20_000].lstrip()
    why = "has not the marks of an export (wordpress.org/export) at its top"
    if not start:
        why = "is empty"
    elif b"<html" in start[:500].lower():
        why = "is a page of HTML: the server answered with it instead of the export"
    elif not start.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
        why = "does not begin as XML does"
    elif b"</rss>" not in data[-2000:] and b"<rss" in start:
        why = f"is cut off at line {data.count(NEWLINE) + 1}"
    elif b"blogger" in start:
        why = "is an export of Blogger: site-gen import blogger"
    message = f"{exports[0]} {why}"
    return Problem("import/nothing", message, Where(exports[0], 1), cure)


NEWLINE = b"\n"
CONTROLS = bytes(set(range(32)) - {9, 10, 13})
FATAL = 3
"""A fault of the XML after which something may be missing, by libxml2's levels."""


class _Reader:
    def __init__(self, folder: Folder, site: OldSite) -> None:
        self.folder, self.site = folder, site
        self.comments = 0
        self.others: Counter[str] = Counter()
        self.attachments: dict[str, Attachment] = {}
        self.shared: dict[str, str] = {}
        self.bodies: list[tuple[Entry, str, str, str]] = []
        self.lead: list[tuple[Entry, str]] = []
        self.authors: dict[str, str] = {}
        self.terms: dict[tuple[str, str], str] = {}
        self.home = ""
        self.by_id: dict[str, Entry] = {}
        self.menu_items: list[tuple[str, MenuItem, str]] = []
        self.queries: list[str] = []

    def export(self, name: str) -> bool:
        data = self.folder.data(name)
        if b"wordpress.org/export" not in data[:20_000]:
            return False
        if b"</rss>" not in data[-2000:]:
            line = data.count(b"\n") + 1
            said = f"{name} is cut off at line {line}: posts are missing"
            where = Where(name, line)
            raise SiteError([Problem("import/export", said, where, "export it again")])
        data = data.translate(None, CONTROLS)  # what begins with one is lost to the parser
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, recover=True, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError):
            root = None
        channel = root.find("channel") if root is not None else None
        if channel is None:
            said = f"{name} is no XML that can be read"
            problem = Problem("import/export", said, Where(name, 1), "export it again")
            raise SiteError([problem])
        for fault in parser.error_log:
            if fault.level >= FATAL:
                said = f"{name} is no XML at line {fault.line}: {fault.message}"
                cure = "export it again, or mend that line: what stands below would be lost"
                where = Where(name, fault.line)
                raise SiteError([Problem("import/export", said, where, cure)])
        self._about(channel)
        for number, item in enumerate(channel.findall("item"), 1):
            self._item(item, f"{name}#{number}")
        return True

    def _about(self, channel: Any) -> None:
        self.site.title = self.site.title or xml.text(channel, "title")
        self.site.description = self.site.description or xml.text(channel, "description")
        self.site.language = self.site.language or xml.text(channel, "language")
        self.home = xml.text(channel, "base_blog_url") or xml.text(channel, "link")
        self.site.base_url = self.site.base_url or self.home.rstrip("/")
        for author in xml.all_of(channel, "author"):
            login = xml.text(author, "author_login")
            self.authors[login] = xml.text(author, "author_display_name") or login
        parents: dict[str, str] = {}
        for term in xml.all_of(channel, "category"):
            slug, called = (
                xml.text(term, "category_nicename"),
                xml.text(term, "cat_name"),
            )
            if called:
                self.terms["category", slug] = called
                parents[called] = xml.text(term, "category_parent")
        for called, parent in parents.items():
            above = self.terms.get(("category", parent), parent)
            if above and above in parents:
                self.site.topics[called] = above
        for term in xml.all_of(channel, "tag"):
            if called := xml.text(term, "tag_name"):
                self.terms["tag", xml.text(term, "tag_slug")] = called

    def _item(self, item: Any, source: str) -> None:
        kind = xml.text(item, "post_type") or "post"
        status = xml.text(item, "status") or PUBLIC
        number = xml.text(item, "post_id")
        approved = (
            xml.text(comment, "comment_approved") for comment in xml.all_of(item, "comment")
        )
        self.comments += list(approved).count("1")
        if kind == "attachment":
            self.attachments[number] = xml.attachment(item)
            return
        if kind == "nav_menu_item":
            self._in_menu(item)
            return
        if kind == "wp_block" and status == PUBLIC:  # a text that several posts show
            self.shared[number] = xml.text(item, "encoded", "content")
            return
        said = {
            "post_type": kind,
            "status": status,
            "post_password": xml.text(item, "post_password"),
        }
        if not_public.is_out(not_public.marks(said)):
            status = f"status: {status}" if kind in not_public.TEXT_KINDS else f"of the kind {kind}"
            self.site.out["in the trash" if status == "status: trash" else status] += 1
            return
        called = " ".join(xml.text(item, "title").replace("/", " ").split())[:40]
        entry = Entry(source=f"{source} {called}".strip(), page=kind == "page")
        self._when(entry, item)
        meta, text = xml.meta(item), xml.text(item, "encoded", "content")
        entry.private = members.for_members(meta, text)
        withheld(entry, said)
        self._address(entry, item, listed=kind in ("post", "page"))
        self._matter(entry, item, meta)
        self._parts(entry, meta, text, number)
        self.site.entries.append(entry)

    def _address(self, entry: Entry, item: Any, *, listed: bool) -> None:
        """Where it stood; of a kind that a plugin made, where it was not with the posts."""
        link = xml.text(item, "link")
        place = path_of(link, self.site.base_url) if link and "?" not in link else ""
        if not entry.private:
            entry.address, entry.guid = place, xml.text(item, "guid")
            self.queries += [link] if link and not place else []
        elif xml.text(item, "status") == PUBLIC and not listed:
            entry.unlisted = place

    def _matter(self, entry: Entry, item: Any, meta: Mapping[str, str]) -> None:
        title, slug = xml.text(item, "title"), xml.text(item, "post_name")
        entry.stem = slug or slugs.slugify(title) or f"post-{xml.text(item, 'post_id')}"
        matter: dict[str, Any] = {
            "title": title,
            "excerpt": xml.plain(xml.text(item, "encoded", "excerpt"))
            or wordpress_meta.summary(meta),
        }
        entry.moved += [(name, "") for name in wordpress_meta.own_fields(meta)]
        entry.lost += wordpress_meta.layouts(meta)
        who = self.authors.get(xml.text(item, "creator"), xml.text(item, "creator"))
        if not entry.page:
            matter["authors"] = [{"name": who}] if who else []
            matter["topics"] = self._topics(item)
        entry.matter |= {key: value for key, value in matter.items() if value}
        if expiry := wordpress_meta.expiry(meta):
            entry.matter["expiryDateTime"] = expiry

    def _parts(self, entry: Entry, meta: Mapping[str, str], text: str, number: str) -> None:
        """Its text and lead picture, which are settled once all is read."""
        if entry.address:  # a post in several pages has an address for each
            pages = range(2, text.count(bodies.NEXT_PAGE) + 2)
            entry.aliases += [f"{entry.address.rstrip('/')}/{page}/" for page in pages]
        self.bodies.append((entry, text, number, meta.get("footnotes", "")))
        self.lead.append((entry, meta.get("_thumbnail_id", "")))
        self.by_id[number] = entry
        if number and not entry.private:
            entry.known_as += [f"{at}?{key}={number}" for at in ("", "/", "/index.php")
                               for key in ("p", "page_id")]  # fmt: skip

    def _in_menu(self, item: Any) -> None:
        """An item of some menu: a page of the site, by its id, or an address."""
        meta = xml.meta(item)
        menu = next((c.get("nicename", "") for c in item.findall("category")), "")
        order = values.whole(xml.text(item, "menu_order"))
        found = MenuItem(xml.text(item, "title"), meta.get("_menu_item_url", ""), order)
        self.menu_items.append((menu, found, meta.get("_menu_item_object_id", "")))

    def _menu(self) -> list[MenuItem]:
        """The first menu of the export, as it is the main one most often."""
        made: list[MenuItem] = []
        for menu, item, number in self.menu_items:
            entry = self.by_id.get(number)
            if menu == self.menu_items[0][0] and (item.target or entry):
                name = item.name or (entry.title if entry else item.target)
                target = item.target or (entry.address if entry else "")
                made.append(MenuItem(name, target, item.weight))
        return sorted(made, key=lambda item: item.weight)

    def _when(self, entry: Entry, item: Any) -> None:
        """The date in UTC where it is one; drafts have the year 0, or -1."""
        for key, zone in (("post_date_gmt", UTC), ("post_date", self.site.zone)):
            entry.date = entry.date or written_dates.moment(xml.dated(xml.text(item, key)), zone)
        changed = written_dates.moment(xml.dated(xml.text(item, "post_modified_gmt")), UTC)
        if changed and entry.date and written_dates.is_later(changed, entry.date):
            entry.matter["modifiedDateTime"] = changed
        shown = xml.text(item, "pubDate")
        if "-0001" not in shown:
            entry.date = entry.date or written_dates.moment(shown, self.site.zone)

    def _topics(self, item: Any) -> list[str]:
        found: list[str] = []
        for term in item.findall("category"):
            domain, called = term.get("domain", ""), (term.text or "").strip()
            if domain in ("category", "post_tag") and called and called != "Uncategorized":
                kind = "category" if domain == "category" else "tag"
                self.terms.setdefault((kind, term.get("nicename", "")), called)
                found.append(called)
            elif domain not in ("category", "post_tag", "nav_menu", "") and called:
                self.others[domain] += 1
        return list(dict.fromkeys(found))

    def settle(self) -> None:
        """What the whole export is needed for: pictures, uploads, lists, what stays behind."""
        library = Library(self.attachments, self.shared)
        for entry, text, number, notes in self.bodies:
            shown = bodies.with_shared(text, self.shared)
            if not entry.private and (why := members.for_members({}, shown)):
                entry.keep_private(why)
                entry.aliases.clear()
                entry.known_as.clear()
            entry.body = body(text, number, notes, library, entry)
        for entry, number in self.lead:
            if (file := self.attachments.get(number)) and file.url:
                said = {"url": file.url, "alt": file.alt, "caption": file.caption}
                entry.matter["images"] = [{key: text for key, text in said.items() if text}]
        self._uploads()
        self.site.listings = listings.unique(self._lists())
        self.site.menu = self._menu()
        left = self.site.left
        if self.queries:
            left.append(
                f"addresses with a `?`, which no host of plain files can lead on:"
                f" {len(self.queries)} (such as {self.queries[0]})"
            )
        left += [
            f"terms of `{name}`, which are no topics here: {count}"
            for name, count in sorted(self.others.items())
        ]
        if self.comments:
            left.append(
                f"comments, which this program does not show: {self.comments};"
                " they stay in the export"
            )

    def _lists(self) -> Iterator[Listing]:
        posts = [e for e in self.site.entries if not e.page and e.address]
        yield from (Listing("/", "home"), Listing("/feed/", "feed"))
        yield Listing("/comments/feed/", "feed")
        yield from (Listing(a, "editions") for a in listings.pages("/", len(posts), PAGED))
        for place in _days(posts, self.site.zone):
            yield Listing(place, "editions")
        counts = Counter(topic for e in posts for topic in e.matter.get("topics", ()))
        for (kind, slug), called in sorted(self.terms.items()):
            above = self._above(called) if kind == "category" else ""
            for own in dict.fromkeys((f"/{kind}/{slug}/", f"/{kind}/{above}{slug}/")):
                if slug and "//" not in own:
                    yield from listings.of_name(
                        own, "topic", called, counts[called], PAGED, "feed/"
                    )
        people = Counter(a["name"] for e in posts for a in e.matter.get("authors", ()))
        for login, called in sorted(self.authors.items()):
            own = f"/author/{login.lower()}/"
            yield from listings.of_name(own, "author", called, people[called], PAGED, "feed/")

    def _above(self, called: str) -> str:
        """The slugs of the categories above one, as WordPress puts them into its address."""
        parts: list[str] = []
        slugs = {name: slug for (kind, slug), name in self.terms.items() if kind == "category"}
        while called in self.site.topics and len(parts) < 10:
            called = self.site.topics[called]
            parts.insert(0, slugs.get(called, ""))
        return "".join(f"{part}/" for part in parts)

    def _uploads(self) -> None:
        files = self.attachments.values()
        wanted = {path_of(file.url, self.site.base_url) for file in files if file.url}
        found = uploads.read(self.folder, wanted)
        known = {file.address for file in found.files}
        self.site.static += found.files
        if found.shut:
            said = f"uploads that the old site showed not everybody ({found.shut} in all)"
            self.site.left.append(said)
        doubtful = [file for file in found.files if file.stands == "in"]
        if doubtful:
            self.site.left.append(
                f"uploads that are not in the library ({len(doubtful)} in all, the first is"
                f" {doubtful[0].source}): those alone came that a text leads to"
            )
        for file in files:
            self._page_of(file, known)
        missing = sorted(wanted - known)
        if missing:
            many = (
                "1 uploaded file is" if len(missing) == 1 else f"{len(missing)} uploaded files are"
            )
            self.site.left.append(
                f"{many} not in the export (such as {missing[0]}): copy"
                " the folder wp-content/uploads of the old server beside it and import again"
            )

    def _page_of(self, file: Attachment, known: Container[str]) -> None:
        """The page of an uploaded file leads to the file, else to the post that it was added to."""
        if not file.page or "?" in file.page:
            return
        own = path_of(file.url, self.site.base_url)
        parent = self.by_id.get(file.parent)
        target = own if own in known else parent.address if parent and parent.address else "/"
        self.site.rules.append(Rule(path_of(file.page, self.site.base_url), target))


def _days(posts: list[Entry], zone: tzinfo) -> list[str]:
    """The pages of years, months and days; those of days where addresses name them."""
    found: dict[str, None] = {}
    for entry in posts:
        day = entry.date.astimezone(zone).date() if entry.date else None
        for form in ("/%Y/", "/%Y/%m/", "/%Y/%m/%d/") if day else ():
            place = f"{day:{form}}"
            if place.count("/") < 4 or entry.address.startswith(place):
                found[place] = None
    return list(found)
