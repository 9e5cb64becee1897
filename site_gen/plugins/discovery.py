"""Where a plugin lies, and its code as bytes: in `plugins/` of the site, or installed."""

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
    """A plugin that is there, not loaded.

    shown    its place, as a person knows it: `plugins/wire.py`, or the file of an installed one
    sources  its files by absolute path
    seal     digest of their names and bytes
    inside   whether it lies within the site, and came with it
    entry    of an installed one
    """

    name: str
    shown: str
    sources: dict[str, bytes]
    seal: str
    inside: bool
    entry: "EntryPoint | None" = None


def find(root: Path, name: str) -> Found:
    """The plugin of that name. Raises SiteError where there is none, or more than one."""
    if not _NAME.fullmatch(name):
        cure = "a name has small letters, digits and _, and begins with a letter"
        raise SiteError(
            [Problem("plugin/name", f"{shown(name)} is no name of a plugin", _KEY, cure)]
        )
    own = list(_own(root / FOLDER, name))
    entries = _entries(name)
    if len(own) + len(entries) > 1:
        places = (*own, *(f"the installed {entry.value}" for entry in entries))
        text = f"the plugin {name} is there more than once: {', '.join(map(str, places))}"
        raise SiteError([Problem("plugin/two", text, _KEY, "keep one, or rename one")])
    if own:
        return _of_site(root, own[0], name)
    if entries:
        return _installed(root, entries[0], name)
    hint = did_you_mean(name, _known(root))
    cure = f"put it at {FOLDER}/{name}.py, install it, or remove the name"
    raise SiteError([Problem("plugin/missing", f"there is no plugin {name}.{hint}", _KEY, cure)])


def _own(folder: Path, name: str) -> Iterator[Path]:
    for path in (folder / f"{name}.py", folder / name):
        if path.is_file() if path.suffix else (path / "__init__.py").is_file():
            yield path


def _entries(name: str) -> "list[EntryPoint]":
    from importlib.metadata import entry_points

    return list(dict.fromkeys(entry_points(group=GROUP, name=name)))


def _known(root: Path) -> set[str]:
    """Names of all plugins that are there."""
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
    sources = _read([path] if path.suffix else _below(path), root)
    return Found(name, place, sources, _seal(sources, root), inside=True)


def _installed(root: Path, entry: "EntryPoint", name: str) -> Found:
    """By the top package or module that the entry point names, which is not run for it."""
    from importlib.util import find_spec

    spec = find_spec(entry.module.partition(".")[0])
    if spec is None or not spec.origin:
        text = f"the installed plugin {name} names {entry.value}, which is not there"
        raise SiteError([Problem("plugin/missing", text, _KEY, "install it again")])
    places = spec.submodule_search_locations
    paths = [p for place in places for p in _below(Path(place))] if places else [Path(spec.origin)]
    sources = _read(paths, root)
    version = entry.dist.version if entry.dist else ""
    seal = digest.of_parts(entry.value, version, _seal(sources, Path(spec.origin).parent))
    inside = Path(spec.origin).resolve().is_relative_to(root.resolve())
    return Found(name, spec.origin, sources, seal, inside, entry)


def _below(folder: Path) -> list[Path]:
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


def _seal(sources: dict[str, bytes], top: Path) -> str:
    parts = [
        part
        for path, data in sources.items()
        for part in (os.path.relpath(path, top).replace(os.sep, "/"), digest.of_bytes(data))
    ]
    return digest.of_parts(*parts)
