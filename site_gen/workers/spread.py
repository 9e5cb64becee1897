"""The two maps past one machine: over an executor whose workers share no disk with this process.

All that a worker needs travels: the tool, and items with their contents. Only results come back.
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

CHUNK = 64
AHEAD = 64
"""Chunks that are under way: their contents are in the memory of this process."""

_own = threading.local()
"""The last tool of each thread of a worker, by its digest: threads share nothing."""


class Task(Protocol):
    """What is under way."""

    def result(self) -> Any:
        """What it came to. Raises BrokenExecutor where it killed its workers."""


class Workers(Protocol):
    """Where work is done, as `concurrent.futures.Executor` has it."""

    def submit(self, work: Callable[..., Any], /, *given: Any) -> Task:
        """Begin `work(*given)`."""


class Refused(NamedTuple):
    """Why a worker does not take part: exceptions with problems do not travel."""

    problems: tuple[Problem, ...]


def spread(
    work: Callable[[Any, Sequence[Item]], list[Result]],
    tool: Any,
    items: Iterable[Item],
    crashed: Callable[[Item], Result],
    workers: Workers,
) -> Iterator[list[Result]]:
    """`work(tool, chunk)` over chunks of `items`, in order; each is taken when its turn comes.

    A chunk that kills its workers is done again one item at a time, and the item that does it
    becomes `crashed(item)`. Raises SiteError where the workers run another program.
    """
    sent = pickle.dumps(tool)
    head = (work, program_version.exact_key(), digest.of_bytes(sent), sent)
    left = iter(items)
    waiting: deque[tuple[list[Item], Task]] = deque()
    while True:
        while len(waiting) < AHEAD and (chunk := list(islice(left, CHUNK))):
            waiting.append((chunk, workers.submit(_done, *head, chunk)))
        if not waiting:
            return
        chunk, task = waiting.popleft()
        try:
            yield _taken(task)
        except BrokenExecutor:
            yield [_alone(head, item, crashed, workers) for item in chunk]


def _alone(
    head: tuple[Any, ...], item: Item, crashed: Callable[[Item], Result], workers: Workers
) -> Result:
    try:
        results: list[Result] = _taken(workers.submit(_done, *head, [item]))
    except BrokenExecutor:
        return crashed(item)
    return results[0]


def _taken(task: Task) -> Any:
    found = task.result()
    if isinstance(found, Refused):
        raise SiteError(found.problems)
    return found


def _done(
    work: Callable[[Any, Sequence[Any]], list[Any]],
    key: str,
    seal: str,
    sent: bytes,
    chunk: Sequence[Any],
) -> Any:
    """In a worker: a chunk, with the tool that came along."""
    try:
        if getattr(_own, "seal", "") != seal:
            _refuse_other(key)
            # What the machine sent that asked for the work: see docs/workers.md.
            _own.tool, _own.seal = pickle.loads(sent), seal  # noqa: S301
        return work(_own.tool, chunk)
    except SiteError as error:
        return Refused(error.problems)


def _refuse_other(key: str) -> None:
    """Another program, or other libraries, would give other bytes."""
    if program_version.exact_key() != key:
        raise SiteError([Problem(
            "workers/version",
            "a worker runs another version of site_gen, of Python or of a library",
            help="install the same for all workers: `uv pip sync` of one lock file",
        )])  # fmt: skip
