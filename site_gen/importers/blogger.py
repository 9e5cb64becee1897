"""Blogger: its export (Atom, XML), of the settings' "Back up content" or of Google's Takeout."""

import re
from collections import Counter

from lxml import etree

from site_gen.basics import urls, written_dates
from site_gen.importers.bodies import markup
from site_gen.importers.old_site import Entry, Listing, OldSite, Wishes
from site_gen.importers.reading import listings, names, zones
from site_gen.importers.reading.addresses import path_of
from site_gen.importers.reading.folder import Folder, each
from site_gen.importers.reading.matter import withheld
from site_gen.problems import Problem, SiteError

_ATOM = "{http://www.w3.org/2005/Atom}"
_KIND = re.compile(r"schemas\.google\.com/blogger/2008/kind#(\w+)")
_LABELS = "http://www.blogger.com/atom/ns#"
_READERS = ".BLOG_READ_ACCESS_MODE"
"""The setting of who may read."""
_MARKS = (b"schemas.google.com/blogger", b"blogger.com,1999")


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The blog of every export in the folder."""
    name, zone = zones.zone("", wishes)
    site = OldSite(zone=zone, timezone=name, items=25)
    left: Counter[str] = Counter()
    found = [n for n in folder.under("", ".xml", ".atom") if _is_export(folder.data(n))]
    each(found, lambda name: _export(folder.data(name), name, site, left), site)
    if not found:
        message = "there is no export of Blogger here"
        cure = "in Blogger: Settings, Manage blog, Back up content; name that file or its folder"
        raise SiteError([Problem("import/nothing", message, help=cure)])
    site.left += [f"{kind}: {count} stay behind" for kind, count in sorted(left.items())]
    posts = [e for e in site.entries if e.address and not e.page]
    for day in {(e.date.astimezone(zone).year, e.date.astimezone(zone).month)
                for e in posts if e.date}:  # fmt: skip
        site.listings += [Listing(f"/{day[0]}/{day[1]:02d}/", "editions"),
                          Listing(f"/{day[0]}/", "editions")]  # fmt: skip
    topics = dict.fromkeys(t for e in posts for t in e.matter.get("topics", ()))
    site.listings += [Listing(f"/search/label/{topic}", "topic", topic) for topic in topics]
    site.listings += [Listing("/feeds/posts/default", "feed"), Listing("/atom.xml", "feed"),
                      Listing("/rss.xml", "feed"), Listing("/index.html", "home")]  # fmt: skip
    site.listings = listings.unique(site.listings)
    return site


def _is_export(data: bytes) -> bool:
    return any(mark in data[:200_000] for mark in _MARKS)


def _export(data: bytes, name: str, site: OldSite, left: Counter[str]) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise SiteError([Problem("import/export", f"{name} cannot be read", help="export again")])
    site.title = site.title or _text(root, "title")
    home = _alternate(root)
    site.base_url = site.base_url or re.sub(r"^(https?://[^/]+).*", r"\1", home)
    private = ""
    for number, item in enumerate(root.iter(f"{_ATOM}entry"), 1):
        kind = _kind(item)
        if kind in ("post", "page"):
            _entry(item, f"{name}#{number}", site, page=kind == "page")
        elif kind not in ("settings", "template"):
            left[f"{kind}s"] += 1
        elif _text(item, "id").endswith(_READERS) and _text(item, "content").upper() != "PUBLIC":
            private = "the blog was not for all readers"
    for entry in site.entries if private else ():
        if entry.source.startswith(f"{name}#"):
            entry.keep_private(private)


def _kind(item: etree._Element) -> str:
    """Its kind, which an old export has as a category, Takeout in an element."""
    said = item.find("{http://schemas.google.com/blogger/2018}type")
    if said is not None:
        return (said.text or "").strip().lower()
    terms = (c.get("term") or "" for c in item.findall(f"{_ATOM}category"))
    return next((m[1] for term in terms if (m := _KIND.search(term))), "entry without a kind")


def _entry(item: etree._Element, source: str, site: OldSite, *, page: bool) -> None:
    entry = Entry(source=source, page=page)
    entry.matter = {"title": _text(item, "title")}
    entry.date = written_dates.moment(_text(item, "published") or None, site.zone)
    draft = next((e.text for e in item.iter("{*}draft")), "") or ""
    status = _text(item, "status", "{http://schemas.google.com/blogger/2018}").lower()
    withheld(entry, {"draft": draft == "yes", "status": "" if status == "live" else status})
    if _text(item, "trashed", "{http://schemas.google.com/blogger/2018}"):
        entry.private = ", ".join(filter(None, (entry.private, "in the trash")))
    address = _alternate(item) or _text(
        item, "filename", "{http://schemas.google.com/blogger/2018}"
    )
    if address and not entry.private:
        entry.address = path_of(address)
        host = urls.parts(address).scheme and re.sub(r"^(https?://[^/]+).*", r"\1", address)
        site.base_url = site.base_url or host or ""
    if not page and not entry.private:
        entry.guid = _text(item, "id")
    entry.stem = names.stem_of(path_of(address)) if address else ""
    labels = [c.get("term") or "" for c in item.findall(f"{_ATOM}category")
              if c.get("scheme") == _LABELS]  # fmt: skip
    if labels and not page:
        entry.matter["topics"] = labels
    author = item.find(f"{_ATOM}author/{_ATOM}name")
    if author is not None and author.text and not page:
        entry.matter["authors"] = [{"name": author.text.strip()}]
    text = _text(item, "content")
    entry.body = markup.markdown(text, entry.address or "/", entry)
    site.entries.append(entry)


def _text(item: etree._Element, name: str, space: str = _ATOM) -> str:
    found = item.find(f"{space}{name}")
    return (found.text or "").strip() if found is not None else ""


def _alternate(item: etree._Element) -> str:
    links = (link for link in item.findall(f"{_ATOM}link") if link.get("rel") == "alternate")
    return next((link.get("href") or "" for link in links), "")
