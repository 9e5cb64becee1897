"""Mails that were sent, as newsletter services export them, with their tables, or as mail
programs keep them."""

import csv
import io
import json
import re
from collections import Counter
from functools import partial
from typing import Any, NamedTuple

from site_gen.basics import urls, written_dates
from site_gen.convert.mail import headers, parts
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import mail_html, mail_messages, mail_text, markup, matter, names, zones
from site_gen.importers.addresses import path_of
from site_gen.importers.folder import Folder, each
from site_gen.importers.mail_messages import Mail
from site_gen.importers.old_site import Entry, Listing, OldSite, StaticFile, Wishes
from site_gen.problems import Problem, SiteError

BODIES = (".html", ".htm", ".md", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
"""What lies beside mails and is seen in them."""
NOT_READ = re.compile(
    r"(?:^|/)(?:subscribers?|email_list|deliver|opens|members?|audience|lists?)\b", re.I
)
"""Files of an export that hold people's addresses: never opened."""


class Columns(NamedTuple):
    """What the columns of such a table are called, in lower case, letters and digits alone."""

    id: tuple[str, ...] = ("postid", "id", "campaignid", "uniqueid")
    title: tuple[str, ...] = (
        *("subject", "subjectline", "betreff", "title", "campaignname", "campaigntitle"),
        *("campaign", "name"),
    )
    excerpt: tuple[str, ...] = ("subtitle", "description", "previewtext")
    date: tuple[str, ...] = (
        *("postdate", "publishdate", "publishedat", "sentat", "senddate", "sendtime"),
        *("emailsentat", "senton", "sentdate", "datesent", "sent", "deliverydate", "date"),
        *("versanddatum", "gesendetam", "datum", "creationdate"),
    )
    public: tuple[str, ...] = ("ispublished",)
    status: tuple[str, ...] = ("status",)
    audience: tuple[str, ...] = ("audience", "emailtype", "visibility")
    slug: tuple[str, ...] = ("slug",)
    url: tuple[str, ...] = (
        "absoluteurl",
        "archiveurl",
        "weburl",
        "canonicalurl",
        "permalink",
        "url",
    )
    body: tuple[str, ...] = ("body", "content", "html", "bodyhtml", "markdown")
    number: tuple[str, ...] = ("secondaryid", "number", "issuenumber", "issue")
    file: tuple[str, ...] = ("filename", "file", "htmlfile", "path", "datei")


COLUMNS = Columns()
SERVICES = (
    "buttondown.com",
    "buttondown.email",
    "substack.com",
    "mailchi.mp",
    "campaign-archive.com",
)


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
        self.used: set[str] = set()
        self.hosted = 0
        self.frames: Counter[str] = Counter()
        self.attached: Counter[str] = Counter()

    def read(self) -> None:
        for name in self.folder.under("", ".csv", ".json"):
            if NOT_READ.search(name):
                continue
            for number, row in enumerate(_rows(self.folder.text(name), name), 1):
                each([f"{name}#{number}"], partial(self._row, row), self.site)
        left = [n for n in self.bodies if n not in self.used and not n.endswith("index.html")]
        each(left, self._file, self.site)
        self._mails()
        for name in self.folder.under("", *PICTURES):
            self.site.static.append(StaticFile(name, f"/{name}"))
        if self.frames:
            such = "; ".join(f'"{said}"' for said, _ in self.frames.most_common(3))
            self.site.left.append(
                "lines of mails about leaving the list, or seeing them in a browser:"
                f" {self.frames.total()} (such as {such})"
            )
        if self.hosted:
            self.site.left.append(
                "addresses that are the service's own and stay there (link from there to here):"
                f" {self.hosted}"
            )
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

    def _row(self, row: dict[str, str], source: str) -> None:
        def get(columns: tuple[str, ...]) -> str:
            return next((row[c].strip() for c in columns if row.get(c, "").strip()), "")

        title = get(COLUMNS.title)
        said = get(COLUMNS.file)
        body_file = self._named(said) or self._body_of(get(COLUMNS.id), get(COLUMNS.slug))
        text = get(COLUMNS.body)
        if not title or not (body_file or text or said or "postid" in row):
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
        self._fill(entry, text, is_html=body_file.endswith((".html", ".htm")) or _is_html(text))

    def _private(self, entry: Entry, row: dict[str, str], get: Any) -> None:
        said = {"status": get(COLUMNS.status), "audience": get(COLUMNS.audience)}
        kind = row.get("type", "") if self.wishes.kind == "substack" else ""
        matter.withheld(entry, {**row, **said, "published": get(COLUMNS.public), "post type": kind})

    def _address(self, entry: Entry, url: str, slug: str) -> None:
        if entry.private:
            return
        if url.startswith("http"):
            entry.guid = url
            if urls.host(url).endswith(SERVICES):
                self.hosted += 1  # an address of theirs, which cannot lead to ours
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

    def _file(self, name: str) -> None:
        """A mail that no table speaks of."""
        text = self.folder.text(name)
        is_html = name.lower().endswith((".html", ".htm"))
        named = names.named(name)
        entry = Entry(source=name, stem=named.stem)
        if not is_html and text.startswith(("---", "+++")):
            head = foreign_front_matter.read(text, name)
            fields = {_column(str(k)): v for k, v in head.fields.items()}

            def get(columns: tuple[str, ...]) -> str:
                return next((str(fields[c]) for c in columns if fields.get(c)), "")

            entry.date = written_dates.moment(get(COLUMNS.date) or None, self.site.zone)
            self._private(entry, {k: str(v) for k, v in fields.items()}, get)
            self._address(entry, get(COLUMNS.url), get(COLUMNS.slug))
            own = {"title": get(COLUMNS.title), "excerpt": get(COLUMNS.excerpt)}
            entry.matter = {k: v for k, v in own.items() if v}
            entry.stem = get(COLUMNS.slug) or entry.stem
            text = head.body
        else:
            title = re.search(r"<title>\s*(.*?)\s*</title>", text, re.I | re.S) if is_html else None
            entry.matter = {"title": markup.plain(title[1])} if title else {}
        if entry.date is None and named.day:
            entry.date = written_dates.moment(named.day.isoformat(), self.site.zone)
        self._fill(entry, text, is_html=is_html)

    def _mails(self) -> None:
        """Those that lie there as a mail program keeps them."""
        found: list[Mail] = []

        def opened(name: str) -> None:
            data = self.folder.data(name, mail_messages.MAX_BYTES)
            found.extend(mail_messages.read(data, name))

        each(mail_messages.files(self.folder), opened, self.site)
        mails = {mail.source: mail for mail in mail_messages.issues(found, self.site.left)}
        each(mails, lambda source: self._mail(mails[source]), self.site)
        for name in self.folder.under("", *mail_messages.UNREAD):
            self.site.failed.append((name, "it is Outlook's own form: save its mails as .eml"))
        if self.attached:
            such = ", ".join(name for name, _ in self.attached.most_common(3))
            self.site.left.append(
                f"files attached to mails: {self.attached.total()} (such as {such}). Put those that"
                " readers may have into content/static/"
            )

    def _mail(self, mail: Mail) -> None:
        entry = Entry(source=mail.source, stem=mail.stem, private=mail_messages.withheld(mail))
        subject = headers.subject(mail.message)
        entry.matter = {"title": subject} if subject else {}
        entry.date = written_dates.moment(headers.text(mail.message, "date"), self.site.zone)
        self._address(entry, headers.address(mail.message), "")
        part = parts.best(mail.message)
        self.attached.update(mail_messages.attached(mail.message))
        if part is None:
            entry.faults.append("it has no text")
        text = part.text if part else ""
        for picture in mail_messages.pictures(mail.message):
            address = f"/mails/{picture.name}"  # the same picture in every mail lies there once
            text = text.replace(f"cid:{picture.cid}", address)
            if address in text and not entry.private:
                source = f"{mail.source}/{picture.name}"
                self.site.static.append(StaticFile(source, address, picture.data))
        if part and not part.is_html:
            text = mail_text.markdown(text, self.frames)
        self._fill(entry, text, is_html=bool(part and part.is_html))

    def _fill(self, entry: Entry, text: str, *, is_html: bool) -> None:
        if is_html:
            try:
                clean = mail_html.cleaned(text, self.frames)
                base = entry.address or f"/{entry.source.partition('#')[0]}"
                text = markup.markdown(clean, base, entry)
            except SiteError as error:
                entry.faults.append(error.problems[0].message)
        entry.body = text
        matter.titled(entry)
        matter.dated_in_text(entry, self.site.zone)
        self.site.entries.append(entry)


def _rows(text: str, name: str) -> list[dict[str, str]]:
    """The rows of a table of mails, columns in lower case; none for other tables."""
    if name.endswith(".json"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return []
        listed = found.get("results") if isinstance(found, dict) else found
        dicts = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        return [
            {str(k).lower(): "" if v is None else str(v) for k, v in row.items()} for row in dicts
        ]
    csv.field_size_limit(10_000_000)
    try:
        table = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
        return _dated([_row(row) for row in table])
    except csv.Error:
        return []


def _delimiter(text: str) -> str:
    """Tables of some countries have semicolons: what the first line has most."""
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


def _dated(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Dates such as 3/14/2024 as ISO ones, where some day of their column tells the order."""
    for column in COLUMNS.date:
        found = [(row, m) for row in rows if (m := _SLASHED.match(row.get(column, "").strip()))]
        days_first = any(int(m[1]) > 12 for _, m in found)
        if days_first == any(int(m[2]) > 12 for _, m in found):
            continue  # neither, or both, which is no date
        for row, m in found:
            day, month = (m[1], m[2]) if days_first else (m[2], m[1])
            row[column] = f"{m[3]}-{int(month):02d}-{int(day):02d}{m[4]}"
    return rows


_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", re.DOTALL)


def _row(row: dict[Any, Any]) -> dict[str, str]:
    """Without what stands in no column."""
    return {
        _column(key): value or ""
        for key, value in row.items()
        if isinstance(key, str) and (value is None or isinstance(value, str))
    }


def _column(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _is_html(text: str) -> bool:
    return bool(re.search(r"<(?:p|div|table|h[1-6]|ul|br)\b", text, re.I)) and not re.search(
        r"^#{1,3} ", text, re.M
    )
