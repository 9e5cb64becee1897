"""The old site's files that are published as they are, to the same addresses on ours."""

from collections.abc import Iterator
from datetime import datetime

from site_gen.basics import files
from site_gen.frontmatter import not_public
from site_gen.importers import addresses
from site_gen.importers.folder import Folder
from site_gen.importers.matter import not_shown
from site_gen.importers.old_site import OldSite
from site_gen.importers.redirecting import ours
from site_gen.importers.writer import Desk, Row
from site_gen.problems import SiteError

STATIC = "content/static"
REDIRECTS = "/_redirects"


def copied(
    folder: Folder, site: OldSite, desk: Desk, now: datetime, *, by_name: bool
) -> Iterator[Row]:
    """Copy each; what has a place of ours, or cannot be read, is left behind and said.

    by_name   no system says what is public: names of folders such as `drafts` do
    """
    seen: set[str] = set()
    shut = tuple(_bundles(site, now))
    kept_back: list[str] = []
    taken = ours(site)
    for item in site.static:
        key = addresses.same(item.address)
        hidden = any(p.startswith(".") and p != ".well-known" for p in item.address.split("/")[1:])
        name = item.address.rpartition("/")[2]
        if hidden or files.is_leftover(name) or key in seen:
            continue
        seen.add(key)
        if item.source.startswith(shut) or (by_name and not_public.marks({}, item.source)):
            kept_back.append(item.source)
            continue
        if key == REDIRECTS:
            continue  # read by old_redirects.py
        if key in taken or item.address.endswith("/"):
            site.left.append(f"{item.source}: we make {item.address} ourselves")
            continue
        try:
            data = item.data or folder.data(item.source)
            yield desk.write(f"{STATIC}{item.address}", item.source, data)
        except SiteError as error:
            site.left.append(f"{item.source} was not copied: {error.problems[0].message}")
    if kept_back:
        count = f"{len(kept_back)} in all, the first is {kept_back[0]}"
        site.left.append(f"files of texts that are not shown ({count})")


def _bundles(site: OldSite, now: datetime) -> Iterator[str]:
    """Folders that are one text with its files, where the text is not shown."""
    for entry in site.entries:
        place, _, name = entry.source.rpartition("/")
        if place and name.startswith("index.") and (entry.private or not_shown(entry, now)):
            yield f"{place}/"


def patterns(site: OldSite, desk: Desk) -> Iterator[Row]:
    """Redirects for many addresses at once, in the form that hosts read."""
    if site.patterns:
        text = "".join(f"{line}\n" for line in site.patterns)
        yield desk.write(f"{STATIC}{REDIRECTS}", "its redirects", text.encode())
