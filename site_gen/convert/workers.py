"""Many documents converted on all cores: each is worked on in a process, and handed back in order.

A document that kills its process fails by itself.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")

FEW = 6
"""Documents up to which one process is done before others have started."""

_work: list[Callable[[], object]] = []
"""What there is to do, as forked processes find it: functions do not travel."""


def results(work: Sequence[Callable[[], T]], jobs: int | None = None) -> Iterator[T | None]:
    """The result of each function, in order; None for one that killed its process.

    jobs  processes, None for as many as there are cores
    """
    count = min(jobs or cores(), len(work))
    if count < 2 or len(work) <= FEW or not _can_fork():
        yield from (each() for each in work)
        return
    _work[:] = work
    try:
        yield from _in_processes(len(work), count)  # type: ignore[misc]
    finally:
        _work.clear()


def cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _can_fork() -> bool:
    """A process with threads must not fork: a lock may be held for ever."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _in_processes(total: int, count: int) -> Iterator[object]:
    done = 0
    try:
        with _pool(count) as pool:
            for result in pool.map(_one, range(total), chunksize=1):
                yield result
                done += 1
    except BrokenProcessPool:
        for at in range(done, total):
            yield _alone(at)


def _pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork"))


def _alone(at: int) -> object:
    try:
        with _pool(1) as pool:
            return pool.submit(_one, at).result()
    except BrokenProcessPool:
        return None


def _one(at: int) -> object:
    return _work[at]()
