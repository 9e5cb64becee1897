"""Any folder of Markdown files, with or without front matter: issues or articles."""

from site_gen.basics import written_dates
from site_gen.importers import markup, matter, names, zones
from site_gen.importers.folder import Folder, each
from site_gen.importers.old import Entry, OldSite, StaticFile, Wishes
from site_gen.problems import Problem, SiteError

TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm")
NOT_CONTENT = (
    *("readme", "license", "licence", "contributing", "changelog", "code_of_conduct"),
    *("requirements", "index."),
)
"""How names begin, at the top of the folder, of files that say something about it."""
FILES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".pdf", ".mp3", ".mp4"),
    *(".webm", ".ogg", ".wav", ".csv", ".txt", ".zip", ".epub", ".woff", ".woff2"),
)
"""Endings of what a text may show or link."""


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """Every file of the folder that holds text; other files are kept beside."""
    name, zone = zones.zone("", wishes)
    site = OldSite(zone=zone, timezone=name)
    texts: list[str] = []
    for path in folder.names:
        if any(part.startswith(".") for part in path.split("/")):
            continue
        if path.lower().endswith(FILES) and not path.lower().startswith(NOT_CONTENT):
            site.static.append(StaticFile(path, f"/{path}"))
        elif not path.lower().endswith(TEXTS) or path.lower().startswith(NOT_CONTENT):
            site.left.append(f"{path} is no text of the digest")
        else:
            texts.append(path)
    each(texts, lambda path: _file(path, folder, wishes, site), site)
    if not site.entries and not site.failed:
        cure = "name the folder in which the Markdown files lie"
        raise SiteError([Problem("import/nothing", "there is no Markdown here", help=cure)])
    return site


def _file(path: str, folder: Folder, wishes: Wishes, site: OldSite) -> None:
    text = folder.text(path)
    head = matter.head(text, path)
    named = names.named(path)
    entry = Entry(source=path, stem=path.rpartition(".")[0])
    if names.stem_of(path) != path.rpartition("/")[2].rpartition(".")[0]:
        entry.stem = path.rpartition("/")[0]
    is_html = path.lower().endswith((".html", ".htm"))
    matter.settled(entry, head.fields, wishes, site.zone, split=head.style == "lines")
    if entry.date is None and named.day:
        entry.date = written_dates.moment(named.day.isoformat(), site.zone)
        if not named.exact:
            site.left.append(f"{path}: its folders tell the month alone; the first of it is taken")
    entry.aliases = [str(a) for a in entry.matter.pop("aliases", [])]
    own = str(head.fields.get("permalink") or head.fields.get("url") or "")
    entry.address = own if own.startswith("/") and not entry.private else ""
    entry.body = markup.markdown(head.body, "/", entry.faults) if is_html else head.body
    matter.titled(entry)
    matter.dated_in_text(entry, site.zone)
    site.entries.append(entry)
