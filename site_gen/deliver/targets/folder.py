"""A folder on this machine: the whole site at once, old or new."""

import ctypes
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from site_gen.deliver.site_files import Changes, SiteFile, changes
from site_gen.problems import Problem, SiteError, Where

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
    found = plan(files, target)
    target = target.absolute()
    fresh = target.with_name(f".{target.name}.site_gen-new")
    shutil.rmtree(fresh, ignore_errors=True)
    sent = {file.path for file in (*found.assets, *found.pages)}
    for number, path in enumerate(sorted(files), 1):
        place = fresh / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if path in sent or not _linked(target / path, place):
            shutil.copyfile(output / path, place)
        progress(number, len(files))
    lines = "".join(f"{files[path].md5} {path}\n" for path in sorted(files))
    fresh.mkdir(parents=True, exist_ok=True)
    (fresh / MARK).write_text(lines, "utf-8")
    _put(fresh, target)
    shutil.rmtree(fresh, ignore_errors=True)
    return found


def _there(target: Path) -> dict[str, str]:
    try:
        lines = (target / MARK).read_text("utf-8").splitlines()
    except FileNotFoundError:
        if target.is_symlink() or (target.exists() and any(target.iterdir())):
            told = "the folder is no site that was published here"
            cure = "name an empty folder or a new one"
            raise SiteError([Problem("publish/foreign", told, Where(str(target)), cure)]) from None
        return {}
    rows = (line.partition(" ") for line in lines)
    return {path: digest for digest, _, path in rows}


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
