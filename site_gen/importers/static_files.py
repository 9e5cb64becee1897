"""The old site's files that are published as they are, to the same addresses on ours."""

from collections.abc import Iterator

from site_gen.basics import files
from site_gen.importers import addresses
from site_gen.importers.folder import Folder
from site_gen.importers.old_site import OldSite
from site_gen.importers.redirecting import OURS, feed_names
from site_gen.importers.writer import Desk, Row
from site_gen.problems import SiteError

STATIC = "content/static"
REDIRECTS = "/_redirects"


def copied(folder: Folder, site: OldSite, desk: Desk) -> Iterator[Row]:
    """Copy each; what has a place of ours, or cannot be read, is left behind and said."""
    seen: set[str] = set()
    ours = OURS | {f"/{name}" for name in feed_names(site).values()}
    for item in site.static:
        key = addresses.same(item.address)
        hidden = any(p.startswith(".") and p != ".well-known" for p in item.address.split("/")[1:])
        name = item.address.rpartition("/")[2]
        if hidden or files.is_leftover(name) or key in seen:
            continue
        seen.add(key)
        if key == REDIRECTS:
            continue  # read by old_redirects.py
        if key in ours or item.address.endswith("/"):
            site.left.append(f"{item.source}: we make {item.address} ourselves")
            continue
        try:
            data = item.data or folder.data(item.source)
            yield desk.write(f"{STATIC}{item.address}", item.source, data)
        except SiteError as error:
            site.left.append(f"{item.source} was not copied: {error.problems[0].message}")


def patterns(site: OldSite, desk: Desk) -> Iterator[Row]:
    """Redirects for many addresses at once, in the form that hosts read."""
    if site.patterns:
        text = "".join(f"{line}\n" for line in site.patterns)
        yield desk.write(f"{STATIC}{REDIRECTS}", "its redirects", text.encode())
