"""A forked process that does one thing for this one meanwhile, and whether there may be one."""

import contextlib
import mmap
import os
import threading
from collections.abc import Callable

_DESCRIPTORS = 256
"""More than we ever have open at once."""


def workers(jobs: int) -> int:
    """How many workers `jobs` means; 0 = one for each core we may use."""
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def may_fork() -> bool:
    """Whether this process may fork one that goes on with what it has."""
    # A process with threads (the preview) must not: a lock held by one would stay locked.
    return hasattr(os, "fork") and threading.active_count() == 1


class Aside:
    """Calls `work` with `size` bytes of memory that both processes see, in a forked one.

    Must be ended, come what may: then the process is gone, and reaped.
    """

    def __init__(self, work: Callable[[mmap.mmap], None], size: int) -> None:
        self._memory = mmap.mmap(-1, size)
        self._process = _forked(work, self._memory)

    def result(self) -> mmap.mmap | None:
        """What `work` wrote, once it is done; None where it failed, or there was no process."""
        if self._process and self._reap() == 0:
            return self._memory
        return None

    def end(self) -> None:
        """End the process, if it is still at work."""
        if self._process and self._reap(os.WNOHANG) is None:
            from signal import SIGKILL  # seldom needed, and a millisecond to import

            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, SIGKILL)
            self._reap()

    def _reap(self, options: int = 0) -> int | None:
        """The status with which it ended; None = it goes on."""
        try:
            process, status = os.waitpid(self._process, options)
        except ChildProcessError:  # reaped by the system: what it did is not known
            process, status = self._process, 1
        if process:
            self._process = 0
            return status
        return None


def _forked(work: Callable[[mmap.mmap], None], memory: mmap.mmap) -> int:
    """The process that does `work`; 0 where the system gives none."""
    parent = os.getpid()
    try:
        if child := os.fork():
            return child
        # No lock, pipe or file of the parent's is held by what may outlive it for a moment.
        os.closerange(0, _DESCRIPTORS)
        work(memory)
        os._exit(0)
    except BaseException as error:
        # Asked of the system, as an interrupt may come before anything else is known here.
        if os.getpid() != parent:
            os._exit(1)
        if isinstance(error, OSError):
            return 0
        raise
