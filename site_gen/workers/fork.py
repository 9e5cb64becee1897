"""The number of workers, and whether they may be forked."""

import os
import threading


def worker_count(jobs: int) -> int:
    """The number of workers for the option `jobs`; 0 means one for each core we may use."""
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def can_fork() -> bool:
    """Whether this process may fork workers that use its memory."""
    # A process with threads (the preview) must not: a lock held by a thread would stay locked.
    return hasattr(os, "fork") and threading.active_count() == 1
