"""The two maps on this machine: small jobs in this process, large ones in workers.

What workers need is imported for them: a small job costs nothing but itself.
"""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, TypeVar

from site_gen.workers.fork import may_fork, workers

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Any, Sequence[Item]], list[Result]]

CHUNK = 64
LARGE = 192
"""Fewer items than this are done in this process: starting workers would cost more."""
ROUND = 64
"""Chunks for which workers live. What forked ones look at of this process's memory becomes their
own, for as long as they live: with all chunks that would be as much again for each worker."""


_tool: Any = None
_chunks: Sequence[Sequence[Any]] = ()


def mapped(
    work: Work[Item, Result],
    tool: Any,
    items: Sequence[Item],
    jobs: int,
    crashed: Callable[[Item], Result],
    *,
    here: int = CHUNK,
    common: Callable[[Item], object] = lambda item: None,
    cost: Callable[[Item], int] = lambda item: 1,
    risky: Callable[[Item], bool] = lambda item: False,
    seconds: float = 0,
) -> Iterator[list[Result]]:
    """`work(tool, chunk)` over chunks of `items`, in order; in this process of `here` items.

    Neighbours that have something in `common` (not None) are made from it in one go: they go to
    one worker, and count as one item. One of a `cost` of n milliseconds counts for so many.

    A worker that dies is no end: the chunk that waits for it is done again one item at a time,
    and the item that kills its worker becomes `crashed(item)`; the others go to new workers.
    For that a `risky` item goes to a worker of its own where the others are done here. One that
    takes more than `seconds` of CPU an item is ended by the system; 0 = never.
    """
    count = workers(jobs)
    if count < 2 or not is_large(items, common, cost):
        for at in range(0, len(items), here):
            for risk, some in groupby(items[at : at + here], risky):
                chunk = list(some)
                if risk:
                    yield _alone(work, tool, chunk, crashed, seconds)
                else:
                    yield work(tool, chunk)
    else:
        chunks = deque(_cut(items, common, cost))
        yield from _in_workers(work, tool, chunks, count, crashed, seconds)


def _in_workers(
    work: Work[Item, Result],
    tool: Any,
    chunks: deque[list[Item]],
    count: int,
    crashed: Callable[[Item], Result],
    seconds: float,
) -> Iterator[list[Result]]:
    """The results of `chunks`, which empty meanwhile; a single worker takes items one by one."""
    from concurrent.futures.process import BrokenProcessPool

    while chunks:
        try:
            for results in _results(work, tool, tuple(islice(chunks, ROUND)), count, seconds):
                chunks.popleft()
                yield results
        except BrokenProcessPool:
            broken = chunks.popleft()
            if count == 1:
                yield [crashed(broken[0])]
            else:
                yield _alone(work, tool, broken, crashed, seconds)


def _alone(
    work: Work[Item, Result],
    tool: Any,
    items: Sequence[Item],
    crashed: Callable[[Item], Result],
    seconds: float,
) -> list[Result]:
    """One item at a time, in a worker that is replaced when it dies."""
    single = deque([item] for item in items)
    return list(chain.from_iterable(_in_workers(work, tool, single, 1, crashed, seconds)))


def _results(
    work: Work[Item, Result],
    tool: Any,
    chunks: Sequence[Sequence[Item]],
    count: int,
    seconds: float,
) -> Iterator[list[Result]]:
    """In order. Raises BrokenProcessPool in the place of the first that a dead worker leaves."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked workers have the chunks: to hand over each page costs half of what rendering it does.
    forked = may_fork()
    context = multiprocessing.get_context("fork" if forked else "forkserver")
    given = (tool, chunks if forked else ())
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=given)
    sent = range(len(chunks)) if forked else chunks
    try:
        made = (pool.submit(_in_worker, work, chunk, seconds) for chunk in sent)
        # A single worker is sent a chunk when the last one is done: what ends it is then known.
        for future in made if count == 1 else _emptied(deque(made)):
            yield future.result()
    finally:
        # Its threads must have ended: with them no other workers could be forked.
        pool.shutdown(wait=True, cancel_futures=True)


def _emptied(futures: "deque[Future[Any]]") -> "Iterator[Future[Any]]":
    """A future holds its results: none is kept once they are handed on."""
    while futures:
        yield futures.popleft()


def is_large(
    items: Sequence[Item], common: Callable[[Item], object], cost: Callable[[Item], int]
) -> bool:
    """Whether these are worth workers."""
    total = 0
    last: object = None
    for item in items:
        key = common(item)
        total += cost(item) - (key is not None and key == last)
        if total >= LARGE:
            return True
        last = key
    return False


def _cut(
    items: Sequence[Item], common: Callable[[Item], object], cost: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """Items in chunks that part none which have something in common."""
    chunk: list[Item] = []
    size = 0
    last: object = None
    for item in items:
        key = common(item)
        if size >= CHUNK and (key is None or key != last):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += cost(item)
        last = key
    if chunk:
        yield chunk


def _begin(tool: Any, chunks: Sequence[Sequence[Any]]) -> None:
    global _tool, _chunks
    _tool, _chunks = tool, chunks
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker left alone would wait for ever, and hold the lock that it got by fork."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _in_worker(work: Work[Any, Result], chunk: int | Sequence[Any], seconds: float) -> list[Result]:
    """A chunk, or the one of that place which the worker has since it was forked."""
    items = _chunks[chunk] if isinstance(chunk, int) else chunk
    _end_after(seconds * len(items))
    return work(_tool, items)


def _end_after(seconds: float) -> None:
    """The system ends this worker after so many more CPU seconds, whatever it does.

    Where memory ends while Python handles an exception, it can try to note the exception for ever,
    and runs no handler of a signal then.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 2 if seconds else most
    if most == resource.RLIM_INFINITY or limit < most:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))
