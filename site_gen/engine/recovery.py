"""Work on a site under its lock, repeated once without the memo if the memo is damaged."""

import contextlib
import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from site_gen.engine.report import Report
from site_gen.engine.site import Site
from site_gen.memo.database import is_disk_full, is_system_error
from site_gen.memo.memo import discard
from site_gen.problems import Problem, SiteError, Where
from site_gen.workers.process_lock import build_lock

Result = TypeVar("Result")


def at_work(site: Site, work: Callable[[Site], Result]) -> Result:
    """The result of `work`, which fills in `site`. Raises SiteError, OSError and what that does."""
    for folder in (site.work, site.memo_file.parent):
        _own(folder)
    with build_lock(site.work), _uncollected():
        return _tried(site, work)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """A build makes many objects and hardly a cycle: collecting them would cost a quarter."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _own(folder: Path) -> None:
    """Refuse a link in place of our folder, which would redirect writes. Raises SiteError."""
    if folder.is_symlink():
        where, cure = Where(str(folder)), "remove the link"
        raise SiteError([Problem("build/folder", "the folder is a link", where, cure)])
    folder.mkdir(parents=True, exist_ok=True)


def _tried(site: Site, work: Callable[[Site], Result]) -> Result:
    was_there = site.memo_file.exists()
    try:
        return work(site)
    except (SiteError, OSError):
        raise
    except Exception as error:  # a memo can contain anything: it may come from somebody else
        if isinstance(error, sqlite3.Error) and is_system_error(error):
            raise SiteError([system_problem(error, site.memo_file)]) from None
        if not was_there:
            raise
        discard(site.memo_file, error)
        damaged = _damaged(site.memo_file, error)
    site.report, site.caller = Report(), site.caller._replace(kept=None)
    try:
        return _tried(site, work)
    finally:
        site.report.problems += (damaged,)


def _damaged(memo: Path, error: Exception) -> Problem:
    return Problem(
        "build/memo",
        f"the memo (what past builds learnt) was damaged ({type(error).__name__}): it is discarded",
        Where(str(memo)),
        "nothing to do: this build made everything again",
        "warning",
    )


def system_problem(error: OSError | sqlite3.Error, at: Path | None) -> Problem:
    """A system error as a problem; the last good site is untouched."""
    name = getattr(error, "filename", None) or at
    path = os.fsdecode(name) if name else ""
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    if is_disk_full(error, path):
        reason = "the disk is full"
    return Problem(
        "build/system",
        f"the system refused: {reason}",
        Where(path),
        "make room or give rights, and build again; the last good site stays",
    )
