"""Locks between processes, which the system releases when their process dies."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from site_gen.problems import Problem, SiteError, Where

WAIT_SECONDS = 30.0
BUILD, CONVERT, SEND = "lock", "convert.lock", "send.lock"
_COMMANDS = {BUILD: "build or publication", CONVERT: "convert, accept, new or import", SEND: "send"}
_POLL_SECONDS = 0.05


@contextlib.contextmanager
def build_lock(work: Path, wait: float = WAIT_SECONDS, *, name: str = BUILD) -> Iterator[None]:
    """Hold the lock `name` in `work` (`.site_gen/`) for the block. Raises SiteError, with the
    holder's process number, if it is not free after `wait` seconds."""
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
                raise SiteError([_held_problem(descriptor, path)]) from None
            time.sleep(_POLL_SECONDS)
        else:
            return


def _held_problem(descriptor: int, path: Path) -> Problem:
    holder = os.pread(descriptor, 64, 0).decode("ascii", "replace").strip() or "unknown"
    return Problem(
        "build/locked",
        f"another {_COMMANDS[path.name]} (process {holder}) is at work on this site",
        Where(str(path)),
        "wait for it, or end it",
    )
