"""A limit on the time that one document may take."""

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

WALL_FACTOR = 6
"""The limit in wall time, as a multiple of that in CPU time: a busy machine is not the document's
fault, but a read may wait for ever."""
REPEAT_SECONDS = 1.0
"""Seconds after which TooSlow is raised again in the main thread. It is lost if it is raised in a
finalizer or just before a blocking call."""
RETRY_SECONDS = 0.1
"""Seconds after which TooSlow is raised again in another thread."""
MAX_TRIES = 100
THREAD_NAME = "deadline"
"""The name of the thread that watches another."""

_TIMERS = (
    (signal.ITIMER_PROF, signal.SIGPROF, 1),
    (signal.ITIMER_REAL, signal.SIGALRM, WALL_FACTOR),
)


class TooSlow(BaseException):
    """A document took longer than allowed. A BaseException, so that no library catches it."""


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block after `seconds` of CPU time of this process; in another than the
    main thread (a Dask worker) of that thread."""
    if threading.current_thread() is not threading.main_thread():
        with _thread_deadline(seconds):
            yield
        return

    def ring(*_: Any) -> None:
        raise TooSlow

    before = [signal.signal(number, ring) for _, number, _ in _TIMERS]
    try:
        for timer, _, times in _TIMERS:
            signal.setitimer(timer, seconds * times, REPEAT_SECONDS)
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
def _thread_deadline(seconds: float) -> Iterator[None]:
    """The deadline in a thread, which gets no signals: another thread watches its CPU time, and
    raises between two bytecodes. A blocking call is not interrupted."""
    own = threading.get_ident()
    worked = _cpu_clock(own)
    begun, over, settled = threading.Event(), threading.Event(), threading.Lock()

    def watch() -> None:
        begun.wait()  # raising before the block begins would leave this thread running
        end = time.monotonic() + seconds * WALL_FACTOR
        while (left := min(seconds - worked(), end - time.monotonic())) > 0:
            if over.wait(left):
                return
        for _ in range(MAX_TRIES):
            with settled:
                if over.is_set():
                    return
                _raise_in_thread(own, TooSlow)
            over.wait(RETRY_SECONDS)  # the exception may be lost, as in a finalizer

    watcher = threading.Thread(target=watch, daemon=True, name=THREAD_NAME)
    watcher.start()
    try:
        begun.set()
        yield
    finally:
        while True:
            try:
                _stop_watcher(over, settled)
                break
            except TooSlow:  # raised here, at the last moment
                continue
        watcher.join()


def _stop_watcher(over: threading.Event, settled: threading.Lock) -> None:
    """Stop the watcher, which would otherwise raise in any later thread with this number.

    A pending exception is raised here. Cancelling it instead would leave Python 3.11 checking for
    it for ever, which is an endless loop under a tracer.
    """
    with settled:
        over.set()
    for _ in range(2):  # Python checks for a pending exception after each turn
        pass


def _cpu_clock(thread: int) -> Callable[[], float]:
    """A function that returns the CPU seconds of a thread since now; if the system has no such
    clock, wall time divided by WALL_FACTOR."""
    clock_of = getattr(time, "pthread_getcpuclockid", None)
    if clock_of is None:
        begun = time.monotonic()
        return lambda: (time.monotonic() - begun) / WALL_FACTOR
    clock = clock_of(thread)
    first = time.clock_gettime(clock)
    return lambda: time.clock_gettime(clock) - first


def _raise_in_thread(thread: int, error: type[TooSlow]) -> None:
    import ctypes  # only needed in workers

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
