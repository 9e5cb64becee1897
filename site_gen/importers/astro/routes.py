"""Astro's routes that show the texts of a collection, and which of them they show."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname
from typing import Any, NamedTuple

from site_gen.importers.astro import conditions
from site_gen.importers.reading import javascript_settings
from site_gen.importers.reading.folder import Folder

ROUTE = re.compile(r"\[(?:\.\.\.)?(\w+)\]\.(?:astro|ts|js|mjs)$")
LISTS = ("tag", "tags", "category", "topic", "author", "page", "year", "month")
"""Names of a route's part that stand for a list, not for a document."""
MODULES = (".ts", ".js", ".mjs", ".mts", ".tsx", "/index.ts", "/index.js")
MOST_DEEP = 4
"""Modules that import modules."""
_HEAD = re.compile(r"---[ \t]*\n(.*?)\n---", re.DOTALL)
_IMPORT = re.compile(r"\bimport\s+(?:type\s+)?([^;\"']*?)\s+from\s+[\"']([^\"'\n]+)[\"']")
_PART = re.compile(r"^(?=(?:export\s|async\s|const\s|let\s|function\s))", re.MULTILINE)
_NAME = re.compile(r"(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:const|let|function)\s+(\w+)")
_ASKED = re.compile(r"\bget(?:Live)?(?:Collection|Entry)\s*(?:<[^<>()]*>)?\s*\(")
_TURNS_AWAY = re.compile(r"\bAstro\.redirect\(|\bstatus\s*:\s*40[13]\b")
_READER = re.compile(
    r"\blocals\b|\bcookies\b|session|\bauth|\b(?:is)?logged_?in\b|[!.]user\b", re.I
)
"""What a program has that knows its reader."""
_FILTER = re.compile(r"\.filter\s*(?:<[^<>()]*>)?\s*\(")


class _Route(NamedTuple):
    """A route: the folder of its addresses, each function that it filters by, and whether its
    program asks who reads."""

    folder: str
    filters: tuple[str, ...]
    asks: bool = False


class Routes:
    """The routes of a site, by the collection that they show."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._of: dict[str, list[_Route]] = {}
        self.any = bool(folder.under("src/pages"))
        routes = [(r[1], path) for path in folder.under("src/pages") if (r := ROUTE.search(path))]
        for name, path in routes:
            if name not in LISTS and path.endswith(".astro"):
                self._read(path)

    def address(self, collection: str) -> str | None:
        """The folder of addresses under which a collection stands; None where no route shows it."""
        routes = self._of.get(collection)
        return routes[0].folder if routes else None

    def refused(self, collection: str, fields: Mapping[str, Any]) -> str:
        """Why no route shows a text with these fields; "" where one does, as far as it tells."""
        why = ""
        for route in self._of.get(collection, ()):
            asked = (conditions.refused(f, fields, shows=True) for f in route.filters)
            key = next(filter(None, asked), "")
            if route.asks:
                why = "the program of its route lets not everybody pass"
            elif key:
                why = f"{key}: the program of its route leaves such texts out"
            else:
                return ""
        return why

    def _read(self, path: str) -> None:
        text = self._folder.text(path)
        head = _HEAD.match(text.lstrip())
        code = javascript_settings.plain(head[1] if head else text)
        whole = "\n".join([code, *self._imported(code, path, 0)])
        place = dirname(path[len("src/pages") :]).rstrip("/")
        for collection, own in _asked(whole):
            filters = [*own, *_filters(_paths(code) + whole[len(code) :])]
            found = tuple(_spelt(each, whole) for each in filters)
            asks = bool(_TURNS_AWAY.search(code) and _READER.search(code))
            self._of.setdefault(collection, []).append(_Route(place, found, asks))

    def _imported(self, code: str, path: str, depth: int) -> Iterator[str]:
        """The functions of modules of the site that a program uses."""
        for names, target in _IMPORT.findall(code) if depth < MOST_DEEP else ():
            module = self._module(target, path)
            if not module:
                continue
            text = javascript_settings.plain(self._folder.text(module))
            wanted = set(re.findall(r"\w+", names)) & set(re.findall(r"\w+", code))
            used = "\n".join(_parts(text, wanted))
            yield used
            imports = "\n".join(found[0] for found in _IMPORT.finditer(text))
            yield from self._imported(f"{imports}\n{used}", module, depth + 1)

    def _module(self, target: str, path: str) -> str:
        """The file of a module: beside the program, or by the end of its path."""
        tail = re.sub(r"^(?:\.{1,2}/|[@~]/|@|~)+", "", target).removeprefix("src/")
        tail = re.sub(r"\.(?:[mc]?[jt]sx?)$", "", tail)
        if not tail or (target[0] not in ".@~" and not target.startswith("src/")):
            return ""
        ends = tuple(f"/{tail}{ending}" for ending in MODULES)
        found = [name for name in self._folder.under("src") if f"/{name}".endswith(ends)]
        return found[0] if found and found[0] != path else ""


def _parts(text: str, names: set[str]) -> Iterator[str]:
    """The statements of a module that define these names, and those that they use."""
    parts = {}
    for part in _PART.split(text):
        head = _NAME.match(part)
        parts[head[1] if head else ""] = part
    todo, seen = [name for name in parts if name in names], set[str]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        yield parts[name]
        used = set(re.findall(r"\w+", parts[name]))
        todo += [other for other in parts if other in used and other]


def _asked(code: str) -> Iterator[tuple[str, list[str]]]:
    """(collection, functions given to it) of each call that asks for texts."""
    found: dict[str, list[str]] = {}
    for call in _ASKED.finditer(code):
        inner = conditions.argument(code, call.end() - 1)
        name, _, rest = inner.partition(",")
        quoted = re.fullmatch(r"\s*[\"'`]([\w-]+)[\"'`]\s*", name)
        if quoted:
            found.setdefault(quoted[1], []).extend([rest.strip()] if rest.strip() else [])
    return iter(found.items())


def _paths(code: str) -> str:
    """The function that names the pages of a route: what else filters lists of other texts."""
    start = re.search(r"\bgetStaticPaths\b[^{]*\{", code)
    return conditions.argument(code, start.end() - 1) if start else ""


def _filters(code: str) -> list[str]:
    calls = _FILTER.finditer(code)
    return [conditions.argument(code, call.end() - 1).strip() for call in calls]


def _spelt(function: str, code: str) -> str:
    """A function by its name as what that name stands for."""
    if re.fullmatch(r"\w+", function):
        return "\n".join(_parts(code, {function}))
    return function
