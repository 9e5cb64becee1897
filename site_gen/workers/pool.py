"""Maps a function over chunks of items: small jobs in this process, large ones in worker processes.

multiprocessing is imported only for large jobs.
"""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, TypeVar

from site_gen.workers.fork import can_fork, worker_count

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Any, Sequence[Item]], list[Result]]

CHUNK_SIZE = 64
MIN_ITEMS = 192
"""Fewer items are done in this process, as starting workers would take longer."""
CHUNKS_PER_ROUND = 64
"""Chunks after which workers are replaced. Memory that a forked worker reads is copied for it; over
all chunks that would double the memory for each worker."""

_tool: Any = None
_chunks: Sequence[Sequence[Any]] = ()


def map_chunks(
    work: Work[Item, Result],
    tool: Any,
    items: Sequence[Item],
    jobs: int,
    crashed: Callable[[Item], Result],
    *,
    here: int = CHUNK_SIZE,
    common: Callable[[Item], object] = lambda item: None,
    cost: Callable[[Item], int] = lambda item: 1,
    risky: Callable[[Item], bool] = lambda item: False,
    seconds: float = 0,
) -> Iterator[list[Result]]:
    """Yield `work(tool, chunk)` for chunks of `items`, in order.

    jobs      number of workers, see `worker_count`
    crashed   the result for an item that kills its worker. The other items of its chunk are done
              again, one at a time, in new workers
    here      items of a chunk in this process
    common    a key that neighbours share if they are made from the same input, else None. Such
              neighbours go to the same worker, and count as one item
    cost      milliseconds that an item takes; it counts as so many items
    risky     whether an item is done in a worker of its own even if the others are done here
    seconds   CPU seconds per item after which the system kills a worker; 0 = never
    """
    count = worker_count(jobs)
    if count < 2 or not is_worth_workers(items, common, cost):
        for at in range(0, len(items), here):
            for risk, some in groupby(items[at : at + here], risky):
                chunk = list(some)
                if risk:
                    yield _one_by_one(work, tool, chunk, crashed, seconds)
                else:
                    yield work(tool, chunk)
    else:
        chunks = deque(split(items, common, cost))
        yield from _in_workers(work, tool, chunks, count, crashed, seconds)


def _in_workers(
    work: Work[Item, Result],
    tool: Any,
    chunks: deque[list[Item]],
    count: int,
    crashed: Callable[[Item], Result],
    seconds: float,
) -> Iterator[list[Result]]:
    """The results of `chunks`, which are removed when done. With a `count` of 1 each chunk must be
    one item."""
    from concurrent.futures.process import BrokenProcessPool

    while chunks:
        try:
            for results in _map_in_pool(
                work, tool, tuple(islice(chunks, CHUNKS_PER_ROUND)), count, seconds
            ):
                chunks.popleft()
                yield results
        except BrokenProcessPool:
            broken = chunks.popleft()
            if count == 1:
                yield [crashed(broken[0])]
            else:
                yield _one_by_one(work, tool, broken, crashed, seconds)


def _one_by_one(
    work: Work[Item, Result],
    tool: Any,
    items: Sequence[Item],
    crashed: Callable[[Item], Result],
    seconds: float,
) -> list[Result]:
    """The results of `items`, one at a time, in a worker that is replaced when it dies."""
    single = deque([item] for item in items)
    return list(chain.from_iterable(_in_workers(work, tool, single, 1, crashed, seconds)))


def _map_in_pool(
    work: Work[Item, Result],
    tool: Any,
    chunks: Sequence[Sequence[Item]],
    count: int,
    seconds: float,
) -> Iterator[list[Result]]:
    """The results of `chunks`, in order. Raises BrokenProcessPool at the first chunk that a dead
    worker left."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked workers have the chunks: sending a page takes half as long as rendering it.
    forked = can_fork()
    context = multiprocessing.get_context("fork" if forked else "forkserver")
    given = (tool, chunks if forked else ())
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_init_worker, initargs=given)
    sent = range(len(chunks)) if forked else chunks
    try:
        made = (pool.submit(_run_chunk, work, chunk, seconds) for chunk in sent)
        # A single worker gets one chunk at a time, so that it is known which one kills it.
        for future in made if count == 1 else _drain(deque(made)):
            yield future.result()
    finally:
        # Wait for its threads to end, as no process may fork while it has threads.
        pool.shutdown(wait=True, cancel_futures=True)


def _drain(futures: "deque[Future[Any]]") -> "Iterator[Future[Any]]":
    """Yield and forget each future, as a future keeps its results in memory."""
    while futures:
        yield futures.popleft()


def is_worth_workers(
    items: Sequence[Item], common: Callable[[Item], object], cost: Callable[[Item], int]
) -> bool:
    """Whether items are worth worker processes; `common` and `cost` as in `map_chunks`."""
    total = 0
    last: object = None
    for item in items:
        key = common(item)
        total += cost(item) - (key is not None and key == last)
        if total >= MIN_ITEMS:
            return True
        last = key
    return False


def split(
    items: Sequence[Item], common: Callable[[Item], object], cost: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """Split items into chunks, but not between neighbours with the same `common` key."""
    chunk: list[Item] = []
    size = 0
    last: object = None
    for item in items:
        key = common(item)
        if size >= CHUNK_SIZE and (key is None or key != last):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += cost(item)
        last = key
    if chunk:
        yield chunk


def _init_worker(tool: Any, chunks: Sequence[Sequence[Any]]) -> None:
    global _tool, _chunks
    _tool, _chunks = tool, chunks
    gc.freeze()
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    """End this worker with its parent; it would wait for ever and keep the inherited build lock."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _run_chunk(work: Work[Any, Result], chunk: int | Sequence[Any], seconds: float) -> list[Result]:
    """The results of a chunk. A forked worker gets only its index."""
    items = _chunks[chunk] if isinstance(chunk, int) else chunk
    _limit_cpu_time(seconds * len(items))
    return work(_tool, items)


def _limit_cpu_time(seconds: float) -> None:
    """Make the system kill this worker after `seconds` more of CPU time.

    A deadline by signal is not enough: if memory ends while Python handles an exception, it can
    loop for ever without running signal handlers.
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
