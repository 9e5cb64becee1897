"""The two maps over any `concurrent.futures.Executor`: small jobs here, large ones in workers."""

import gc
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Any, Sequence[Item]], list[Result]]

CHUNK = 64
LARGE = 192
"""Fewer items than this are done in this process: starting workers would cost more."""

_tool: Any = None


def workers(jobs: int) -> int:
    """How many workers `jobs` means; 0 = one for each core we may use."""
    return jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or 1


def mapped(
    work: Work[Item, Result],
    tool: Any,
    items: Sequence[Item],
    jobs: int,
    crashed: Callable[[Item], Result],
    executor: Executor | None = None,
) -> Iterator[list[Result]]:
    """`work(tool, chunk)` over chunks of `items`, in order.

    A worker that dies is no end: its chunk is done again one item at a time, each in a worker of
    its own, and the item that kills it becomes `crashed(item)`. An executor handed in gets the
    tool pickled with each chunk, so that its workers, threads too, share nothing.
    """
    chunks = [items[i : i + CHUNK] for i in range(0, len(items), CHUNK)]
    count = workers(jobs)
    if executor is None and (count < 2 or len(items) < LARGE):
        for chunk in chunks:
            yield work(tool, chunk)
        return
    pool = executor or _pool(count, tool)
    sent = pickle.dumps(tool) if executor else b""
    try:
        futures = [pool.submit(_in_worker, work, chunk, sent) for chunk in chunks]
        for chunk, future in zip(chunks, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield [_alone(work, tool, item, crashed) for item in chunk]
    finally:
        if executor is None:
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(count: int, tool: Any) -> Executor:
    # A process with threads (the preview) must not fork: a lock held by one would stay locked.
    way = "fork" if threading.active_count() == 1 else "forkserver"
    context = multiprocessing.get_context(way)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(tool,))


def _begin(tool: Any) -> None:
    global _tool
    _tool = tool
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker left alone would wait for ever, and hold the lock that it got by fork."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _in_worker(work: Work[Item, Result], chunk: Sequence[Item], sent: bytes) -> list[Result]:
    return work(pickle.loads(sent) if sent else _tool, chunk)  # noqa: S301 - our own bytes


def _alone(
    work: Work[Item, Result], tool: Any, item: Item, crashed: Callable[[Item], Result]
) -> Result:
    with _pool(1, tool) as pool:
        try:
            return pool.submit(_in_worker, work, [item], b"").result()[0]
        except BrokenProcessPool:
            return crashed(item)
