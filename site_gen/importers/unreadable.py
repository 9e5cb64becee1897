"""Unreadable files of the old site go into quarantine, to be mended."""

from collections.abc import Iterator
from posixpath import dirname

from site_gen.basics import slugs
from site_gen.convert.drafts import naming
from site_gen.importers.content import ContentFile
from site_gen.importers.old_site import OldSite
from site_gen.importers.placing import Places
from site_gen.importers.reading.folder import Folder
from site_gen.importers.writer import Row, Writer
from site_gen.problems import SiteError


def put_aside(folder: Folder, site: OldSite, places: Places, writer: Writer) -> Iterator[Row]:
    """Each into quarantine; what is no file of its own, or too large, stays in `site.failed`."""
    issues = {dirname(p.entry.source) for p in places.placed if p.kind == "edition"}
    for place in places.placed:
        writer.now_read(_path(place.entry.source, issues))
    failed, site.failed = site.failed, []
    known = set(folder.names)
    taken: set[str] = set()
    for name, why in failed:
        try:
            data = folder.data(name) if name in known else None
        except SiteError:
            data = None
        if data is None:
            site.failed.append((name, why))
            continue
        path = naming.unused_name(_path(name, issues), taken)
        taken.add(slugs.folded(path))
        yield writer.put(ContentFile(path, name, data, (why,)))


def _path(source: str, issues: set[str]) -> str:
    """Where it would lie below `content/`: beside the issues where its neighbours are issues."""
    path = naming.from_file(source, 1, 1)
    return f"editions/{path.rpartition('/')[2]}" if dirname(source) in issues else path
