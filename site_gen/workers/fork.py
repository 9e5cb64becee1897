"""How many workers there are to be, and whether they may be forked."""

import os
import threading


def workers(jobs: int) -> int:
    """How many workers `jobs` means; 0 = one for each core we may use."""
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def may_fork() -> bool:
    """Whether this process may fork one that goes on with what it has."""
    # A process with threads (the preview) must not: a lock held by one would stay locked.
    return hasattr(os, "fork") and threading.active_count() == 1
