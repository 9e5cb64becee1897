"""Finds plugins, in `plugins/` of the site or installed, and reads their code as bytes."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_gen.basics import digest, files
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

FOLDER = "plugins"
GROUP = "site_gen.plugins"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KEY = Where("site.toml", key="plugins")


class Found(NamedTuple):
    """A plugin that was found but not loaded.

    shown        its place for people: `plugins/wire.py`, or the file of an installed one
    sources      its files by absolute path
    digest       of their names and bytes
    in_site      whether it is in the site's folder, and so came with the site
    entry_point  of an installed plugin
    """

    name: str
    shown: str
    sources: dict[str, bytes]
    digest: str
    in_site: bool
    entry_point: "EntryPoint | None" = None


def find(root: Path, name: str) -> Found:
    """The plugin called `name`. Raises SiteError if there is none, or more than one."""
    if not _NAME.fullmatch(name):
        cure = "a name has small letters, digits and _, and begins with a letter"
        raise SiteError(
            [Problem("plugin/name", f"{shown(name)} is no name of a plugin", _KEY, cure)]
        )
    own = list(_find_in_site(root / FOLDER, name))
    entries = _entries(name)
    if len(own) + len(entries) > 1:
        places = (*own, *(f"the installed {entry.value}" for entry in entries))
        text = f"the plugin {name} is there more than once: {', '.join(map(str, places))}"
        raise SiteError([Problem("plugin/two", text, _KEY, "keep one, or rename one")])
    if own:
        return _of_site(root, own[0], name)
    if entries:
        return _installed(root, entries[0], name)
    hint = did_you_mean(name, _all_names(root))
    cure = f"put it at {FOLDER}/{name}.py, install it, or remove the name"
    raise SiteError([Problem("plugin/missing", f"there is no plugin {name}.{hint}", _KEY, cure)])


def _find_in_site(folder: Path, name: str) -> Iterator[Path]:
    for path in (folder / f"{name}.py", folder / name):
        if path.is_file() if path.suffix else (path / "__init__.py").is_file():
            yield path


def _entries(name: str) -> "list[EntryPoint]":
    from importlib.metadata import entry_points

    return list(dict.fromkeys(entry_points(group=GROUP, name=name)))


def _all_names(root: Path) -> set[str]:
    """Names of all plugins that can be found."""
    from importlib.metadata import entry_points

    own = (root / FOLDER).glob("*")
    names = {p.stem for p in own if p.suffix == ".py" or (p / "__init__.py").is_file()}
    return names | {entry.name for entry in entry_points(group=GROUP)}


def _of_site(root: Path, path: Path, name: str) -> Found:
    for part in (root / FOLDER, path):
        if part.is_symlink():
            where = Where(part.relative_to(root).as_posix())
            told = Problem("plugin/link", "is a link", where, "put the file itself in its place")
            raise SiteError([told])
    place = path.relative_to(root).as_posix()
    sources = _read([path] if path.suffix else _files_in(path), root)
    return Found(name, place, sources, _digest(sources, root), in_site=True)


def _installed(root: Path, entry: "EntryPoint", name: str) -> Found:
    """Found by the package or module that the entry point names, without running it."""
    from importlib.util import find_spec

    spec = find_spec(entry.module.partition(".")[0])
    if spec is None or not spec.origin:
        text = f"the installed plugin {name} names {entry.value}, which is not there"
        raise SiteError([Problem("plugin/missing", text, _KEY, "install it again")])
    places = spec.submodule_search_locations
    origin = Path(spec.origin)
    paths = [p for place in places for p in _files_in(Path(place))] if places else [origin]
    sources = _read(paths, root)
    version = entry.dist.version if entry.dist else ""
    code_digest = digest.of_parts(entry.value, version, _digest(sources, origin.parent))
    in_site = origin.resolve().is_relative_to(root.resolve())
    return Found(name, spec.origin, sources, code_digest, in_site, entry)


def _files_in(folder: Path) -> list[Path]:
    """All files of a package; links are not followed."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != "__pycache__" and not files.is_leftover(f)]
        found += [Path(place, name) for name in names if not files.is_leftover(name)]
    return sorted(found)


def _read(paths: Iterable[Path], root: Path) -> dict[str, bytes]:
    sources, problems = {}, []
    for path in paths:
        try:
            sources[str(path)] = files.read_bytes(path)
        except files.Unreadable as error:
            inside = path.is_relative_to(root)
            where = Where(path.relative_to(root).as_posix() if inside else str(path))
            cure = "put a readable file in its place"
            problems.append(Problem("plugin/unreadable", f"the file {error.reason}", where, cure))
    if problems:
        raise SiteError(problems)
    return sources


def _digest(sources: dict[str, bytes], top: Path) -> str:
    parts = [
        part
        for path, data in sources.items()
        for part in (os.path.relpath(path, top).replace(os.sep, "/"), digest.of_bytes(data))
    ]
    return digest.of_parts(*parts)
