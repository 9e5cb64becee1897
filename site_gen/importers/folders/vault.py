"""Notes of Obsidian, exports of Notion: titles by file names, wiki links, remarks, properties."""

import re
from collections.abc import Callable, Mapping
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import quote

from site_gen.frontmatter import not_public
from site_gen.importers.bodies import spans
from site_gen.importers.old_site import Entry
from site_gen.importers.reading import names
from site_gen.importers.reading.folder import Folder

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$", re.IGNORECASE)
_WIKI = re.compile(r"(!?)\[\[([^\[\]|#^\n]*)((?:[#^][^\[\]|\n]*)?)(?:\|([^\[\]\n]*))?\]\]")
_REMARK = re.compile(r"%%.*?%%[ \t]*\n?", re.DOTALL)
_BLOCK = re.compile(r"[ \t]\^[\w-]+[ \t]*$", re.MULTILINE)
_MARKED = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_NOTION = re.compile(r"[ _-][0-9a-f]{32}$")
_PROPERTY = re.compile(r"([A-Z][\w /()-]{0,40}):[ \t]+(\S.*)")
_ASIDE = re.compile(r"<aside>\s*(.*?)\s*</aside>", re.DOTALL)
_TEMPLATES = ("/templates.json", "/templater-obsidian/data.json")
_FOLDER = re.compile(r"\"(?:folder|templates_folder)\"\s*:\s*\"([^\"]*)\"")
_TAGS = re.compile(r"^[ \t]*((?:#[\w/-]+[ \t]*)+)$", re.MULTILINE)
_INLINE = re.compile(r"(?:^|[\[(])[ \t]*([\w-]{1,30})::[ \t]*([^\[\]()\n]{0,60})", re.MULTILINE)
"""A line of tags, and a field of Dataview's."""
_DAY = re.compile(r"\d{4}[-_.]?\d\d[-_.]?\d\d")


def is_vault(folder: Folder) -> bool:
    """Whether Obsidian keeps its settings in the folder, or Quartz made a site of it."""
    own = folder.first("quartz.config.ts")
    return bool(own) or any(name.startswith(".obsidian/") for name in folder.names)


def publishes(folder: Folder, texts: list[str]) -> bool:
    """Whether notes of the vault say that they are for the public; then the others are not."""
    if (quartz := folder.first("quartz.config.ts")) and "ExplicitPublish(" in folder.text(quartz):
        return True
    shown = re.compile(r"^(?:dg-)?publish: *true\b", re.MULTILINE)
    return any(shown.search(folder.text(name)[:2000]) for name in texts)


def templates(folder: Folder) -> tuple[str, ...]:
    """Folders of what notes begin with, by the settings of Obsidian and of its plugin for that."""
    found: list[str] = []
    for name in folder.names:
        if name.startswith(".obsidian/") and name.endswith(_TEMPLATES):
            found += _FOLDER.findall(folder.text(name))
    return tuple(f"{place.strip('/')}/" for place in found if place.strip("/"))


def withheld(path: str, fields: Mapping[str, Any], body: str, *, marked: bool) -> str:
    """Why a note of a vault is private, "" if nothing says so."""
    if marked and True not in (fields.get("publish"), fields.get("dg-publish")):
        return "other notes say publish: true"
    if _DAY.fullmatch(names.stem_of(path)):
        return "a note of a day"
    for tags in _TAGS.findall(body):
        if mark := not_public.find_mark("tags", tags.replace("#", " ").split()):
            return str(mark)
    inline = (not_public.find_mark(key, value.strip()) for key, value in _INLINE.findall(body))
    return next((str(mark) for mark in inline if mark and mark.sure), "")


def body(text: str, find: Callable[[str], str], odd: list[str]) -> str:
    """Obsidian's Markdown as ours. `find` gives the path of a note or file by its name."""

    def link(found: re.Match[str]) -> str:
        embedded, name, _, said = found.groups()
        target = find(name.strip()) if name else ""
        words = said or name.rpartition("/")[2] or found[3].lstrip("#^")
        if embedded and _PICTURE.search(name):
            sized = said is not None and re.fullmatch(r"\d+(?:x\d+)?", said)
            alt = "" if sized or said is None else said
            return f"![{alt}]({quote(target or name)})"
        if embedded:
            odd.append(f"![[{name[:40]}]]")
        heading = found[3][1:].strip().replace(" ", "-").lower() if found[3][:1] == "#" else ""
        anchor = f"#{quote(heading)}" if heading else ""
        if not name:
            return f"[{words}]({anchor})" if anchor else words
        return f"[{words}]({quote(target)}{anchor})" if target else words

    def plain(part: str) -> str:
        return _MARKED.sub(r"<mark>\1</mark>", _WIKI.sub(link, _BLOCK.sub("", part)))

    return spans.outside_code(_REMARK.sub("", text), plain)


def notion_name(path: str) -> str:
    """The name of a page of Notion without its number; "" for any other file."""
    stem = names.stem_of(path)
    plain = _NOTION.sub("", stem)
    return plain if plain != stem else ""


def notion(text: str) -> tuple[dict[str, str], str]:
    """The properties that Notion writes below the title, and the text without them."""
    title, _, rest = text.lstrip().partition("\n")
    if not title.startswith("# "):
        return {}, text
    lines = rest.lstrip("\n").split("\n")
    known: dict[str, str] = {}
    while lines and (found := _PROPERTY.fullmatch(lines[0].rstrip())):
        known[found[1].strip().lower()] = found[2].strip()
        lines.pop(0)
    if lines and lines[0].strip():
        return {}, text  # prose that happens to begin so
    made = _ASIDE.sub(lambda m: "> " + "\n> ".join(m[1].split("\n")), "\n".join(lines))
    return known, f"{title}\n\n{made.lstrip()}"


def settle(entry: Entry, fields: Mapping[str, Any], folder: Folder, *, marked: bool) -> None:
    """A note of Obsidian: title from its name, links by names, perhaps private."""
    entry.matter.setdefault("title", names.stem_of(entry.source))
    entry.matter.pop("x-aliases", None)  # other names by which notes link to it
    entry.matter.pop("publish", None)
    why = withheld(entry.source, fields, entry.body, marked=marked)
    if why and not entry.private:
        entry.keep_private(why)

    def find(name: str) -> str:
        ends = (name.lower(), f"{name.lower()}.md")
        found = [n for n in folder.names if f"/{n.lower()}".endswith(tuple(f"/{e}" for e in ends))]
        return relpath(found[0], dirname(entry.source) or ".") if found else ""

    entry.body = body(entry.body, find, entry.odd)
