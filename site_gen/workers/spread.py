"""Maps a function over chunks of items with workers on other machines, which share no disk.

The tool and the items must contain everything a worker needs. Only results come back.
"""

import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeVar

from site_gen.basics import digest, program_version
from site_gen.problems import Problem, SiteError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK_SIZE = 64
MAX_PENDING = 64
"""Chunks that are sent ahead. Their contents are in the memory of this process."""

_thread_tools = threading.local()
"""The last tool of each thread of a worker, with its digest. Threads must not share a tool."""


class Task(Protocol):
    """A submitted task."""

    def result(self) -> Any:
        """The result. Raises BrokenExecutor if the task killed its workers."""


class Workers(Protocol):
    """Runs tasks; the part of `concurrent.futures.Executor` that is used here."""

    def submit(self, work: Callable[..., Any], /, *given: Any) -> Task:
        """Begin `work(*given)`."""


class Refused(NamedTuple):
    """The problems of a SiteError in a worker, as that exception cannot be pickled."""

    problems: tuple[Problem, ...]


def map_on_workers(
    work: Callable[[Any, Sequence[Item]], list[Result]],
    tool: Any,
    items: Iterable[Item],
    crashed: Callable[[Item], Result],
    workers: Workers,
) -> Iterator[list[Result]]:
    """Yield `work(tool, chunk)` for chunks of `items`, in order. Items are read as they are sent.

    A chunk that kills its workers is done again one item at a time, and the result of an item that
    does so is `crashed(item)`. Raises SiteError if the workers run another version.
    """
    sent = pickle.dumps(tool)
    head = (work, program_version.exact_key(), digest.of_bytes(sent), sent)
    left = iter(items)
    waiting: deque[tuple[list[Item], Task]] = deque()
    while True:
        while len(waiting) < MAX_PENDING and (chunk := list(islice(left, CHUNK_SIZE))):
            waiting.append((chunk, workers.submit(_run_chunk, *head, chunk)))
        if not waiting:
            return
        chunk, task = waiting.popleft()
        try:
            yield _result(task)
        except BrokenExecutor:
            yield [_run_item(head, item, crashed, workers) for item in chunk]


def _run_item(
    head: tuple[Any, ...], item: Item, crashed: Callable[[Item], Result], workers: Workers
) -> Result:
    try:
        results: list[Result] = _result(workers.submit(_run_chunk, *head, [item]))
    except BrokenExecutor:
        return crashed(item)
    return results[0]


def _result(task: Task) -> Any:
    found = task.result()
    if isinstance(found, Refused):
        raise SiteError(found.problems)
    return found


def _run_chunk(
    work: Callable[[Any, Sequence[Any]], list[Any]],
    key: str,
    tool_digest: str,
    sent: bytes,
    chunk: Sequence[Any],
) -> Any:
    """In a worker: the results of a chunk; `sent` is the pickled tool, `tool_digest` its digest."""
    try:
        if getattr(_thread_tools, "digest", "") != tool_digest:
            _check_version(key)
            # Sent by the machine that runs the build, see docs/workers.md.
            _thread_tools.tool, _thread_tools.digest = pickle.loads(sent), tool_digest  # noqa: S301
        return work(_thread_tools.tool, chunk)
    except SiteError as error:
        return Refused(error.problems)


def _check_version(key: str) -> None:
    """Raise SiteError if this worker has another version, whose results could differ."""
    if program_version.exact_key() != key:
        raise SiteError([Problem(
            "workers/version",
            "a worker runs another version of site_gen, of Python or of a library",
            help="install the same for all workers: `uv pip sync` of one lock file",
        )])  # fmt: skip
