"""Pelican: pelicanconf.py with publishconf.py, articles, pages, feeds."""

import re
from datetime import datetime
from posixpath import basename, dirname, join, normpath, relpath
from typing import Any

from site_gen.basics import urls, written_dates
from site_gen.convert.markdown import foreign_front_matter
from site_gen.importers import menus
from site_gen.importers.bodies import liquid, markup, spans
from site_gen.importers.old_site import Entry, MenuItem, OldSite, StaticFile, Wishes
from site_gen.importers.pelican import lists, names
from site_gen.importers.pelican.settings import HIDING_FILES, PelicanSettings, inside
from site_gen.importers.reading import matter, values, zones
from site_gen.importers.reading.folder import Folder, each

_CODE = re.compile(
    r"(?P<above>\A|\n[ \t]*\n)(?: {4}|\t)(?::::|#!)(?P<language>\w[\w+.-]*)[ \t]*\n"
    r"(?P<code>(?:(?: {4}|\t).*\n?|[ \t]*\n)+)"
)
"""An indented listing with its language in the first line, as CodeHilite reads it."""
TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst")
EXCLUDED = "the settings exclude it"
RST = "its text is reStructuredText: turn that into Markdown, such as with pandoc"
_LINK = re.compile(r"[{|](filename|static|attach|tag|category|author|index)[|}](.*)", re.DOTALL)


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site as Pelican publishes it."""
    reader = _Reader(folder, wishes)
    reader.read()
    return reader.site


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes) -> None:
        self.folder, self.wishes = folder, wishes
        self.settings = PelicanSettings(folder)
        self.config = self.settings.values
        name, self.zone = zones.zone(self.config.get("TIMEZONE"), wishes)
        self.site = OldSite(
            zone=self.zone,
            timezone=name,
            title=str(self.config.get("SITENAME") or ""),
            base_url=str(self.config.get("SITEURL") or "").rstrip("/"),
            description=str(self.config.get("SITESUBTITLE") or ""),
            language=str(self.config.get("DEFAULT_LANG") or ""),
            items=values.whole(self.config.get("FEED_MAX_ITEMS")),
            left=list(self.settings.left),
            output=values.text(self.config.get("OUTPUT_PATH")),
        )
        own = str(self.config.get("PATH") or "").strip("./")
        self.root = (
            own if folder.under(own) and own else "content" if folder.under("content") else ""
        )
        self.addresses: dict[str, str] = {}
        self.bodies: list[tuple[Entry, str, bool, str]] = []
        self.found = lists.Found()
        self.placed: dict[str, str] = {}

    def read(self) -> None:
        inside = len(self.root) + 1 if self.root else 0
        built = f"{self.site.output.strip('./') or 'output'}/"
        paths = [path for path in self.folder.under(self.root) if not path.startswith(built)]
        each(paths, lambda path: self._file(path, path[inside:]), self.site)
        for entry, body, is_html, inner in self.bodies:
            body = spans.retarget(body, lambda target, at=inner: self._target(target, at))  # type: ignore[misc]
            made = markup.markdown if is_html else _plain
            entry.body = made(body, entry.address, entry)
        self.site.listings = lists.Lists(self.site, self.config, self.found).all()
        self._menu()

    def _menu(self) -> None:
        """The items of the settings, and by default every page."""
        given = menus.items(self.config.get("MENUITEMS"))
        pages = [e for e in self.site.entries if e.page and e.address]
        shown = pages if self.config.get("DISPLAY_PAGES_ON_MENU") is not False else []
        if given or len(shown) < len(pages):
            self.site.menu = [*(MenuItem(e.title, e.address) for e in shown), *given]

    def _file(self, path: str, inner: str) -> None:
        kind = "PAGE" if self._within(inner, "PAGE_PATHS") else "ARTICLE"
        page = kind == "PAGE"
        a_text = inner.lower().endswith(TEXTS) and self.settings.reads(inner)
        read = page or self._within(inner, "ARTICLE_PATHS")
        if not a_text or not read:
            self._static(path, inner)
            return
        if self.settings.ignored(inner) or self.settings.excluded(inner, kind):
            self.site.unpublished.append((path, EXCLUDED))
            return
        if "/" not in inner and not self.root and inner.lower().startswith(("readme", "license")):
            return
        text = self.folder.text(path)
        if inner.endswith(".rst"):
            self._entry(path, inner, names.rst_head(text), page=page, is_html=False)
            self.site.entries[-1].faults.append(RST)
            return
        is_html = inner.lower().endswith((".html", ".htm"))
        head = names.html_head(text) if is_html else foreign_front_matter.read(text, path)
        self._entry(path, inner, head, page=page, is_html=is_html)

    def _within(self, inner: str, key: str) -> bool:
        return any(inside(inner, place) for place in self.settings.listed(key))

    def _entry(
        self, path: str, inner: str, head: foreign_front_matter.Head, *, page: bool, is_html: bool
    ) -> None:
        fields = {str(key).lower(): value for key, value in head.fields.items()}
        entry = Entry(source=path, page=page, stem=inner.rpartition(".")[0])
        stem = inner.rpartition("/")[2].rpartition(".")[0]
        told = self.settings.given(inner)
        for pattern, name in ((self.config["FILENAME_METADATA"], stem),
                              (self.config["PATH_METADATA"] or "$^", inner)):  # fmt: skip
            found = names.told(str(pattern), name)
            told |= {key.lower(): value for key, value in found.items()}
        fields = {**told, **fields}
        moment = written_dates.moment(
            fields.get("date") or ("" if page else self.config["DEFAULT_DATE"]), self.zone
        )
        entry.date = moment
        title = str(fields.get("title") or stem)
        source = title if self.config["SLUGIFY_SOURCE"] == "title" else stem
        slug = str(fields.get("slug") or names.slug(source, self._subs("SLUG")))
        if not fields.get("category") and not page:
            above = dirname(inner).rpartition("/")[2]
            folder = above if above and self.config["USE_FOLDER_AS_CATEGORY"] else ""
            fields["category"] = folder or self.config["DEFAULT_CATEGORY"]
        facts = names.facts(slug, fields, moment.astimezone(self.zone) if moment else None)
        language = str(fields.get("lang") or self.config["DEFAULT_LANG"])
        translated = "" if language == self.config["DEFAULT_LANG"] else "LANG_"
        kind = f"{'PAGE' if page else 'ARTICLE'}_{translated}"
        url = str(fields.get("url") or self.config[f"{kind}URL"])
        file = str(fields.get("save_as") or self.config.get(f"{kind}SAVE_AS") or url)
        self._status(entry, fields)
        if not entry.private:
            self._stand(entry, inner, *(names.filled(p, facts) for p in (url, file)))
        self.addresses[inner] = entry.address
        entry.guid = "" if page else self._guid(entry.address, moment)
        self._fields(entry, fields, split=head.style == "lines" or is_html)
        self.site.entries.append(entry)
        self.bodies.append((entry, head.body, is_html, inner))

    def _stand(self, entry: Entry, inner: str, address: str, file: str) -> None:
        """Its address, and that of the file that answers for it."""
        entry.address, own = (f"/{p.lstrip('/')}" if "{" not in p else "" for p in (address, file))
        entry.aliases += [own] if own != entry.address and own else []
        self.placed[inner] = own

    def _status(self, entry: Entry, fields: dict[str, Any]) -> None:
        status = fields.pop("status", "")
        entry.private = self.settings.in_doubt(values.text(status))
        matter.withheld(entry, {"status": status})

    def _fields(self, entry: Entry, fields: dict[str, Any], *, split: bool) -> None:
        names_ = names.authors(fields.pop("authors", None) or fields.pop("author", None))
        category = str(fields.pop("category", "") or "")
        default = category == self.config["DEFAULT_CATEGORY"]  # it says nothing
        topics = [category] if category and not default else []
        tags = fields.pop("tags", None)
        listed = tags if isinstance(tags, list) else re.split(r"\s*[,;]\s*", str(tags or ""))
        topics += [str(tag).strip() for tag in listed if str(tag).strip()]
        for key in ("date", "slug", "url", "save_as", "filename"):
            fields.pop(key, None)
        matter.settled(entry, fields, self.wishes, self.zone, split=split)
        if topics and not entry.page:
            entry.matter["topics"] = list(dict.fromkeys(topics))
        names_ = names_ or names.authors(self.config.get("AUTHOR"))
        if names_ and not entry.page:
            entry.matter["authors"] = [{"name": name} for name in names_]
        if entry.address and not entry.page:
            own = topics[1:] if category and not default else topics
            for key, found in (("CATEGORY", [category] if category else []),
                               ("TAG", own), ("AUTHOR", names_)):  # fmt: skip
                slugs = {names.slug(name, self._subs(key)): name for name in found}
                self.found.of.setdefault(entry.source, {})[key] = list(slugs)
                self.found.terms[key] |= slugs

    def _subs(self, kind: str) -> list[Any]:
        own = self.config.get(f"{kind}_REGEX_SUBSTITUTIONS")
        found = own or self.config.get("SLUG_REGEX_SUBSTITUTIONS")
        return found if isinstance(found, list) else []

    def _guid(self, address: str, moment: datetime | None) -> str:
        """The tag: id that feedgenerator makes of an entry's address and date."""
        parts = urls.parts(self.site.base_url)
        if not address or not parts.hostname or moment is None:
            return ""
        day = moment.astimezone(self.zone).strftime("%Y-%m-%d")
        return f"tag:{parts.hostname},{day}:{parts.path.rstrip('/')}{address}"

    def _static(self, path: str, inner: str) -> None:
        """A file of STATIC_PATHS, at the place that EXTRA_PATH_METADATA gives it."""
        if not self.settings.is_static(inner):
            if inner.lower().endswith(TEXTS):
                self.site.unpublished.append((path, "it is in no folder of texts"))
        elif self.settings.ignored(inner) or self.settings.excluded(inner, "STATIC"):
            self.site.unpublished.append((path, EXCLUDED))
        elif doubt := next((k for k in self.settings.unknown if k in HIDING_FILES), ""):
            self.site.unpublished.append((path, f"{doubt} is worked out by a program"))
        else:
            own = values.table(values.table(self.config["EXTRA_PATH_METADATA"]).get(inner))
            wanted = own.get("path") or own.get("save_as") or inner
            self.site.static.append(StaticFile(path, "/" + str(wanted).lstrip("/")))

    def _target(self, target: str, inner: str) -> str:
        found = _LINK.match(target.replace("%7B", "{").replace("%7D", "}"))
        if not found:
            return target
        kind, rest = found[1], found[2].strip()
        name, mark, anchor = rest.partition("#")
        place = name.lstrip("/") if name.startswith("/") else normpath(join(dirname(inner), name))
        if kind == "filename":
            return (self.addresses.get(place) or f"/{place}") + mark + anchor
        if kind in ("static", "attach"):
            own = self.placed.get(inner, "") if kind == "attach" else ""
            if own and not self.settings.is_static(place):
                folder = own if own.endswith("/") else f"{dirname(own).rstrip('/')}/"
                beside = relpath(place, dirname(inner) or ".")
                address = folder + (basename(place) if beside.startswith("..") else beside)
                return self._static_once(place, address) + mark + anchor
            return self._static_once(place, f"/{place}") + mark + anchor
        if kind == "index":
            return "/"
        key = kind.upper()
        slug = names.slug(name, self._subs(key))
        return "/" + names.filled(str(self.config[f"{key}_URL"]), {"slug": slug})

    def _static_once(self, place: str, address: str) -> str:
        """The address of a file that a text names; it stood where the first of them wanted it."""
        source = f"{self.root}/{place}" if self.root else place
        known = next((item for item in self.site.static if item.source == source), None)
        if known is None and self.folder.first(source):
            known = StaticFile(source, address, stands="in")
            self.site.static.append(known)
        return known.address if known else address


def _plain(text: str, base: str, entry: Entry) -> str:
    """Markdown of Python's dialect without its marks for styles, and with its code as ours."""
    del base, entry
    text = spans.outside_code(text, liquid.without_attributes) if "{:" in text else text
    return _CODE.sub(_fenced, text)


def _fenced(found: re.Match[str]) -> str:
    lines = found["code"].rstrip().split("\n")
    code = "\n".join(re.sub(r"^(?: {4}|\t)", "", line) for line in lines)
    fence = "```" if "```" not in code else "~~~~"
    return f"{found['above']}{fence}{found['language']}\n{code}\n{fence}\n\n"
