"""A bound on the time that one document may take."""

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

WALL = 6
"""How many times longer it may take by the clock on the wall: a busy machine is no fault of the
document, and a read that waits for ever is no document."""
RINGS = 1.0
"""Seconds after which the main thread is told again: a bell is lost where it rings in the end of an
object, or just before a call that waits."""
AGAIN = 0.1
"""Seconds after which a thread that goes on is told again."""
TRIES = 100
NAME = "deadline"
"""Of the thread that watches another."""

_TIMERS = (
    (signal.ITIMER_PROF, signal.SIGPROF, 1),
    (signal.ITIMER_REAL, signal.SIGALRM, WALL),
)


class TooSlow(BaseException):
    """The document took longer than allowed. As an interrupt, it is caught by no library on whose
    account it comes."""


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises TooSlow in the block after `seconds` of this process's CPU time; outside the main
    thread, as in a worker of dask, of that thread's."""
    if threading.current_thread() is not threading.main_thread():
        with _watched(seconds):
            yield
        return

    def ring(*_: Any) -> None:
        raise TooSlow

    before = [signal.signal(number, ring) for _, number, _ in _TIMERS]
    try:
        for timer, _, times in _TIMERS:
            signal.setitimer(timer, seconds * times, RINGS)
        yield
    finally:
        while True:
            try:
                for timer, _, _ in _TIMERS:
                    signal.setitimer(timer, 0)
                break
            except TooSlow:  # raised here, at the last moment
                continue
        for (_, number, _), handler in zip(_TIMERS, before, strict=True):
            signal.signal(number, handler)


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """For a thread, which gets no signals: another one looks at its clock, and raises in it between
    two steps of Python. A single step, such as a read that waits, is not cut short."""
    own = threading.get_ident()
    worked = _clock(own)
    begun, over, settled = threading.Event(), threading.Event(), threading.Lock()

    def watch() -> None:
        begun.wait()  # what it raised before the block would leave nobody to end it
        end = time.monotonic() + seconds * WALL
        while (left := min(seconds - worked(), end - time.monotonic())) > 0:
            if over.wait(left):
                return
        for _ in range(TRIES):
            with settled:
                if over.is_set():
                    return
                _raise(own, TooSlow)
            over.wait(AGAIN)  # it may be swallowed, as in the end of an object

    watcher = threading.Thread(target=watch, daemon=True, name=NAME)
    watcher.start()
    try:
        begun.set()
        yield
    finally:
        while True:
            try:
                _settle(over, settled)
                break
            except TooSlow:  # raised here, at the last moment
                continue
        watcher.join()


def _settle(over: threading.Event, settled: threading.Lock) -> None:
    """Come what may: a watcher that goes on would raise in whatever thread has this number then.

    What it raised and was not felt yet is felt here: to take it back would leave Python looking
    for it for ever (3.11), which ends in a loop as soon as somebody traces.
    """
    with settled:
        over.set()
    for _ in range(2):  # Python looks at the end of each turn
        pass


def _clock(thread: int) -> Callable[[], float]:
    """Seconds of the processor that a thread takes from now on; by the wall where none tells."""
    clock_of = getattr(time, "pthread_getcpuclockid", None)
    if clock_of is None:
        begun = time.monotonic()
        return lambda: (time.monotonic() - begun) / WALL
    clock = clock_of(thread)
    first = time.clock_gettime(clock)
    return lambda: time.clock_gettime(clock) - first


def _raise(thread: int, error: type[TooSlow]) -> None:
    import ctypes  # needed in workers alone

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
