"""The layers of a theme, nearest first: loose overrides, the theme, what it extends."""

import contextlib
import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.basics import files
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown

OVERRIDES = "overrides"
FALLBACK = "broadsheet"
PARENT = "parent:"
"""Prefix of a template name that means the one of the next layer."""

LETTER = ("email.html", "email.txt")
LENT = "letter (shipped)"
"""Layer of the letter for a theme that stands alone and has none."""
MAX_FILE = 4 << 20


class File(NamedTuple):
    """One file of a layer: its path on disk, the path shown to people, its bytes."""

    path: str
    shown: str
    data: bytes


class Layer(NamedTuple):
    """A folder of the chain. `key` is unique in it; files by name below their folder."""

    key: str
    config: dict[str, Any]
    templates: dict[str, File]
    assets: dict[str, File]
    strings: dict[str, File]
    shown: str


def shipped() -> Path:
    """The folder of the themes that come with the program (a wheel, or a checkout)."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_themes"
    return inside if inside.is_dir() else package.parent / "themes"


def available(root: Path) -> list[str]:
    """Names of all themes that the site at `root` may use."""
    names = set()
    for folder in (root / "themes", shipped()):
        if _is_folder(folder):
            inside = filter(_is_folder, folder.iterdir())
            names |= {p.name for p in inside if (p / "theme.toml").is_file()}
    return sorted(names - {OVERRIDES})


def chain(root: Path, name: str) -> list[Layer]:
    """The layers of theme `name` for the site at `root`. Raises SiteError."""
    layers = []
    if _is_folder(root / "themes" / OVERRIDES):
        layers.append(_layer(root / "themes" / OVERRIDES, OVERRIDES, root))
    seen: set[Path] = set()
    wanted, asked_by = name, None
    while wanted:
        folder = _folder(root, wanted, seen)
        if folder is None:
            raise SiteError([_missing(root, wanted, asked_by, bool(seen))])
        seen.add(folder.resolve())
        key = wanted if all(layer.key != wanted for layer in layers) else f"{wanted} (shipped)"
        layer = _layer(folder, key, root)
        layers.append(layer)
        parent = layer.config.get("extends", "")
        wanted, asked_by = parent if isinstance(parent, str) else "", layer
    return layers


def with_letter(layers: list[Layer], root: Path) -> list[Layer]:
    """The layers, and the shipped letter for a theme that stands alone and has none."""
    if any(LETTER[0] in layer.templates for layer in layers):
        return layers
    found = _layer(shipped() / FALLBACK, LENT, root)
    letters = {name: file for name, file in found.templates.items() if name in LETTER}
    return [*layers, found._replace(templates=letters, assets={}, strings={}, config={})]


def keys_of(config: dict[str, Any]) -> tuple[str, ...]:
    """The unknown front matter keys that a theme.toml asks for, in `article.extra`."""
    listed = config.get("extra", ())
    return tuple(k for k in listed if isinstance(k, str)) if isinstance(listed, list) else ()


def keys_named(root: Path, name: str) -> tuple[str, ...]:
    """The same for the whole chain, without reading templates; none if it is broken."""
    found: list[str] = []
    seen: set[Path] = set()
    wanted: Any = name
    with contextlib.suppress(SiteError):
        while isinstance(wanted, str) and (folder := _folder(root, wanted, seen)):
            seen.add(folder.resolve())
            config = _config(folder / "theme.toml", name)
            found += keys_of(config)
            wanted = config.get("extends", "")
    return tuple(found)


def _folder(root: Path, name: str, seen: set[Path]) -> Path | None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    for base in (root / "themes", shipped()):
        folder = base / name
        if not _is_folder(folder):
            continue
        if (folder / "theme.toml").is_file() and folder.resolve() not in seen:
            return folder
    return None


def _is_folder(path: Path) -> bool:
    """Whether it is a folder, not a link nor inside one."""
    return path.is_dir() and not path.is_symlink() and not path.parent.is_symlink()


def _missing(root: Path, name: str, asked_by: Layer | None, seen: bool) -> Problem:
    names = available(root)
    where = Where("site.toml", key="theme")
    if asked_by:
        where = Where(f"{asked_by.shown}/theme.toml", key="extends")
    if seen and name in names:
        return Problem(
            "theme/circle", f"theme {shown(name)} extends itself", where, "change `extends`"
        )
    return Problem(
        "theme/missing",
        f"there is no theme {shown(name)}." + did_you_mean(name, names),
        where,
        f"choose one of {', '.join(names)}",
    )


def _layer(folder: Path, key: str, root: Path) -> Layer:
    try:
        shown_folder = folder.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        shown_folder = f"theme {key}"
    config: dict[str, Any] = {}
    if (folder / "theme.toml").is_file():
        config = _config(folder / "theme.toml", f"{shown_folder}/theme.toml")
    return Layer(
        key=key,
        config=config,
        templates=_files(folder / "templates", f"{shown_folder}/templates"),
        assets=_files(folder / "assets", f"{shown_folder}/assets"),
        strings=_files(folder / "strings", f"{shown_folder}/strings"),
        shown=shown_folder,
    )


def _config(path: Path, shown_path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files.decode(files.read_bytes(path, MAX_FILE)).text)
    except files.Unreadable as error:
        reason, where = error.reason, Where(shown_path, error.line)
    except tomllib.TOMLDecodeError as error:
        reason, where = f"is not TOML: {error}", in_toml(error, shown_path)
    raise SiteError([Problem("theme/config", reason, where, "correct the file")])


def in_toml(error: Exception, shown_path: str) -> Where:
    """The place that the TOML reader names in its message, if it names one."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return Where(shown_path, int(found[1]), int(found[2])) if found else Where(shown_path)


def _files(folder: Path, shown_folder: str) -> dict[str, File]:
    """Regular files below `folder`, by name; links and leftovers are not followed."""
    found: dict[str, File] = {}
    pending = [("", folder)]
    while pending:
        prefix, place = pending.pop()
        if not place.is_dir() or place.is_symlink():
            continue
        for entry in os.scandir(place):
            name = prefix + entry.name
            if files.is_leftover(entry.name):
                continue
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                pending.append((f"{name}/", Path(entry.path)))
            elif stat.S_ISREG(mode):
                found[name] = _file(entry.path, f"{shown_folder}/{name}")
    return dict(sorted(found.items()))


def _file(path: str, shown_path: str) -> File:
    try:
        return File(path, shown_path, files.read_bytes(path, MAX_FILE))
    except files.Unreadable as error:
        problem = Problem(
            "theme/unreadable", f"the file {error.reason}", Where(shown_path), "replace it"
        )
        raise SiteError([problem]) from None
