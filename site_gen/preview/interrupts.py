"""Handles Ctrl-C and SIGTERM such that none is lost."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """A context manager in which both signals raise KeyboardInterrupt in the main thread.

    Python drops an exception raised in a finalizer or in a callback of a weak reference, which
    imports use, and reports it on stderr. This report is suppressed for KeyboardInterrupt; the
    function given to `on_signal` has to end the program then.
    """

    def __init__(self) -> None:
        self._came = False
        self._stop: Callable[[], None] = lambda: None

    def on_signal(self, stop: Callable[[], None]) -> None:
        """Call `stop` at each signal, and at once if there was one already."""
        self._stop = stop
        if self._came:
            stop()

    def __enter__(self) -> Self:
        self._hook = sys.unraisablehook
        sys.unraisablehook = self._unraisable
        self._before = [signal.signal(number, self._interrupt) for number in SIGNALS]
        return self

    def __exit__(self, *raised: object) -> None:
        for number, handler in zip(SIGNALS, self._before, strict=True):
            signal.signal(number, handler)
        sys.unraisablehook = self._hook

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._came = True
        self._stop()
        raise KeyboardInterrupt

    def _unraisable(self, dropped: Any) -> None:
        if dropped.exc_type is not KeyboardInterrupt:
            self._hook(dropped)
