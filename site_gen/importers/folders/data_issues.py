"""Issues that are kept as data (JSON, YAML), of which a template made pages: one text each, with
its links as lists, in the order of the file."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_gen import frontmatter
from site_gen.basics import written_dates
from site_gen.frontmatter import not_public
from site_gen.importers.old_site import Entry, OldSite, Wishes
from site_gen.importers.reading import matter, names, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

ENDINGS = (".json", ".yml", ".yaml")
_LINKS = ("url", "link", "href")
_WORDS = ("description", "summary", "text", "comment", "note", "excerpt", "blurb", "body")
_PROSE = frozenset(
    "intro introduction editorial body content text markdown outro footer closing".split()
)
"""Keys of an issue whose value is text of it."""
_PLAIN = frozenset(["items", "links", "articles", "stories", "entries", "posts", "sections"])
"""Names of lists that no reader saw as a heading."""
_KNOWN = frozenset(["date", "number", "issue", "published", "publishedat", "publishdate", "sentat"])
_LEVELS = 4
_NAMED = re.compile(
    r"(?:^|[/_-])(?:issues?|editions?|newsletters?|digests?|week(?:s|ly)?)(?:[/._-]|\d)"
    r"|(?:^|/)[^/]*\d\.\w+$",
    re.IGNORECASE,
)
"""How such files, or their folders, are called: other data is none of a digest's texts."""
Issues = list[tuple[str, Mapping[str, Any]]]
"""(name, data) of each."""


def read(folder: Folder, path: str) -> Issues:
    """The issues of a file; none where it holds other data, or cannot be read."""
    if not path.lower().endswith(ENDINGS) or not _NAMED.search(path):
        return []
    try:
        text = folder.text(path)
        found = json.loads(text) if path.endswith(".json") else _yaml(text, path)
    except (SiteError, ValueError, RecursionError):
        return []
    if _is_issue(found):
        return [(path, found)]
    for listed in (found, *(found.values() if isinstance(found, Mapping) else ())):
        rows = listed if isinstance(listed, list) else []
        if rows and all(map(_is_issue, rows)):
            return [(f"{path}#{number}", row) for number, row in enumerate(rows, 1)]
    if isinstance(found, Mapping) and found and all(map(_is_issue, found.values())):
        return [(f"{path}#{name}", row) for name, row in found.items()]
    return []


def add(site: OldSite, path: str, issues: Issues, wishes: Wishes) -> None:
    """The issues of the file at `path` as texts of the site."""
    for source, data in issues:
        left: list[str] = []
        entry = Entry(source=source, stem=path.rpartition(".")[0])
        entry.body = "\n\n".join(_parts(data, 2, left)).strip()
        fields = {key: value for key, value in data.items() if not _is_text(key, value)}
        matter.settled(entry, fields, wishes, site.zone)
        number = entry.number if entry.number is not None else source.partition("#")[2]
        if source != path:
            entry.stem = f"{entry.stem}-{number}"
        if not entry.title and str(number).isdecimal():
            entry.matter["title"] = f"Issue {number}"
        day = names.named(path).day if source == path and entry.date is None else None
        if day:
            entry.date = written_dates.moment(day.isoformat(), site.zone)
        entry.lost += left
        site.entries.append(entry)


def _yaml(text: str, path: str) -> Any:
    """A list of YAML is loaded as the one value of a mapping: the loader takes no other."""
    if re.match(r"(?:\s|#[^\n]*\n|---[ \t]*\n)*- ", text):
        inner = re.sub(r"\A---[ \t]*\n", "", text)
        return frontmatter.load("rows:\n" + inner, path)["rows"]
    return frontmatter.load(text, path)


def _is_issue(data: Any) -> bool:
    """Whether it has a day or a number, and a list of links."""
    if not isinstance(data, Mapping):
        return False
    said = {not_public.folded(str(key)) for key in data}
    return bool(said & _KNOWN) and any(_links(value, _LEVELS) for value in data.values())


def _links(value: Any, depth: int) -> bool:
    """Whether somewhere in a list or mapping stands a thing with an address."""
    rows = values.listed(value) if isinstance(value, list) else []
    return any(
        isinstance(row, Mapping)
        and (_address(row) or (depth > 0 and any(_links(v, depth - 1) for v in row.values())))
        for row in rows
    )


def _address(row: Mapping[str, Any]) -> str:
    found = (values.text(row.get(key)) for key in _LINKS)
    return next((url for url in found if "://" in url), "")


def _is_text(key: str, value: Any) -> bool:
    return key.lower() in _PROSE or (isinstance(value, list) and _links(value, _LEVELS))


def _parts(data: Mapping[str, Any], level: int, left: list[str]) -> Iterator[str]:
    """The text of an issue, or of a part of it, in the order of its keys."""
    for key, value in data.items():
        if key.lower() in _PROSE and isinstance(value, str):
            yield value.strip()
        elif isinstance(value, list) and _links(value, _LEVELS):
            if key.lower() not in _PLAIN:
                yield f"{'#' * level} {key.replace('_', ' ').strip().capitalize()}"
            yield from _rows(value, level, left)


def _rows(rows: list[Any], level: int, left: list[str]) -> Iterator[str]:
    items: list[str] = []
    for row in rows:
        if not isinstance(row, Mapping):
            items.append(f"- {values.text(row)}")
        elif not_public.marks(row):
            left.append("links that were not public, left out")
        elif url := _address(row):
            items.append(_item(row, url))
        else:
            yield "\n".join(items)
            items = []
            if title := values.text(row.get("title") or row.get("name")):
                yield f"{'#' * min(level, 6)} {title}"
            yield from _parts(row, level + 1, left)
    yield "\n".join(items)


def _item(row: Mapping[str, Any], url: str) -> str:
    """A link with its author and description."""
    title = values.text(row.get("title") or row.get("name")) or url
    said = [values.text(row.get(key)) for key in _WORDS if values.text(row.get(key))]
    who = values.text(row.get("author") or row.get("by"))
    words = title.replace("[", "\\[").replace("]", "\\]")
    return (
        f"- [{words}](<{url}>)" + (f" by {who}" if who else "") + "".join(f" — {w}" for w in said)
    )
