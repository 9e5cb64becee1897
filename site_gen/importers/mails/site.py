"""Mails that were sent, as newsletter services export them, with their tables, or as mail
programs keep them."""

import re
from collections import Counter
from functools import partial
from html import escape
from typing import Any
from urllib.parse import unquote

from site_gen.basics import slugs, urls, written_dates
from site_gen.convert.mail import headers, parts
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers.bodies import markup
from site_gen.importers.folders import private_markers
from site_gen.importers.mails import (
    links,
    mail_html,
    messages,
    own_posts,
    substack_parts,
    tables,
    tags,
)
from site_gen.importers.mails import text as mail_text
from site_gen.importers.mails.messages import Mail
from site_gen.importers.mails.tables import COLUMNS
from site_gen.importers.old_feed import SERVICES
from site_gen.importers.old_site import Entry, Listing, OldSite, StaticFile, Wishes
from site_gen.importers.reading import matter, names, zones
from site_gen.importers.reading.addresses import path_of
from site_gen.importers.reading.folder import Folder, each
from site_gen.problems import Problem, SiteError

BODIES = (".html", ".htm", ".md", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
"""What lies beside mails and is seen in them."""
_PICTURE = re.compile(
    r"(?<![^/\s()\"'<>\[\]])([^/\s()\"'<>\[\]]{1,200}\.(?:png|jpe?g|gif|webp|avif))", re.IGNORECASE
)
NOT_READ = re.compile(
    r"(?:^|/)(?:[\w-]+[._])?(?:subscribers?|(?:un|non)?-?subscribe[sd]?|cleaned|email_list|deliver(?:s|y|ies)?|opens?"
    r"|clicks?|bounces?|members?|audience|lists?|contacts?)(?:[._-][^/]*)?\.(?:csv|json)$"
    r"|(?:^|/)(?:subscribers?|contacts|unsubscribe[sd]?|bounces)\.(?:html?|md|markdown)$",
    re.I,
)
"""Files of an export that hold people's addresses: never opened."""


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The mails of an export; each is an issue."""
    name, zone = zones.zone("", wishes)
    reader = _Reader(folder, wishes, OldSite(zone=zone, timezone=name))
    reader.read()
    if not reader.site.entries:
        message = "there are no mails in this folder"
        cure = "name the folder that holds its table and the mails (.html, .md, .eml, .mbox)"
        raise SiteError([Problem("import/nothing", message, help=cure)])
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes, site: OldSite) -> None:
        self.folder, self.wishes, self.site = folder, wishes, site
        self.bodies = {n: n for n in folder.under("", *BODIES) if not NOT_READ.search(n)}
        self.titles = {name: _plain(names.stem_of(name)) for name in self.bodies}
        self.used: set[str] = set()
        self.hosted = self.audio = 0
        self.frames: Counter[str] = Counter()
        self.attached: Counter[str] = Counter()
        self.unused: Counter[str] = Counter()

    def read(self) -> None:
        shut: list[str] = []
        for name in self.folder.under("", ".csv", ".json", *BODIES):
            if NOT_READ.search(name):
                shut.append(name)
            if name in self.bodies or name in shut:
                continue
            before = self._count()
            for number, row in enumerate(tables.rows(self.folder.text(name), name), 1):
                each([f"{name}#{number}"], partial(self._row, row, name), self.site)
            if self._count() == before:
                self.site.left.append(f"{name}: no row of it is a mail, or it cannot be read")
        if shut:
            such = f"{len(shut)} (such as {shut[0]})"
            self.site.left.append(f"tables that may hold readers' addresses, not opened: {such}")
        left = [n for n in self.bodies if n not in self.used and not n.endswith("index.html")]
        each(left, self._file, self.site)
        self._mails()
        self._pictures()
        if self.frames:
            such = "; ".join(f'"{said}"' for said, _ in self.frames.most_common(3))
            self.site.left.append(
                "lines of mails about leaving the list, or seeing them in a browser:"
                f" {self.frames.total()} (such as {such})"
            )
        if self.unused:
            such = ", ".join(f"`{name}`" for name in sorted(self.unused))
            self.site.left.append(f"columns of its tables that there is no place for: {such}")
        if self.audio:
            self.site.left.append(
                "issues with audio, to which a link at their top leads: it lies on the service's"
                f" server, so download it before you leave ({self.audio} in all)"
            )
        if self.hosted:
            self.site.left.append(
                "addresses that are the service's own and stay there (link from there to here):"
                f" {self.hosted}"
            )
        own_posts.settle(self.site.entries)
        addressed = [e.address for e in self.site.entries if e.address]
        if addressed and self.wishes.kind == "substack":
            self.site.listings += [
                Listing("/", "home"),
                Listing("/feed", "feed"),
                Listing("/archive", "editions"),
            ]
            self.site.items = 20
        elif addressed:
            self.site.listings += [Listing("/archive/", "editions"), Listing("/rss", "feed")]

    def _pictures(self) -> None:
        """Those that a mail shows that everybody may read; others may be for some alone."""
        bodies = (entry.body for entry in self.site.entries if not entry.private)
        shown = {unquote(name).lower() for body in bodies for name in _PICTURE.findall(body)}
        behind: list[str] = []
        for name in self.folder.under("", *PICTURES):
            if name.rpartition("/")[2].lower() in shown:
                self.site.static.append(StaticFile(name, f"/{name}"))
            else:
                behind.append(name)
        if behind:
            such = f"{len(behind)} (such as {behind[0]})"
            self.site.left.append(f"pictures beside the mails that no mail for all shows: {such}")

    def _count(self) -> int:
        site = self.site
        return len(site.entries) + len(site.failed) + site.out.total()

    def _row(self, row: dict[str, str], table: str, source: str) -> None:
        def get(columns: tuple[str, ...]) -> str:
            return next((row[c].strip() for c in columns if row.get(c, "").strip()), "")

        title = get(COLUMNS.title)
        said = get(COLUMNS.file)
        body_file = self._named(said) or self._body_of(get(COLUMNS.id), get(COLUMNS.slug))
        body_file = body_file or self._called(row)
        text = get(COLUMNS.body)
        if not title or not (body_file or text or said or "postid" in row):
            if title and (get(COLUMNS.date) or get(COLUMNS.status)):
                self.site.out[f"a row of {table} for which there is no text"] += 1
            return
        ident = get(COLUMNS.id)
        slug = get(COLUMNS.slug) or (ident.partition(".")[2] if "." in ident else "")
        slug = (
            slug or names.stem_of(body_file).partition(".")[2] or names.stem_of(body_file or source)
        )
        entry = Entry(source=body_file or source, stem=slug)
        entry.matter = {"title": title}
        if get(COLUMNS.excerpt):
            entry.matter["excerpt"] = get(COLUMNS.excerpt)
        self._beside(entry, get)
        self.unused.update(tables.without_a_place(row))
        entry.date = written_dates.moment(get(COLUMNS.date) or None, self.site.zone)
        number = get(COLUMNS.number)
        entry.number = int(number) if number.isdecimal() and len(number) < 6 else None
        self._private(entry, row, get)
        self._address(entry, get(COLUMNS.url), slug)
        if body_file:
            self.used.add(body_file)
            text = self.folder.text(body_file)
            if text.startswith("---"):
                text = foreign_front_matter.read(text, body_file).body
        if not text.strip():
            missing = f", {said}," if said and not body_file else ""
            entry.faults.append(f"its text{missing} is not in the export")
        if audio := get(COLUMNS.audio):
            self.audio += 1
            text = f'<p><a href="{escape(audio)}">Audio</a></p>{text}'
        self._fill(entry, text, is_html=body_file.endswith((".html", ".htm")) or _is_html(text))

    def _beside(self, entry: Entry, get: Any) -> None:
        """Its picture and its author, where a table or the mail's head names them."""
        if (image := get(COLUMNS.image)).startswith("http"):
            entry.matter["images"] = [{"url": image}]
        who = get(COLUMNS.author)
        if who and "@" not in who and not who.startswith(("[", "{")):
            entry.matter["authors"] = [{"name": name.strip()} for name in who.split(",")]

    def _private(self, entry: Entry, row: dict[str, str], get: Any) -> None:
        said = {"status": get(COLUMNS.status), "audience": get(COLUMNS.audience)}
        kind = row.get("type", "") if self.wishes.kind == "substack" else ""
        if not get(COLUMNS.date) and any(column in row for column in COLUMNS.date):
            entry.private = "never sent"  # such as a test, or one that was given up
        matter.withheld(entry, {**row, **said, "published": get(COLUMNS.public), "post type": kind})
        entry.page = kind == "page"  # in no list and no feed, as its About

    def _address(self, entry: Entry, url: str, slug: str) -> None:
        if entry.private:
            return
        if url.startswith("http"):
            entry.guid = url
            if urls.host(url).endswith(SERVICES):
                self.hosted += 1  # an address of theirs, which cannot lead to ours
                entry.known_as.append(url.partition("?")[0].rstrip("/"))
                return
            entry.address = path_of(url)
            self.site.base_url = self.site.base_url or re.sub(r"^(https?://[^/]+).*", r"\1", url)
        elif self.wishes.kind == "substack" and slug:
            entry.address = f"/p/{slug}"

    def _named(self, said: str) -> str:
        """The file that a table names, by its path or by its name alone."""
        wanted = said.replace("\\", "/").lstrip("./")
        ends = [n for n in self.bodies if n == wanted or n.endswith(f"/{wanted}")] if said else []
        return ends[0] if len(ends) == 1 else ""

    def _body_of(self, ident: str, slug: str) -> str:
        """The file of a mail: named after its id, its slug, or both."""
        for name in self.bodies:
            stem = name.rpartition("/")[2].rpartition(".")[0]
            if stem and (
                stem in (ident, slug)
                or (ident and re.match(rf"{re.escape(ident)}(?:[._-]|$)", stem))
            ):
                return name
        return ""

    def _called(self, row: dict[str, str]) -> str:
        """The one file of a mail that is named by its title, after a number of the service's."""
        wanted = {_plain(row.get(column, "")) for column in COLUMNS.title} - {""}
        named = [name for name in self.bodies if self.titles[name] in wanted]
        return named[0] if len(named) == 1 else ""

    def _file(self, name: str) -> None:
        """A mail that no table speaks of."""
        text = self.folder.text(name)
        is_html = name.lower().endswith((".html", ".htm"))
        named = names.named(name)
        entry = Entry(source=name, stem=named.stem)
        if not is_html and text.startswith(("---", "+++")):
            head = foreign_front_matter.read(text, name)
            fields = {tables.column(str(k)): v for k, v in head.fields.items()}

            def get(columns: tuple[str, ...]) -> str:
                return next((str(fields[c]) for c in columns if fields.get(c)), "")

            entry.date = written_dates.moment(get(COLUMNS.date) or None, self.site.zone)
            self._private(entry, {k: str(v) for k, v in fields.items()}, get)
            self._address(entry, get(COLUMNS.url), get(COLUMNS.slug))
            own = {"title": get(COLUMNS.title), "excerpt": get(COLUMNS.excerpt)}
            entry.matter = {k: v for k, v in own.items() if v}
            self._beside(entry, get)
            entry.moved += [(key, "") for key in tables.without_a_place(head.fields)]
            entry.stem = get(COLUMNS.slug) or entry.stem
            text = head.body
        else:
            title = re.search(r"<title>\s*(.*?)\s*</title>", text, re.I | re.S) if is_html else None
            entry.matter = {"title": markup.plain(title[1])} if title else {}
        if entry.date is None and named.day:
            entry.date = written_dates.moment(named.day.isoformat(), self.site.zone)
        entry.private = entry.private or private_markers.said(name, "")
        matter.withheld(entry, {})  # a folder of drafts, or the file's name, says it too
        self._fill(entry, text, is_html=is_html)

    def _mails(self) -> None:
        """Those that lie there as a mail program keeps them."""
        found: list[Mail] = []

        def opened(name: str) -> None:
            data = self.folder.data(name, messages.MAX_BYTES)
            found.extend(messages.read(data, name))

        each(messages.files(self.folder), opened, self.site)
        mails = {mail.source: mail for mail in messages.issues(found, self.site.left)}
        each(mails, lambda source: self._mail(mails[source]), self.site)
        for name in self.folder.under("", *messages.UNREAD):
            self.site.failed.append((name, "it is Outlook's own form: save its mails as .eml"))
        if self.attached:
            such = ", ".join(name for name, _ in self.attached.most_common(3))
            self.site.left.append(
                f"files attached to mails: {self.attached.total()} (such as {such}). Put those that"
                " readers may have into content/static/"
            )

    def _mail(self, mail: Mail) -> None:
        entry = Entry(source=mail.source, stem=mail.stem, private=messages.withheld(mail))
        subject = headers.subject(mail.message)
        entry.matter = {"title": subject} if subject else {}
        entry.date = written_dates.moment(headers.text(mail.message, "date"), self.site.zone)
        self._address(entry, headers.address(mail.message), "")
        part = parts.best_part(mail.message)
        self.attached.update(parts.attachments(mail.message))
        if part is None:
            entry.faults.append("it has no text")
        text = part.text if part else ""
        for picture in messages.pictures(mail.message):
            address = f"/mails/{picture.name}"  # the same picture in every mail lies there once
            text = text.replace(f"cid:{picture.cid}", address)
            if address in text and not entry.private:
                source = f"{mail.source}/{picture.name}"
                self.site.static.append(StaticFile(source, address, picture.data))
        if part and not part.is_html:
            text = mail_text.markdown(text, self.frames)
        self._fill(entry, text, is_html=bool(part and part.is_html))

    def _fill(self, entry: Entry, text: str, *, is_html: bool) -> None:
        if substack_parts.PAYWALL.search(text):
            matter.withheld(entry, {"paywall": "a part of it is for paying readers"})
        if is_html:
            try:
                clean = mail_html.cleaned(text, self.frames, entry.lost)
                base = entry.address or f"/{entry.source.partition('#')[0]}"
                text = markup.markdown(clean, base, entry)
            except SiteError as error:
                entry.faults.append(error.problems[0].message)
        else:
            text = mail_text.without_tags(text, self.frames, entry.lost)
        entry.body = text
        entry.lost += links.through_counters(text)
        entry.odd += tags.unknown(text.replace("\\", ""))
        matter.titled(entry)
        matter.dated_in_text(entry, self.site.zone)
        self.site.entries.append(entry)


def _plain(title: str) -> str:
    return slugs.slugify(re.sub(r"^\d+[_-]+", "", title).replace("_", " "))


def _is_html(text: str) -> bool:
    return bool(re.search(r"<(?:p|div|table|h[1-6]|ul|br)\b", text, re.I)) and not re.search(
        r"^#{1,3} ", text, re.M
    )
