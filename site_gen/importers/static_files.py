"""Copies the old site's static files to the same addresses on ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from site_gen.basics import files
from site_gen.basics.secret_files import private_part
from site_gen.frontmatter import not_public
from site_gen.importers.old_site import OldSite, StaticFile
from site_gen.importers.placing import Placed
from site_gen.importers.reading import addresses, htaccess
from site_gen.importers.reading.folder import Folder
from site_gen.importers.reading.matter import not_shown
from site_gen.importers.redirecting import ours
from site_gen.importers.writer import Row, Writer
from site_gen.problems import SiteError

STATIC = "content/static"
REDIRECTS = "/_redirects"


class Shut:
    """The files that belong to hidden texts."""

    def __init__(self, placed: Iterable[Placed], shown_by: Mapping[str, set[str]], now: datetime):
        self._shown_by = shown_by
        hidden = [place for place in placed if place.entry.private or not_shown(place.entry, now)]
        self._hidden = {place.path for place in hidden}
        sources = (place.entry.source.rpartition("/") for place in hidden)
        self._bundles = tuple(f"{at}/" for at, _, name in sources if at and name[:6] == "index.")

    def keeps(self, item: StaticFile) -> bool:
        """Whether the file stays back with them: those of a folder that is one text do."""
        if item.source.startswith(self._bundles):
            return True
        by = self._shown_by.get(addresses.same(item.address), set())
        return item.stands != "alone" and (bool(by) or item.stands == "in") and by <= self._hidden

    def shows(self, item: StaticFile) -> bool:
        """Whether a text shows or links the file."""
        return bool(self._shown_by.get(addresses.same(item.address)))


SHOWN = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".css", ".js"),
    *(".woff", ".woff2", ".mp3", ".mp4", ".webm", ".ogg", ".wav"),
)
"""File types that pages embed: styles, pictures, sound, video."""
_PUBLIC = re.compile(
    r"(?:static|public|source|files|assets|images|img|pictures|media|downloads)/", re.IGNORECASE
)
"""Folders of static files in a folder without a system."""
_NOTION = re.compile(r"[0-9a-f]{32}(?:_all)?\.csv$", re.IGNORECASE)
"""A table of an export of Notion: all properties of its pages, which Notion shows to nobody."""


def _is_loose(item: StaticFile) -> bool:
    """Whether a file beside the texts may be anything: a table of readers, a copy, an invoice."""
    low = item.source.lower()
    return not item.data and not low.endswith(SHOWN) and not _PUBLIC.match(low)


def copied(
    folder: Folder, site: OldSite, writer: Writer, shut: Shut, *, by_name: bool
) -> Iterator[Row]:
    """Copy each; what has a place of ours, or cannot be read, is left behind and said.

    by_name   no system says what is public: names of folders such as `drafts` do
    """
    seen: set[str] = set()
    closed = htaccess.Closed(folder)
    kept_back: list[str] = []
    taken = ours(site)
    for item in site.static:
        key = addresses.same(item.address)
        hidden = any(p.startswith(".") and p != ".well-known" for p in item.address.split("/")[1:])
        name = item.address.rpartition("/")[2]
        if files.is_leftover(name) or key in seen:
            continue
        seen.add(key)
        if hidden:
            site.unpublished.append((item.source, "its name begins with a dot"))
            continue
        if private_part(item.address):
            site.unpublished.append((item.source, "its name is that of a key or of passwords"))
            continue
        if by_name and _NOTION.search(item.source):
            site.unpublished.append((item.source, "a table of all properties"))
            continue
        if shut.keeps(item) or (by_name and not_public.marks({}, item.source)):
            kept_back.append(item.source)
            continue
        if by_name and not shut.shows(item) and _is_loose(item):
            site.unpublished.append((item.source, "no text shows or links it"))
            continue
        if why := "" if item.data else closed.why(item.source):
            site.unpublished.append((item.source, why))
            continue
        if key == REDIRECTS:
            continue  # read by old_redirects.py
        if key in taken or item.address.endswith("/"):
            site.left.append(f"{item.source}: we make {item.address} ourselves")
            continue
        try:
            data = item.data or folder.data(item.source)
            yield writer.write(f"{STATIC}{item.address}", item.source, data)
        except SiteError as error:
            site.left.append(f"{item.source} was not copied: {error.problems[0].message}")
    if kept_back:
        count = f"{len(kept_back)} in all, the first is {kept_back[0]}"
        site.left.append(f"files of texts that are not shown ({count})")


def patterns(site: OldSite, writer: Writer) -> Iterator[Row]:
    """Redirects for many addresses at once, in the form that hosts read."""
    if site.patterns:
        text = "".join(f"{line}\n" for line in site.patterns)
        yield writer.write(f"{STATIC}{REDIRECTS}", "its redirects", text.encode())
