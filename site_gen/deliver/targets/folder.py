"""A folder on this machine: the whole site at once, old or new."""

import ctypes
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from site_gen.deliver.site_files import Changes, SiteFile, changes
from site_gen.problems import Problem, SiteError, UsageError, Where

MARK = ".site_gen-published"
"""In a folder of ours, and in no other: a folder without it is not replaced."""
_EXCHANGE = 2
_HERE = -100


def plan(files: Mapping[str, SiteFile], target: Path) -> Changes:
    """What differs. Raises SiteError for a folder that is somebody else's."""
    return changes(files, _there(target))


def publish(
    output: Path,
    files: Mapping[str, SiteFile],
    target: Path,
    progress: Callable[[int, int], None],
) -> Changes:
    """Make the new site beside the old one and exchange them. Raises SiteError, OSError."""
    target = target.resolve()  # a link leads to the folder that is exchanged, it is not one itself
    found = plan(files, target)
    fresh = target.with_name(f".{target.name}.site_gen-new")
    if fresh.is_symlink():
        fresh.unlink()
    shutil.rmtree(fresh, ignore_errors=True)
    sent = {file.path for file in (*found.assets, *found.pages)}
    for number, path in enumerate(sorted(files), 1):
        place = fresh / path
        place.parent.mkdir(parents=True, exist_ok=True)
        same = path not in sent and _is_file(target / path, files[path].size)
        if not same or not _linked(target / path, place):
            shutil.copyfile(output / path, place)
        progress(number, len(files))
    lines = "".join(f"{files[path].md5} {path}\n" for path in sorted(files))
    fresh.mkdir(parents=True, exist_ok=True)
    _keep(target, fresh, {*_there(target), *files, MARK})
    (fresh / MARK).write_text(lines, "utf-8")
    _put(fresh, target)
    shutil.rmtree(fresh, ignore_errors=True)
    return found


def check_place(target: Path, root: Path, output: Path) -> None:
    """Raises UsageError for a folder that holds the site's own files, or lies among them."""
    place = target.resolve()
    own = [output.resolve(), *((root / n).resolve() for n in ("content", "themes", ".site_gen"))]
    if root.resolve().is_relative_to(place) or any(
        place.is_relative_to(folder) or folder.is_relative_to(place) for folder in own
    ):
        told = "the folder holds the site's own files, or lies among them"
        cure = "name one beside the site"
        raise UsageError([Problem("publish/settings", told, Where(str(target)), cure)])


def _keep(target: Path, fresh: Path, ours: set[str]) -> None:
    """Take along what others put into the folder, such as a host's proof of who owns a name."""
    for folder, _, names in os.walk(target):
        for name in names:
            old = Path(folder, name)
            path = old.relative_to(target)
            if path.as_posix() not in ours:
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                if not _linked(old, fresh / path):
                    shutil.copy2(old, fresh / path, follow_symlinks=False)


def _there(target: Path) -> dict[str, str]:
    try:
        lines = (target / MARK).read_text("utf-8", "replace").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            told = "the folder is no site that was published here"
            cure = "name an empty folder or a new one"
            raise SiteError([Problem("publish/foreign", told, Where(str(target)), cure)]) from None
        return {}
    rows = (line.partition(" ") for line in lines)
    return {path: digest for digest, _, path in rows if path}


def _is_file(path: Path, size: int) -> bool:
    """Whether it is a file of that size and no link: what was changed by hand is made anew."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def _put(fresh: Path, target: Path) -> None:
    """The new folder in the place of the old one, which ends up at `fresh`."""
    if not target.exists():
        fresh.rename(target)
        return
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        names = os.fsencode(fresh), os.fsencode(target)
        if renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0:
            return
    aside = target.with_name(f".{target.name}.site_gen-old")
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    fresh.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
