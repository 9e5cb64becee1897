"""One build at a time: a lock that the system frees when the process dies."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from site_gen.problems import Problem, SiteError, Where

WAIT = 30.0
BUILD, CONVERT, SEND = "lock", "convert.lock", "send.lock"
_NOUNS = {BUILD: "build or publication", CONVERT: "convert, accept, new or import", SEND: "send"}
_STEP = 0.05


@contextlib.contextmanager
def build_lock(work: Path, wait: float = WAIT, *, name: str = BUILD) -> Iterator[None]:
    """Hold `.site_gen/lock`, or another of that folder; after `wait` seconds raises SiteError
    that says who holds it."""
    path = work / name
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        _acquire(descriptor, path, wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait: float) -> None:
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise SiteError([_held(descriptor, path)]) from None
            time.sleep(_STEP)
        else:
            return


def _held(descriptor: int, path: Path) -> Problem:
    holder = os.pread(descriptor, 64, 0).decode("ascii", "replace").strip() or "unknown"
    return Problem(
        "build/locked",
        f"another {_NOUNS[path.name]} (process {holder}) is at work on this site",
        Where(str(path)),
        "wait for it, or end it",
    )
