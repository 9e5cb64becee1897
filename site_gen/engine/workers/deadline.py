"""A bound on the time that one document may take."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any

WALL = 6
"""How many times longer it may take by the clock on the wall: a busy machine is no fault of the
document, and a read that waits for ever is no document."""

_TIMERS = (
    (signal.ITIMER_PROF, signal.SIGPROF, 1),
    (signal.ITIMER_REAL, signal.SIGALRM, WALL),
)


class TooSlow(Exception):  # noqa: N818 - says what happened
    """The document took longer than allowed."""


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises TooSlow in the block after `seconds` of this process's CPU time; without effect
    outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: Any) -> None:
        raise TooSlow

    before = [signal.signal(number, ring) for _, number, _ in _TIMERS]
    for timer, _, times in _TIMERS:
        signal.setitimer(timer, seconds * times)
    try:
        yield
    finally:
        for timer, _, _ in _TIMERS:
            signal.setitimer(timer, 0)
        for (_, number, _), handler in zip(_TIMERS, before, strict=True):
            signal.signal(number, handler)
