"""Stamps of all input files at one moment. Imports nothing heavy."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, files
from site_gen.basics.stamps import MAX_NUMBER, Stamp, pack, stamp, stamp_at
from site_gen.problems import Problem, Where

CONTENT = "content"
THEMES = "themes"
PLUGINS = "plugins"
STATIC = "static"
SETTINGS = ("site.toml", "pyproject.toml")
_KIND = 0o170000
FILE = "put a copy of the file in its place, or remove it"
FOLDER = "put the folder itself in its place"
RIGHTS = "give rights to read it, or remove it"
_NEVER = frozenset({".DS_Store", ".git", ".svn", ".hg"})


class Snapshot(NamedTuple):
    """Stamps by path, in order: content files (below content/), theme files (below themes/),
    code of the site's own (below plugins/), settings files; and what is `odd`: lies in the place of
    a file or folder that we read, and is none."""

    content: dict[str, Stamp]
    themes: dict[str, Stamp]
    plugins: dict[str, Stamp]
    settings: dict[str, Stamp]
    odd: tuple[Problem, ...]

    def inputs(self, after: int = -MAX_NUMBER) -> Iterator[tuple[str, Stamp]]:
        """Every file written `after` a time with its stamp, by path from the site's root."""
        below = (f"{CONTENT}/", f"{THEMES}/", f"{PLUGINS}/", "")
        for begin, stamps in zip(below, self[:4], strict=True):
            yield from ((begin + p, found) for p, found in stamps.items() if found[1] > after)

    def stamps(self) -> bytes:
        """The stamps of the content files, packed."""
        return pack(self.content.values())

    def digest(self, stamps: bytes) -> str:
        """One digest of every stamp, those of the content files being `stamps`."""
        names, others = [f"{self.odd!r}"], []
        for group in (self.settings, self.themes, self.plugins, self.content):
            names += (str(len(group)), *group)
            others.append(b"" if group is self.content else pack(group.values()))
        text = "\0".join(names).encode("utf-8", "surrogatepass")
        return digest.of_bytes(b"".join((text, *others, stamps)))


def take_snapshot(root: Path) -> Snapshot:
    """Stamps of everything that a build of the site at `root` reads."""
    odd = [_refused(path, "the folder is a link", FOLDER) for path in _linked_folders(root)]
    content = _scan(str(root / CONTENT), odd, content=True)
    themes = _scan(str(root / THEMES), odd, content=False)
    plugins = _scan(str(root / PLUGINS), [], content=False)  # reported when it is loaded
    settings = {name: found for name in SETTINGS if (found := stamp_at(root / name))}
    content, themes, plugins = map(_in_order, (content, themes, plugins))
    odd.sort(key=lambda problem: str(problem.where))
    return Snapshot(content, themes, plugins, settings, tuple(odd))


def _linked_folders(root: Path) -> Iterator[str]:
    """Links in place of folders: everything behind them would be published."""
    for path in (root / CONTENT, root / THEMES, *_inside(root / THEMES)):
        if path.is_symlink():
            yield path.relative_to(root).as_posix()


def _inside(folder: Path) -> Iterator[Path]:
    if not folder.is_symlink() and folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if path.is_dir())


def _in_order(stamps: dict[str, Stamp]) -> dict[str, Stamp]:
    return {path: stamps[path] for path in sorted(stamps)}


def _refused(path: str, told: str, cure: str) -> Problem:
    return Problem("file/refused", told, Where(path), cure)


def _scan(top: str, odd: list[Problem], *, content: bool) -> dict[str, Stamp]:
    found: dict[str, Stamp] = {}
    pending = [] if os.path.islink(top) else [""]
    place = CONTENT if content else THEMES
    while pending:
        inner = pending.pop()
        receipts = content and inner.startswith("editions/")
        try:
            folder = os.open(f"{top}/{inner}", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        except OSError as error:
            told = f"the folder cannot be opened ({error.strerror})"
            odd.append(_refused(f"{place}/{inner}".rstrip("/"), told, RIGHTS))
            continue
        try:
            # By its descriptor, so that the system walks no path for each file.
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    path = inner + name
                    if files.is_leftover(name) and not (content and _is_hidden_static(path)):
                        continue
                    status = entry.stat(follow_symlinks=False)
                    kind = status.st_mode & _KIND
                    if kind == stat.S_IFREG:
                        if receipts and name.endswith(".sent"):
                            continue  # what of an edition was sent: no build reads it
                        found[path] = stamp(status)
                        if content and not path.isascii():
                            _check_name(path, found, odd)
                    elif kind == stat.S_IFDIR:
                        pending.append(f"{path}/")
                    elif content:
                        kind_of = "a link" if kind == stat.S_IFLNK else "no regular file"
                        odd.append(_refused(f"{place}/{path}", f"the file is {kind_of}", FILE))
        except OSError as error:
            error.filename = f"{top}/{inner}{error.filename}"
            raise
        finally:
            os.close(folder)
    return found


def _is_hidden_static(path: str) -> bool:
    """Whether it is a hidden static file published on purpose, such as `.well-known`."""
    name = path.rpartition("/")[2]
    return (
        path.startswith(f"{STATIC}/")
        and name[0] == "."
        and name not in _NEVER
        and not files.is_leftover(name[1:])
    )


def _check_name(path: str, found: dict[str, Stamp], odd: list[Problem]) -> None:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        del found[path]
        shown = path.encode("utf-8", "backslashreplace").decode()
        told = "the file has a name that is not UTF-8"
        odd.append(_refused(f"{CONTENT}/{shown}", told, FILE))
