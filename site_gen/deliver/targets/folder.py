"""Publishes to a folder on this machine by exchanging the whole folder at once."""

import ctypes
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from site_gen.deliver.site_files import Changes, SiteFile, changes
from site_gen.problems import Problem, SiteError, UsageError, Where

MARK = ".site_gen-published"
"""The file that marks a folder as published by us; a folder without it is not replaced."""
_EXCHANGE = 2
_HERE = -100


def plan(files: Mapping[str, SiteFile], target: Path) -> Changes:
    """Return the changes. Raises SiteError for a folder that was not published by us."""
    return changes(files, _published(target))


def publish(
    output: Path,
    files: Mapping[str, SiteFile],
    target: Path,
    progress: Callable[[int, int], None],
) -> Changes:
    """Write the new site beside the old one and exchange them. Raises SiteError, OSError."""
    target = target.resolve()  # exchange the folder that a link leads to, not the link
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
        if not same or not _hard_link(target / path, place):
            shutil.copyfile(output / path, place)
        progress(number, len(files))
    lines = "".join(f"{files[path].md5} {path}\n" for path in sorted(files))
    fresh.mkdir(parents=True, exist_ok=True)
    _keep_foreign(target, fresh, {*_published(target), *files, MARK})
    (fresh / MARK).write_text(lines, "utf-8")
    _swap(fresh, target)
    shutil.rmtree(fresh, ignore_errors=True)
    return found


def check_target(target: Path, root: Path, output: Path) -> None:
    """Raise UsageError if the folder contains the site's sources or output, or is in them."""
    place = target.resolve()
    own = [output.resolve(), *((root / n).resolve() for n in ("content", "themes", ".site_gen"))]
    if root.resolve().is_relative_to(place) or any(
        place.is_relative_to(folder) or folder.is_relative_to(place) for folder in own
    ):
        text = "the folder holds the site's own files, or lies among them"
        cure = "name one beside the site"
        raise UsageError([Problem("publish/settings", text, Where(str(target)), cure)])


def _keep_foreign(target: Path, fresh: Path, ours: set[str]) -> None:
    """Copy foreign files to the new folder, such as a host's proof of domain ownership."""
    for folder, _, names in os.walk(target):
        for name in names:
            old = Path(folder, name)
            path = old.relative_to(target)
            if path.as_posix() not in ours:
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                if not _hard_link(old, fresh / path):
                    shutil.copy2(old, fresh / path, follow_symlinks=False)


def _published(target: Path) -> dict[str, str]:
    try:
        lines = (target / MARK).read_text("utf-8", "replace").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            text = "the folder is no site that was published here"
            cure = "name an empty folder or a new one"
            raise SiteError([Problem("publish/foreign", text, Where(str(target)), cure)]) from None
        return {}
    rows = (line.partition(" ") for line in lines)
    return {path: digest for digest, _, path in rows if path}


def _is_file(path: Path, size: int) -> bool:
    """Whether it is a regular file of this size; otherwise somebody changed it by hand."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _hard_link(old: Path, new: Path) -> bool:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def _swap(fresh: Path, target: Path) -> None:
    """Exchange two folders, in one step if the system can."""
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
